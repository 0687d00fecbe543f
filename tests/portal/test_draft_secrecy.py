"""What marketing is still writing reaches no colleague, by no page, search or door."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knowledge.models import BriefPage, LessonPage, ModulePage
from knowledge.reports import plan_url
from portal.models import User
from tests.drafting import approve, live_brief, marketer, plan, question_about, redraft
from tests.factories import (
    DepartmentFactory,
    HeadshipFactory,
    LessonFactory,
    MembershipFactory,
    StandingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_site")]

CANARY = "zebrafinch"
# Search forgives a slip; and what it repeats of the question isn't the word itself.
ALMOST = CANARY[:-1]


def saved(page: BriefPage) -> None:
    redraft(page, f"You can agree a {CANARY} alone.", right_for=f"Every {CANARY}.")


def planned(page: BriefPage) -> None:
    saved(page)
    said = plan(page.get_latest_revision_as_object(), marketer())
    said.reason = f"Because of the {CANARY}."
    said.save()


def waiting(page: BriefPage) -> None:
    planned(page)
    author = User.objects.latest("pk")
    stored = BriefPage.objects.get(pk=page.pk)
    stored.get_workflow().start(stored, author)


def scheduled(page: BriefPage) -> None:
    later = timezone.now() + timedelta(days=3)
    draft = redraft(
        page, f"You can agree a {CANARY} alone.", right_for=f"Every {CANARY}.", go_live_at=later
    )
    approve(plan(draft, marketer()), marketer())
    BriefPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()


STATES = {"saved": saved, "planned": planned, "waiting": waiting, "scheduled": scheduled}


def colleague() -> User:
    person: User = MembershipFactory().person
    return person


def head() -> User:
    person: User = HeadshipFactory(department=DepartmentFactory(name="Company")).person
    return person


def reader(person: User, module: ModulePage) -> Client:
    """She has proved the module, so that all that reaches her does."""
    StandingFactory(person=person, module=module, ready=True)
    client = Client()
    client.force_login(person)
    return client


def front_addresses(page: BriefPage, module: ModulePage, lesson: LessonPage) -> list[str]:
    return [
        "/",
        "/briefs/",
        "/learn/",
        "/promises/",
        page.url,
        f"{page.url}changes/",
        f"{page.url}changes/1..2/",
        module.url,
        lesson.url,
        f"{module.url}quiz/",
        f"/search/?q={ALMOST}",
        "/search/?q=alone",
        f"/briefs/?q={ALMOST}",
        "/me/",
        "/team/",
        "/practice/",
    ]


def editor_addresses(page: BriefPage) -> list[str]:
    own, draft, live = page.pk, page.latest_revision_id, page.live_revision_id
    return [
        f"/cms/pages/{own}/edit/",
        f"/cms/pages/{own}/edit/preview/",
        f"/cms/pages/{own}/view_draft/",
        f"/cms/pages/{own}/history/",
        f"/cms/pages/{own}/usage/",
        f"/cms/pages/{own}/copy/",
        f"/cms/pages/{own}/revisions/{draft}/view/",
        f"/cms/pages/{own}/revisions/{draft}/revert/",
        f"/cms/pages/{own}/revisions/compare/{live}...{draft}/",
        f"/cms/pages/{own}/revisions/compare/live...latest/",
        f"/cms/pages/{own}/workflow_history/",
        f"/cms/api/main/pages/{own}/",
        f"/cms/api/main/pages/?search={ALMOST}",
        f"/cms/pages/search/?q={ALMOST}",
        f"/cms/choose-page/search/?q={ALMOST}",
        f"/cms/bulk/wagtailcore/page/publish/?id={own}",
        "/cms/reports/workflow/",
        "/cms/reports/site-history/",
        plan_url(own),
    ]


@pytest.mark.parametrize("who", [colleague, head])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_no_address_says_a_word_of_a_draft(
    state: Callable[[BriefPage], None], who: Callable[[], User]
) -> None:
    page = live_brief()
    module = question_about(page).module
    lesson = LessonFactory(module=module, facts=list(page.facts.all()))
    state(page)
    page = BriefPage.objects.get(pk=page.pk)
    client = reader(who(), module)
    shown = {}
    for address in front_addresses(page, module, lesson):
        answer = client.get(address, follow=True)
        shown[address] = b"".join(answer).decode("utf-8", "replace")
    assert [address for address, words in shown.items() if CANARY in words] == []
    doors = {address: client.get(address) for address in editor_addresses(page)}
    assert {answer.status_code for answer in doors.values()} <= {403, 404}
    assert [door for door, answer in doors.items() if CANARY in answer.content.decode()] == []


def test_the_canary_is_there_to_be_seen_by_whoever_may_edit() -> None:
    page = live_brief()
    saved(page)
    client = Client()
    client.force_login(marketer())
    assert CANARY in client.get(plan_url(page.pk)).content.decode()
