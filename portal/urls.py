from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import views
from portal.addresses import EDITOR_PATH

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
    path(EDITOR_PATH.lstrip("/"), include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.+)$", views.media, name="media"),
    path("", include(wagtail_urls)),
]
