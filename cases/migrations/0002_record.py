import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cases.models.board
import cases.models.meeting
from tumorboard.migrating import AllAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_extensions"),
    ]

    operations = [
        AllAtOnce(
            [
                migrations.CreateModel(
                    name="SpecialistInput",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("presentation", models.PositiveSmallIntegerField(default=1)),
                        (
                            "specialty",
                            models.TextField(
                                choices=[
                                    ("SURGERY", "Hepatobiliary surgery"),
                                    ("TRANSPLANT", "Transplant surgery and hepatology"),
                                    ("ONCOLOGY", "Medical oncology"),
                                    ("RADIOLOGY", "Diagnostic radiology"),
                                    ("INTERVENTIONAL", "Interventional radiology"),
                                    ("PATHOLOGY", "Pathology"),
                                    ("RADIATION", "Radiation oncology"),
                                    ("NURSING", "Clinical nurse specialist and palliative care"),
                                ]
                            ),
                        ),
                        ("revision", models.PositiveSmallIntegerField(default=1, editable=False)),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("ASKED", "Asked"),
                                    ("DRAFT", "Draft"),
                                    ("SIGNED", "Signed"),
                                    ("NOT_NEEDED", "Not needed"),
                                ],
                                default="ASKED",
                                editable=False,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("not_needed_reason", models.TextField(blank=True)),
                        ("amendment_reason", models.TextField(blank=True)),
                        (
                            "opinion",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("RESECT", "Resect"),
                                    ("RESECT_AFTER_DOWNSIZING", "Resect after downsizing"),
                                    ("ABLATE", "Ablate"),
                                    ("EMBOLISE", "Embolise (TACE)"),
                                    ("RADIOEMBOLISE", "Radioembolise (Y-90)"),
                                    ("HAI_PUMP", "Hepatic artery infusion pump"),
                                    ("SBRT", "Stereotactic radiotherapy"),
                                    ("SYSTEMIC", "Systemic treatment"),
                                    ("TRANSPLANT_EVALUATION", "Evaluate for transplant"),
                                    ("LIVER_DIRECTED_PLUS_SYSTEMIC", "Liver-directed plus systemic"),
                                    ("MORE_TESTS", "More tests first"),
                                    ("SURVEILLANCE", "Surveillance"),
                                    ("SUPPORTIVE_ONLY", "Supportive care only"),
                                    ("REFER_ELSEWHERE", "Refer elsewhere"),
                                    ("TRIAL", "Clinical trial"),
                                ],
                                verbose_name="preferred option",
                            ),
                        ),
                        (
                            "confidence",
                            models.TextField(
                                blank=True, choices=[("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")]
                            ),
                        ),
                        ("opinion_reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "conflict_of_interest",
                            models.BooleanField(
                                default=False, verbose_name="I have a conflict of interest in this case"
                            ),
                        ),
                        ("signed_at", models.DateTimeField(editable=False, null=True)),
                        ("superseded_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "asked_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_inputs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("number", models.CharField(editable=False, max_length=20, unique=True)),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("DRAFT", "Draft"),
                                    ("REFERRED", "Referred"),
                                    ("RETURNED", "Returned"),
                                    ("PREPARING", "Preparing"),
                                    ("LISTED", "Listed"),
                                    ("DISCUSSED", "Discussed"),
                                    ("DECIDED", "Decided"),
                                    ("CLOSED", "Closed"),
                                    ("WITHDRAWN", "Withdrawn"),
                                ],
                                default="DRAFT",
                                editable=False,
                            ),
                        ),
                        ("question", models.TextField(blank=True, verbose_name="question for the board")),
                        ("why_now", models.TextField(blank=True, verbose_name="why now")),
                        (
                            "urgency",
                            models.TextField(
                                choices=[
                                    ("ROUTINE", "Routine"),
                                    ("SOON", "Soon (within two weeks)"),
                                    ("EMERGENCY", "Emergency"),
                                ],
                                default="ROUTINE",
                            ),
                        ),
                        (
                            "stated_age",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="age in years, where the birth date is not known",
                            ),
                        ),
                        ("presentation", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("referred_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referred_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referred_cases",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Diagnosis",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "primary_site",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("BLADDER", "Bladder"),
                                    ("BREAST", "Breast"),
                                    ("NET_GEP", "Neuroendocrine (gastro-entero-pancreatic)"),
                                    ("CERVICAL", "Cervix"),
                                    ("COLORECTAL", "Colon or rectum"),
                                    ("OESOPHAGEAL", "Oesophagus"),
                                    ("GIST", "Gastrointestinal stromal tumour"),
                                    ("KIDNEY", "Kidney"),
                                    ("LUNG", "Lung"),
                                    ("MELANOMA", "Melanoma"),
                                    ("PANCREATIC", "Pancreas"),
                                    ("PROSTATE", "Prostate"),
                                    ("HCC", "Hepatocellular carcinoma (primary liver)"),
                                    ("ICCA", "Intrahepatic cholangiocarcinoma (primary liver)"),
                                    ("PCCA", "Perihilar cholangiocarcinoma (primary liver)"),
                                    ("UNKNOWN_PRIMARY", "Unknown primary"),
                                    ("OTHER", "Other"),
                                ],
                            ),
                        ),
                        (
                            "site_detail",
                            models.CharField(blank=True, max_length=200, verbose_name="detail of the site"),
                        ),
                        (
                            "histology",
                            models.TextField(
                                blank=True,
                                help_text="Biopsy or resection result, or why imaging is enough (LI-RADS 5, SSTR PET).",
                                verbose_name="histology, or accepted imaging diagnosis",
                            ),
                        ),
                        (
                            "primary_diagnosed_on",
                            models.DateField(blank=True, null=True, verbose_name="primary found on"),
                        ),
                        (
                            "liver_diagnosed_on",
                            models.DateField(blank=True, null=True, verbose_name="liver disease found on"),
                        ),
                        (
                            "primary_control",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("RESECTED_R0", "Resected, R0"),
                                    ("CONTROLLED", "Controlled"),
                                    ("RESECTABLE", "In place, resectable"),
                                    ("IN_SITU_UNCONTROLLED", "In place, not controlled"),
                                    ("PROGRESSING", "Progressing"),
                                    ("NOT_APPLICABLE", "Not applicable (primary liver tumour)"),
                                    ("UNKNOWN", "Not known"),
                                ],
                                verbose_name="control of the primary",
                            ),
                        ),
                        (
                            "extrahepatic_disease",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NONE", "None found"),
                                    ("RESECTABLE", "Present, resectable"),
                                    ("UNRESECTABLE", "Present, not resectable"),
                                    ("UNKNOWN", "Not assessed yet"),
                                ],
                                verbose_name="disease outside the liver",
                            ),
                        ),
                        (
                            "extrahepatic_sites",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("LUNG", "Lung"),
                                        ("BONE", "Bone"),
                                        ("BRAIN", "Brain"),
                                        ("PERITONEUM", "Peritoneum"),
                                        ("NONREGIONAL_NODES", "Non-regional lymph nodes"),
                                        ("SKIN_SOFT_TISSUE", "Skin or soft tissue"),
                                        ("ADRENAL", "Adrenal gland"),
                                        ("PLEURA", "Pleura"),
                                        ("OTHER", "Other"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "extrahepatic_staged_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="staging outside the liver done on"
                            ),
                        ),
                        (
                            "macrovascular_invasion",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "stated_lesion_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="number of liver lesions as stated",
                            ),
                        ),
                        (
                            "stated_count_is_minimum",
                            models.BooleanField(default=False, verbose_name="or more"),
                        ),
                        (
                            "stated_largest_mm",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=5,
                                null=True,
                                verbose_name="largest lesion as stated (mm)",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="diagnosis",
                                to="cases.case",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "diagnoses",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "primary_site__in",
                                        [
                                            "BLADDER",
                                            "BREAST",
                                            "NET_GEP",
                                            "CERVICAL",
                                            "COLORECTAL",
                                            "OESOPHAGEAL",
                                            "GIST",
                                            "KIDNEY",
                                            "LUNG",
                                            "MELANOMA",
                                            "PANCREATIC",
                                            "PROSTATE",
                                            "HCC",
                                            "ICCA",
                                            "PCCA",
                                            "UNKNOWN_PRIMARY",
                                            "OTHER",
                                            "",
                                        ],
                                    )
                                ),
                                name="diagnosis_primary_site_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "primary_control__in",
                                        [
                                            "RESECTED_R0",
                                            "CONTROLLED",
                                            "RESECTABLE",
                                            "IN_SITU_UNCONTROLLED",
                                            "PROGRESSING",
                                            "NOT_APPLICABLE",
                                            "UNKNOWN",
                                            "",
                                        ],
                                    )
                                ),
                                name="diagnosis_primary_control_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "extrahepatic_disease__in",
                                        ["NONE", "RESECTABLE", "UNRESECTABLE", "UNKNOWN", ""],
                                    )
                                ),
                                name="diagnosis_extrahepatic_disease_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("macrovascular_invasion__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="diagnosis_macrovascular_invasion_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "extrahepatic_sites__contained_by",
                                        [
                                            "LUNG",
                                            "BONE",
                                            "BRAIN",
                                            "PERITONEUM",
                                            "NONREGIONAL_NODES",
                                            "SKIN_SOFT_TISSUE",
                                            "ADRENAL",
                                            "PLEURA",
                                            "OTHER",
                                        ],
                                    )
                                ),
                                name="diagnosis_extrahepatic_sites_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extrahepatic_sites", []),
                                    ("extrahepatic_disease__in", ["RESECTABLE", "UNRESECTABLE"]),
                                    _connector="OR",
                                ),
                                name="sites_outside_the_liver_need_disease_there",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stated_largest_mm__isnull", True),
                                    models.Q(("stated_largest_mm__gt", 0), ("stated_largest_mm__lte", 400)),
                                    _connector="OR",
                                ),
                                name="stated_largest_lesion_fits_a_liver",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("form", models.TextField()),
                        ("key", models.TextField(help_text="What the form is about: an id, or a new one.")),
                        ("payload", models.JSONField(default=dict)),
                        ("base_version", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "form", "key"), name="one_draft_a_person_and_form"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fitness",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        ("assessed_on", models.DateField(blank=True, null=True)),
                        (
                            "ecog",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="ECOG",
                            ),
                        ),
                        (
                            "ecog_cancer_related",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="limitation due to the cancer",
                            ),
                        ),
                        (
                            "comorbidities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("DIABETES", "Diabetes"),
                                        ("ARTERIAL_HYPERTENSION", "Arterial hypertension"),
                                        ("CORONARY_DISEASE", "Coronary artery disease"),
                                        ("HEART_FAILURE", "Heart failure"),
                                        ("COPD", "Chronic lung disease"),
                                        ("CHRONIC_KIDNEY_DISEASE", "Chronic kidney disease"),
                                        ("CEREBROVASCULAR", "Stroke or TIA"),
                                        ("OBESITY", "Obesity"),
                                        ("HIV", "HIV infection"),
                                        ("SMOKING", "Smoking"),
                                        ("ANTICOAGULATION", "Anticoagulated"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "comorbidity_note",
                            models.TextField(blank=True, verbose_name="comorbidity, in words"),
                        ),
                        (
                            "no_comorbidity",
                            models.BooleanField(default=False, verbose_name="no relevant comorbidity"),
                        ),
                        (
                            "height_cm",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(50),
                                    django.core.validators.MaxValueValidator(250),
                                ],
                            ),
                        ),
                        (
                            "weight_kg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(350),
                                ],
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "fitness",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="fitness_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ecog_cancer_related__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="fitness_ecog_cancer_related_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "comorbidities__contained_by",
                                        [
                                            "DIABETES",
                                            "ARTERIAL_HYPERTENSION",
                                            "CORONARY_DISEASE",
                                            "HEART_FAILURE",
                                            "COPD",
                                            "CHRONIC_KIDNEY_DISEASE",
                                            "CEREBROVASCULAR",
                                            "OBESITY",
                                            "HIV",
                                            "SMOKING",
                                            "ANTICOAGULATION",
                                        ],
                                    )
                                ),
                                name="fitness_comorbidities_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ecog__isnull", True), ("ecog__lte", 5), _connector="OR"),
                                name="ecog_is_0_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("no_comorbidity", False), ("comorbidities", []), _connector="OR"
                                ),
                                name="no_comorbidity_contradicts_a_list",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImagingStudy",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        (
                            "modality",
                            models.TextField(
                                choices=[
                                    ("CT", "CT"),
                                    ("MRI", "MRI"),
                                    ("MRI_HEPATOBILIARY", "MRI, hepatobiliary contrast"),
                                    ("CEUS", "Contrast-enhanced ultrasound"),
                                    ("ULTRASOUND", "Ultrasound"),
                                    ("FDG_PET", "FDG PET/CT"),
                                    ("SSTR_PET", "SSTR PET/CT"),
                                    ("OTHER", "Other"),
                                ]
                            ),
                        ),
                        ("performed_on", models.DateField(verbose_name="performed on")),
                        ("covers_liver", models.BooleanField(default=True, verbose_name="shows the liver")),
                        (
                            "quality_note",
                            models.CharField(blank=True, max_length=200, verbose_name="quality"),
                        ),
                        ("conclusion", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "imaging studies",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="imaging_study_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "modality__in",
                                        [
                                            "CT",
                                            "MRI",
                                            "MRI_HEPATOBILIARY",
                                            "CEUS",
                                            "ULTRASOUND",
                                            "FDG_PET",
                                            "SSTR_PET",
                                            "OTHER",
                                        ],
                                    )
                                ),
                                name="imaging_study_modality_is_a_known_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "profile",
                            models.JSONField(help_text="The mapping as it was when this run was made."),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("file_sha256", models.CharField(max_length=64)),
                        ("content", models.TextField(blank=True)),
                        ("taken_on", models.DateField(blank=True, null=True)),
                        ("decisions", models.JSONField(default=list)),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("CHECKED", "Checked, nothing stored"),
                                    ("WAITING", "Waiting for its turn"),
                                    ("RUNNING", "Running"),
                                    ("DONE", "Done"),
                                    ("FAILED", "Stopped by an error"),
                                    ("DISCARDED", "Thrown away, nothing stored"),
                                ],
                                default="CHECKED",
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("report", models.JSONField(default=dict)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("row", models.PositiveIntegerField()),
                        (
                            "outcome",
                            models.TextField(
                                choices=[
                                    ("CREATED", "Created"),
                                    ("KNOWN", "There already, unchanged"),
                                    ("REFUSED", "Not created"),
                                    ("FAILED", "Not created: an error"),
                                ]
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="row_outcomes",
                                to="cases.importrun",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["CREATED", "KNOWN", "REFUSED", "FAILED"])
                                ),
                                name="import_row_outcome_is_a_known_code",
                            ),
                            models.UniqueConstraint(fields=("run", "row"), name="one_outcome_a_row_of_a_run"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterventionalInput",
                    fields=[
                        (
                            "input",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="cases.specialistinput",
                            ),
                        ),
                        (
                            "ablatable",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="ablation possible",
                            ),
                        ),
                        (
                            "ablation_modality",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("MWA", "Microwave"),
                                    ("RFA", "Radiofrequency"),
                                    ("CRYO", "Cryoablation"),
                                    ("IRE", "Irreversible electroporation"),
                                ],
                            ),
                        ),
                        (
                            "lesions_to_ablate",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="lesions that could be ablated"
                            ),
                        ),
                        (
                            "visible_on",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("US", "Ultrasound"),
                                        ("CT", "CT"),
                                        ("MRI", "MRI"),
                                        ("NONE", "Not visible"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "distance_bile_duct_mm",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(300)],
                                verbose_name="to the central bile duct (mm)",
                            ),
                        ),
                        (
                            "distance_vessel_mm",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(300)],
                                verbose_name="to the nearest vessel of 3 mm or more (mm)",
                            ),
                        ),
                        (
                            "distance_organ_mm",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(300)],
                                verbose_name="to bowel, gallbladder, diaphragm or heart (mm)",
                            ),
                        ),
                        (
                            "embolisation_suitable",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="embolisation (TACE) suitable",
                            ),
                        ),
                        (
                            "embolisation_stop_reason",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("LIVER_FUNCTION", "Liver function"),
                                    ("PORTAL_FLOW", "Reduced portal flow"),
                                    ("SHUNT", "Shunt that cannot be treated"),
                                    ("TUMOUR_EXTENT", "Extent of tumour"),
                                    ("BILIARY", "Obstructed bile duct or open papilla"),
                                    ("KIDNEY", "Kidney function"),
                                    ("OTHER", "Other"),
                                ],
                                verbose_name="if not, why",
                            ),
                        ),
                        (
                            "y90_suitable",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="radioembolisation (Y-90) suitable",
                            ),
                        ),
                        (
                            "lung_shunt_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="lung shunt (%)",
                            ),
                        ),
                        (
                            "vein_embolisation_suitable",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="vein embolisation suitable",
                            ),
                        ),
                        (
                            "portal_vein",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("PATENT", "Patent"),
                                    ("BLAND_THROMBUS", "Bland thrombus"),
                                    ("TUMOUR_THROMBUS", "Tumour thrombus"),
                                ],
                            ),
                        ),
                        (
                            "biliary_status",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NORMAL", "Normal"),
                                    ("DILATED", "Dilated"),
                                    ("STENT", "Stent"),
                                    ("ANASTOMOSIS", "Bilio-enteric anastomosis"),
                                ],
                            ),
                        ),
                        (
                            "anticoagulated",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="anticoagulated",
                            ),
                        ),
                        (
                            "contrast_allergy",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="contrast allergy",
                            ),
                        ),
                        (
                            "anaesthesia",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("LOCAL", "Local"),
                                    ("SEDATION", "Sedation"),
                                    ("GENERAL", "General"),
                                ],
                            ),
                        ),
                        (
                            "access_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="access and anatomy, in words"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ablatable__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="interventional_ablatable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("embolisation_suitable__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="interventional_embolisation_suitable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("y90_suitable__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="interventional_y90_suitable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vein_embolisation_suitable__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="interventional_vein_embolisation_suitable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("anticoagulated__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="interventional_anticoagulated_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("contrast_allergy__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="interventional_contrast_allergy_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ablation_modality__in", ["MWA", "RFA", "CRYO", "IRE", ""])
                                ),
                                name="interventional_ablation_modality_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "embolisation_stop_reason__in",
                                        [
                                            "LIVER_FUNCTION",
                                            "PORTAL_FLOW",
                                            "SHUNT",
                                            "TUMOUR_EXTENT",
                                            "BILIARY",
                                            "KIDNEY",
                                            "OTHER",
                                            "",
                                        ],
                                    )
                                ),
                                name="interventional_embolisation_stop_reason_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("portal_vein__in", ["PATENT", "BLAND_THROMBUS", "TUMOUR_THROMBUS", ""])
                                ),
                                name="interventional_portal_vein_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("biliary_status__in", ["NORMAL", "DILATED", "STENT", "ANASTOMOSIS", ""])
                                ),
                                name="interventional_biliary_status_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("anaesthesia__in", ["LOCAL", "SEDATION", "GENERAL", ""])),
                                name="interventional_anaesthesia_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("visible_on__contained_by", ["US", "CT", "MRI", "NONE"])),
                                name="interventional_visible_on_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lung_shunt_percent__isnull", True),
                                    models.Q(
                                        ("lung_shunt_percent__gte", 0), ("lung_shunt_percent__lte", 100)
                                    ),
                                    _connector="OR",
                                ),
                                name="lung_shunt_is_a_percentage",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OncologyInput",
                    fields=[
                        (
                            "input",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="cases.specialistinput",
                            ),
                        ),
                        (
                            "lines_given",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(20)],
                                verbose_name="lines of systemic treatment given",
                            ),
                        ),
                        (
                            "response",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("CR", "Complete response"),
                                    ("PR", "Partial response"),
                                    ("SD", "Stable disease"),
                                    ("PD", "Progressive disease"),
                                    ("NE", "Not evaluable"),
                                ],
                                verbose_name="response to the current line (RECIST)",
                            ),
                        ),
                        (
                            "months_disease_control",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(600),
                                ],
                                verbose_name="months of disease control",
                            ),
                        ),
                        (
                            "toxicity",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="toxicity that matters (CTCAE grade)"
                            ),
                        ),
                        (
                            "last_bevacizumab_on",
                            models.DateField(blank=True, null=True, verbose_name="last bevacizumab on"),
                        ),
                        (
                            "dpyd",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NORMAL", "Normal metaboliser"),
                                    ("INTERMEDIATE", "Intermediate metaboliser"),
                                    ("POOR", "Poor metaboliser"),
                                    ("NOT_TESTED", "Not tested"),
                                ],
                                verbose_name="DPYD",
                            ),
                        ),
                        (
                            "hormone_syndrome",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NONE", "None"),
                                    ("CARCINOID", "Carcinoid"),
                                    ("INSULINOMA", "Insulinoma"),
                                    ("GASTRINOMA", "Gastrinoma"),
                                    ("GLUCAGONOMA", "Glucagonoma"),
                                    ("VIPOMA", "VIPoma"),
                                ],
                            ),
                        ),
                        (
                            "fit_for_systemic",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="fit for systemic treatment",
                            ),
                        ),
                        (
                            "options_remaining",
                            models.TextField(blank=True, verbose_name="systemic options remaining"),
                        ),
                        (
                            "trial_available",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="trial that could be offered"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("response__in", ["CR", "PR", "SD", "PD", "NE", ""])),
                                name="oncology_response_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dpyd__in", ["NORMAL", "INTERMEDIATE", "POOR", "NOT_TESTED", ""])
                                ),
                                name="oncology_dpyd_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "hormone_syndrome__in",
                                        [
                                            "NONE",
                                            "CARCINOID",
                                            "INSULINOMA",
                                            "GASTRINOMA",
                                            "GLUCAGONOMA",
                                            "VIPOMA",
                                            "",
                                        ],
                                    )
                                ),
                                name="oncology_hormone_syndrome_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fit_for_systemic__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="oncology_fit_for_systemic_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lines_given__isnull", True), ("lines_given__lte", 20), _connector="OR"
                                ),
                                name="lines_given_at_most_20",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RadiologyInput",
                    fields=[
                        (
                            "input",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="cases.specialistinput",
                            ),
                        ),
                        (
                            "modality",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("CT", "CT"),
                                    ("MRI", "MRI"),
                                    ("MRI_HEPATOBILIARY", "MRI, hepatobiliary contrast"),
                                    ("CEUS", "Contrast-enhanced ultrasound"),
                                    ("ULTRASOUND", "Ultrasound"),
                                    ("FDG_PET", "FDG PET/CT"),
                                    ("SSTR_PET", "SSTR PET/CT"),
                                    ("OTHER", "Other"),
                                ],
                            ),
                        ),
                        (
                            "studied_on",
                            models.DateField(blank=True, null=True, verbose_name="date of the study"),
                        ),
                        (
                            "image_quality",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("GOOD", "Good"),
                                    ("LIMITED", "Limited"),
                                    ("NOT_DIAGNOSTIC", "Not diagnostic"),
                                ],
                                verbose_name="quality",
                            ),
                        ),
                        (
                            "agreement",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NONE_OUTSIDE", "No outside report"),
                                    ("AGREES", "Agrees"),
                                    ("MINOR", "Differs, minor"),
                                    ("CHANGES_MANAGEMENT", "Differs, changes management"),
                                ],
                                verbose_name="against the outside report",
                            ),
                        ),
                        (
                            "lesion_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(500)],
                                verbose_name="number of liver lesions",
                            ),
                        ),
                        (
                            "lesion_count_is_minimum",
                            models.BooleanField(default=False, verbose_name="or more"),
                        ),
                        (
                            "largest_lesion_mm",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(400),
                                ],
                                verbose_name="largest lesion (mm)",
                            ),
                        ),
                        (
                            "lesion_segments",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("1", "1 (caudate)"),
                                        ("2", "2"),
                                        ("3", "3"),
                                        ("4", "4"),
                                        ("4a", "4a"),
                                        ("4b", "4b"),
                                        ("5", "5"),
                                        ("6", "6"),
                                        ("7", "7"),
                                        ("8", "8"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "liver_involvement_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=4,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="liver involved (%)",
                            ),
                        ),
                        (
                            "vascular_invasion",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("NONE", "None"),
                                        ("PORTAL", "Portal vein"),
                                        ("HEPATIC", "Hepatic vein"),
                                        ("IVC", "Inferior vena cava"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "vascular_note",
                            models.CharField(blank=True, max_length=300, verbose_name="vessels, in words"),
                        ),
                        (
                            "bile_ducts",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NORMAL", "Normal"),
                                    ("DILATED", "Dilated"),
                                    ("STRICTURE", "Stricture"),
                                ],
                            ),
                        ),
                        (
                            "hepatic_artery_anatomy",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="hepatic artery anatomy (Michels)"
                            ),
                        ),
                        (
                            "steatosis_or_fibrosis",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="steatosis or fibrosis estimate"
                            ),
                        ),
                        (
                            "extrahepatic_seen",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="disease outside the liver seen",
                            ),
                        ),
                        (
                            "extrahepatic_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="outside the liver, in words"
                            ),
                        ),
                        ("reading", models.TextField(blank=True, verbose_name="reading, in words")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "modality__in",
                                        [
                                            "CT",
                                            "MRI",
                                            "MRI_HEPATOBILIARY",
                                            "CEUS",
                                            "ULTRASOUND",
                                            "FDG_PET",
                                            "SSTR_PET",
                                            "OTHER",
                                            "",
                                        ],
                                    )
                                ),
                                name="radiology_modality_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("image_quality__in", ["GOOD", "LIMITED", "NOT_DIAGNOSTIC", ""])
                                ),
                                name="radiology_image_quality_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "agreement__in",
                                        ["NONE_OUTSIDE", "AGREES", "MINOR", "CHANGES_MANAGEMENT", ""],
                                    )
                                ),
                                name="radiology_agreement_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("bile_ducts__in", ["NORMAL", "DILATED", "STRICTURE", ""])
                                ),
                                name="radiology_bile_ducts_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("extrahepatic_seen__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="radiology_extrahepatic_seen_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "lesion_segments__contained_by",
                                        ["1", "2", "3", "4", "4a", "4b", "5", "6", "7", "8"],
                                    )
                                ),
                                name="radiology_lesion_segments_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vascular_invasion__contained_by", ["NONE", "PORTAL", "HEPATIC", "IVC"])
                                ),
                                name="radiology_vascular_invasion_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("liver_involvement_percent__isnull", True),
                                    models.Q(
                                        ("liver_involvement_percent__gte", 0),
                                        ("liver_involvement_percent__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="liver_involvement_is_a_percentage",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SurgicalInput",
                    fields=[
                        (
                            "input",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="cases.specialistinput",
                            ),
                        ),
                        (
                            "resectable",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                help_text="Your judgement; never computed.",
                                verbose_name="resectable, in your judgement",
                            ),
                        ),
                        (
                            "r0_possible",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="R0 possible",
                            ),
                        ),
                        (
                            "two_adjacent_segments_spared",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="two adjacent segments spared",
                            ),
                        ),
                        (
                            "inflow_outflow_biliary_preserved",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="inflow, outflow and biliary drainage preserved",
                            ),
                        ),
                        (
                            "segments_to_resect",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("1", "1 (caudate)"),
                                        ("2", "2"),
                                        ("3", "3"),
                                        ("4", "4"),
                                        ("4a", "4a"),
                                        ("4b", "4b"),
                                        ("5", "5"),
                                        ("6", "6"),
                                        ("7", "7"),
                                        ("8", "8"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "planned_procedure",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="planned procedure, in words"
                            ),
                        ),
                        (
                            "approach",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("OPEN", "Open"),
                                    ("LAPAROSCOPIC", "Laparoscopic"),
                                    ("ROBOTIC", "Robotic"),
                                ],
                            ),
                        ),
                        (
                            "flr_volume_ml",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=6,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(20000),
                                ],
                                verbose_name="future liver remnant (mL)",
                            ),
                        ),
                        (
                            "total_liver_volume_ml",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=6,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(20000),
                                ],
                                verbose_name="total liver volume (mL)",
                            ),
                        ),
                        (
                            "tumour_volume_ml",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=6,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(20000),
                                ],
                                verbose_name="tumour volume (mL)",
                            ),
                        ),
                        (
                            "volumetry_on",
                            models.DateField(blank=True, null=True, verbose_name="volumes measured on"),
                        ),
                        (
                            "liver_background",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("normal", "Normal"),
                                    ("chemotherapy_or_steatosis", "Long chemotherapy, or steatosis"),
                                    ("cirrhosis_or_fibrosis", "Cirrhosis or fibrosis"),
                                ],
                            ),
                        ),
                        (
                            "hypertrophy",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("NONE", "None needed"),
                                    ("PVE", "Portal vein embolisation"),
                                    ("LVD", "Portal and hepatic vein embolisation"),
                                    ("ALPPS", "ALPPS"),
                                    ("TWO_STAGE", "Two-stage hepatectomy"),
                                    ("Y90_LOBECTOMY", "Radiation lobectomy (Y-90)"),
                                ],
                                verbose_name="enlarging the remnant",
                            ),
                        ),
                        (
                            "vascular_contact",
                            models.CharField(blank=True, max_length=300, verbose_name="vascular contact"),
                        ),
                        (
                            "synchronous_strategy",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("PRIMARY_FIRST", "Primary first"),
                                    ("LIVER_FIRST", "Liver first"),
                                    ("SIMULTANEOUS", "Simultaneous"),
                                    ("NOT_APPLICABLE", "Does not apply"),
                                ],
                            ),
                        ),
                        (
                            "asa",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("I", "I healthy"),
                                    ("II", "II mild systemic disease"),
                                    ("III", "III severe systemic disease"),
                                    ("IV", "IV constant threat to life"),
                                    ("V", "V moribund"),
                                ],
                                verbose_name="ASA class",
                            ),
                        ),
                        (
                            "frailty",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="clinical frailty scale",
                            ),
                        ),
                        ("previous_liver_surgery", models.CharField(blank=True, max_length=300)),
                        (
                            "contraindication",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="contraindication to surgery"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("resectable__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="surgical_resectable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("r0_possible__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="surgical_r0_possible_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("two_adjacent_segments_spared__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="surgical_two_adjacent_segments_spared_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("inflow_outflow_biliary_preserved__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="surgical_inflow_outflow_biliary_preserved_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("approach__in", ["OPEN", "LAPAROSCOPIC", "ROBOTIC", ""])),
                                name="surgical_approach_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "liver_background__in",
                                        ["normal", "chemotherapy_or_steatosis", "cirrhosis_or_fibrosis", ""],
                                    )
                                ),
                                name="surgical_liver_background_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "hypertrophy__in",
                                        ["NONE", "PVE", "LVD", "ALPPS", "TWO_STAGE", "Y90_LOBECTOMY", ""],
                                    )
                                ),
                                name="surgical_hypertrophy_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "synchronous_strategy__in",
                                        [
                                            "PRIMARY_FIRST",
                                            "LIVER_FIRST",
                                            "SIMULTANEOUS",
                                            "NOT_APPLICABLE",
                                            "",
                                        ],
                                    )
                                ),
                                name="surgical_synchronous_strategy_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asa__in", ["I", "II", "III", "IV", "V", ""])),
                                name="surgical_asa_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "segments_to_resect__contained_by",
                                        ["1", "2", "3", "4", "4a", "4b", "5", "6", "7", "8"],
                                    )
                                ),
                                name="surgical_segments_to_resect_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("frailty__isnull", True),
                                    models.Q(("frailty__gte", 1), ("frailty__lte", 9)),
                                    _connector="OR",
                                ),
                                name="frailty_is_1_to_9",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("flr_volume_ml__isnull", True),
                                    ("total_liver_volume_ml__isnull", True),
                                    ("flr_volume_ml__lt", models.F("total_liver_volume_ml")),
                                    _connector="OR",
                                ),
                                name="remnant_is_smaller_than_the_liver",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="specialistinput",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inputs", to="cases.case"
                    ),
                ),
                migrations.AddField(
                    model_name="specialistinput",
                    name="created_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="specialistinput",
                    name="signed_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.CreateModel(
                    name="LabResult",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        (
                            "analyte",
                            models.TextField(
                                choices=[
                                    ("bilirubin", "Bilirubin, total"),
                                    ("albumin", "Albumin"),
                                    ("inr", "INR"),
                                    ("creatinine", "Creatinine"),
                                    ("sodium", "Sodium"),
                                    ("platelets", "Platelets"),
                                    ("ast", "AST"),
                                    ("alt", "ALT"),
                                    ("alp", "Alkaline phosphatase"),
                                    ("ggt", "Gamma-GT"),
                                    ("afp", "AFP"),
                                    ("cea", "CEA"),
                                    ("ca19_9", "CA 19-9"),
                                    ("cga", "Chromogranin A"),
                                    ("psa", "PSA"),
                                    ("ca15_3", "CA 15-3"),
                                    ("ldh", "LDH"),
                                    ("haemoglobin", "Haemoglobin"),
                                    ("leukocytes", "Leukocytes"),
                                ]
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=4, max_digits=14)),
                        (
                            "comparator",
                            models.TextField(blank=True, choices=[("<", "below"), (">", "above")]),
                        ),
                        ("unit", models.TextField()),
                        (
                            "taken_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: the day is not known.",
                                null=True,
                                verbose_name="taken on",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["case", "analyte", "taken_on"], name="lab_trend_of_a_case")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="lab_result_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "analyte__in",
                                        [
                                            "bilirubin",
                                            "albumin",
                                            "inr",
                                            "creatinine",
                                            "sodium",
                                            "platelets",
                                            "ast",
                                            "alt",
                                            "alp",
                                            "ggt",
                                            "afp",
                                            "cea",
                                            "ca19_9",
                                            "cga",
                                            "psa",
                                            "ca15_3",
                                            "ldh",
                                            "haemoglobin",
                                            "leukocytes",
                                        ],
                                    )
                                ),
                                name="lab_result_analyte_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("comparator__in", ["<", ">", ""])),
                                name="lab_result_comparator_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit", ""), _negated=True), name="a_lab_value_has_a_unit"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)), name="a_lab_value_is_not_negative"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("case", "analyte", "taken_on"),
                                name="one_standing_lab_value_a_day",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "segments",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("1", "1 (caudate)"),
                                        ("2", "2"),
                                        ("3", "3"),
                                        ("4", "4"),
                                        ("4a", "4a"),
                                        ("4b", "4b"),
                                        ("5", "5"),
                                        ("6", "6"),
                                        ("7", "7"),
                                        ("8", "8"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("first_seen_on", models.DateField(blank=True, null=True)),
                        (
                            "viable",
                            models.TextField(
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                default="YES",
                            ),
                        ),
                        ("treated", models.BooleanField(default=False)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="lesion_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "segments__contained_by",
                                        ["1", "2", "3", "4", "4a", "4b", "5", "6", "7", "8"],
                                    )
                                ),
                                name="lesion_segments_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("viable__in", ["YES", "NO", "UNKNOWN"])),
                                name="lesion_viable_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="lesions_are_numbered_from_one"
                            ),
                            models.UniqueConstraint(fields=("case", "number"), name="one_lesion_a_number"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionLesion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "lesion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.lesion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LesionMeasurement",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("measured_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                        (
                            "long_axis_mm",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, verbose_name="long axis (mm)"
                            ),
                        ),
                        (
                            "viable_mm",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=5,
                                null=True,
                                verbose_name="viable part (mm)",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lesion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measurements",
                                to="cases.lesion",
                            ),
                        ),
                        (
                            "study",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measurements",
                                to="cases.imagingstudy",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesion", "measured_on"),
                                name="one_measurement_a_lesion_and_day",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("long_axis_mm__gte", 0), ("long_axis_mm__lte", 400)),
                                name="long_axis_fits_a_liver",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("viable_mm__isnull", True),
                                    models.Q(
                                        ("viable_mm__gte", 0), ("viable_mm__lte", models.F("long_axis_mm"))
                                    ),
                                    _connector="OR",
                                ),
                                name="viable_part_is_within_the_lesion",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiverStatus",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        ("assessed_on", models.DateField(blank=True, null=True)),
                        (
                            "cirrhosis",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "aetiologies",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("HBV", "Hepatitis B"),
                                        ("HCV", "Hepatitis C"),
                                        ("ALCOHOL", "Alcohol"),
                                        ("MASLD", "Metabolic (MASLD)"),
                                        ("PSC", "Primary sclerosing cholangitis"),
                                        ("PBC", "Primary biliary cholangitis"),
                                        ("AIH", "Autoimmune hepatitis"),
                                        ("HAEMOCHROMATOSIS", "Haemochromatosis"),
                                        ("OTHER", "Other"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "ascites",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("none", "None"),
                                    ("mild_or_controlled", "Mild, or controlled by diuretics"),
                                    ("moderate_severe_or_refractory", "Moderate, severe or refractory"),
                                ],
                            ),
                        ),
                        (
                            "encephalopathy",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("none", "None"),
                                    ("grade_1_2_or_controlled", "Grade 1-2, or controlled"),
                                    ("grade_3_4_or_refractory", "Grade 3-4, or refractory"),
                                ],
                            ),
                        ),
                        (
                            "dialysis_twice_in_week",
                            models.TextField(
                                blank=True,
                                choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
                                verbose_name="dialysis twice or more in the past week",
                            ),
                        ),
                        (
                            "varices",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "splenomegaly",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "portal_hypertension",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "portal_vein_thrombosis",
                            models.TextField(
                                blank=True, choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")]
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "liver status",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="liver_status_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "aetiologies__contained_by",
                                        [
                                            "HBV",
                                            "HCV",
                                            "ALCOHOL",
                                            "MASLD",
                                            "PSC",
                                            "PBC",
                                            "AIH",
                                            "HAEMOCHROMATOSIS",
                                            "OTHER",
                                        ],
                                    )
                                ),
                                name="liver_status_aetiologies_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "ascites__in",
                                        ["none", "mild_or_controlled", "moderate_severe_or_refractory", ""],
                                    )
                                ),
                                name="liver_status_ascites_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "encephalopathy__in",
                                        ["none", "grade_1_2_or_controlled", "grade_3_4_or_refractory", ""],
                                    )
                                ),
                                name="liver_status_encephalopathy_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cirrhosis__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="liver_status_cirrhosis_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dialysis_twice_in_week__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="liver_status_dialysis_twice_in_week_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("varices__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="liver_status_varices_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("splenomegaly__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="liver_status_splenomegaly_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("portal_hypertension__in", ["YES", "NO", "UNKNOWN", ""])),
                                name="liver_status_portal_hypertension_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("portal_vein_thrombosis__in", ["YES", "NO", "UNKNOWN", ""])
                                ),
                                name="liver_status_portal_vein_thrombosis_is_a_known_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "place",
                            models.CharField(
                                blank=True, help_text="A room, or a link to join.", max_length=200
                            ),
                        ),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("PLANNED", "Planned"),
                                    ("RUNNING", "Running"),
                                    ("CLOSED", "Closed"),
                                    ("CANCELLED", "Cancelled"),
                                ],
                                default="PLANNED",
                                editable=False,
                            ),
                        ),
                        ("agenda_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("agenda_published_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "agenda_published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "specialty",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("SURGERY", "Hepatobiliary surgery"),
                                    ("TRANSPLANT", "Transplant surgery and hepatology"),
                                    ("ONCOLOGY", "Medical oncology"),
                                    ("RADIOLOGY", "Diagnostic radiology"),
                                    ("INTERVENTIONAL", "Interventional radiology"),
                                    ("PATHOLOGY", "Pathology"),
                                    ("RADIATION", "Radiation oncology"),
                                    ("NURSING", "Clinical nurse specialist and palliative care"),
                                ],
                            ),
                        ),
                        ("joined_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="cases.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "specialty__in",
                                        [
                                            "SURGERY",
                                            "TRANSPLANT",
                                            "ONCOLOGY",
                                            "RADIOLOGY",
                                            "INTERVENTIONAL",
                                            "PATHOLOGY",
                                            "RADIATION",
                                            "NURSING",
                                            "",
                                        ],
                                    )
                                ),
                                name="attendance_specialty_is_a_known_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("meeting", "user"),
                                name="one_presence_a_person_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at__isnull", True),
                                    ("left_at__gte", models.F("joined_at")),
                                    _connector="OR",
                                ),
                                name="one_leaves_after_joining",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ]
                            ),
                        ),
                        (
                            "lane",
                            models.TextField(
                                choices=[
                                    ("DISCUSSION", "Discussion"),
                                    ("STANDARD", "Standard of care"),
                                    ("MATTERS_ARISING", "Matters arising"),
                                ],
                                default="DISCUSSION",
                            ),
                        ),
                        (
                            "status",
                            models.TextField(
                                choices=[
                                    ("PLANNED", "Planned"),
                                    ("OPEN", "Being discussed"),
                                    ("DISCUSSED", "Discussed"),
                                    ("DEFERRED", "Deferred"),
                                    ("TAKEN_OFF", "Taken off"),
                                ],
                                default="PLANNED",
                                editable=False,
                            ),
                        ),
                        ("presentation", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("late_reason", models.TextField(blank=True)),
                        ("opened_at", models.DateTimeField(editable=False, null=True)),
                        ("closed_at", models.DateTimeField(editable=False, null=True)),
                        ("discussion", models.TextField(blank=True)),
                        ("defer_reason", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="cases.case",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="cases.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["PLANNED", "OPEN", "DISCUSSED", "DEFERRED", "TAKEN_OFF"])
                                ),
                                name="agenda_item_status_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lane__in", ["DISCUSSION", "STANDARD", "MATTERS_ARISING"])
                                ),
                                name="agenda_item_lane_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                                    models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agenda_item_opened_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agenda_item_closed_at_and_by_together",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["PLANNED", "OPEN"])),
                                fields=("case",),
                                name="a_case_is_on_one_list_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "OPEN")),
                                fields=("meeting",),
                                name="one_case_is_discussed_at_a_time",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("meeting", "position"),
                                name="one_case_a_place_on_the_list",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "DEFERRED"), _negated=True),
                                    models.Q(("defer_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_deferral_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 60)),
                                name="an_item_has_minutes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Patient",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "authority",
                            models.CharField(
                                blank=True,
                                help_text="The hospital or service that gave the record number.",
                                max_length=120,
                                verbose_name="issued by",
                            ),
                        ),
                        ("record_number", models.CharField(max_length=40)),
                        ("family_name", models.CharField(blank=True, max_length=120)),
                        ("given_name", models.CharField(blank=True, max_length=120)),
                        ("birth_date", models.DateField(blank=True, null=True)),
                        (
                            "sex",
                            models.TextField(
                                choices=[
                                    ("FEMALE", "female"),
                                    ("MALE", "male"),
                                    ("OTHER", "other"),
                                    ("UNKNOWN", "not known"),
                                ],
                                default="UNKNOWN",
                            ),
                        ),
                        (
                            "is_invented",
                            models.BooleanField(
                                default=False, help_text="A demonstration person, nobody real."
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                django.db.models.functions.text.Lower("family_name"),
                                models.F("birth_date"),
                                name="patient_name_and_birth",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sex__in", ["FEMALE", "MALE", "OTHER", "UNKNOWN"])),
                                name="patient_sex_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("record_number", ""), _negated=True),
                                name="patient_has_a_record_number",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("authority"),
                                django.db.models.functions.text.Lower("record_number"),
                                name="one_patient_a_record_number",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="patient",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="cases.patient"
                    ),
                ),
                migrations.CreateModel(
                    name="PatientWish",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        ("words", models.TextField(verbose_name="the patient's wish")),
                        ("told_to", models.CharField(blank=True, max_length=120, verbose_name="told to")),
                        ("told_on", models.DateField(blank=True, null=True, verbose_name="told on")),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "patient wishes",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="patient_wish_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="a_wish_has_words"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "intent",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("CURATIVE", "Curative"),
                                    ("DISEASE_CONTROL", "Disease control"),
                                    ("SYMPTOM_RELIEF", "Symptom relief"),
                                    ("CLARIFY", "Clarify first"),
                                ],
                            ),
                        ),
                        ("rationale", models.TextField(blank=True)),
                        (
                            "patient_wish",
                            models.TextField(
                                blank=True, verbose_name="the patient's wish as it was before the board"
                            ),
                        ),
                        (
                            "wish_weight",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("FOLLOWED", "Followed"),
                                    ("IN_PART", "Followed in part"),
                                    ("NOT_FOLLOWED", "Not followed"),
                                    ("NOT_KNOWN", "Wish not known"),
                                ],
                                verbose_name="how the wish counted",
                            ),
                        ),
                        ("wish_reason", models.TextField(blank=True, verbose_name="why it counted so")),
                        ("read_back", models.TextField(blank=True, editable=False)),
                        ("snapshot", models.JSONField(default=dict, editable=False)),
                        (
                            "quorum_missing",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("SURGERY", "Hepatobiliary surgery"),
                                        ("TRANSPLANT", "Transplant surgery and hepatology"),
                                        ("ONCOLOGY", "Medical oncology"),
                                        ("RADIOLOGY", "Diagnostic radiology"),
                                        ("INTERVENTIONAL", "Interventional radiology"),
                                        ("PATHOLOGY", "Pathology"),
                                        ("RADIATION", "Radiation oncology"),
                                        ("NURSING", "Clinical nurse specialist and palliative care"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(editable=False, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="cases.case",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendation",
                                to="cases.agendaitem",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "intent__in",
                                        ["CURATIVE", "DISEASE_CONTROL", "SYMPTOM_RELIEF", "CLARIFY", ""],
                                    )
                                ),
                                name="recommendation_intent_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "wish_weight__in",
                                        ["FOLLOWED", "IN_PART", "NOT_FOLLOWED", "NOT_KNOWN", ""],
                                    )
                                ),
                                name="recommendation_wish_weight_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "quorum_missing__contained_by",
                                        [
                                            "SURGERY",
                                            "TRANSPLANT",
                                            "ONCOLOGY",
                                            "RADIOLOGY",
                                            "INTERVENTIONAL",
                                            "PATHOLOGY",
                                            "RADIATION",
                                            "NURSING",
                                        ],
                                    )
                                ),
                                name="recommendation_quorum_missing_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="recommendation_signed_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True),
                                    models.Q(
                                        models.Q(("intent", ""), _negated=True),
                                        models.Q(("rationale", ""), _negated=True),
                                        models.Q(("wish_weight", ""), _negated=True),
                                        models.Q(("read_back", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_signed_recommendation_is_complete",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1)),
                        (
                            "status",
                            models.TextField(
                                choices=[("DRAFT", "Draft"), ("APPROVED", "Approved"), ("SENT", "Sent")],
                                default="DRAFT",
                                editable=False,
                            ),
                        ),
                        ("opening", models.TextField(blank=True, verbose_name="opening words")),
                        ("closing", models.TextField(blank=True, verbose_name="closing words")),
                        ("approved_at", models.DateTimeField(editable=False, null=True)),
                        ("sent_at", models.DateTimeField(editable=False, null=True)),
                        ("pdf", models.BinaryField(null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="cases.case",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="cases.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["DRAFT", "APPROVED", "SENT"])),
                                name="letter_status_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letter_approved_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letter_sent_at_and_by_together",
                            ),
                            models.UniqueConstraint(
                                fields=("recommendation", "recipient", "number"),
                                name="one_letter_a_recipient_and_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "DRAFT"),
                                    models.Q(("approved_at__isnull", False), ("pdf__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_approved_letter_has_its_pdf",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "SENT"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_sent_letter_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dissent",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("reason", models.TextField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "who",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dissents",
                                to="cases.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="a_dissent_has_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        ("reason", models.TextField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="cases.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recommendation", "number"), name="amendments_are_numbered"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                name="an_amendment_has_text_and_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecommendedAction",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("RESECTION", "Resection"),
                                    ("TRANSPLANT_EVALUATION", "Transplant evaluation"),
                                    ("ABLATION", "Ablation"),
                                    ("EMBOLISATION", "Embolisation (TACE)"),
                                    ("RADIOEMBOLISATION", "Radioembolisation (Y-90)"),
                                    ("VEIN_EMBOLISATION", "Portal or hepatic vein embolisation"),
                                    ("SBRT", "Stereotactic radiotherapy"),
                                    ("SYSTEMIC", "Systemic treatment"),
                                    ("BIOPSY", "Biopsy"),
                                    ("IMAGING", "Imaging"),
                                    ("LABORATORY", "Laboratory or molecular test"),
                                    ("DRAINAGE", "Biliary drainage"),
                                    ("CLINIC", "Clinic appointment"),
                                    ("SUPPORTIVE", "Supportive or palliative care"),
                                    ("SURVEILLANCE", "Surveillance"),
                                    ("OTHER", "Other"),
                                ],
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=300)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("condition", models.CharField(blank=True, max_length=300, verbose_name="only if")),
                        ("plan_b", models.CharField(blank=True, max_length=300, verbose_name="otherwise")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lesions",
                            models.ManyToManyField(
                                related_name="actions", through="cases.ActionLesion", to="cases.lesion"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="cases.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["owner", "due_on"], name="actions_of_an_owner")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "RESECTION",
                                            "TRANSPLANT_EVALUATION",
                                            "ABLATION",
                                            "EMBOLISATION",
                                            "RADIOEMBOLISATION",
                                            "VEIN_EMBOLISATION",
                                            "SBRT",
                                            "SYSTEMIC",
                                            "BIOPSY",
                                            "IMAGING",
                                            "LABORATORY",
                                            "DRAINAGE",
                                            "CLINIC",
                                            "SUPPORTIVE",
                                            "SURVEILLANCE",
                                            "OTHER",
                                            "",
                                        ],
                                    )
                                ),
                                name="action_kind_is_a_known_code",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("recommendation", "position"),
                                name="one_action_a_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionUpdate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "report",
                            models.TextField(
                                choices=[
                                    ("ACCEPTED", "Accepted"),
                                    ("DECLINED", "Declined"),
                                    ("DONE", "Done"),
                                    ("PARTLY", "Partly done"),
                                    ("NOT_DONE", "Not done"),
                                ]
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("COMORBIDITY", "Comorbidity or general health"),
                                    ("PROGRESSION", "The disease progressed"),
                                    ("PATIENT_DECLINED", "The patient declined"),
                                    ("NOT_A_CANDIDATE", "Not a candidate after all"),
                                    ("TREATED_ELSEWHERE", "Treated elsewhere"),
                                    ("LOGISTICS", "Appointment or capacity"),
                                    ("DIED", "The patient died"),
                                    ("OTHER", "Other"),
                                ],
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("happened_on", models.DateField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="cases.recommendedaction",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["action", "-created_at"], name="latest_report_of_an_action")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("report__in", ["ACCEPTED", "DECLINED", "DONE", "PARTLY", "NOT_DONE"])
                                ),
                                name="update_report_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "reason__in",
                                        [
                                            "COMORBIDITY",
                                            "PROGRESSION",
                                            "PATIENT_DECLINED",
                                            "NOT_A_CANDIDATE",
                                            "TREATED_ELSEWHERE",
                                            "LOGISTICS",
                                            "DIED",
                                            "OTHER",
                                            "",
                                        ],
                                    )
                                ),
                                name="update_reason_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("report__in", ["NOT_DONE", "PARTLY", "DECLINED"]), _negated=True
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_was_not_done_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="actionlesion",
                    name="action",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.recommendedaction",
                    ),
                ),
                migrations.CreateModel(
                    name="StatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("step", models.TextField()),
                        (
                            "before",
                            models.TextField(
                                choices=[
                                    ("DRAFT", "Draft"),
                                    ("REFERRED", "Referred"),
                                    ("RETURNED", "Returned"),
                                    ("PREPARING", "Preparing"),
                                    ("LISTED", "Listed"),
                                    ("DISCUSSED", "Discussed"),
                                    ("DECIDED", "Decided"),
                                    ("CLOSED", "Closed"),
                                    ("WITHDRAWN", "Withdrawn"),
                                ]
                            ),
                        ),
                        (
                            "after",
                            models.TextField(
                                choices=[
                                    ("DRAFT", "Draft"),
                                    ("REFERRED", "Referred"),
                                    ("RETURNED", "Returned"),
                                    ("PREPARING", "Preparing"),
                                    ("LISTED", "Listed"),
                                    ("DISCUSSED", "Discussed"),
                                    ("DECIDED", "Decided"),
                                    ("CLOSED", "Closed"),
                                    ("WITHDRAWN", "Withdrawn"),
                                ]
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_changes",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["case", "at"], name="steps_of_a_case")],
                    },
                ),
                migrations.CreateModel(
                    name="SymptomReport",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                        ("reported_on", models.DateField(blank=True, null=True)),
                        (
                            "symptoms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("CONFUSION", "Confusion"),
                                        ("FEVER", "Fever"),
                                        ("JAUNDICE", "Jaundice"),
                                        ("LOSS_OF_APPETITE", "Loss of appetite"),
                                        ("NAUSEA", "Nausea"),
                                        ("PAIN_RUQ", "Pain in the right upper abdomen"),
                                        (
                                            "REFERRED_PAIN_SHOULDER_BLADE",
                                            "Referred pain at the shoulder blade",
                                        ),
                                        ("SWEATS", "Sweats"),
                                        ("WEIGHT_LOSS", "Weight loss"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "complications",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("BILIARY_OBSTRUCTION", "Biliary obstruction"),
                                        ("DECREASED_APPETITE", "Decreased appetite"),
                                        ("FEVER", "Fever"),
                                        ("LIVER_FAILURE", "Liver failure"),
                                        ("PAIN", "Pain"),
                                        ("WEIGHT_LOSS", "Weight loss"),
                                        ("OTHER", "Other"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("none_reported", models.BooleanField(default=False, verbose_name="asked, none")),
                        ("note", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="symptom_report_withdrawn_at_and_by_together",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "symptoms__contained_by",
                                        [
                                            "CONFUSION",
                                            "FEVER",
                                            "JAUNDICE",
                                            "LOSS_OF_APPETITE",
                                            "NAUSEA",
                                            "PAIN_RUQ",
                                            "REFERRED_PAIN_SHOULDER_BLADE",
                                            "SWEATS",
                                            "WEIGHT_LOSS",
                                        ],
                                    )
                                ),
                                name="symptom_report_symptoms_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "complications__contained_by",
                                        [
                                            "BILIARY_OBSTRUCTION",
                                            "DECREASED_APPETITE",
                                            "FEVER",
                                            "LIVER_FAILURE",
                                            "PAIN",
                                            "WEIGHT_LOSS",
                                            "OTHER",
                                        ],
                                    )
                                ),
                                name="symptom_report_complications_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("none_reported", False), ("symptoms", []), _connector="OR"
                                ),
                                name="no_symptoms_contradicts_a_list_of_them",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SystemicLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("regimen", models.CharField(max_length=200)),
                        ("started_on", models.DateField(blank=True, null=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "best_response",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("CR", "Complete response"),
                                    ("PR", "Partial response"),
                                    ("SD", "Stable disease"),
                                    ("PD", "Progressive disease"),
                                    ("NE", "Not evaluable"),
                                ],
                            ),
                        ),
                        (
                            "stop_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why stopped"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TumorBoard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True)),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "prefix",
                            models.CharField(
                                max_length=6,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{1,6}$", "Use one to six capital letters, such as LT."
                                    )
                                ],
                                verbose_name="case number prefix",
                            ),
                        ),
                        ("hospital", models.CharField(blank=True, max_length=120)),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/London",
                                max_length=60,
                                validators=[cases.models.board.check_time_zone],
                            ),
                        ),
                        (
                            "quorum_specialties",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("SURGERY", "Hepatobiliary surgery"),
                                        ("TRANSPLANT", "Transplant surgery and hepatology"),
                                        ("ONCOLOGY", "Medical oncology"),
                                        ("RADIOLOGY", "Diagnostic radiology"),
                                        ("INTERVENTIONAL", "Interventional radiology"),
                                        ("PATHOLOGY", "Pathology"),
                                        ("RADIATION", "Radiation oncology"),
                                        ("NURSING", "Clinical nurse specialist and palliative care"),
                                    ]
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "input_specialties",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(
                                    choices=[
                                        ("SURGERY", "Hepatobiliary surgery"),
                                        ("TRANSPLANT", "Transplant surgery and hepatology"),
                                        ("ONCOLOGY", "Medical oncology"),
                                        ("RADIOLOGY", "Diagnostic radiology"),
                                        ("INTERVENTIONAL", "Interventional radiology"),
                                        ("PATHOLOGY", "Pathology"),
                                        ("RADIATION", "Radiation oncology"),
                                        ("NURSING", "Clinical nurse specialist and palliative care"),
                                    ]
                                ),
                                default=cases.models.board.default_specialties,
                                help_text="Disciplines asked for their input on every case.",
                                size=None,
                            ),
                        ),
                        (
                            "cut_off_hours",
                            models.PositiveSmallIntegerField(
                                default=48,
                                validators=[django.core.validators.MaxValueValidator(336)],
                                verbose_name="cut-off (hours before the meeting)",
                            ),
                        ),
                        (
                            "minutes_per_case",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                            ),
                        ),
                        (
                            "reminder_hours",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(
                                    validators=[
                                        django.core.validators.MinValueValidator(1),
                                        django.core.validators.MaxValueValidator(720),
                                    ]
                                ),
                                default=cases.models.board.default_reminder_hours,
                                help_text="Hours before the meeting at which those who owe an input are reminded, such as 72,24.",
                                size=None,
                            ),
                        ),
                        (
                            "escalate_after_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="Days after its due date when an open action is taken to the coordinators.",
                            ),
                        ),
                        (
                            "lists_blocked_cases",
                            models.BooleanField(
                                default=True,
                                help_text="On: with a visible warning. Off: only emergencies may be listed while something blocks.",
                                verbose_name="list cases that lack something",
                            ),
                        ),
                        (
                            "identifies_patients_on_agenda",
                            models.BooleanField(
                                default=False,
                                help_text="Off: the PDF carries case numbers only. E-mails never name a patient.",
                                verbose_name="name patients on the agenda PDF",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "verbose_name": "tumour board",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "quorum_specialties__contained_by",
                                        [
                                            "SURGERY",
                                            "TRANSPLANT",
                                            "ONCOLOGY",
                                            "RADIOLOGY",
                                            "INTERVENTIONAL",
                                            "PATHOLOGY",
                                            "RADIATION",
                                            "NURSING",
                                        ],
                                    )
                                ),
                                name="board_quorum_specialties_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "input_specialties__contained_by",
                                        [
                                            "SURGERY",
                                            "TRANSPLANT",
                                            "ONCOLOGY",
                                            "RADIOLOGY",
                                            "INTERVENTIONAL",
                                            "PATHOLOGY",
                                            "RADIATION",
                                            "NURSING",
                                        ],
                                    )
                                ),
                                name="board_input_specialties_are_known_codes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes_per_case__gte", 1)),
                                name="board_gives_each_case_a_minute",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.TextField(
                                choices=[
                                    ("COORDINATOR", "Coordinator"),
                                    ("CHAIR", "Chair"),
                                    ("MEMBER", "Member"),
                                    ("REFERRER", "Referrer"),
                                    ("OBSERVER", "Observer"),
                                ]
                            ),
                        ),
                        (
                            "specialty",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("SURGERY", "Hepatobiliary surgery"),
                                    ("TRANSPLANT", "Transplant surgery and hepatology"),
                                    ("ONCOLOGY", "Medical oncology"),
                                    ("RADIOLOGY", "Diagnostic radiology"),
                                    ("INTERVENTIONAL", "Interventional radiology"),
                                    ("PATHOLOGY", "Pathology"),
                                    ("RADIATION", "Radiation oncology"),
                                    ("NURSING", "Clinical nurse specialist and palliative care"),
                                ],
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="left the board at"),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="cases.tumorboard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["COORDINATOR", "CHAIR", "MEMBER", "REFERRER", "OBSERVER"])
                                ),
                                name="membership_role_is_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "specialty__in",
                                        [
                                            "SURGERY",
                                            "TRANSPLANT",
                                            "ONCOLOGY",
                                            "RADIOLOGY",
                                            "INTERVENTIONAL",
                                            "PATHOLOGY",
                                            "RADIATION",
                                            "NURSING",
                                            "",
                                        ],
                                    )
                                ),
                                name="membership_specialty_is_a_known_code",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("board", "user"),
                                name="one_seat_a_person_on_a_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "MEMBER"), _negated=True),
                                    models.Q(("specialty", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_member_has_a_specialty",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="meeting",
                    name="board",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="cases.tumorboard",
                    ),
                ),
                migrations.AddField(
                    model_name="importrun",
                    name="board",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_runs",
                        to="cases.tumorboard",
                    ),
                ),
                migrations.CreateModel(
                    name="ImportProfile",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("slug", models.SlugField()),
                        ("title", models.CharField(max_length=120)),
                        ("mapping", models.JSONField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_profiles",
                                to="cases.tumorboard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "slug"), name="one_profile_a_board_and_slug"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.TextField(help_text="The profile's name.")),
                        ("record", models.TextField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported_from",
                                to="cases.case",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="cases.importrun",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.tumorboard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "source", "record"), name="one_case_an_imported_record"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("last", models.PositiveIntegerField(default=0)),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.tumorboard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "year"), name="one_counter_a_board_and_year"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="board",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.tumorboard",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tumorboard",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="0172695cbf0a085ab0f5d7c14eef68741e4e0f7d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_565ce",
                            table="cases_tumorboard",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="diagnosis",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="eb7b4e9b961599e6c734acd8d93471d44dd5ee94",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_3ca17",
                            table="cases_diagnosis",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fitness",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="8316ecfe705c329a589365676f0747b61dc47b27",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_4c3b9",
                            table="cases_fitness",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="imagingstudy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="86e16b9f42eef9d50d1808fdbdb6108865ef62bd",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_9dd60",
                            table="cases_imagingstudy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interventionalinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="interventional_input_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_specialistinput WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'input_id')::uuid, (to_jsonb(NEW) ->> 'input_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: interventional_input belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="154533c035b793bf2c489ca27d73625e71cf2f4c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_interventional_input_signed_with_parent_657d9",
                            table="cases_interventionalinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interventionalinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'input_id');\n                RETURN NULL;\n            ",
                            hash="5c5910ecfe0ab69509be92239c0b5386cfab0a4f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_2eb09",
                            table="cases_interventionalinput",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="systemicline",
                    name="details",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cases.oncologyinput",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oncologyinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="oncology_input_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_specialistinput WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'input_id')::uuid, (to_jsonb(NEW) ->> 'input_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: oncology_input belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="dfb45e41194156e1aabd235a6ac57527653cf59c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_oncology_input_signed_with_parent_4d2ba",
                            table="cases_oncologyinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oncologyinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'input_id');\n                RETURN NULL;\n            ",
                            hash="a640bcc377e34a68bdfd60a856ad930e0eb9ae36",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_ed0b4",
                            table="cases_oncologyinput",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="radiologyinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="radiology_input_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_specialistinput WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'input_id')::uuid, (to_jsonb(NEW) ->> 'input_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: radiology_input belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="6d7cad49d1710da3ba32a93571647ec38cb7dd58",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_radiology_input_signed_with_parent_954af",
                            table="cases_radiologyinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="radiologyinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'input_id');\n                RETURN NULL;\n            ",
                            hash="8ffa63a69011c38eda12614c1687ce9cf79e2bdd",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_16d31",
                            table="cases_radiologyinput",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="surgicalinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="surgical_input_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_specialistinput WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'input_id')::uuid, (to_jsonb(NEW) ->> 'input_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: surgical_input belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="940503247abcf15caf7a23bc36cd0b88bed422b6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_surgical_input_signed_with_parent_4c8f4",
                            table="cases_surgicalinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="surgicalinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'input_id');\n                RETURN NULL;\n            ",
                            hash="e2ece4713d5d4cb3f221dd0ac6f18f29aad72d61",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_86fb2",
                            table="cases_surgicalinput",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="specialistinput",
                    index=models.Index(
                        condition=models.Q(("status__in", ["ASKED", "DRAFT"]), ("superseded_at", None)),
                        fields=["asked_of", "due_at"],
                        name="inputs_owed_by_a_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "specialty__in",
                                [
                                    "SURGERY",
                                    "TRANSPLANT",
                                    "ONCOLOGY",
                                    "RADIOLOGY",
                                    "INTERVENTIONAL",
                                    "PATHOLOGY",
                                    "RADIATION",
                                    "NURSING",
                                ],
                            )
                        ),
                        name="input_specialty_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["ASKED", "DRAFT", "SIGNED", "NOT_NEEDED"])),
                        name="input_status_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "opinion__in",
                                [
                                    "RESECT",
                                    "RESECT_AFTER_DOWNSIZING",
                                    "ABLATE",
                                    "EMBOLISE",
                                    "RADIOEMBOLISE",
                                    "HAI_PUMP",
                                    "SBRT",
                                    "SYSTEMIC",
                                    "TRANSPLANT_EVALUATION",
                                    "LIVER_DIRECTED_PLUS_SYSTEMIC",
                                    "MORE_TESTS",
                                    "SURVEILLANCE",
                                    "SUPPORTIVE_ONLY",
                                    "REFER_ELSEWHERE",
                                    "TRIAL",
                                    "",
                                ],
                            )
                        ),
                        name="input_opinion_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["LOW", "MEDIUM", "HIGH", ""])),
                        name="input_confidence_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="input_signed_at_and_by_together",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", False), ("status", "SIGNED")),
                            models.Q(
                                models.Q(("status", "SIGNED"), _negated=True), ("signed_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="a_signed_input_says_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "SIGNED"), _negated=True),
                            models.Q(
                                models.Q(("opinion", ""), _negated=True),
                                models.Q(("confidence", ""), _negated=True),
                                models.Q(("opinion_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_signed_input_has_opinion_confidence_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "NOT_NEEDED"), _negated=True),
                            models.Q(("not_needed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_input_not_needed_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("revision", 1),
                            models.Q(("amendment_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_later_revision_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.UniqueConstraint(
                        fields=("case", "presentation", "specialty", "revision"),
                        name="one_input_a_specialty_and_revision",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="specialistinput",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "SIGNED"), ("superseded_at", None)),
                        fields=("case", "presentation", "specialty"),
                        name="one_standing_signed_input_a_specialty",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialistinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_input_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.signed_at IS NOT NULL AND (to_jsonb(OLD) - 'superseded_at' - 'version') IS DISTINCT FROM (to_jsonb(NEW) - 'superseded_at' - 'version'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="135af630c406c575a7ab3e798440f73df4869231",
                            operation="UPDATE",
                            pgid="pgtrigger_signed_input_stays_d6a91",
                            table="cases_specialistinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialistinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_input_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.signed_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c735c510fb43538cbec715e91f5ee0389ca3f1cc",
                            operation="DELETE",
                            pgid="pgtrigger_signed_input_is_kept_3814c",
                            table="cases_specialistinput",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialistinput",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="d4633237f48e6a8b98cd2d0ce545da718ac92009",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_8d9c9",
                            table="cases_specialistinput",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="labresult",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="79a58cce1d5ead338ec96604578211505647d280",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_75219",
                            table="cases_labresult",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lesion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="9e752dffd00b14536a3d8350ac67b3533866935c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_ffa77",
                            table="cases_lesion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lesionmeasurement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="ac9e2c93aa97b7d4ef1ea1a1a77adfd55f7df604",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_806af",
                            table="cases_lesionmeasurement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="liverstatus",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="1b2efe8c8649b98d514a983f7ecdf8cdd73a7d2f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_36131",
                            table="cases_liverstatus",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="attendance_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ae07b12770573590ddfbe4164531ebca506eaf30",
                            operation="DELETE",
                            pgid="pgtrigger_attendance_is_kept_12d17",
                            table="cases_attendance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attendance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="eb4a68605a5eb6bb4e804a4e6f486f11b3b6d157",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_ba8c7",
                            table="cases_attendance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendaitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="c35eb1ee65195883068b9672c79af81d6acc97cd",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_0f333",
                            table="cases_agendaitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="44e74cbc600630d0d7a3403ca9fa5a2267c40597",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_06f81",
                            table="cases_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patientwish",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="2330c2c4d7b9d2f05a0a2e2cd968ae464f6fc9f6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_4ebe2",
                            table="cases_patientwish",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_recommendation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.signed_at IS NOT NULL AND (to_jsonb(OLD)) IS DISTINCT FROM (to_jsonb(NEW)))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="dd6c3b39ff22993e4aaa1e3e3f4a3b752cfb21ff",
                            operation="UPDATE",
                            pgid="pgtrigger_signed_recommendation_stays_23a26",
                            table="cases_recommendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_recommendation_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.signed_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="88204c56ddd4ba647d5f55a1b5ac4ddfc128c3bd",
                            operation="DELETE",
                            pgid="pgtrigger_signed_recommendation_is_kept_9fdd5",
                            table="cases_recommendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signing_needs_whole_actions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.signed_at IS NOT NULL)",
                            func="\n                    IF NOT EXISTS (SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id)\n                    OR EXISTS (\n                        SELECT 1 FROM cases_recommendedaction WHERE recommendation_id = NEW.id\n                        AND (kind = '' OR owner_id IS NULL OR due_on IS NULL)\n                    ) THEN\n                        RAISE EXCEPTION 'pgtrigger: an action lacks kind, owner or date';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="cac386f97dfc21d3eb5ebf854afa3d2e5a52d7e4",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_signing_needs_whole_actions_b70c3",
                            table="cases_recommendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="cf400347ed77f014aafd4500adeb732a0ba3fd5d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_825af",
                            table="cases_recommendation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_letter_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.approved_at IS NOT NULL AND (to_jsonb(OLD) - 'status' - 'sent_at' - 'sent_by_id' - 'version') IS DISTINCT FROM (to_jsonb(NEW) - 'status' - 'sent_at' - 'sent_by_id' - 'version'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e32bac158af62ef5de9dbad073cbaf3b93adc42e",
                            operation="UPDATE",
                            pgid="pgtrigger_approved_letter_stays_3cbf6",
                            table="cases_letter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_letter_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.approved_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6cb3919ecf0824380f7637c2f633393b38cf28d5",
                            operation="DELETE",
                            pgid="pgtrigger_approved_letter_is_kept_06a17",
                            table="cases_letter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="96cde96951481869ceb1c1d3138261c99d2bf1df",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_a1d6e",
                            table="cases_letter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dissent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="dissent_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_recommendation WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'recommendation_id')::uuid, (to_jsonb(NEW) ->> 'recommendation_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: dissent belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="159d988ee96991984b8aceb1272a19987116ade8",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_dissent_signed_with_parent_6807b",
                            table="cases_dissent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dissent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="980454f1e291a4c26f07b2ea9f128fd310f083bb",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_b7f5e",
                            table="cases_dissent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (TRUE AND (to_jsonb(OLD)) IS DISTINCT FROM (to_jsonb(NEW)))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9fde31272f56e08f88164444c40e3f90091accb9",
                            operation="UPDATE",
                            pgid="pgtrigger_amendment_stays_abb79",
                            table="cases_amendment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (TRUE)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c92352fcdfba048eec94cf52493f263e64ca908c",
                            operation="DELETE",
                            pgid="pgtrigger_amendment_is_kept_2cd94",
                            table="cases_amendment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="084d099936a5bef09a8a93274ce6a53af21979c7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_b256e",
                            table="cases_amendment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendedaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="action_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_recommendation WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'recommendation_id')::uuid, (to_jsonb(NEW) ->> 'recommendation_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: action belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="587e2fbd9cf8b434e0ce36fa11a9040566bfcd24",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_action_signed_with_parent_6edd9",
                            table="cases_recommendedaction",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendedaction",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="505a7e8b66bf887e2615f9e70415f26aae22eebd",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_6ee60",
                            table="cases_recommendedaction",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionupdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reports_are_never_rewritten",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6b27e3008c359b6f8d8c7fcfe54ffde3b8a22bc6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reports_are_never_rewritten_65509",
                            table="cases_actionupdate",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionupdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="e094545ddcc6726fbce287ccb730f720cb671bc6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_4e8d2",
                            table="cases_actionupdate",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actionlesion",
                    constraint=models.UniqueConstraint(
                        fields=("action", "lesion"), name="a_lesion_once_an_action"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionlesion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="lesions_signed_with_action",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT 1 FROM cases_recommendedaction a\n                        JOIN cases_recommendation r ON r.id = a.recommendation_id\n                        WHERE r.signed_at IS NOT NULL AND a.id = COALESCE(\n                            (to_jsonb(OLD) ->> 'action_id')::uuid, (to_jsonb(NEW) ->> 'action_id')::uuid)\n                    ) THEN\n                        RAISE EXCEPTION 'pgtrigger: lesions of a signed action';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                            hash="ec531e716e98e6731b71683ebb0f5728b09bd7ce",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_lesions_signed_with_action_a34e3",
                            table="cases_actionlesion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionlesion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="dee6dfc6fadffac853496a2f4933a8f975d0ff0f",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_377be",
                            table="cases_actionlesion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="statuschange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="steps_are_never_rewritten",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59256041c0fafb49b8001bfc6b8d719e856fa91b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_steps_are_never_rewritten_11fad",
                            table="cases_statuschange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="symptomreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="9ceb06ea4785d30fcb5a6fa277cc2aaf8d59f4a7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_f60be",
                            table="cases_symptomreport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="8c4c16c5d667357285e5bc7470645d41b6ddf1cf",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_12d20",
                            table="cases_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="meeting",
                    index=models.Index(fields=["board", "starts_at"], name="meetings_of_a_board"),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status__in", ["PLANNED", "RUNNING", "CLOSED", "CANCELLED"])),
                        name="meeting_status_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agenda_published_at__isnull", True), ("agenda_published_by__isnull", True)
                            ),
                            models.Q(
                                ("agenda_published_at__isnull", False), ("agenda_published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="meeting_agenda_published_at_and_by_together",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="meeting_ends_after_it_starts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agenda_published_at__isnull", True), ("agenda_version", 0)),
                            models.Q(("agenda_published_at__isnull", False), ("agenda_version__gte", 1)),
                            _connector="OR",
                        ),
                        name="published_agenda_has_a_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meeting",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status", "CANCELLED"), _negated=True),
                        expressions=[
                            ("board", "="),
                            (
                                cases.models.meeting.TsTzRange(
                                    "starts_at",
                                    "ends_at",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="board_meets_once_at_a_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="b0db14300430cda205aade71c70fb85bc408096d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_056e1",
                            table="cases_meeting",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["CHECKED", "WAITING", "RUNNING", "DONE", "FAILED", "DISCARDED"])
                        ),
                        name="import_run_status_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("started_at__isnull", True), ("started_by__isnull", True)),
                            models.Q(("started_at__isnull", False), ("started_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_run_started_at_and_by_together",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["CHECKED", "WAITING", "RUNNING"]),
                            ("content", ""),
                            _connector="OR",
                        ),
                        name="a_finished_run_keeps_no_file",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rows_done__lte", models.F("rows"))),
                        name="not_more_rows_done_than_there_are",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="abdd8259853d9ca2ef6447192b37ce0db3cb1d61",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_7e489",
                            table="cases_importprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "DECIDED",
                                    "DISCUSSED",
                                    "DRAFT",
                                    "LISTED",
                                    "PREPARING",
                                    "REFERRED",
                                    "RETURNED",
                                ],
                            )
                        ),
                        fields=["board", "status"],
                        name="open_cases_of_a_board",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["referred_by", "status"], name="cases_of_a_referrer"),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "DRAFT",
                                    "REFERRED",
                                    "RETURNED",
                                    "PREPARING",
                                    "LISTED",
                                    "DISCUSSED",
                                    "DECIDED",
                                    "CLOSED",
                                    "WITHDRAWN",
                                ],
                            )
                        ),
                        name="case_status_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["ROUTINE", "SOON", "EMERGENCY"])),
                        name="case_urgency_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["DRAFT", "WITHDRAWN"]),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_referred_case_has_a_question",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["DRAFT", "WITHDRAWN"]),
                            ("referred_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_referred_case_has_a_referral_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("stated_age__isnull", True), ("stated_age__lte", 120), _connector="OR"
                        ),
                        name="case_age_is_human",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="37e6b9d7d9551925e5a14f6816a4e90a6aa14645",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_e8aa6",
                            table="cases_case",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemicline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("best_response__in", ["CR", "PR", "SD", "PD", "NE", ""])),
                        name="line_best_response_is_a_known_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemicline",
                    constraint=models.UniqueConstraint(
                        fields=("details", "position"), name="lines_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="systemicline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="a_line_ends_after_it_starts",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="systemicline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="systemic_line_signed_with_parent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (\n                SELECT 1 FROM cases_specialistinput WHERE signed_at IS NOT NULL AND id =\n                COALESCE((to_jsonb(OLD) ->> 'details_id')::uuid, (to_jsonb(NEW) ->> 'details_id')::uuid)\n            ) THEN\n                RAISE EXCEPTION 'pgtrigger: systemic_line belongs to a signed record';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                            hash="9ec210c9eb9fc95a5111a6a0b9b61c3bacfa30d8",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_systemic_line_signed_with_parent_43fa1",
                            table="cases_systemicline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="systemicline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_past",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                PERFORM audit_keep_row(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW), 'id');\n                RETURN NULL;\n            ",
                            hash="9c42c619a3ecdffeb14d07810af3a08304849b16",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_its_past_caa6f",
                            table="cases_systemicline",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
