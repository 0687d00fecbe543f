"""The links of a gate that wait for the word of whoever looks at it."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from departments.models import Department
from knowledge.models import PromisePage
from strategy.reports.gates import CampaignGate


@dataclass(frozen=True, slots=True)
class WordToGive:
    promise: PromisePage
    department: Department


def words_to_give(gate: CampaignGate, person: AbstractBaseUser) -> list[WordToGive]:
    """One query for whoever leads a department, none for others."""
    if gate.plan.is_live or not getattr(person, "is_head", False):
        return []
    led = set(Department.objects.headed_by(person, on=gate.on).values_list("pk", flat=True))
    links = (
        (facts.promise, link)
        for facts in gate.promises
        for link in facts.thread.links
        if facts.is_public and link.department_id in led and not link.is_signed
    )
    words = {
        (promise.pk, link.department_id): WordToGive(promise, link.department)
        for promise, link in links
    }
    return list(words.values())
