from knowledge.importers.reporting import Outcome
from quizzes.importers.questions.planning import QuestionPlan


def write_question(plan: QuestionPlan) -> None:
    """Publishes a question that is ready; any other, and an unpublished one, gets a new draft."""
    question = plan.question
    if plan.outcome is Outcome.UNCHANGED:
        return
    if not question.live or question.pk is None:
        question.live = False
        question.save()
    revision = question.save_revision(clean=False)
    if plan.is_ready and not plan.stays_unpublished:
        revision.publish()
