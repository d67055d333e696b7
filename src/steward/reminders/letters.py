"""What an e-mail about reminders says: counts and a link, never a school, a finding or a category."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steward.reminders.calendar import title_of
from steward.vocabulary.due import DueItem, Waiting


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses an e-mail leads to."""

    reminders: str
    settings: str
    unsubscribe: str


def subject(items: Iterable[DueItem], *, on: date, service: str) -> str:
    """Return the subject: how many things wait, and how many of them are overdue."""
    found = list(items)
    late = sum(item.is_overdue(on) for item in found)
    waits = "1 thing waits" if len(found) == 1 else f"{len(found)} things wait"
    return f"{service}: {waits}{f', {late} overdue' if late else ''}"


def body(items: Iterable[DueItem], *, on: date, name: str, addresses: Addresses) -> str:
    """Return the text of an e-mail to a person about what is due."""
    found = list(items)
    parts = [f"Dear {name}", "", "What is on your list:", ""]
    for waiting in Waiting:
        kinds = Counter(item.kind for item in found if item.kind.waiting is waiting)
        if kinds:
            parts += [
                waiting.value,
                *(f"- {title_of(kind, count=count)}" for kind, count in kinds.items()),
                "",
            ]
    late = sum(item.is_overdue(on) for item in found)
    if late:
        parts += [f"{late} of them {'is' if late == 1 else 'are'} overdue.", ""]
    parts += [
        "Sign in to see what each is about. This e-mail names no school on purpose:",
        addresses.reminders,
        "",
        f"To choose how often you are written to: {addresses.settings}",
        f"To get no more e-mail: {addresses.unsubscribe}",
        "",
    ]
    return "\n".join(parts)
