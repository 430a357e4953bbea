"""How does an administrator read the trail?"""

from django.contrib import admin

from .models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """To read. The database would refuse anything else."""

    list_display = ["at", "verb", "actor", "subject_type", "subject_id", "about"]
    list_filter = ["at"]
    list_select_related = ["actor"]
    search_fields = ["=about", "=subject_id", "=verb", "=actor__email"]
    ordering = ["-at", "-id"]
    show_full_result_count = False  # the trail only grows

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
