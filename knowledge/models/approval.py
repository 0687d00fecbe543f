from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class SecondPersonTask(AbstractGroupApprovalTask):
    """Somebody of these groups approves, but never whoever asked for it."""

    class Meta:
        verbose_name = _("Approval by a second person")
        verbose_name_plural = _("Approvals by a second person")

    def get_actions(self, obj: Any, user: AbstractBaseUser) -> list[tuple[str, Any, bool]]:
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        state = obj.current_workflow_state
        is_first = state is not None and state.requested_by_id == user.pk
        return [action for action in actions if action[0] != "approve"] if is_first else actions
