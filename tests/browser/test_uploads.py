"""A marketer brings in a ZIP of pages, and a file of questions that she has to mend."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from knowledge.models import BriefPage
from portal.models import User
from quizzes.models import Question
from tests.browser.journeys import let_in, violations
from tests.factories import ModuleFactory, PersonFactory

WAGTAILS_OWN = re.compile(r"wagtail-sidebar|slim-header|w-breadcrumbs|messages|skiplink")

BRIEF = """---
kind: brief
slug: evening-visits
title: Evening visits
one_breath: "We come until eight in the evening, at no extra cost."
right_for: "Everybody who works by day."
not_right_for: "Work in the street: it is done by daylight."
expectation: "I don't have to take a day off."
facts:
  - key: evening-visits-hours
    kind: condition
    title: When we come
    statement: "Evening visits are from 17:00 to 20:00."
---
"""
RIGHT = """$CATEGORY: evening-visits

// [id:evening-hours] [tag:fact:evening-visits-hours]
::Hours::Until when do we come in the evening?{=Eight ~Nine####Until eight, so say so.}
"""
WRONG = RIGHT.replace("=Eight", "~Eight")

type OpenPage = Callable[..., Page]


@pytest.fixture
def marketer(portal_site: None) -> User:
    person: User = PersonFactory(groups=["Marketing"])
    ModuleFactory(slug="evening-visits", title="Evening visits")
    return person


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "content.zip"
    with ZipFile(path, "w") as packed:
        packed.writestr("briefs/evening-visits.md", BRIEF)
    return path


def send(page: Page, label: str, path: Path) -> None:
    page.goto("/cms/files/")
    page.locator("main").get_by_role("link", name=label).first.click()
    assert faults_in(page) == []
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_load_state()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Write 1 change").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()


def faults_in(page: Page) -> list[str]:
    """What is wrong in our part of the page; its head and its menu are Wagtail's."""
    page.wait_for_load_state()
    return [line for line in violations(page) if not WAGTAILS_OWN.search(line)]


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (360, "dark")])
def test_a_marketer_brings_in_a_brief_and_a_file_that_she_has_to_mend(
    open_page: OpenPage, marketer: User, archive: Path, tmp_path: Path, width: int, theme: str
) -> None:
    page = open_page(width, theme)
    let_in(page, marketer)
    questions = tmp_path / "evening.gift"

    send(page, "Briefs, promises", archive)
    expect(page.get_by_text("1 new")).to_be_visible()
    assert faults_in(page) == []
    confirm(page)
    assert BriefPage.objects.live().filter(slug="evening-visits").exists()

    questions.write_text(WRONG)
    send(page, "Questions", questions)
    expect(page.get_by_text("evening.gift, line 4").first).to_be_visible()
    assert faults_in(page) == []

    questions.write_text(RIGHT)
    page.get_by_role("button", name="Send another file").click()
    page.get_by_label("File").set_input_files(questions)
    page.get_by_role("button", name="Read the file").click()
    confirm(page)
    assert faults_in(page) == []
    assert Question.objects.live().get().name == "Hours"
