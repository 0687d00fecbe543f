from django.urls import path

from departments import views

app_name = "departments"

urlpatterns = [
    path("team/", views.team_index, name="team-index"),
    path("team/<int:pk>/", views.team_detail, name="team-detail"),
    path("team/<int:pk>/export/", views.team_export, name="team-export"),
]
