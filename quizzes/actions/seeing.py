from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from quizzes.models import CorrectionNotice


def note_seen(*, person: AbstractBaseUser, notice: int, at: datetime) -> bool:
    """She has read what was put right; whether there is such a notice for her. Twice is once."""
    own = CorrectionNotice.objects.filter(pk=notice, person_id=person.pk)
    own.filter(seen_at=None).update(seen_at=at)
    return own.exists()
