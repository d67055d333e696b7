"""A letter as a part of a page of the site, whose own heading stands above it."""

import re

from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"<(/?)h([1-5])\b")


def letter_part(page: str) -> SafeString:
    """Return the HTML that `documents` wrote, each heading one level down; its words are the same."""
    return mark_safe(_HEADING.sub(_lower, page))  # noqa: S308 - documents escape every word


def _lower(found: re.Match[str]) -> str:
    return f"<{found[1]}h{int(found[2]) + 1}"
