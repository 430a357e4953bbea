"""Who signs in?"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now


class UserQuerySet(models.QuerySet["User"]):
    def active(self):
        return self.filter(is_active=True)

    def invented(self):
        return self.filter(is_invented=True)

    def by_name(self):
        return self.order_by("family_name", "given_name", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made by a call
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A person needs an e-mail address to sign in with.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def the_system(self) -> "User":
        """Who stands under what happens by itself, by a date or a rule: nobody who could sign in."""
        system, _ = self.get_or_create(
            email="system@tumorboard.invalid",
            defaults={"family_name": "Tumorboard", "is_active": False, "password": "!"},
        )
        return system

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=self.normalize_email(email))


class User(AbstractBaseUser, PermissionsMixin):
    """A person of the hospital. Never deleted, since their work points at them: `is_active` ends access."""

    email = models.EmailField("e-mail", unique=True, error_messages={"unique": "This e-mail is in use."})
    title = models.CharField(max_length=40, blank=True, help_text="As in letters: Dr, Prof.")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(
        "may sign in", default=True, help_text="Take away when the person leaves. Their work stays."
    )
    is_staff = models.BooleanField("administrator", default=False, help_text="May open these pages.")
    is_invented = models.BooleanField(
        "invented", default=False, editable=False, help_text="A person of the demonstration, nobody real."
    )
    date_joined = models.DateTimeField("added", db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    objects = UserManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            # Together with `unique` above: one address is one person, however it was typed.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_has_an_email"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    @property
    def display_name(self) -> str:
        """Dr I. Duarte: as colleagues write it on an agenda."""
        initial = f"{self.given_name[0]}." if self.given_name else ""
        return " ".join(part for part in (self.title, initial, self.family_name) if part) or self.email

    def get_full_name(self) -> str:
        """Dr Inês Duarte: as a letter signs."""
        return (
            " ".join(part for part in (self.title, self.given_name, self.family_name) if part) or self.email
        )

    def get_short_name(self) -> str:
        return self.given_name or self.display_name
