"""A promise's chain is edited with the promise, though departments hang it there."""

from typing import Any

import pytest

from departments.models import Department, Link
from knowledge.models import Claim, PromisePage
from tests.factories import DepartmentFactory, PromiseFactory

pytestmark = pytest.mark.django_db


def chain_of(promise: PromisePage) -> list[str]:
    links = Link.objects.filter(promise=promise).select_related("department")
    return [link.department.name for link in links]


def test_a_published_promise_keeps_its_chain_in_order() -> None:
    promise = PromiseFactory(
        departments=[DepartmentFactory(name="Marketing"), DepartmentFactory(name="Care")]
    )
    promise.save_revision().publish()
    assert chain_of(promise) == ["Marketing", "Care"]


def test_links_and_claims_keep_their_rows_when_an_older_draft_is_published() -> None:
    promise: Any = PromiseFactory()
    promise.links.add(Link(department=DepartmentFactory(), part="Answer.", key="answer"))
    older = promise.save_revision()
    promise.save_revision().publish()
    rows = list(Link.objects.values_list("pk", "key")), list(Claim.objects.values_list("pk"))
    older.publish()
    assert rows == (
        list(Link.objects.values_list("pk", "key")),
        list(Claim.objects.values_list("pk")),
    )


def test_a_draft_whose_department_has_gone_can_still_be_read() -> None:
    gone = DepartmentFactory(name="Gone")
    promise: Any = PromiseFactory()
    promise.links.add(Link(department=gone, part="Answer."))
    draft = promise.save_revision()
    Department.objects.get(pk=gone.pk).delete()
    assert list(draft.as_object().links.all()) == []


def test_a_copied_draft_takes_no_link_away_from_the_first() -> None:
    promise = PromiseFactory(departments=[DepartmentFactory()])
    promise.save_revision().publish()
    copied = promise.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert len(chain_of(promise)) == len(chain_of(copied)) == 1
