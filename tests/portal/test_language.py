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
from wagtail.models import Locale, Page

from knowledge.models import BriefIndexPage, BriefPage, Change, HomePage
from portal.actions import MARKETING
from portal.models import User
from portal.reports.translations import outlook_of
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    AttemptFactory,
    BriefFactory,
    FactFactory,
    MembershipFactory,
    ModuleFactory,
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


def editor(group: str) -> Client:
    client = Client()
    client.force_login(PersonFactory(groups=[group]))
    return client


def translate(client: Client, page: Page, locale: Locale) -> int:
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    return client.post(address, {"locales": [locale.pk]}).status_code


def french() -> Locale:
    locale: Locale = Locale.objects.create(language_code="fr")
    return locale


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_marketing_translates_a_brief_from_the_home_page_down() -> None:
    fact = FactFactory()
    marketer, locale = editor(MARKETING), french()

    for page in (HomePage.objects.get(), BriefIndexPage.objects.get(), fact.brief):
        assert translate(marketer, page, locale) == 302
    copy = BriefPage.objects.get(locale=locale)

    assert not copy.live
    assert [each.key for each in copy.facts.all()] == [f"{fact.key}-fr"]
    edit = reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert marketer.get(edit).status_code == 200
    assert marketer.get(f"{edit}preview/").status_code == 200


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_a_translations_preview_shows_its_own_words() -> None:
    page = in_french(BriefFactory(), title="Remboursement juste")
    marketer = editor(MARKETING)

    view = reverse("wagtailadmin_pages:view_draft", args=[page.pk])

    assert "Remboursement juste" in marketer.get(view).content.decode()


def outlook(page: Page) -> tuple[str, ...]:
    return tuple(remark.text for remark in outlook_of(page).remarks)


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_the_editor_says_where_a_translations_questions_are() -> None:
    page = in_french(ModuleFactory(title="Refunds"), title="Remboursements")

    assert any("“Refunds”" in words for words in outlook(page))
    assert not any("question published" in words for words in outlook(page))


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_the_editor_says_when_what_it_translates_has_changed_since() -> None:
    brief = BriefFactory()
    page = in_french(brief)
    before = outlook(page)
    Change.objects.create(brief=brief, version=2, kind=Change.Kind.MATERIAL, at=NOW + A_DAY)

    assert not any("has changed since" in words for words in before)
    assert any("has changed since" in words for words in outlook(page))


@pytest.mark.usefixtures("_two_languages", "portal_site")
@pytest.mark.parametrize("group", ["Moderators", "Customer experience", "Leaders"])
def test_nobody_else_translates(group: str) -> None:
    brief, locale = BriefFactory(), french()

    assert translate(editor(group), brief, locale) in {302, 403, 404}
    assert not BriefPage.objects.filter(locale=locale).exists()


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_marketing_translates_only_what_it_may_edit() -> None:
    brief, locale = BriefFactory(), french()
    marketer = editor(MARKETING)
    HomePage.objects.get().group_permissions.all().delete()

    assert translate(marketer, brief, locale) in {302, 403}
    assert not Page.objects.filter(locale=locale).exists()


@pytest.mark.usefixtures("portal_site")
def test_the_editor_speaks_of_languages_only_where_there_are_two() -> None:
    administrator = Client()
    administrator.force_login(PersonFactory(administrator=True))
    address = reverse("wagtaillocales:index")

    assert address not in administrator.get("/cms/").content.decode()
    with two_languages():
        assert address in administrator.get("/cms/").content.decode()


def test_every_language_has_a_place_for_its_strings() -> None:
    assert [str(path) for path in settings.LOCALE_PATHS] == [str(ROOT / "locale")]


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


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_an_administrator_adds_a_language_and_nobody_else_does() -> None:
    administrator = Client()
    administrator.force_login(PersonFactory(administrator=True))
    address, asked = reverse("wagtaillocales:add"), {"language_code": "fr"}

    editor(MARKETING).post(address, asked)
    assert not Locale.objects.filter(language_code="fr").exists()

    administrator.post(address, asked)
    assert Locale.objects.filter(language_code="fr").exists()
