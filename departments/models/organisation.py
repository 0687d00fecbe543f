from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from departments.models.periods import ends_after_start, holds_on, organisation_today

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


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
    # Its last day. It stays in the tree, for the days on which it was there.
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
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
    # The day on which the portal learned of it as it stands here; before, see `PastMembership`.
    known_from = models.DateField(default=organisation_today)

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


class PastMembership(models.Model):
    """What was known of a membership until it was corrected or ended. Written once.

    With it, the readiness of a past day is told by what was known on that day.
    """

    # No foreign key: the membership itself may have been a mistake, and be gone.
    membership_id = models.BigIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=16, choices=Membership.Level.choices)
    is_home = models.BooleanField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    leave_from = models.DateField(null=True, blank=True)
    leave_to = models.DateField(null=True, blank=True)
    known_from = models.DateField()
    # The first day on which something else was known.
    known_until = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["department", "known_until"], name="departments_past_by_dept"),
            models.Index(fields=["person", "known_until"], name="departments_past_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.department} · {self.known_until}"


class DepartmentMove(models.Model):
    """A department came under another. Written once: the tree of a past day is told by these."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="moves")
    before = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+")
    after = models.ForeignKey(Department, null=True, on_delete=models.SET_NULL, related_name="+")
    # The first day in its new place.
    moved_on = models.DateField()

    class Meta:
        ordering = ("moved_on", "pk")

    def __str__(self) -> str:
        return f"{self.department} · {self.moved_on}"


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
