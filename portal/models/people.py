from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from departments.models import Headship, Membership
from departments.models.periods import not_over

EDITING_PERMISSION = "access_admin"


class UserQuerySet(models.QuerySet["User"]):
    def with_roles(self) -> Self:
        """Annotates what the navigation asks of a person, so that it costs no further query."""
        today = timezone.localdate()
        memberships = Membership.objects.filter(person=models.OuterRef("pk"))
        return self.annotate(
            is_head=models.Exists(
                Headship.objects.current(on=today).filter(person=models.OuterRef("pk"))
            ),
            is_editor=models.Exists(
                User.groups.through.objects.filter(
                    user=models.OuterRef("pk"),
                    group__permissions__codename=EDITING_PERMISSION,
                    group__permissions__content_type__app_label="wagtailadmin",
                )
            ),
            has_left=models.Exists(memberships)
            & ~models.Exists(memberships.filter(not_over(today))),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a class made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """An employee account. People sign in with their work e-mail."""

    username = None  # type: ignore[assignment]  # people are known by their e-mail
    email = models.EmailField(_("work e-mail"), unique=True)
    # Empty: as her browser asks.
    language = models.CharField(_("language"), max_length=16, blank=True)
    # When the mail with the way in was handed over; empty: nobody has invited her by mail.
    invited_at = models.DateTimeField(null=True, blank=True)
    # Her own choice; what must be told at once is told anyway.
    wants_digest = models.BooleanField(_("mail me what is due"), default=True)
    # From then on, no name and no address: "a former colleague".
    anonymised_on = models.DateField(null=True, blank=True)

    # Annotated by `with_roles`.
    is_head: bool
    is_editor: bool
    has_left: bool

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("last_name", "first_name", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="portal_user_email_any_case",
                violation_error_message=_("Somebody already has this e-mail."),
            ),
        )

    def __str__(self) -> str:
        if self.anonymised_on:
            return gettext("A former colleague")
        return self.get_full_name() or self.email

    def has_gone(self) -> bool:
        """Whether all her departments are behind her. Who never was in one has not gone."""
        known = self if hasattr(self, "has_left") else User.objects.with_roles().get(pk=self.pk)
        return bool(known.has_left)
