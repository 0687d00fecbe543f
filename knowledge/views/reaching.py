"""Who asks: what nearly every screen begins with."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest


def colleague(request: HttpRequest) -> AbstractBaseUser:
    if not request.user.is_authenticated:
        raise Http404
    return request.user
