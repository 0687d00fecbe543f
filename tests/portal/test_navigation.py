import pytest

from portal.navigation import Roles, bar_items

STAFF = Roles()
HEAD = Roles(is_head=True)
MARKETER = Roles(is_marketer=True)
BOTH = Roles(is_head=True, is_marketer=True)


@pytest.mark.parametrize(
    ("roles", "labels"),
    [
        (STAFF, ["Today", "Learn", "Briefs"]),
        (HEAD, ["Today", "Team", "Learn", "Briefs"]),
        (MARKETER, ["Today", "Learn", "Briefs", "Edit"]),
        (BOTH, ["Today", "Team", "Learn", "Briefs", "Edit"]),
    ],
)
def test_the_bar_shows_what_a_persons_roles_give_her(roles: Roles, labels: list[str]) -> None:
    assert [item.label for item in bar_items(roles, "/")] == labels


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Today"),
        ("/team/", "Team"),
        ("/team/customer-care/", "Team"),
        ("/learn/", "Learn"),
        ("/learn/fair-refund/quiz/", "Learn"),
        ("/practice/", "Learn"),
        ("/briefs/fair-refund/", "Briefs"),
    ],
)
def test_every_page_under_a_place_counts_as_that_place(path: str, label: str) -> None:
    assert [item.label for item in bar_items(BOTH, path) if item.is_current] == [label]


def test_a_page_outside_the_bar_marks_no_place() -> None:
    assert not any(item.is_current for item in bar_items(BOTH, "/me/what-others-see/"))
