from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db.models import Q, QuerySet

from strategy.models import Override


def may_launch(person: AbstractBaseUser) -> bool:
    """Whoever may publish campaigns: asks departments to get ready, and for a second person."""
    has_perm = getattr(person, "has_perm", None)
    return bool(has_perm and has_perm("strategy.publish_campaign"))


def second_people(
    asker: int | None, sponsors: Collection[int | None]
) -> QuerySet[AbstractBaseUser]:
    """Who may agree to a launch although the gate is closed: whoever leads, edits or steers, the
    sponsors, and groups that may decide on it; never the asker, and nobody who has left.
    """
    people: Any = get_user_model()._default_manager  # noqa: SLF001  (Django's own name)
    here: QuerySet[AbstractBaseUser] = people.with_roles().filter(is_active=True, has_left=False)
    sponsoring = [pk for pk in sponsors if pk is not None]
    steering = Q(is_superuser=True) | Q(is_head=True) | Q(is_editor=True)
    chosen = Q(pk__in=sponsoring) | Q(groups__in=deciding_groups())
    return (
        here.filter(steering | chosen)
        .distinct()
        .exclude(pk=asker)
        .order_by("last_name", "first_name", "pk")
    )


def deciding_groups() -> QuerySet[Group]:
    """Those of leaders, as the portal is prepared; an organisation may choose others."""
    return Group.objects.filter(
        permissions__codename="change_override", permissions__content_type__app_label="strategy"
    )


def may_agree(
    person: AbstractBaseUser, override: Override, sponsors: Collection[int | None]
) -> bool:
    """Whoever was asked, while it waits and as long as they are one who may be asked."""
    if not override.is_waiting or person.pk != override.second_id:
        return False
    return second_people(override.asked_by_id, sponsors).filter(pk=person.pk).exists()


def may_take_back(person: AbstractBaseUser, override: Override) -> bool:
    """Whoever asked, and whoever could have: the one who did may have left."""
    return override.is_waiting and (person.pk == override.asked_by_id or may_launch(person))


def may_review(person: AbstractBaseUser, override: Override) -> bool:
    """The two who agreed, and administrators, once."""
    is_one_of_them = person.pk in {override.asked_by_id, override.second_id}
    steers = bool(getattr(person, "is_superuser", False))
    is_waiting = override.agreed_at is not None and override.reviewed_at is None
    return is_waiting and (is_one_of_them or steers)


def is_review_early(override: Override, *, on: date) -> bool:
    """Before the launch there is nothing to look back on."""
    return on < override.launches_on
