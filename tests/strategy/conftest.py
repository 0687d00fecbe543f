import pytest

from strategy import launching
from tests.strategy.campaigning import Gate


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """The only gate that is asked: open, unless a test shuts it for a campaign."""
    asked = Gate()
    monkeypatch.setattr(launching, "_gates", [asked])
    return asked
