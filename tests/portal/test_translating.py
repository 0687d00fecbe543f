"""Marketing's way to translate: who may, what the editor offers, and what it says."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from knowledge.models import BriefIndexPage, BriefPage, Change, HomePage
from portal.actions import MARKETING
from portal.reports.translations import outlook_of
from tests.conftest import NOW
from tests.factories import A_DAY, BriefFactory, FactFactory, ModuleFactory, PersonFactory
from tests.knowledge.translating import in_french, two_languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def _two_languages() -> Iterator[None]:
    with two_languages():
        yield


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


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_questions_and_modules_are_bound_to_sources_only() -> None:
    module = ModuleFactory()
    french_module = in_french(module)
    french_brief = in_french(module.brief)
    marketer = editor(MARKETING)
    question = marketer.get(reverse("wagtailsnippets_quizzes_question:add")).content.decode()
    page = marketer.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).content.decode()

    assert f'<option value="{module.pk}"' in question
    assert f'<option value="{french_module.pk}"' not in question
    assert f'<option value="{module.brief_id}"' in page
    assert f'<option value="{french_brief.pk}"' not in page


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


@pytest.mark.usefixtures("_two_languages", "portal_site")
def test_an_administrator_adds_a_language_and_nobody_else_does() -> None:
    administrator = Client()
    administrator.force_login(PersonFactory(administrator=True))
    address, asked = reverse("wagtaillocales:add"), {"language_code": "fr"}

    editor(MARKETING).post(address, asked)
    assert not Locale.objects.filter(language_code="fr").exists()

    administrator.post(address, asked)
    assert Locale.objects.filter(language_code="fr").exists()


@pytest.mark.usefixtures("portal_site")
def test_marketing_is_offered_to_translate_only_where_there_is_a_language_to_translate_to() -> None:
    brief, marketer = BriefFactory(), editor(MARKETING)
    edit = reverse("wagtailadmin_pages:edit", args=[brief.pk])
    offered = reverse("simple_translation:submit_page_translation", args=[brief.pk])

    assert offered not in marketer.get(edit).content.decode()
    with two_languages():
        french()
        assert offered in marketer.get(edit).content.decode()
