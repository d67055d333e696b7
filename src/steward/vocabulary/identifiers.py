"""Identifiers of schools and authorities, as the Department for Education publishes them."""

import re
from dataclasses import dataclass
from typing import NewType

Urn = NewType("Urn", int)
"""Unique reference number of an establishment: five to seven digits, never reused."""

AuthorityCode = NewType("AuthorityCode", str)
"""Three-digit code of a local authority, such as "383" for Leeds."""

_URN = re.compile(r"[1-9]\d{4,6}")
_LAESTAB = re.compile(r"(\d{3})[/ ]?(\d{4})")


class NotAnIdentifier(ValueError):
    """The text is not an identifier of the kind asked for; the message says why."""


def parse_urn(text: str) -> Urn:
    """Return the URN written in `text`.

    Raises NotAnIdentifier when it is not five to seven digits.
    """
    cleaned = text.strip()
    if not _URN.fullmatch(cleaned):
        raise NotAnIdentifier(f"'{text}' is not a URN: a URN has five to seven digits, such as 107833.")
    return Urn(int(cleaned))


def parse_authority_code(text: str) -> AuthorityCode:
    """Return the authority code written in `text`, or raise NotAnIdentifier."""
    cleaned = text.strip()
    if not re.fullmatch(r"\d{3}", cleaned):
        raise NotAnIdentifier(
            f"'{text}' is not a local authority code: it has three digits, such as 383 for Leeds."
        )
    return AuthorityCode(cleaned)


@dataclass(frozen=True, slots=True)
class Laestab:
    """Authority code and establishment number, the older key of a school (nnn/nnnn)."""

    authority: AuthorityCode
    establishment: str

    @classmethod
    def parse(cls, text: str) -> "Laestab":
        """Return the LAESTAB written in `text` as seven digits, with or without a slash."""
        found = _LAESTAB.fullmatch(text.strip())
        if found is None:
            raise NotAnIdentifier(f"'{text}' is not a LAESTAB: it has seven digits, such as 383/4106.")
        return cls(AuthorityCode(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.authority}/{self.establishment}"
