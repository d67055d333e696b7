"""The second step at sign-in: a code from an app on the person's telephone (TOTP, RFC 6238)."""

from base64 import b32encode
from typing import cast

import segno
from django.conf import settings
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from steward.access.models import Person


def is_required(person: Person) -> bool:
    """Return whether the setting STEWARD_REQUIRE_SECOND_FACTOR names the person's role."""
    return person.role in settings.STEWARD_REQUIRE_SECOND_FACTOR


def has_device(person: Person) -> bool:
    """Return whether the person has set up a second step."""
    return bool(user_has_device(person, confirmed=True))


def must_verify(person: Person) -> bool:
    """Return whether this session began without the second step that the person has set up."""
    verified = getattr(person, "is_verified", None)
    return verified is not None and not verified() and has_device(person)


def must_enrol(person: Person) -> bool:
    """Return whether the person's role requires a second step that is not set up yet."""
    return is_required(person) and not has_device(person)


def confirmed_device(person: Person) -> TOTPDevice | None:
    """Return the device in use, or None."""
    return cast("TOTPDevice | None", TOTPDevice.objects.filter(user=person, confirmed=True).first())


def waiting_device(person: Person) -> TOTPDevice:
    """Return the device being set up, made when there is none."""
    found = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=person, name="Authenticator app", confirmed=False)


def square_code_of(device: TOTPDevice) -> str:
    """Return the address that sets up an app as a square code: a picture in the address of an image."""
    return str(
        segno.make(device.config_url, error="m", micro=False).svg_data_uri(scale=5, border=4, light="white")
    )


def secret_of(device: TOTPDevice) -> str:
    """Return the secret to type into an app: base 32 in groups of four."""
    text = b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
