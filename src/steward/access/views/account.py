"""One's own account: what one may do, password, second step."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as otp_login

from steward.access import operations, second_factor
from steward.access.forms import CodeForm, PasswordForm
from steward.access.guards import person_asking, signed_in
from steward.access.permissions import sentences
from steward.access.policies import NotAllowed
from steward.access.roles import Role
from steward.access.views.sign_in import safe_next


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Answer with who one is, what one may do, and how one signs in."""
    person = person_asking(request)
    shown = {"sentences": sentences(Role(person.role)), "has_second_step": second_factor.has_device(person)}
    return render(request, "access/account.html", shown | {"person": person})


@sensitive_post_parameters("old", "new")
@never_cache
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a new password, or change it and go on."""
    person = person_asking(request)
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_password(person, actor=person, password=form.cleaned_data["new"])
        except NotAllowed as refusal:
            form.add_error("new", str(refusal))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, "Your password is changed")
            return HttpResponseRedirect(safe_next(request))
    shown = {"form": form, "next": safe_next(request), "must_change": person.must_change_password}
    return render(request, "access/password.html", shown)


@never_cache
@signed_in
def second_step(request: HttpRequest) -> HttpResponse:
    """Answer with the secret to put in an app, or take the first code it shows."""
    person = person_asking(request)
    if second_factor.has_device(person):
        return render(request, "access/second_step_done.html", {"person": person})
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = operations.confirm_second_step(person, actor=person, code=form.cleaned_data["code"])
        except NotAllowed as refusal:
            form.add_error("code", str(refusal))
        else:
            otp_login(request, device)
            messages.success(request, "You will be asked for a code each time you sign in")
            return HttpResponseRedirect(safe_next(request))
    device = second_factor.waiting_device(person)
    shown = {
        "form": form,
        "secret": second_factor.secret_of(device),
        "address": device.config_url,
        "picture": second_factor.square_code_of(device),
    }
    required = second_factor.is_required(person)
    return render(
        request, "access/second_step.html", shown | {"next": safe_next(request), "required": required}
    )
