from collections.abc import Iterable

import pytest
from django.test import Client

from tests.house.access_table import (
    FOUND,
    NOT_SO,
    REFUSED,
    ROLES,
    SIGN_IN,
    TABLE,
    Cell,
    row_of,
    takes_in,
)
from tests.house.routes import Answer, address_of, answer_in, routes
from tests.house.world import World

# Signing out in the middle of a walk would make every later answer the anonymous one.
ROUTES = sorted(routes(), key=lambda route: "logout" in route)
OURS = [route for route in ROUTES if not route.startswith(("cms/", "accounts/", "_util/"))]
TURNED_AWAY = REFUSED | SIGN_IN

type Met = dict[str, Answer]


def walk(client: Client, world: World, asked: Iterable[str], method: str = "get") -> Met:
    ask = getattr(client, method)
    return {route: answer_in(ask(address_of(route, world.arguments_for(route)))) for route in asked}


def test_every_route_has_a_reviewed_row() -> None:
    without = [route for route in ROUTES if not has_row(route)]
    assert without == []


def has_row(route: str) -> bool:
    return route in TABLE or any(takes_in(key, route) for key in TABLE)


def test_no_row_is_left_from_a_route_that_is_gone() -> None:
    left = [key for key in TABLE if key not in ROUTES and not takes_in_any(key)]
    assert left == []


def takes_in_any(key: str) -> bool:
    return any(takes_in(key, route) for route in ROUTES)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_everybody_meets_what_the_table_says(role: str, world: World) -> None:
    met = walk(world.client(role), world, ROUTES)
    unexpected = {
        route: answer for route, answer in met.items() if answer not in row_of(route).cell(role)
    }
    assert unexpected == {}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "head", "options"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_see_may_not_do(role: str, method: str, world: World) -> None:
    closed = [route for route in ROUTES if is_closed(row_of(route).cell(role))]
    met = walk(world.client(role), world, closed, method)
    let_in = {route: answer for route, answer in met.items() if answer not in TURNED_AWAY}
    assert let_in == {}


def is_closed(cell: Cell) -> bool:
    # What takes forms only isn't closed: it is merely nothing to look at.
    return cell <= TURNED_AWAY and cell != NOT_SO


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["colleague", "head", "marketer", "administrator"])
def test_an_empty_form_breaks_nothing(role: str, world: World) -> None:
    met = walk(world.client(role), world, OURS, "post")
    assert [route for route, answer in met.items() if answer is Answer.BROKEN] == []


@pytest.mark.once
@pytest.mark.django_db
def test_no_form_is_taken_without_its_token(world: World) -> None:
    client = world.client("administrator", enforce_csrf_checks=True)
    met = walk(client, world, ROUTES, "post")
    taken = {route: answer for route, answer in met.items() if answer in FOUND}
    assert taken == {}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["colleague", "head"])
def test_who_may_not_edit_is_told_so_and_not_sent_round_in_circles(role: str, world: World) -> None:
    response = world.client(role).get("/cms/", follow=True)
    assert response.status_code in {200, 403, 404}
