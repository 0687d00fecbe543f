from django.urls import path

from departments import views
from departments.views import (
    acting,
    asking_time,
    audit,
    deputies,
    flags,
    given,
    handoffs,
    huddle,
    organisation,
    organising,
    people,
    pulse,
    sign_offs,
)

app_name = "departments"

urlpatterns = [
    path("team/", views.team_index, name="team-index"),
    path("team/<int:pk>/", views.team_detail, name="team-detail"),
    path("team/<int:pk>/export/", views.team_export, name="team-export"),
    path("team/<int:pk>/readiness.json", views.team_json, name="team-json"),
    path("team/readiness/export/", views.readiness_export, name="readiness-export"),
    path("team/<int:pk>/huddle/<str:week>/", huddle.huddle_detail, name="huddle-detail"),
    path("team/<int:pk>/requirements/", views.requirement_list, name="requirement-list"),
    path("team/<int:pk>/requirements/add/", views.requirement_add, name="requirement-add"),
    path(
        "team/<int:pk>/requirements/<int:requirement>/",
        views.requirement_change,
        name="requirement-change",
    ),
    path(
        "team/<int:pk>/requirements/<int:requirement>/remove/",
        views.requirement_remove,
        name="requirement-remove",
    ),
    path("team/<int:pk>/act/", acting.team_act, name="team-act"),
    path("team/<int:pk>/act/<slug:act>/", acting.team_act_on, name="team-act-on"),
    path("team/<int:pk>/given/", given.team_given, name="team-given"),
    path(
        "team/<int:pk>/given/<slug:kind>/<int:given>/take-back/",
        given.team_take_back,
        name="team-take-back",
    ),
    path("team/<int:pk>/time/", asking_time.time_ask, name="time-ask"),
    path("team/<int:pk>/time/<int:asked>/", asking_time.time_answer, name="time-answer"),
    path("team/<int:pk>/log/", audit.team_log, name="team-log"),
    path("team/<int:pk>/log/export/", audit.team_log_export, name="team-log-export"),
    path("team/<int:pk>/handoffs/", handoffs.handoff_list, name="handoff-list"),
    path("team/<int:pk>/handoffs/needs/add/", handoffs.need_add, name="need-add"),
    path("team/<int:pk>/handoffs/needs/<int:need>/", handoffs.need_detail, name="need-detail"),
    path("team/<int:pk>/handoffs/needs/<int:need>/close/", handoffs.need_close, name="need-close"),
    path("team/<int:pk>/handoffs/rate/", handoffs.rating_add, name="rating-add"),
    path(
        "team/<int:pk>/handoffs/ratings/<int:rating>/", handoffs.rating_reply, name="rating-reply"
    ),
    path(
        "team/<int:pk>/handoffs/ratings/<int:rating>/close/",
        handoffs.rating_close,
        name="rating-close",
    ),
    path("organisation/", organisation.organisation_detail, name="organisation"),
    path("organisation/export/", organisation.organisation_export, name="organisation-export"),
    path("organisation/<int:pk>/", organisation.organisation_detail, name="organisation-part"),
    path(
        "organisation/<int:pk>/export/",
        organisation.organisation_export,
        name="organisation-part-export",
    ),
    path("team/people/export/", views.people_export, name="people-export"),
    path("team/requirements/import/", views.requirement_import, name="requirement-import"),
    path("team/requirements/export/", views.requirement_export, name="requirement-export"),
    path("promises/<slug:promise>/sign/<int:pk>/", sign_offs.link_sign, name="link-sign"),
    path("promises/<slug:promise>/flags/", flags.flag_list, name="flag-list"),
    path("flags/<int:pk>/", flags.flag_detail, name="flag-detail"),
    path("pulse/", pulse.pulse_detail, name="pulse-detail"),
    path("pulse/results/", pulse.pulse_results, name="pulse-results"),
    path("pulse/results/export/", pulse.pulse_export, name="pulse-export"),
    path("pulse/results/data/", pulse.pulse_json, name="pulse-json"),
    path("pulse/team/<int:pk>/", pulse.pulse_team, name="pulse-team"),
    path("team/organisation/", organising.organisation_tree, name="organisation-tree"),
    path("team/organisation/people/", people.people_list, name="people-list"),
    path("team/organisation/people/<int:pk>/", people.person_detail, name="person-detail"),
    path("team/organisation/people/<int:pk>/<slug:act>/", people.person_act, name="person-act"),
    path("team/organisation/<int:pk>/", organising.department_detail, name="department-detail"),
    path(
        "team/organisation/<int:pk>/<slug:act>/", organising.department_act, name="department-act"
    ),
    path("team/<int:pk>/deputies/", deputies.deputy_list, name="deputy-list"),
    path("team/<int:pk>/deputies/<slug:act>/", deputies.deputy_act, name="deputy-act"),
]
