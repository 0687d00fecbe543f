"""The reader's language: offered, chosen, kept; and marketing's way to translate."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.factories import (
    AttemptFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    module_with_questions,
)
from tests.knowledge.translating import french_reader, in_french, two_languages

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
CHANGE = "language/"


@pytest.fixture
def person() -> User:
    return PersonFactory()


@pytest.fixture
def visitor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def _two_languages() -> Iterator[None]:
    with two_languages():
        yield


def choose(client: Client, language: str) -> None:
    client.post(reverse("portal:language-switch"), {"language": language, "next": "/me/"})


def language_of(client: Client, address: str = "/me/") -> str:
    return client.get(address).headers["Content-Language"]


@pytest.mark.parametrize("address", ["/", "/me/", "/briefs/"])
def test_where_one_language_is_spoken_none_is_offered(
    visitor: Client, portal_site: None, address: str
) -> None:
    assert CHANGE not in visitor.get(address).content.decode()


def test_where_one_language_is_spoken_none_can_be_chosen(visitor: Client, person: User) -> None:
    choose(visitor, "fr")

    assert User.objects.get(pk=person.pk).language == ""
    assert language_of(visitor) == "en-gb"


@pytest.mark.usefixtures("_two_languages")
def test_the_footer_and_ones_own_page_offer_the_other_language(visitor: Client) -> None:
    assert visitor.get("/").content.decode().count('action="/language/"') == 1
    assert visitor.get("/me/").content.decode().count('action="/language/"') == 2


@pytest.mark.usefixtures("_two_languages")
def test_a_chosen_language_is_kept_for_the_person_on_every_device(person: User) -> None:
    here, there = Client(), Client()
    here.force_login(person)
    there.force_login(person)

    choose(here, "fr")

    assert language_of(there) == "fr"
    assert '<html lang="fr"' in there.get("/me/").content.decode()


@pytest.mark.usefixtures("_two_languages")
def test_before_anything_is_chosen_the_browser_decides(visitor: Client) -> None:
    for asked, spoken in (("fr-CA,fr;q=0.9", "fr"), ("de", "en-gb")):
        answer = visitor.get("/me/", headers={"accept-language": asked})
        assert answer.headers["Content-Language"] == spoken


@pytest.mark.usefixtures("_two_languages")
def test_a_language_is_chosen_before_signing_in_too(client: Client) -> None:
    choose(client, "fr")

    assert language_of(client, "/accounts/login/") == "fr"


@pytest.mark.usefixtures("_two_languages")
def test_a_language_that_is_not_offered_is_as_the_browser_asks(
    visitor: Client, person: User
) -> None:
    choose(visitor, "fr")
    choose(visitor, "xx")

    assert User.objects.get(pk=person.pk).language == ""
    assert language_of(visitor) == "en-gb"


@pytest.mark.usefixtures("_two_languages")
def test_choosing_leads_back_and_never_away(visitor: Client) -> None:
    for target, way in (("/me/", "/me/"), ("https://elsewhere.example/", "/")):
        answer = visitor.post(reverse("portal:language-switch"), {"language": "fr", "next": target})
        assert answer["Location"] == way


@pytest.mark.usefixtures("_two_languages")
def test_choosing_asks_for_the_forms_own_token(person: User) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(person)

    answer = stranger.post(reverse("portal:language-switch"), {"language": "fr"})

    assert answer.status_code == 403


def test_a_language_that_is_no_longer_offered_is_forgotten(visitor: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="fr")

    assert language_of(visitor) == "en-gb"


def test_languages_come_from_the_environment(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings;"
        "print([code for code, _name in settings.LANGUAGES], settings.WAGTAIL_I18N_ENABLED)"
    )
    told = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "VAR_DIR": str(tmp_path),
        "LANGUAGES": "fr en-gb de",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | told,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['en-gb', 'fr', 'de'] True"


@pytest.mark.usefixtures("_two_languages", "portal_site")
@pytest.mark.parametrize("address", ["/", "/me/", "/learn/", "/practice/"])
def test_my_modules_are_named_in_my_language_wherever_they_stand(address: str) -> None:
    home = MembershipFactory()
    module = module_with_questions()
    RequirementFactory(department=home.department, module=module)
    AttemptFactory(person=home.person, module=module, passed=True)
    in_french(module, title="Remboursements")
    client = french_reader(Client())
    client.force_login(home.person)

    assert "Remboursements" in client.get(address).content.decode()


def test_every_language_has_a_place_for_its_strings() -> None:
    assert [str(path) for path in settings.LOCALE_PATHS] == [str(ROOT / "locale")]
