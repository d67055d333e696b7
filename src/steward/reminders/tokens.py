"""Secrets in addresses: of a calendar, of which a hash is kept, and of the link that stops e-mail."""

import hashlib

from django.core import signing

from steward.access.models import Person

_SALT = "reminders.unsubscribe"


def hash_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256. The secret has 256 bits, so that needs no salt."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def unsubscribe_token(person: Person) -> str:
    """Return what proves, in the address of an e-mail, that its reader wants no more of them."""
    return signing.dumps(person.pk, salt=_SALT)


def person_of_token(token: str) -> Person | None:
    """Return whose e-mail a token came with, None for one that was not made here."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=key).first()
