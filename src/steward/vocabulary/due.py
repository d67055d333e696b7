"""What waits for somebody: one shape in which every app tells it to home pages, e-mail and calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=7)
"""So long before its day something is due soon."""
_MOST_DAYS = 60
"""Up to how many days a time is told in days."""


class Waiting(StrEnum):
    """On whom something waits."""

    YOU = "Waiting for you"
    OTHERS = "Awaited from others"
    CLOCK = "Clocks that end"


class DueKind(StrEnum):
    """What kind of thing waits; its words are neutral, fit for an e-mail that anybody may read."""

    DECISION = "decision"
    ANSWER = "answer"
    ANSWER_AWAITED = "answer_awaited"
    CATEGORY_REVIEW = "category_review"
    SECOND_READING = "second_reading"
    OVERRIDE_ENDS = "override_ends"
    CONCERN_STEP = "concern_step"
    EVENT_ENDS = "event_ends"
    DISCUSSION = "discussion"
    ASSESSMENT_REVIEW = "assessment_review"
    FILE_EXPECTED = "file_expected"
    FILE_FAILED = "file_failed"
    DEFINITION_REVIEW = "definition_review"
    OTHER = "other"

    @property
    def neutral(self) -> str:
        """The kind in words that name no school, no finding and no category."""
        return _WORDS[self][0]

    @property
    def neutral_plural(self) -> str:
        """The same of several."""
        return _WORDS[self][1]

    @property
    def waiting(self) -> Waiting:
        """On whom it waits."""
        return _WORDS[self][2]


_WORDS: dict[DueKind, tuple[str, str, Waiting]] = {
    DueKind.DECISION: ("step of a decision", "steps of decisions", Waiting.YOU),
    DueKind.ANSWER: ("letter to answer", "letters to answer", Waiting.YOU),
    DueKind.ANSWER_AWAITED: ("answer awaited", "answers awaited", Waiting.OTHERS),
    DueKind.CATEGORY_REVIEW: ("review of a decision", "reviews of decisions", Waiting.YOU),
    DueKind.SECOND_READING: ("second reading", "second readings", Waiting.YOU),
    DueKind.OVERRIDE_ENDS: ("decision that ends", "decisions that end", Waiting.CLOCK),
    DueKind.CONCERN_STEP: ("next step", "next steps", Waiting.YOU),
    DueKind.EVENT_ENDS: ("record that ends", "records that end", Waiting.CLOCK),
    DueKind.DISCUSSION: ("item for a meeting", "items for a meeting", Waiting.YOU),
    DueKind.ASSESSMENT_REVIEW: (
        "review of an equality assessment",
        "reviews of equality assessments",
        Waiting.YOU,
    ),
    DueKind.FILE_EXPECTED: ("published file to load", "published files to load", Waiting.YOU),
    DueKind.FILE_FAILED: ("file that failed its checks", "files that failed their checks", Waiting.YOU),
    DueKind.DEFINITION_REVIEW: (
        "definition to look at again",
        "definitions to look at again",
        Waiting.YOU,
    ),
    DueKind.OTHER: ("thing that waits", "things that wait", Waiting.YOU),
}


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that waits for a viewer, or for others and is watched by the viewer."""

    what: str
    """What is to be done or awaited, as a sentence without the name of the school and without a finding."""
    school: str
    """Name of the school; empty where it is about none. Shown in the site, never sent by e-mail."""
    urn: int | None
    due: date | None
    """The day by which; None where it can be done now and has no day."""
    href_name: str
    """Name of the address, with `href_args`."""
    href_args: tuple[int | str, ...] = ()
    kind: DueKind = DueKind.OTHER
    since: date | None = None
    """The day from which it waits, where that is known."""
    for_whom: str = ""
    """Who is to act, in words; empty where it is the viewer."""
    about: str = ""
    """What tells it from other things of its kind at the same address on the same day; never shown."""

    @property
    def key(self) -> str:
        """What tells it from everything else that waits; another day makes it another item."""
        named = "/".join(str(part) for part in (self.href_name, *self.href_args, self.about) if part != "")
        days = ":".join(day.isoformat() if day else "" for day in (self.since, self.due))
        return f"{self.kind}:{named}:{days}"

    def is_overdue(self, on: date) -> bool:
        """Return whether its day is over."""
        return self.due is not None and self.due < on

    def urgency(self, on: date) -> str:
        """Return how pressing it is on a day, in words."""
        if self.due is None:
            return "No day set"
        days = (self.due - on).days
        if days < 0:
            return f"Overdue by {_days(-days)}"
        if days == 0:
            return "Due today"
        return f"Due soon, in {_days(days)}" if self.due <= on + SOON else f"Due in {_days(days)}"


def in_order(items: Iterable[DueItem]) -> tuple[DueItem, ...]:
    """Return items with the earliest day first, those without a day last."""
    return tuple(sorted(items, key=lambda each: (each.due or date.max, each.school, each.what, each.key)))


def _days(count: int) -> str:
    """Return a number of days in words; long ones in months or years, since nobody counts thousands."""
    if count >= 2 * 365:
        return f"{count // 365} years"
    if count > _MOST_DAYS:
        return f"{count // 30} months"
    return "1 day" if count == 1 else f"{count} days"
