from django.urls import URLPattern, path

from quizzes import views

app_name = "quizzes"


def sitting_urls(prefix: str, kind: str) -> list[URLPattern]:
    """The screens that all kinds of sittings share."""
    extra = {"kind": kind}
    question = f"{prefix}<int:position>/"
    return [
        path(question, views.question_detail, extra, name=f"{kind}-question"),
        path(f"{question}draft/", views.answer_draft, extra, name=f"{kind}-draft"),
        path(f"{question}mark/", views.answer_mark, extra, name=f"{kind}-mark"),
        path(f"{prefix}hand-in/", views.sitting_hand_in, extra, name=f"{kind}-hand-in"),
        path(f"{prefix}result/", views.sitting_result, extra, name=f"{kind}-result"),
    ]


urlpatterns = [
    path("me/history/", views.history, name="history"),
    path("me/history/<slug:what>/", views.history_file, name="history-file"),
    path("learn/<slug:module>/quiz/", views.quiz_detail, name="quiz-detail"),
    *sitting_urls("learn/<slug:module>/quiz/", "quiz"),
    path("corrections/<int:pk>/seen/", views.correction_seen, name="correction-seen"),
    path("learn/<slug:module>/quiz/helped/", views.usefulness_say, name="usefulness-say"),
    path("learn/<slug:module>/check/", views.check_detail, name="check-detail"),
    *sitting_urls("learn/<slug:module>/check/", "check"),
    path("learn/<slug:module>/try/", views.try_detail, name="try-detail"),
    *sitting_urls("learn/<slug:module>/try/", "try"),
    path("practice/", views.practice_index, name="practice-index"),
    path("practice/<slug:module>/", views.practice_resume, name="practice-resume"),
    *sitting_urls("practice/<slug:module>/", "practice"),
]
