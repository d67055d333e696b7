"""The rules of reminders as a document."""

from collections.abc import Iterator, Mapping

from steward.access.roles import Role
from steward.interface import markdown, words
from steward.reminders.rules import Condition, ReminderRule

_INTRODUCTION = (
    "Each part of Steward tells what is due from whom. These rules say who is reminded of what, how long "
    "before its day, and by what way. Everything is in the list of the site; an e-mail gives numbers and a "
    "link, never the name of a school; a calendar gives days and neutral titles."
)
_CONDITIONS = {
    Condition.ALWAYS: "with or without a day",
    Condition.HAS_DAY: "with a day",
    Condition.OVERDUE: "once it is overdue",
}


def reminders(rules: Mapping[str, ReminderRule]) -> str:
    """Return the rules by title."""
    ordered = sorted(rules.values(), key=lambda rule: rule.title)
    header = ("What", "When", "Days before", "Who", "How", "Looked after by")
    return markdown.document(
        (markdown.heading("Reminders", level=1), _INTRODUCTION, markdown.table(header, _rows(ordered)))
    )


def _rows(rules: list[ReminderRule]) -> Iterator[tuple[str, ...]]:
    for rule in rules:
        yield (
            rule.title,
            _CONDITIONS[rule.condition],
            str(rule.offset_days),
            ", ".join(Role(role).label.lower() for role in rule.recipients),
            rule.channel.words,
            f"{rule.owner}; next review {words.day(rule.review_on)}",
        )
