import pytest

from knowledge.models import AppendOnly, AppendOnlyError

HISTORIES = sorted(AppendOnly.__subclasses__(), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model.__name__)
def test_what_is_history_is_neither_changed_nor_deleted(model: type[AppendOnly]) -> None:
    written = model()
    written._state.adding = False
    rows = model._default_manager.all()
    for rewrite in (written.save, written.delete, rows.update, rows.delete):
        with pytest.raises(AppendOnlyError):
            rewrite()
