import logging
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
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
from knowledge.models.editing import with_target
from knowledge.publishing import Obstacle
from strategy.launching import LaunchHeldError, obstacles_to
from strategy.models.campaign_editing import CAMPAIGN_PANELS, CampaignForm
from strategy.models.completeness import gaps_in
from strategy.signals import launch_held, launch_let_out, launch_planned

LAUNCHES_AT = time(8)
# Days are counted on from a launch, and a calendar has an end.
MOST_AHEAD = timedelta(days=3 * 366)

logger = logging.getLogger(__name__)


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

    # What the gate's models reach back with, which has no types here.
    gate_entries: Any

    objects = CampaignQuerySet.as_manager()

    panels: ClassVar = CAMPAIGN_PANELS
    base_form_class = CampaignForm

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("launches_on", "title")

    def __str__(self) -> str:
        return self.title

    @property
    def obstacles(self) -> Sequence[Obstacle]:
        """Why it can't go out as it stands: what it lacks itself, else what its gate holds."""
        return gaps_in(self) or obstacles_to(self)

    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Launches, or schedules the launch; or holds what its gate holds.

        Every door comes through here. Where nobody stands at the door an error would stop all that
        is scheduled: it is held quietly. Raises `LaunchHeldError` for a person.
        """
        obstacles = obstacles_of(revision, user)
        if obstacles and user is not None:
            raise LaunchHeldError(obstacles)
        if obstacles:
            launch_held.send(type(self), campaign=self, revision=revision, obstacles=obstacles)
            return
        with transaction.atomic():
            super().publish(revision, user=user, **options)
            launch_let_out.send(
                type(self), campaign=self, revision=revision, by=user, was_live=self.live
            )

    def clean(self) -> None:
        super().clean()
        if self.launches_on and self.launches_on > timezone.localdate() + MOST_AHEAD:
            raise ValidationError({"launches_on": _("Choose a day in the next three years")})
        self.settle_launch()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            # Wagtail takes what is new for published, unless it comes from its own form.
            self.live = False
        elif "live" in (kwargs.get("update_fields") or ("live",)) and self.goes_live_anew():
            self.refuse_closed_gate()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, user: Any = None, **kwargs: Any) -> Revision:
        self.settle_launch()
        is_first = self.latest_revision_id is None
        with transaction.atomic():
            revision: Revision = super().save_revision(*args, user=user, **kwargs)
            if is_first:
                launch_planned.send(type(self), campaign=self, by=user)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> Any:
        content = with_target(content, "brief", BriefPage.objects, self.brief_id)
        campaign = super().with_content_json(content)
        campaign.settle_launch()
        return campaign

    def settle_launch(self) -> None:
        """Lets Wagtail's own schedule follow the launch day, and nothing else."""
        moment = launch_moment(self.launches_on) if self.launches_on else None
        self.go_live_at = moment if moment and moment > timezone.now() else None
        self.expire_at = None

    def goes_live_anew(self) -> bool:
        """Whether another revision than the stored one is about to be what is out."""
        if not self.live:
            return False
        stored = Campaign.objects.filter(pk=self.pk, live=True)
        return not stored.filter(live_revision=self.live_revision_id).exists()

    def refuse_closed_gate(self) -> None:
        """The last resort, should a door have been forgotten. Raises `LaunchHeldError`."""
        if obstacles := self.obstacles:
            raise LaunchHeldError(obstacles)

    def copied(self) -> "Campaign":
        """The same once more, unsaved, under an address and with a history of its own."""
        names = ("hears", "expectation", "brief_id", "brief_version", "launches_on")
        copy = Campaign(
            **{name: getattr(self, name) for name in (*names, "sponsor_id", "owner_id")}
        )
        copy.title = _("%(title)s (copy)") % {"title": self.title}
        for name in ("promises", "segments", "channels"):
            setattr(copy, name, list(getattr(self, name).all()))
        return copy

    @property
    def stored_slug(self) -> str:
        """Under which its gate is found: another address goes out with the draft that has it."""
        found = Campaign.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        return found or self.slug

    @property
    def was_decided_on(self) -> bool:
        """Whether more than a plan is on record: then the record stays."""
        return bool(self.gate_entries.exclude(kind__in=("planned", "asked-links")).exists())

    def get_preview_template(self, *_asked: Any) -> str:
        return "strategy/campaign_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "campaign": self}


def obstacles_of(revision: Revision, user: Any) -> Sequence[Obstacle]:
    """What can't be asked is held: an error at a door where nobody stands would stop all others."""
    try:
        obstacles: Sequence[Obstacle] = revision.as_object().obstacles
    except Exception:
        if user is not None:
            raise
        logger.exception("The gate of campaign %s could not be asked", revision.object_id)
        return [
            Obstacle(str(_("Its gate couldn't be asked. Whoever runs the portal finds out why.")))
        ]
    return obstacles


def launch_moment(day: date) -> datetime:
    """The morning of a launch day, where the organisation is."""
    return datetime.combine(day, LAUNCHES_AT, ZoneInfo(settings.TIME_ZONE))
