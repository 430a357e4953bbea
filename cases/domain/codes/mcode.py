"""As which mCODE profile would each kind of record leave this program? (mCODE STU4, version 4.0.0, FHIR R4)

What has no profile there leaves as an Observation with a code of its own.
"""

PREFIX = "mcode-"
PROFILES: dict[str, str] = {
    "Patient": "CancerPatient",
    "Diagnosis, primary": "PrimaryCancerCondition",
    "Diagnosis, liver metastasis": "SecondaryCancerCondition",
    "Comorbidity": "Comorbidities",
    "ECOG": "ECOGPerformanceStatus",
    "Karnofsky": "KarnofskyPerformanceStatus",
    "Tumour marker in blood or tissue": "TumorMarkerTest",
    "Gene": "GenomicVariant",
    "Report of genes": "GenomicsReport",
    "Specimen": "HumanSpecimen",
    "Lesion": "Tumor",
    "Lesion size": "TumorSize",
    "Lesion morphology": "TumorMorphology",
    "Histology": "HistologicBehaviorAndType",
    "Grade": "HistologicGrade",
    "M category": "TNMDistantMetastasesCategory",
    "N category": "TNMRegionalNodesCategory",
    "T category": "TNMPrimaryTumorCategory",
    "Stage": "TNMStageGroup",
    "Response": "CancerDiseaseStatus",
    "Operation or ablation": "CancerRelatedSurgicalProcedure",
    "Systemic treatment": "CancerRelatedMedicationAdministration",
    "Radiotherapy": "RadiotherapyCourseSummary",
    "Score": "CancerRiskAssessment",
    "Body surface": "BodySurfaceArea",
    "Everything of a patient": "MCODEPatientBundle",
}
WITHOUT_PROFILE = ("Child-Pugh", "MELD", "BCLC", "LI-RADS", "Future liver remnant", "Transplant criteria")
