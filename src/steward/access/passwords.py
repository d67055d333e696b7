"""Passwords given to people, to be changed at once."""

import secrets

_BYTES = 12


def starting_password() -> str:
    """Return a password that nobody could guess, to be changed at the first sign-in."""
    return secrets.token_urlsafe(_BYTES)
