import pytest

from tests.house.world import World, build_world


@pytest.fixture
def world(portal_site: None) -> World:  # the world stands on it
    return build_world()
