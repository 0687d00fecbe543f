"""What stands before a question: words that can't do anything, and a picture for those asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.images.tests.utils import get_test_image_file

from knowledge.models import ModulePage, PortalImage
from portal.models import User
from quizzes.asking import Asked, Kind
from quizzes.models import Question
from quizzes.templatetags.quizzes import situation
from tests.factories import AttemptFactory, ModuleFactory, PersonFactory, QuestionFactory
from tests.knowledge.test_media import answer, restrict

ALT = "A bill with its refund"

type Change = Callable[[Question], object]


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>A</p>",
        '<a href="javascript:alert(1)">A</a>',
        '<a href=" java\tscript:alert(1)">A</a>',
        '<a href="data:text/html,<script>alert(1)</script>">A</a>',
        '<a linktype="page" id="1" onmouseover="alert(1)">A</a>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='data:x,<script>alert(1)</script>'>A</mi></math>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        '<embed embedtype="media" url="https://example.com/alert"/>',
        '<embed embedtype="image" id="1" alt="x" format="left"/>',
        "<style>@import 'https://example.com/alert'</style>",
        '<p style="background:url(https://example.com/alert)">A</p>',
        "<p><noscript><p title='</noscript><img src=x onerror=alert(1)>'></p>",
        "<form action=https://example.com/alert><button>A</button></form>",
    ],
)
@pytest.mark.django_db
def test_nothing_in_a_situation_runs_or_fetches(payload: str) -> None:
    shown = situation(payload)

    assert "alert" not in shown
    assert not any(
        tag in shown for tag in ("<script", "<img", "<svg", "<iframe", "<embed", "<form")
    )


@pytest.mark.django_db
def test_what_a_situation_may_not_show_is_not_even_looked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        situation('<embed embedtype="image" id="1" alt="x" format="left"/>')


def test_a_link_brings_nothing_but_where_it_leads() -> None:
    assert situation('<a id="main" target="x" href="/a/">A</a>') == '<a href="/a/">A</a>'


@pytest.mark.django_db
def test_what_an_editor_writes_is_shown_with_its_links() -> None:
    module = ModuleFactory(title="Fair Refund")
    written = (
        f'<p>A <b>bill</b> and <i>a call</i>.</p><ul><li><a linktype="page" id="{module.pk}">'
        'Here</a></li></ul><p><a href="https://example.com/?a=1&amp;b=2">There</a></p>'
    )

    shown = situation(written)

    assert shown == written.replace(f'linktype="page" id="{module.pk}"', f'href="{module.url}"')


def test_the_words_of_a_question_are_shown_as_they_were_written() -> None:
    asked = Asked(kind=Kind.GAPS, stem="Is 3 < 4? <b>[1]</b>")

    shown = render_to_string(
        "quizzes/question_preview.html", {"question": type("Drawn", (), {"asked_now": asked})}
    )

    assert "Is 3 &lt; 4? &lt;b&gt;" in shown


@pytest.fixture(autouse=True)
def _stored_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def question(portal_site: None) -> Question:
    picture = PortalImage.objects.create(title="bill", file=get_test_image_file("bill.png"))
    made: Question = QuestionFactory(
        module=ModuleFactory(), picture=picture, picture_alt=ALT, situation="<p>A bill.</p>"
    )
    return made


@pytest.fixture
def reader(portal_site: None) -> User:
    return PersonFactory()


def status(reader: User, question: Question) -> int:
    client = Client()
    client.force_login(reader)
    picture: Any = question.picture
    return answer(client, picture.get_rendition("width-1280|format-webp").url)[0]


def module_of(question: Question) -> ModulePage:
    module: ModulePage = ModulePage.objects.get(pk=question.module_id)
    return module


HIDDEN_BY: list[Change] = [
    lambda question: question.unpublish(),
    lambda question: module_of(question).unpublish(),
    lambda question: restrict(module_of(question)),
    lambda question: Question.objects.filter(pk=question.pk).update(picture=None),
]


def test_the_picture_of_a_question_is_there_for_whoever_may_be_asked_it(
    reader: User, question: Question
) -> None:
    assert status(reader, question) == 200


def test_it_is_not_there_for_nobody(question: Question) -> None:
    picture: Any = question.picture
    assert Client().get(picture.get_rendition("width-100").url).status_code == 302


@pytest.mark.parametrize("hide", HIDDEN_BY)
def test_a_picture_of_a_question_that_nobody_may_be_asked_is_not_there(
    reader: User, question: Question, hide: Change
) -> None:
    hide(question)

    assert status(reader, question) == 404


def test_who_was_asked_it_goes_on_seeing_its_picture(reader: User, question: Question) -> None:
    AttemptFactory(person=reader, module=module_of(question))
    question.unpublish()

    assert status(reader, question) == 200
    assert status(PersonFactory(), question) == 404


def test_the_picture_and_what_it_shows_stand_above_the_question(
    reader: User, question: Question
) -> None:
    module = module_of(question)
    AttemptFactory(person=reader, module=module)
    client = Client()
    client.force_login(reader)

    shown = client.get(f"/learn/{module.slug}/quiz/1/").content.decode()

    assert "<p>A bill.</p>" in shown
    assert f'alt="{ALT}"' in shown
    assert shown.index(ALT) < shown.index(question.stem)
