"""Signing in, in one step or two, and signing out."""

from time import time

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp import match_token

from steward.access import operations, second_factor
from steward.access.forms import CodeForm, SignInForm
from steward.access.guards import public
from steward.access.models import Person

WAITING = "access_second_step"
SECONDS_FOR_SECOND_STEP = 300
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOT_THE_CODE = (
    "That is not the code, or it has been used. Wait for the next one; after several wrong codes, "
    "wait a minute as well."
)


def safe_next(request: HttpRequest) -> str:
    """Return where the viewer wanted to go, or home when that is not a page of this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Answer with the sign-in page, or sign in and go on (to the second step where one is set up)."""
    form = SignInForm(request, request.POST or None)
    destination = safe_next(request)
    if request.method != "POST" or not form.is_valid():
        return render(request, "access/sign_in.html", {"form": form, "next": destination})
    person = form.get_user()
    if second_factor.has_device(person):
        return _ask_second_step(request, person, destination)
    login(request, person)
    operations.note_sign_in(person, actor=person, with_second_step=False)
    return HttpResponseRedirect(destination)


def _ask_second_step(request: HttpRequest, person: Person, destination: str) -> HttpResponse:
    request.session.cycle_key()
    request.session[WAITING] = {"person": person.pk, "at": time(), "next": destination}
    return redirect("access:code")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Answer with the page of the second step, or finish signing in."""
    waiting = request.session.get(WAITING)
    person = _person_waiting(waiting)
    if waiting is None or person is None:
        return redirect("access:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(person, form.cleaned_data["code"])
        if device is not None:
            del request.session[WAITING]
            login(request, person, backend=BACKEND)
            otp_login(request, device)
            operations.note_sign_in(person, actor=person, with_second_step=True)
            return HttpResponseRedirect(waiting["next"])
        form.add_error("code", NOT_THE_CODE)
    return render(request, "access/code.html", {"form": form})


def _person_waiting(waiting: dict[str, float] | None) -> Person | None:
    if waiting is None or time() - waiting["at"] > SECONDS_FOR_SECOND_STEP:
        return None
    return Person.objects.filter(pk=int(waiting["person"]), is_active=True).first()


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and answer with the sign-in page."""
    logout(request)
    return redirect("access:sign-in")
