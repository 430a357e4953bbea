"""Which addresses belong to signing in and out?

allauth's names, since allauth looks its pages up by name; only those that this house uses.
"""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("no-access/", allauth_views.account_inactive, name="account_inactive"),
    path("confirm/", views.Confirm.as_view(), name="account_reauthenticate"),
    path("profile/", views.profile, name="profile"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/forgotten/", views.ForgottenPassword.as_view(), name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "password/new/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
]
