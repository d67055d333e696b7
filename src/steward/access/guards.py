"""What stands before a view: `needs` a permission, or is `public`."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from steward.access.permissions import Permission, may
from steward.access.second_factor import must_enrol, must_verify
from steward.audit import operations as audit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View[P]) -> View[P]:
    """Mark a view as open to everybody; a test reads the mark and holds the list short."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View[P]) -> View[P]:
    """Let through anybody who is signed in: for a person's own account only."""
    return _guarded(view, permission=None)


def needs(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let through only who holds the permission; for a view with `urn`, over that school.

    Nobody signed in: to sign-in and back. Signed in without the permission: the 403 page.
    """

    def guard(view: View[P]) -> View[P]:
        return _guarded(view, permission=permission)

    return guard


def records(verb: str, *, subject: str) -> Callable[[View[P]], View[P]]:
    """Record in the audit log what a download took out of Steward; stands below `needs`.

    Kept are who, the address asked for, and name, size and hash of the file. When it cannot be
    recorded, nothing is sent.
    """

    def recorder(view: View[P]) -> View[P]:
        @wraps(view)
        def recorded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            answer = view(request, *args, **kwargs)
            if isinstance(answer, HttpResponse) and answer.has_header("Content-Disposition"):
                details = {
                    "address": request.get_full_path(),
                    "file": answer.headers["Content-Disposition"],
                    "bytes": len(answer.content),
                    "sha256": sha256(answer.content).hexdigest(),
                }
                with transaction.atomic():
                    audit.record(
                        verb,
                        actor=cast("audit.Actor", request.user),
                        subject_kind="list",
                        subject_id=subject,
                        details=details,
                    )
            return answer

        return recorded

    return recorder


def _guarded(view: View[P], *, permission: Permission | None) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        elsewhere = _step_first(request)
        if elsewhere is not None:
            return elsewhere
        urn = kwargs.get("urn")
        if permission and not may(request.user, permission, urn=urn if isinstance(urn, int) else None):
            raise PermissionDenied(f"Your role does not let you {permission.words} here.")
        return view(request, *args, **kwargs)

    guarded.permission = permission or SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def _step_first(request: HttpRequest) -> HttpResponseRedirect | None:
    """Return the way to what the viewer must do before anything else, None when nothing."""
    person = request.user
    here = request.get_full_path()
    if not (person.is_authenticated and person.is_active):
        return redirect_to_login(here, reverse(settings.LOGIN_URL))
    if person.must_change_password and request.path != reverse("access:password"):
        return _to("access:password", here)
    if must_verify(person):
        return redirect_to_login(here, reverse(settings.LOGIN_URL))
    if must_enrol(person) and not request.path.startswith(reverse("access:account")):
        return _to("access:second-step", here)
    return None


def _to(name: str, here: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': here})}")
