from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import views
from portal.addresses import EDITOR_PATH

# Wagtail's own sign-in forms would go round the limits of ours.
WAGTAIL_SIGN_INS = ("cms/login/", "_util/login/")
one_sign_in = login_not_required(RedirectView.as_view(url=settings.LOGIN_URL, query_string=True))

# Those of allauth's that a person needs. Her address comes from the organisation's list: were she
# to change it herself, the next import would take her for whoever has that address there.
account_urls = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

portal_urls = [
    path("", views.today, name="today"),
    path("me/", views.me, name="me"),
    path("me/what-others-see/", views.what_others_see, name="what-others-see"),
    path("me/everything/", views.everything, name="everything"),
    path("me/mail/", views.mail_choice, name="mail-choice"),
    path("me/mail/stop/<str:token>/", views.mail_stop, name="mail-stop"),
    path("help/", views.help_index, name="help"),
    path("help/how-dates-work/", views.how_dates_work, name="how-dates-work"),
    path("brand/<slug:theme>/", views.logo, name="logo"),
    path("theme/", views.theme_switch, name="theme-switch"),
    path("language/", views.language_switch, name="language-switch"),
    path("healthz", views.health, name="health"),
]

urlpatterns = [
    path("", include((portal_urls, "portal"))),
    path("", include("strategy.urls")),
    path("", include("customers.urls")),
    path("", include("departments.urls")),
    path("", include("quizzes.urls")),
    path("", include("knowledge.urls")),
    path("accounts/", include(account_urls)),
    *(path(door, one_sign_in) for door in WAGTAIL_SIGN_INS),
    path(EDITOR_PATH.lstrip("/"), include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", views.media, name="media"),
    path("", include(wagtail_urls)),
]
