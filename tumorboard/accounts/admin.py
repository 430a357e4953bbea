"""How does an administrator keep the list of people?"""

from allauth.account.decorators import secure_admin_login
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.forms import AdminUserCreationForm

from tumorboard.signed_in.admin import end_all_sessions

from .factor_admin import FactorsOfAPerson
from .models import User
from .signals import person_changed

# One door only: the admin's own sign-in page knows neither the lock nor, later, the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
for secret_rows in (Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(secret_rows)  # what proves who somebody is stands in nobody's list
admin.site.unregister(EmailAddress)  # an address stands with its person; a second list would only mislead
admin.site.site_header = admin.site.site_title = "Tumorboard administration"


class AddPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "title", "given_name", "family_name")


@admin.register(User)
class PersonAdmin(FactorsOfAPerson):
    add_form = AddPersonForm
    ordering = ["family_name", "given_name"]
    list_display = ["display_name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_invented"]
    search_fields = ["email", "given_name", "family_name"]
    readonly_fields = ["last_login", "date_joined", *FactorsOfAPerson.factor_fields]
    actions = ["send_reset_link", "end_access", "give_access", end_all_sessions]
    fieldsets = [
        (None, {"fields": ["email", "title", "given_name", "family_name", "password"]}),
        ("Access", {"fields": ["is_active", "is_staff", "last_login", "date_joined"]}),
        ("Signing in", {"fields": [*FactorsOfAPerson.factor_fields]}),
        ("These pages", {"classes": ["collapse"], "fields": ["is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "description": "Without a password, send the person a link from the list to choose one.",
                "fields": [*AddPersonForm.Meta.fields, "usable_password", "password1", "password2"],
            },
        )
    ]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # what they did points at them

    def has_change_permission(self, request, obj=None) -> bool:
        """Who may change somebody's address may become them: superusers are changed by superusers only."""
        mine = request.user.is_superuser or not (obj and obj.is_superuser)
        return mine and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Nobody makes themselves more than they are."""
        if request.user.is_superuser:
            return self.readonly_fields
        return [*self.readonly_fields, "is_staff", "is_superuser", "groups", "user_permissions"]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        person_changed.send(sender=User, user=obj, by=request.user, fields=sorted(form.changed_data))

    @admin.action(description="Send a link to choose a password", permissions=["change"])
    def send_reset_link(self, request, queryset) -> None:
        sent = 0
        for person in queryset.active():
            form = ResetPasswordForm({"email": person.email})
            if form.is_valid():
                form.save(request)
                sent += 1
        self.message_user(request, f"A link is on its way to {sent} of {queryset.count()} people.")

    @admin.action(description="End access", permissions=["change"])
    def end_access(self, request, queryset) -> None:
        others = queryset.exclude(pk=request.user.pk)
        self._set_access(request, others, allowed=False)
        if queryset.filter(pk=request.user.pk).exists():
            self.message_user(request, "Your own access stays: ask a colleague.", messages.WARNING)

    @admin.action(description="Give access back", permissions=["change"])
    def give_access(self, request, queryset) -> None:
        self._set_access(request, queryset, allowed=True)

    def _set_access(self, request, people, *, allowed: bool) -> None:
        if not request.user.is_superuser:
            people = people.filter(is_superuser=False)
        for person in people.filter(is_active=not allowed):
            person.is_active = allowed
            person.save(update_fields=["is_active"])
            self.log_change(request, person, "Access given back." if allowed else "Access ended.")
            person_changed.send(sender=User, user=person, by=request.user, fields=["is_active"])
