"""Where marketing writes questions, and sees how they do."""

from quizzes.viewsets.bank import QuestionViewSet
from quizzes.viewsets.bulk import BULK_ACTIONS
from quizzes.viewsets.figures import FIGURES_URLS, LookMenuItem

__all__ = ["BULK_ACTIONS", "FIGURES_URLS", "LookMenuItem", "QuestionViewSet"]
