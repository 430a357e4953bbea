"""Which addresses belong to signing in and out?

allauth's names, since allauth looks its pages up by name; only those that this house uses.
"""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from . import factor_views, sign_on_views, views

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
    # -- second factors
    path("my-sign-in/", factor_views.MySignIn.as_view(), name="mfa_index"),
    path("second-step/", factor_views.SecondStep.as_view(), name="mfa_authenticate"),
    path("second-step/needed/", factor_views.needed, name="second-factor-needed"),
    path("second-step/app/", factor_views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("second-step/app/remove/", factor_views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("second-step/codes/", factor_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/", factor_views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
    path("passkeys/add/", factor_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", factor_views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/name/", factor_views.NamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", factor_views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("confirm/code/", factor_views.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("confirm/passkey/", factor_views.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    # -- single sign-on
    path("single-sign-on/cancelled/", sign_on_views.cancelled, name="socialaccount_login_cancelled"),
    path("single-sign-on/<slug:provider_id>/", sign_on_views.start, name="openid_connect_login"),
    path("single-sign-on/<slug:provider_id>/answer/", sign_on_views.answer, name="openid_connect_callback"),
]
