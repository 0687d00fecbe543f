"""Pages of the editor on which faulty questions are put right."""

from django.urls import URLPattern, path

from quizzes.editor.corrections import correct_version, version_list

app_name = "corrections"

urlpatterns: list[URLPattern] = [
    path("<int:pk>/versions/", version_list, name="versions"),
    path(
        "<int:pk>/versions/<int:number>/void/",
        correct_version,
        {"kind": "void"},
        name="void",
    ),
    path(
        "<int:pk>/versions/<int:number>/mark-anew/",
        correct_version,
        {"kind": "rekey"},
        name="rekey",
    ),
]
