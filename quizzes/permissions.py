from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.http import HttpRequest

from knowledge.models import ModulePage, PortalImage
from knowledge.permissions import admits
from quizzes.models import Answer, Question

BRINGS_IN = ("quizzes.add_question", "quizzes.change_question", "quizzes.publish_question")


def may_bring_in_questions(person: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(person, PermissionsMixin) and person.has_perms(BRINGS_IN)


def may_stretch_dates(person: AbstractBaseUser | AnonymousUser) -> bool:
    """Everybody's dates are a matter for administrators."""
    return isinstance(person, PermissionsMixin) and person.is_active and person.is_superuser


def is_asked_with(request: HttpRequest, picture: PortalImage) -> bool:
    """Whether a question shows the picture that whoever asks may be asked, or was asked once."""
    if not isinstance(request.user, AbstractBaseUser):
        return False
    may_see = admits(request, picture.collection.get_view_restrictions())
    return may_see and (may_be_asked_with(picture) or was_asked_with(request.user, picture))


def may_be_asked_with(picture: PortalImage) -> bool:
    opened = ModulePage.objects.open_to_colleagues()
    return Question.objects.live().filter(picture=picture, module__in=opened).exists()


def was_asked_with(person: AbstractBaseUser, picture: PortalImage) -> bool:
    """A wording keeps its picture, whatever became of the question since."""
    answers = Answer.objects.filter(attempt__person_id=person.pk)
    return answers.filter(version__asked_words__picture=picture.pk).exists()


def may_correct(person: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether she may put right how a faulty question was marked: whoever may edit questions."""
    return isinstance(person, PermissionsMixin) and person.has_perm("quizzes.change_question")
