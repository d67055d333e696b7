"""What stands before a view: `needs` a permission, or is `public`."""

from collections.abc import Callable, Collection
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from steward.access.models import Person
from steward.access.permissions import Permission, may, reach
from steward.access.second_factor import must_enrol, must_verify
from steward.audit import operations as audit
from steward.interface.charts import downloads

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

Predecessors = Callable[[int], Collection[int]]

PUBLIC = "public"
SIGNED_IN = "signed in"


def person_asking(request: HttpRequest) -> Person:
    """Return the person signed in; only behind a guard, which lets nobody else through."""
    if not isinstance(request.user, Person):
        raise TypeError("This page must stand behind a guard of access.guards.")
    return request.user


def public(view: View[P]) -> View[P]:
    """Mark a view as open to everybody; a test reads the mark and holds the list short."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View[P]) -> View[P]:
    """Let through anybody who is signed in: for a person's own account only."""
    return _guarded(view, permission=None)


def needs(permission: Permission, *, and_before: Predecessors | None = None) -> Callable[[View[P]], View[P]]:
    """Let through only who holds the permission; for a view with `urn`, over that school.

    With `and_before`, which gives the schools that came before one: also over those of a school
    within reach, since its own pages show their results.
    Nobody signed in: to sign-in and back. Signed in without the permission: the 403 page.
    """

    def guard(view: View[P]) -> View[P]:
        return _guarded(view, permission=permission, and_before=and_before)

    return guard


def needs_at_own_school(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let through only a person of a school who holds the permission over it; the view is given its URN."""

    def guard(view: View[P]) -> View[P]:
        guarded = _guarded(view, permission=permission)

        @wraps(guarded)
        def own(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            kwargs["urn"] = getattr(request.user, "school_urn", None)
            return guarded(request, *args, **kwargs)

        return own

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
                _record_download(request, answer, verb=verb, subject=("list", subject))
            return answer

        return recorded

    return recorder


def _record_download(
    request: HttpRequest, answer: HttpResponse, *, verb: str, subject: tuple[str, str]
) -> None:
    details = {
        "address": request.get_full_path(),
        "file": answer.headers["Content-Disposition"],
        "bytes": len(answer.content),
        "sha256": sha256(answer.content).hexdigest(),
    }
    kind, name = subject
    with transaction.atomic():
        audit.record(
            verb,
            actor=cast("audit.Actor", request.user),
            subject_kind=kind,
            subject_id=name,
            details=details,
        )


def _guarded(
    view: View[P], *, permission: Permission | None, and_before: Predecessors | None = None
) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        elsewhere = _step_first(request)
        if elsewhere is not None:
            return elsewhere
        urn = kwargs.get("urn")
        school = urn if isinstance(urn, int) else None
        if permission and not (
            may(request.user, permission, urn=school)
            or _came_before(request, school, permission=permission, and_before=and_before)
        ):
            raise PermissionDenied(f"Your role does not let you {permission.words} here.")
        return _page_or_figure(request, view(request, *args, **kwargs))

    guarded.permission = permission or SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def _page_or_figure(request: HttpRequest, page: HttpResponseBase) -> HttpResponseBase:
    """Return the page, or the file of a figure it shows when the address asks for one; that is recorded."""
    asked = downloads.is_asked_for(request) and page.status_code == HTTPStatus.OK
    if not asked or page.has_header("Content-Disposition"):
        return page
    answer = downloads.file_asked_for(request)
    shown = request.resolver_match.view_name if request.resolver_match else request.path
    _record_download(request, answer, verb="access.figure.exported", subject=("page", shown))
    return answer


def _came_before(
    request: HttpRequest, urn: int | None, *, permission: Permission, and_before: Predecessors | None
) -> bool:
    """Return whether the school came before one over which the viewer holds the permission."""
    if urn is None or and_before is None:
        return False
    return any(urn in and_before(own) for own in reach(request.user, permission).urns)


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
