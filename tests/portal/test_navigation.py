import pytest

from portal.navigation import MOST_IN_BAR, Roles, bar_for

STAFF = Roles()
HEAD = Roles(is_head=True)
MARKETER = Roles(is_marketer=True)
BOTH = Roles(is_head=True, is_marketer=True)
ADMINISTRATOR = Roles(is_marketer=True, is_administrator=True)
EVERYTHING = Roles(is_head=True, is_marketer=True, is_administrator=True)


@pytest.mark.parametrize(
    ("roles", "labels", "more"),
    [
        (
            STAFF,
            ["Today", "Learn", "Briefs", "Promises"],
            ["Campaigns", "Calendar", "Process changes", "Organisation", "Pulse"],
        ),
        (
            HEAD,
            ["Today", "Team", "Promises", "Learn"],
            ["Briefs", "Campaigns", "Calendar", "Process changes", "Organisation", "Pulse"],
        ),
        (
            MARKETER,
            ["Today", "Briefs", "Campaigns", "Promises"],
            ["Learn", "Edit", "Calendar", "Process changes", "Organisation", "Pulse"],
        ),
        (
            BOTH,
            ["Today", "Team", "Promises", "Briefs"],
            ["Campaigns", "Learn", "Edit", "Calendar", "Process changes", "Organisation", "Pulse"],
        ),
        (
            ADMINISTRATOR,
            ["Today", "Briefs", "Campaigns", "Promises"],
            [
                "Learn",
                "Edit",
                "Departments",
                "People",
                "Calendar",
                "Process changes",
                "Organisation",
                "Pulse",
            ],
        ),
        (
            EVERYTHING,
            ["Today", "Team", "Promises", "Briefs"],
            [
                "Campaigns",
                "Learn",
                "Edit",
                "People",
                "Calendar",
                "Process changes",
                "Organisation",
                "Pulse",
            ],
        ),
    ],
)
def test_the_bar_shows_what_a_persons_roles_give_her(
    roles: Roles, labels: list[str], more: list[str]
) -> None:
    bar = bar_for(roles, "/")
    assert [item.label for item in bar.items] == labels
    assert [item.label for item in bar.more] == more
    assert len(bar.items) + bool(bar.more) <= MOST_IN_BAR


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
        ("/promises/fair-refund/", "Promises"),
        ("/organisation/3/", "Organisation"),
        ("/pulse/results/", "Pulse"),
        ("/campaigns/fair-refund/gate/", "Campaigns"),
        ("/calendar/", "Calendar"),
        ("/changes/PC-014/", "Process changes"),
    ],
)
def test_every_page_under_a_place_counts_as_that_place(path: str, label: str) -> None:
    bar = bar_for(HEAD, path)
    assert [item.label for item in (*bar.items, *bar.more) if item.is_current] == [label]


def test_a_page_outside_the_bar_marks_no_place() -> None:
    assert not any(item.is_current for item in bar_for(HEAD, "/me/what-others-see/").items)


def test_more_is_marked_where_the_page_stands_under_it() -> None:
    assert bar_for(BOTH, "/learn/fair-refund/").is_current_in_more
    assert not bar_for(BOTH, "/briefs/").is_current_in_more
