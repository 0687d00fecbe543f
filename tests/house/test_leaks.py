"""What is hidden stays hidden: by its address, on every page, in search and in files."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Page

from portal.models import User
from tests.factories import (
    AttemptFactory,
    BriefFactory,
    DepartmentFactory,
    HeadshipFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    module_with_questions,
)
from tests.house.hidden import BAIT, Hidden, hide_everything, private, unpublished
from tests.house.world import World
from tests.kept import kept

HREF = re.compile(r'(?:href|src|action)="(/[^"#]*)')
NOT_FOLLOWED = ("/accounts/logout/", "/static/", "/cms/")
READERS = ("colleague", "head", "former_head", "customer_experience")
# A misspelling must not be mended into a word that nobody may read.
ASKED = (BAIT, BAIT.lower()[:5], "zebrafsh", "canary", "canarydraft")
MOST_PAGES = 400

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def hidden(world: World) -> list[Hidden]:
    assert world
    return kept("hidden", lambda: list(hide_everything()))


def crawl(client: Client, begin: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, with what it says; files are read like pages."""
    waiting = deque(begin)
    seen = set(waiting)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        response = client.get(address, follow=True)
        said = b"".join(response).decode("utf-8", "replace")
        yield address, said
        for link in HREF.findall(said):
            if link not in seen and not link.startswith(NOT_FOLLOWED):
                seen.add(link)
                waiting.append(link)


def searches() -> list[str]:
    lists = ("/search/", "/briefs/", "/promises/", "/learn/")
    return [f"{place}?q={words}" for place in lists for words in ASKED]


@pytest.mark.parametrize("role", READERS)
def test_what_is_hidden_answers_as_if_it_were_not_there(
    role: str, world: World, hidden: list[Hidden]
) -> None:
    client = world.client(role)
    nowhere = client.get("/briefs/nothing-of-the-kind/").status_code
    addresses = [page.address for page in hidden]
    addresses += [f"{address}quiz/" for address in addresses if address.count("/") == 3]
    met = {address: client.get(address).status_code for address in addresses}
    assert {address for address, status in met.items() if status != nowhere} == set()


@pytest.mark.parametrize("role", READERS)
def test_no_page_search_or_file_says_a_word_of_what_is_hidden(
    role: str, world: World, hidden: list[Hidden]
) -> None:
    canaries = re.compile("|".join(page.canary for page in hidden))
    leaks = {
        (address, word)
        for address, said in crawl(world.client(role), ["/", *searches()])
        for word in canaries.findall(without_what_was_asked(said))
    }
    assert leaks == set()


@pytest.mark.usefixtures("portal_site")
@pytest.mark.parametrize("close", [private, unpublished], ids=["private", "unpublished"])
def test_a_module_that_is_closed_is_not_named_to_whoever_has_learned_it(
    close: Callable[[Page], None], client: Client
) -> None:
    home = MembershipFactory()
    HeadshipFactory(department=home.department, person=home.person)
    module = module_with_questions()
    module.title = module.slug = "canarylearned"
    module.save_revision().publish()
    RequirementFactory(department=home.department, module=module)
    AttemptFactory(person=home.person, module=module, passed=True)
    client.force_login(home.person)
    close(module)
    places = ["/", "/me/", "/learn/", "/practice/", "/team/"]
    leaks = {address for address, said in crawl(client, places) if "canarylearned" in said}
    assert leaks == set()


def without_what_was_asked(said: str) -> str:
    """Search repeats the words it was asked for."""
    return re.sub(r"\bcanary(draft)?\b", "", said)


def test_the_crawl_would_find_a_leak(world: World) -> None:
    BriefFactory(title=f"{BAIT} canaryplanted")
    pages = crawl(world.client("colleague"), ["/", *searches()])
    found = {address for address, said in pages if "canaryplanted" in said}
    assert {"/briefs/", f"/search/?q={BAIT}", "/search/?q=zebrafsh"} <= found


@pytest.fixture
def teams() -> dict[str, User]:
    """A company of two departments, one of them with a part; in each somebody with a canary."""
    company = DepartmentFactory(name="Company")
    care = DepartmentFactory(name="Care", parent=company)
    north = DepartmentFactory(name="Care North", parent=care)
    company.refresh_from_db()
    sales = DepartmentFactory(name="Sales", parent=company)
    RequirementFactory(department=company, module=module_with_questions())
    for department in (company, care, north, sales):
        slug = department.name.lower().replace(" ", "")
        person = PersonFactory(first_name=f"canary{slug}", email=f"canary{slug}@example.com")
        MembershipFactory(department=department, person=person)
    return {
        "head of Care": HeadshipFactory(department=care).person,
        "head of Care North": HeadshipFactory(department=north).person,
        "head of Sales": HeadshipFactory(department=sales).person,
        "former head of Care": HeadshipFactory(department=care, left=True).person,
        "colleague": MembershipFactory(department=care).person,
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("head of Care", {"canarycare", "canarycarenorth"}),
        ("head of Care North", {"canarycarenorth"}),
        ("head of Sales", {"canarysales"}),
        ("former head of Care", set()),
        ("colleague", set()),
    ],
)
def test_a_head_meets_her_own_people_and_those_below_and_nobody_else(
    who: str, seen: set[str], teams: dict[str, User], client: Client
) -> None:
    client.force_login(teams[who])
    met = {
        word
        for _address, said in crawl(client, ["/", "/team/", *searches()])
        for word in re.findall(r"canary[a-z]+", without_what_was_asked(said))
    }
    assert met == seen


@pytest.mark.usefixtures("teams")
def test_a_mail_names_nobody_but_its_reader(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "canarycare@example.com"})
    assert [message.to for message in mail.outbox] == [["canarycare@example.com"]]
    words = set(re.findall(r"canary[a-z]+", str(mail.outbox[0].body)))
    assert words <= {"canarycare"}
