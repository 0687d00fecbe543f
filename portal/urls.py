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

portal_urls = [
    path("", views.today, name="today"),
    path("me/what-others-see/", views.what_others_see, name="what-others-see"),
    path("help/how-dates-work/", views.how_dates_work, name="how-dates-work"),
    path("theme/", views.theme_switch, name="theme-switch"),
    path("healthz", views.health, name="health"),
]

urlpatterns = [
    path("", include((portal_urls, "portal"))),
    path("", include("departments.urls")),
    path("", include("quizzes.urls")),
    path("", include("knowledge.urls")),
    path("accounts/", include("allauth.account.urls")),
    *(path(door, one_sign_in) for door in WAGTAIL_SIGN_INS),
    path(EDITOR_PATH.lstrip("/"), include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", views.media, name="media"),
    path("", include(wagtail_urls)),
]
