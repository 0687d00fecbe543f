import pytest

from tests.house.world import World, build_world
from tests.kept import kept


@pytest.fixture
def world(portal_site: None) -> World:  # the world stands on it
    return kept("world", build_world)
