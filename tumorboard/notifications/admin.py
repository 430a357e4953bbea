"""What may an administrator see of the outbox? Everything but the words; and change nothing."""

from django.contrib import admin

from .models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ["kind", "about", "recipient", "state", "next_try_at", "sent_at", "attempts", "last_error"]
    list_filter = ["state", "kind", "ambiguous"]
    search_fields = ["about", "recipient__email"]
    list_select_related = ["recipient"]
    ordering = ["-created_at"]
    exclude = ["text", "html", "lease_token"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
