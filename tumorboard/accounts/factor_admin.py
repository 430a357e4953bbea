"""How does an administrator help somebody whose phone or key is lost?"""

from typing import ClassVar

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from .signals import factors_removed

# Codes for the trail, which keeps no free text; the words go to the person.
REASONS = {
    "lost": "The phone or key is lost, or broken",
    "stolen": "The phone or key was stolen",
    "new_phone": "A new phone, without the app of the old one",
    "new_account": "A new account at the hospital's sign-in",
    "wrong": "It was set up wrongly",
}

WORDS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}


class RemoveFactorsForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[("", "Choose one"), *REASONS.items()],
        help_text="The person is told, and the trail keeps it.",
    )
    checked = forms.BooleanField(
        label="I have made sure that it was this person who asked",
        help_text="By seeing them, or by calling back.",
    )


@transaction.atomic
def remove_factors(*, person, reason: str, by) -> None:
    """All of them: whoever found the phone may hold the recovery codes too."""
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    factors_removed.send(sender=type(person), user=person, by=by, reason=reason)
    get_adapter().send_notification_mail(
        "account/email/factors_removed", person, {"by": by.display_name, "reason": REASONS[reason]}
    )


class FactorsOfAPerson(UserAdmin):
    """Beside the person's page: what they prove themselves with, and a page to take it away."""

    factor_fields: ClassVar[list[str]] = ["second_step", "hospital_sign_in"]

    @admin.display(description="second step")
    def second_step(self, person) -> str:
        kinds = Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True)
        named = [WORDS[kind] for kind in sorted(set(kinds))]
        if not named:
            return "None"
        address = reverse("admin:remove-factors", args=[person.pk])
        return format_html('{} — <a href="{}">remove</a>', ", ".join(named), address)

    @admin.display(description="hospital's sign-in")
    def hospital_sign_in(self, person) -> str:
        if not SocialAccount.objects.filter(user_id=person.pk).exists():
            return "Not used yet"
        address = reverse("admin:remove-factors", args=[person.pk])
        return format_html('Bound — <a href="{}">remove</a>', address)

    def get_urls(self):
        view = self.admin_site.admin_view(self.remove_factors_view)
        return [path("<int:pk>/second-step/", view, name="remove-factors"), *super().get_urls()]

    def remove_factors_view(self, request, pk: int):
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, person) or person == request.user:
            raise PermissionDenied
        form = RemoveFactorsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            remove_factors(person=person, reason=reason, by=request.user)
            self.log_change(request, person, f"Second step removed: {REASONS[reason]}.")
            self.message_user(request, "The second step is removed; the person is told.", messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[person.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Remove the second step of {person.get_full_name()}",
            "form": form,
            "person": person,
            "opts": self.model._meta,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/remove_factors.html", context, status=status)
