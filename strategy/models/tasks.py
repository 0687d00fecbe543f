from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class LaunchGateTask(AbstractGroupApprovalTask):
    """A second person of these groups approves a launch, and only while its gate lets it out."""

    class Meta:
        verbose_name = _("Launch gate")
        verbose_name_plural = _("Launch gates")

    def get_actions(self, obj: Any, user: AbstractBaseUser) -> list[tuple[str, Any, bool]]:
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if self.may_approve(obj, user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def may_approve(self, obj: Any, user: AbstractBaseUser) -> bool:
        state = obj.current_workflow_state
        asked = state is not None and state.requested_by_id == user.pk
        return not asked and not obj.get_latest_revision_as_object().obstacles

    @classmethod
    def get_description(cls) -> str:
        return str(
            _(
                "Somebody of the chosen groups approves the launch, but never whoever asked for "
                "it, and only while the campaign's gate is open."
            )
        )
