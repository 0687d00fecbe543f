from django.urls import path

from departments import views
from departments.views import handoffs

app_name = "departments"

urlpatterns = [
    path("team/", views.team_index, name="team-index"),
    path("team/<int:pk>/", views.team_detail, name="team-detail"),
    path("team/<int:pk>/export/", views.team_export, name="team-export"),
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
    path("team/people/export/", views.people_export, name="people-export"),
    path("team/requirements/import/", views.requirement_import, name="requirement-import"),
    path("team/requirements/export/", views.requirement_export, name="requirement-export"),
]
