from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin

BRINGS_IN = ("quizzes.add_question", "quizzes.change_question", "quizzes.publish_question")


def may_bring_in_questions(person: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(person, PermissionsMixin) and person.has_perms(BRINGS_IN)
