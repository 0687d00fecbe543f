import pytest

from strategy import launching
from tests.strategy.campaigning import Gate


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """The only gate that is asked: open, unless a test shuts it for a campaign."""
    asked = Gate()
    monkeypatch.setattr(launching, "_gates", [asked])
    return asked


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Seeds of organisations that are made by chance; to read all of their pages takes longer."""
    if "seed" in metafunc.fixturenames:
        seeds = range(metafunc.config.getoption("--worlds"))
        reads_pages = "client" in metafunc.fixturenames
        metafunc.parametrize("seed", seeds[::3] if reads_pages else seeds)
