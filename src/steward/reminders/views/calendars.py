"""A person's calendar, read by the programs of their calendar without signing in."""

from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from steward.access.guards import public
from steward.reminders import calendar
from steward.reminders.queries import items, people
from steward.reminders.tokens import hash_of

MOST = 60
"""So often an address of the network may ask in `SECONDS`."""
SECONDS = 600


@public
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with days and neutral titles only; not found for a secret that was never made or was ended."""
    if _asks_too_often(request):
        answer = HttpResponse("Too many requests. Ask again later.", status=HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(SECONDS)
        return answer
    person = people.person_of_calendar(hash_of(secret))
    if person is None:
        raise Http404("There is no such calendar.")
    text = calendar.calendar(
        items.open_items(person),
        name=f"{settings.STEWARD_SERVICE_NAME}: what is due",
        owner=str(person.pk),
        made_at=timezone.now(),
        address=_address(request),
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _address(request: HttpRequest) -> str:
    """Return where the list stands: at the address set, else at the one the calendar was asked for."""
    path = reverse("reminders:reminders")
    return f"{settings.STEWARD_SITE}{path}" if settings.STEWARD_SITE else request.build_absolute_uri(path)


def _asks_too_often(request: HttpRequest) -> bool:
    name = f"reminders.feed.{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, SECONDS)
    try:
        return int(cache.incr(name)) > MOST
    except ValueError:  # it ended between the two
        return False
