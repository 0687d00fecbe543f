"""Whether somebody gets digests: her own choice, on her page or by the link in each of them."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.models import User

SALT = "portal.mail.stop"


def stop_address(person: User) -> str:
    """A link that ends the digests without signing in. It names nobody, and opens nothing else."""
    token = signing.dumps(person.pk, salt=SALT)
    return str(settings.BASE_URL + reverse("portal:mail-stop", args=[token]))


def reader_of(token: str) -> User | None:
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person: User | None = User.objects.filter(pk=pk, is_active=True).first()
    return person


def choose_digests(*, person: User, wanted: bool) -> None:
    User.objects.filter(pk=person.pk).update(wants_digest=wanted)
