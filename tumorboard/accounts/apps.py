"""Which app holds the people who sign in?"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tumorboard.accounts"
    label = "accounts"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"
