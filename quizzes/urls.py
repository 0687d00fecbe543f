from django.urls import URLPattern, path

from quizzes import views

app_name = "quizzes"


def sitting_urls(prefix: str, kind: str) -> list[URLPattern]:
    """The screens that a quiz, a practice and a check share."""
    extra = {"kind": kind}
    question = f"{prefix}<int:position>/"
    return [
        path(question, views.question_detail, extra, name=f"{kind}-question"),
        path(f"{question}mark/", views.answer_mark, extra, name=f"{kind}-mark"),
        path(f"{prefix}hand-in/", views.sitting_hand_in, extra, name=f"{kind}-hand-in"),
        path(f"{prefix}result/", views.sitting_result, extra, name=f"{kind}-result"),
    ]


urlpatterns = [
    path("learn/<slug:module>/quiz/", views.quiz_detail, name="quiz-detail"),
    *sitting_urls("learn/<slug:module>/quiz/", "quiz"),
    path("learn/<slug:module>/quiz/helped/", views.usefulness_say, name="usefulness-say"),
    path("learn/<slug:module>/check/", views.check_detail, name="check-detail"),
    *sitting_urls("learn/<slug:module>/check/", "check"),
    path("practice/", views.practice_index, name="practice-index"),
    path("practice/<slug:module>/", views.practice_resume, name="practice-resume"),
    *sitting_urls("practice/<slug:module>/", "practice"),
]
