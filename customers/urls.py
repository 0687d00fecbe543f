from django.urls import path

from customers.views import changes, evidence

app_name = "customers"

urlpatterns = [
    path("promises/<slug:promise>/evidence/", evidence.evidence_detail, name="evidence-detail"),
    path("promises/<slug:promise>/evidence/add/", evidence.reading_add, name="reading-add"),
    path("promises/<slug:promise>/evidence/file/", evidence.evidence_file, name="evidence-file"),
    path("changes/", changes.change_list, name="change-list"),
    path("changes/add/", changes.change_add, name="change-add"),
    path("changes/<slug:reference>/", changes.change_detail, name="change-detail"),
    path("changes/<slug:reference>/drop/", changes.change_drop, name="change-drop"),
    path(
        "changes/<slug:reference>/<slug:promise>/",
        changes.question_answer,
        name="question-answer",
    ),
]
