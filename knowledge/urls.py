from django.urls import path

from knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("briefs/", views.brief_index, name="brief-index"),
    path("briefs/<slug:brief>/", views.brief_detail, name="brief-detail"),
    path("briefs/<slug:brief>/ask/", views.brief_ask, name="brief-ask"),
    path("briefs/<slug:brief>/changes/", views.brief_newest_change, name="brief-newest-change"),
    path(
        "briefs/<slug:brief>/changes/<int:since>..<int:version>/",
        views.brief_changes,
        name="brief-changes",
    ),
    path("promises/", views.promise_index, name="promise-index"),
    path("promises/<slug:promise>/", views.promise_detail, name="promise-detail"),
    path("promises/<slug:promise>/lower/<slug:claim>/", views.claim_lower, name="claim-lower"),
    path(
        "promises/<slug:promise>/lower/<slug:claim>/done/",
        views.claim_lowered,
        name="claim-lowered",
    ),
    path("learn/", views.learn_index, name="learn-index"),
    path("learn/<slug:module>/", views.module_detail, name="module-detail"),
    path("learn/<slug:module>/<slug:lesson>/", views.lesson_detail, name="lesson-detail"),
    path("learn/<slug:module>/<slug:lesson>/done/", views.lesson_finish, name="lesson-finish"),
    path("learn/<slug:module>/<slug:lesson>/ask/", views.lesson_ask, name="lesson-ask"),
    path("still-true/<int:pk>/", views.still_true, name="still-true"),
    path("remarks/", views.remark_index, name="remark-index"),
    path("remarks/<int:pk>/", views.remark_reply, name="remark-reply"),
]
