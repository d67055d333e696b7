"""Signing in and out: passwords, guessing, forged forms, sessions, where one is sent on to."""

import pytest
from django.test import Client

from steward.access import checks, operations, second_factor
from steward.access.roles import Role
from steward.audit.queries import events

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


def _sign_in(client, email="adviser.1@example.gov.uk", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def test_signing_in_leads_home_and_is_kept_in_the_log(add_person):
    person = add_person()
    client = Client()
    answer = _sign_in(client, "  ADVISER.1@example.GOV.UK ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert events()[0].verb == "access.person.signed_in"
    person.refresh_from_db()
    assert person.last_login is not None


@pytest.mark.parametrize(
    ("email", "password"),
    [("adviser.1@example.gov.uk", "wrong"), ("nobody@example.gov.uk", PASSWORD), ("", ""), ("x", "\x00")],
)
def test_a_failure_does_not_say_whether_the_person_exists(add_person, email, password):
    add_person()
    answer = _sign_in(Client(), email, password)
    assert answer.status_code == 200
    assert "<title>Error: Sign in" in answer.text
    assert "sessionid" not in answer.cookies


def test_somebody_whose_access_ended_cannot_sign_in(add_person):
    person, other = add_person(), add_person(Role.ADMINISTRATOR)
    operations.end_access(person, actor=other)
    assert "your access has ended" in _sign_in(Client()).text


def test_guessing_is_stopped_after_five_wrong_passwords_whatever_the_capitals(add_person):
    add_person()
    client = Client()
    for number in range(4):
        email = "adviser.1@example.gov.uk" if number % 2 else "ADVISER.1@example.gov.uk"
        assert _sign_in(client, email, "wrong").status_code == 200
    locked = _sign_in(client, password="wrong")
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.text
    assert _sign_in(client).status_code == 429


def test_a_lock_on_one_person_does_not_lock_another(add_person):
    add_person()
    add_person(name="Somebody Else")
    client = Client()
    for _ in range(5):
        _sign_in(client, password="wrong")
    assert _sign_in(client, "somebody.else@example.gov.uk").status_code == 302


def test_a_forged_form_is_refused_in_plain_words(add_person):
    add_person()
    answer = _sign_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "This form has run out" in answer.text


def test_the_session_is_another_one_after_signing_in(add_person):
    add_person()
    client = Client()
    session = client.session
    session["planted"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    _sign_in(client)
    assert client.cookies["sessionid"].value != session.session_key


def test_cookies_are_closed_to_scripts_and_other_sites(add_person):
    add_person()
    cookie = _sign_in(Client()).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/account/?a=1", "/account/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_is_sent_on_to_pages_of_this_site_only(add_person, asked, led_to):
    add_person()
    assert _sign_in(Client(), next=asked)["Location"] == led_to


def test_signing_out_takes_a_post(add_person):
    client = Client()
    client.force_login(add_person())
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/account/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def _with_second_step(person):
    device = second_factor.waiting_device(person)
    device.confirmed = True
    device.save()
    return device


def _code_of(device):
    from django_otp.oath import TOTP  # noqa: PLC0415 - only these tests make codes

    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift).token():06d}"


def test_a_password_alone_does_not_let_in_where_a_second_step_is_set_up(add_person):
    _with_second_step(add_person())
    client = Client()
    assert _sign_in(client, next="/account/")["Location"] == "/sign-in/code/"
    assert client.get("/account/").status_code == 302


def test_the_second_step_lets_in_once_with_the_right_code(add_person):
    device = _with_second_step(add_person())
    client = Client()
    _sign_in(client, next="/account/")
    assert "That is not the code" in client.post("/sign-in/code/", {"code": "000000"}).text
    device.refresh_from_db()
    device.throttle_reset()
    code = _code_of(device)
    assert client.post("/sign-in/code/", {"code": code})["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    again = Client()
    _sign_in(again)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 200


def test_the_second_step_cannot_be_begun_without_the_password():
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"


def test_the_second_step_waits_five_minutes_only(add_person, monkeypatch):
    device = _with_second_step(add_person())
    client = Client()
    _sign_in(client)
    session = client.session
    session["access_second_step"] = {**session["access_second_step"], "at": 0}
    session.save()
    assert client.post("/sign-in/code/", {"code": _code_of(device)})["Location"] == "/sign-in/"


def test_a_role_that_requires_a_second_step_is_led_to_set_it_up(add_person, settings):
    settings.STEWARD_REQUIRE_SECOND_FACTOR = ["adviser"]
    person = add_person()
    client = Client()
    client.force_login(person)
    assert client.get("/area/")["Location"] == "/account/second-step/?next=%2Farea%2F"
    page = client.get("/account/second-step/").text
    assert "otpauth://totp/" in page
    device = second_factor.waiting_device(person)
    answer = client.post("/account/second-step/", {"code": _code_of(device), "next": "/area/"})
    assert answer["Location"] == "/area/"
    assert client.get("/area/").status_code == 200


def test_a_role_misspelt_in_the_setting_is_named_when_the_site_starts(settings):
    settings.STEWARD_REQUIRE_SECOND_FACTOR = ["adviser", "administrators"]
    (fault,) = checks.roles_of_second_factor_exist()
    assert "'administrators', which is not a role" in fault.msg
