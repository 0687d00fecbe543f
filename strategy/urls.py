from django.urls import path

from strategy.views import calendar, gates, overrides, register

app_name = "strategy"

urlpatterns = [
    path("campaigns/", gates.campaign_index, name="campaign-index"),
    path("campaigns/<slug:slug>/", gates.campaign_detail, name="campaign-detail"),
    path("campaigns/<slug:slug>/gate/", gates.gate_detail, name="gate-detail"),
    path("campaigns/<slug:slug>/gate/ask/", overrides.links_ask, name="links-ask"),
    path("campaigns/<slug:slug>/gate/override/", overrides.override_add, name="override-add"),
    path(
        "campaigns/<slug:slug>/gate/override/<int:pk>/",
        overrides.override_detail,
        name="override-detail",
    ),
    path(
        "campaigns/<slug:slug>/gate/override/<int:pk>/take-back/",
        overrides.override_take_back,
        name="override-take-back",
    ),
    path("calendar/", calendar.calendar_detail, name="calendar-detail"),
    path("calendar/list/", calendar.calendar_list, name="calendar-list"),
    path("calendar/address/", calendar.calendar_renew, name="calendar-renew"),
    path("calendar.ics", calendar.calendar_feed, name="calendar-feed"),
    # No page can be called so: a dot stands in no slug.
    path("promises/register.csv", register.register_export, name="register-export"),
]
