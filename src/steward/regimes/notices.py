"""Warning notices: which rules are in force on a day, what a notice must hold, and who is sent a copy."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions
from steward.regimes.schools import Circumstance, Giver, SchoolInLaw, refused_by_kind

_WAIT = (
    "The Secretary of State has given a notice to this school; the authority may give none until it is told "
    "that it may."
)


class NoticeKind(StrEnum):
    """What a warning notice is about."""

    PERFORMANCE = "performance_standards_and_safety"
    PAY = "pay_and_conditions"


class Item(Part):
    """Something named in a definition, with the words a reader sees."""

    key: str
    label: str


class Recipient(Item):
    """Whoever must be told, and when."""

    when: Circumstance


class Period(Part):
    """How long a school has: fixed by law in working days, or set by the giver in the notice."""

    fixed_by: Literal["law", "giver"]
    working_days: int | None = None

    @model_validator(mode="after")
    def _days_where_fixed(self) -> Self:
        if (self.fixed_by == "law") != (self.working_days is not None):
            raise ValueError("working_days belong to a period fixed by law, and only to one")
        return self


class Representations(Part):
    """To whom the governing body may object."""

    to: Literal["chief_inspector", "authority"]
    label: str


class NoticeDefinition(Definition):
    """The rules of one kind of warning notice between two dates, by the day it is given."""

    section: str
    kind: NoticeKind
    in_force_from: date
    in_force_to: date | None = None
    guidance: str
    source_url: str
    givers: tuple[Giver, ...]
    grounds: tuple[Item, ...]
    contents: tuple[Item, ...]
    period: Period
    representations: Representations | None = None
    copies: tuple[Recipient, ...]
    window_months: int
    superseded_by_secretary_of_state: bool = False

    def in_force_on(self, day: date) -> bool:
        """Return whether a notice given on `day` is given under these rules."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def copies_for(self, school: SchoolInLaw, *, giver: Giver) -> tuple[Recipient, ...]:
        """Return who must be sent a copy on the day the notice is given."""
        return tuple(one for one in self.copies if school.meets(one.when, giver=giver))


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """What is known of a notice before it is given.

    `contents` are the parts written so far by key; `measures` says for each action required how it will be
    seen to be done; `copies` are those that are ready to be sent on the same day.
    """

    giver: Giver
    grounds: Collection[str]
    contents: Mapping[str, str]
    measures: Mapping[str, str]
    copies: Collection[str]
    compliance_end: date | None = None
    secretary_of_state_notice: bool = False


def read_notices(folders: tuple[Path, ...] = (FOLDER / "notices",)) -> dict[str, NoticeDefinition]:
    """Return the rules of every kind of warning notice by id."""
    return read_definitions(folders, NoticeDefinition)


def rules_for(
    kind: NoticeKind, *, given_on: date, definitions: Iterable[NoticeDefinition]
) -> NoticeDefinition:
    """Return the rules for a notice of this kind given on a day, or raise LookupError in a sentence."""
    for definition in definitions:
        if definition.kind is kind and definition.in_force_on(given_on):
            return definition
    raise LookupError(f"No rules for this kind of warning notice were in force on {given_on:%-d %B %Y}.")


def missing_before_giving(
    draft: DraftNotice, *, school: SchoolInLaw, rules: NoticeDefinition, given_on: date
) -> tuple[str, ...]:
    """Return, each as a sentence, everything that stands in the way of giving the notice on a day."""
    refused = refused_by_kind(school, what="warning notice")
    if refused:
        return (refused,)
    return (
        *_wrong_giver(draft, rules=rules),
        *_without_grounds(draft, rules=rules),
        *(f"Write this part: {one.label}." for one in rules.contents if not _written(draft, part=one)),
        *(f"Say how it will be seen that this is done: {action}." for action in _unmeasured(draft)),
        *_period_faults(draft, rules=rules, given_on=given_on),
        *(
            f"A copy must be sent on the same day to: {one.label}."
            for one in rules.copies_for(school, giver=draft.giver)
            if one.key not in draft.copies
        ),
    )


def _wrong_giver(draft: DraftNotice, *, rules: NoticeDefinition) -> tuple[str, ...]:
    if draft.giver not in rules.givers:
        return ("Only the local authority may give this notice.",)
    if draft.secretary_of_state_notice and draft.giver is Giver.AUTHORITY:
        return (_WAIT,)
    return ()


def _without_grounds(draft: DraftNotice, *, rules: NoticeDefinition) -> tuple[str, ...]:
    known = {one.key for one in rules.grounds}
    if not draft.grounds:
        return ("Choose at least one ground.",)
    return tuple(f"'{key}' is no ground for this notice." for key in draft.grounds if key not in known)


def _written(draft: DraftNotice, *, part: Item) -> bool:
    return bool(draft.contents.get(part.key, "").strip())


def _unmeasured(draft: DraftNotice) -> list[str]:
    return [action for action, measure in draft.measures.items() if not measure.strip()]


def _period_faults(draft: DraftNotice, *, rules: NoticeDefinition, given_on: date) -> tuple[str, ...]:
    if rules.period.fixed_by == "law":
        return ()
    if draft.compliance_end is None:
        return ("Set the last day of the compliance period.",)
    if draft.compliance_end <= given_on:
        return ("The compliance period must end after the day the notice is given.",)
    return ()
