"""My e-mail and calendar: how does somebody want to be written to?"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.mail_settings import MailSettingsForm
from cases.notices.feed_link import feed_url
from cases.queries.mail_settings import mail_settings_page
from cases.services import mail_settings as service


@require_http_methods(["GET", "POST"])
def mail_settings(request):
    page = mail_settings_page(request.user)
    chosen = {"mail": page.chosen.mail, "calendar": page.chosen.calendar}
    form = MailSettingsForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        service.choose(by=request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("cases:mail-settings")
    context = {"page": page, "form": form, "feed_url": feed_url(request.user)}
    return render(request, "people/mail_settings.html", context, status=422 if form.is_bound else 200)


@require_POST
def renew_feed(request):
    service.renew_feed(by=request.user)
    messages.success(request, "Your calendar has another address. The one before is of no use any more.")
    return redirect("cases:mail-settings")
