from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from knowledge.models import BriefPage, Channel, PromisePage, Segment
from strategy.launching import LaunchHeldError, obstacles_to
from strategy.signals import launch_held


class CampaignQuerySet(models.QuerySet["Campaign"]):
    pass


class Campaign(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """What customers will hear, from which day, and the promises that it makes."""

    title = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    hears = models.TextField(
        _("what customers will hear"), help_text=_("The words of the campaign, as they will read.")
    )
    expectation = models.TextField(
        _("what a customer will then expect"), help_text=_("In the customer's words.")
    )
    promises = ParentalManyToManyField(
        PromisePage, verbose_name=_("promises it makes"), related_name="campaigns"
    )
    brief = models.ForeignKey(
        BriefPage, verbose_name=_("brief"), on_delete=models.PROTECT, related_name="campaigns"
    )
    brief_version = models.PositiveSmallIntegerField(
        _("version of the brief"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("The version that colleagues have to know on launch day."),
    )
    # What is scheduled goes out on the morning of this day; see `go_live_at`.
    launches_on = models.DateField(_("launch day"))
    segments = ParentalManyToManyField(
        Segment, verbose_name=_("segments"), blank=True, related_name="+"
    )
    channels = ParentalManyToManyField(
        Channel, verbose_name=_("channels"), blank=True, related_name="+"
    )
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sponsor"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who decided that this is promised."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who brings it to its launch, and is told if it is held."),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("launches_on", "title")

    def __str__(self) -> str:
        return self.title

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Launches, or schedules the launch; or holds what its gate holds.

        Every door comes through here. Where nobody stands at the door an error would stop all that
        is scheduled: it is held quietly. Raises `LaunchHeldError` for a person.
        """
        obstacles = obstacles_to(revision.as_object())
        if obstacles and user is not None:
            raise LaunchHeldError(obstacles)
        if obstacles:
            launch_held.send(type(self), campaign=self, revision=revision, obstacles=obstacles)
            return
        super().publish(revision, user=user, **options)
