from django.urls import path

from departments import views

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
    path("team/people/export/", views.people_export, name="people-export"),
    path("team/requirements/import/", views.requirement_import, name="requirement-import"),
    path("team/requirements/export/", views.requirement_export, name="requirement-export"),
]
