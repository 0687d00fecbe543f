from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.admin.panels import FieldPanel

from knowledge.models import KeyedChild, ModulePage, PromisePage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def holds_on(on: date) -> models.Q:
    """Rows with `starts_on` and `ends_on` (inclusive) that hold on a day."""
    return models.Q(starts_on__lte=on) & (models.Q(ends_on=None) | models.Q(ends_on__gte=on))


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last day can't be before the first."),
    )


class DepartmentQuerySet(MP_NodeQuerySet):
    def headed_by(self, person: "AbstractBaseUser", *, on: date) -> Self:
        """Departments that the person leads on that day, as head or deputy, and all below them."""
        leading = (
            Headship.objects.current(on=on)
            .filter(person_id=person.pk)
            .annotate(
                asked_path=models.ExpressionWrapper(models.OuterRef("path"), models.CharField())
            )
            .filter(asked_path__startswith=models.F("department__path"))
        )
        headed: Self = self.filter(models.Exists(leading))
        return headed


class DepartmentManager(MP_NodeManager.from_queryset(DepartmentQuerySet)):  # type: ignore[misc]  # a class made at run time
    def get_queryset(self) -> DepartmentQuerySet:
        # treebeard's own manager names its queryset class instead of asking for it.
        departments: DepartmentQuerySet
        departments = DepartmentQuerySet(self.model, using=self._db).order_by("path")
        return departments


class Department(MP_Node):
    """A team in the chain. The tree's root is the organisation."""

    node_order_by: ClassVar = ["name"]

    name = models.CharField(
        _("name"),
        max_length=100,
        validators=[RegexValidator(r"^[^/]+$", _("A name can't hold a slash."))],
    )

    objects = DepartmentManager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def with_joining_day(self) -> Self:
        """Annotates `joined_on`: the first day with the organisation, in whichever department."""
        everywhere = Membership.objects.filter(person=models.OuterRef("person"))
        return self.annotate(
            joined_on=models.Subquery(everywhere.order_by("starts_on").values("starts_on")[:1])
        )

    def current(self, *, on: date) -> Self:
        return self.filter(holds_on(on))


class Membership(models.Model):
    """A person works in a department from one day to another."""

    class Level(models.TextChoices):
        BOARD = "board", _("Board")
        EXECUTIVE = "executive", _("Executive")
        HEAD = "head", _("Head")
        LEAD = "lead", _("Team lead")
        STAFF = "staff", _("Staff")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="memberships")
    title = models.CharField(_("job title"), max_length=120, blank=True)
    level = models.CharField(max_length=16, choices=Level.choices, default=Level.STAFF)
    is_home = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    leave_from = models.DateField(null=True, blank=True)
    leave_to = models.DateField(null=True, blank=True)

    # Annotated by `with_joining_day`.
    joined_on: date

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("person", "starts_on")
        constraints: ClassVar = [
            ends_after_start("departments_membership_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(leave_to=None)
                | models.Q(leave_from__isnull=False, leave_to__gte=models.F("leave_from")),
                name="departments_leave_ends_after_start",
                violation_error_message=_("Leave needs a first day that isn't after its last."),
            ),
            models.UniqueConstraint(
                fields=["person", "department", "starts_on"],
                name="departments_membership_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(is_home=True, ends_on=None),
                name="departments_one_home",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "person"], name="departments_member_by_dept")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.department}"


class HeadshipQuerySet(models.QuerySet["Headship"]):
    def current(self, *, on: date) -> Self:
        return self.filter(holds_on(on))


class Headship(models.Model):
    """A person leads a department, or stands in for its head, from one day to another."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Head")
        DEPUTY = "deputy", _("Deputy")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="headships"
    )
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="headships")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.HEAD)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = HeadshipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ends_after_start("departments_headship_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "department", "starts_on"], name="departments_headship_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()} · {self.department}"


class Requirement(models.Model):
    """A department, and all below it, must be ready on a module."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="requirements"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="requirements")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    joiner_days = models.PositiveSmallIntegerField(
        _("days for joiners"),
        default=30,
        help_text=_("Someone who has just joined is counted after this many days."),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "module"], name="departments_requirement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.module}"

    def joiner_until(self, joined_on: date) -> date:
        """The last day on which somebody who joined on that day is not counted yet."""
        return joined_on + timedelta(days=self.joiner_days - 1)


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def current(self, *, on: date) -> Self:
        return self.filter(holds_on(on))


class Exemption(models.Model):
    """A person need not be ready on a module for a while, for a reason that everybody can read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exemptions"
    )
    module = models.ForeignKey(ModulePage, on_delete=models.CASCADE, related_name="exemptions")
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [ends_after_start("departments_exemption_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person} · {self.module} · {self.reason}"


class Link(KeyedChild):
    """What one department does so that a promise comes true. A promise's links are its chain."""

    promise = ParentalKey(PromisePage, on_delete=models.CASCADE, related_name="links")
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="links"
    )
    part = models.CharField(
        _("its part"),
        max_length=240,
        help_text=_("What this department's people do, said to them: “Agree it on the call.”"),
    )
    standard = models.CharField(
        _("standard"),
        max_length=160,
        blank=True,
        help_text=_("How good is good enough: “Shown in the app within an hour”."),
    )

    panels: ClassVar = [FieldPanel("department"), FieldPanel("part"), FieldPanel("standard")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("link")

    def __str__(self) -> str:
        return f"{self.promise} · {self.department}"

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **kwargs: Any) -> Self | None:
        """A draft's link; none where its department has gone, so that the draft can be read."""
        if not Department.objects.filter(pk=data["department"]).exists():
            return None
        link: Self | None = model_from_serializable_data(cls, data, **kwargs)
        return link
