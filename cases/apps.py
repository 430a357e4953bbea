"""Which app holds the cases of a board, and what of it is sealed in the trail?"""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases.queries import sealed_decision  # noqa: PLC0415  models are ready only now
        from tumorboard.audit import chain  # noqa: PLC0415

        chain.tells("decision.signed", sealed_decision.of_event)
