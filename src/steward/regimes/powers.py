"""Powers over schools eligible for intervention: when one is open, and what must come before its use."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions
from steward.regimes.notices import Recipient
from steward.regimes.schools import Giver, SchoolInLaw, refused_by_kind


class Route(StrEnum):
    """How a school came to be eligible for intervention."""

    PERFORMANCE = "performance_standards_and_safety"
    PAY = "pay_and_conditions"
    CATEGORY = "category"
    NOT_IMPROVING = "not_improving"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return {
            Route.PERFORMANCE: "a warning notice under section 60 not complied with",
            Route.PAY: "a pay and conditions warning notice under section 60A not complied with",
            Route.CATEGORY: "a category of concern given by Ofsted",
            Route.NOT_IMPROVING: "not making necessary improvements",
        }[self]


class Consent(Part):
    """Whose consent a power needs."""

    of: Giver
    label: str


class PowerDefinition(Definition):
    """A power of Part 4, dated."""

    section: str
    in_force_from: date
    in_force_to: date | None = None
    source_url: str
    about: str
    holder: Giver
    opened_by: tuple[Route, ...]
    consult: tuple[Recipient, ...] = ()
    consent: Consent | None = None
    notify: tuple[Recipient, ...] = ()
    members_at_least: int = 0
    windowed: bool
    """Whether, after a warning notice, it can be used only within the window."""
    excluded_during_interim_board: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Why and since when a school is eligible for intervention; `window_end` only after a notice."""

    route: Route
    since: date
    window_end: date | None = None


@dataclass(frozen=True, slots=True)
class PowerUse:
    """What has been done towards the use of a power: days of each step, by the key of who was asked."""

    consulted: Mapping[str, date] = field(default_factory=dict)
    consented_on: date | None = None
    notified: Mapping[str, date] = field(default_factory=dict)
    members: int = 0


def read_powers(folders: tuple[Path, ...] = (FOLDER / "powers",)) -> dict[str, PowerDefinition]:
    """Return every power by id."""
    return read_definitions(folders, PowerDefinition)


def refusal(
    power: PowerDefinition,
    *,
    school: SchoolInLaw,
    eligibility: Collection[Eligibility],
    on: date,
    interim_board: bool = False,
) -> str:
    """Return why the power is not open on a day, in a sentence, or nothing where it is open."""
    what = f"power to {power.title[0].lower()}{power.title[1:]} ({power.section.split(' of ')[0]})"
    refused = refused_by_kind(school, what=what)
    if refused:
        return refused
    if interim_board and power.excluded_during_interim_board:
        return f"While an interim executive board is in place there is no {what}."
    if not eligibility:
        return f"{school.name} is not eligible for intervention, so there is no {what}."
    opening = [one for one in eligibility if one.route in power.opened_by and one.since <= on]
    if not opening:
        given = " and ".join(one.route.label for one in eligibility)
        return f"{school.name} is eligible by {given}, which does not open the {what}."
    if power.windowed and all(one.window_end is not None and one.window_end < on for one in opening):
        ended = max(one.window_end for one in opening if one.window_end is not None)
        return (
            f"The time for the {what} ended on {ended:%-d %B %Y}; only powers without a limit in time "
            "remain, or a new notice must be given."
        )
    return ""


def missing_before_use(
    power: PowerDefinition, *, school: SchoolInLaw, use: PowerUse, effective_on: date
) -> tuple[str, ...]:
    """Return, each as a sentence, what must still be done before the power takes effect on a day."""
    consulted = _open_items(power.consult, school=school, giver=power.holder, done=use.consulted)
    notified = _open_items(power.notify, school=school, giver=power.holder, done=use.notified)
    late = [
        f"The {step} on {day:%-d %B %Y} comes after the day it takes effect."
        for step, day in _dated(use)
        if day > effective_on
    ]
    return (
        *(f"Consult the {one.label[0].lower()}{one.label[1:]}, and record the day." for one in consulted),
        *_without_consent(power, use=use),
        *(f"Give written notice to the {one.label[0].lower()}{one.label[1:]}." for one in notified),
        *_too_few_members(power, use=use),
        *late,
    )


def _open_items(
    items: tuple[Recipient, ...], *, school: SchoolInLaw, giver: Giver, done: Mapping[str, date]
) -> list[Recipient]:
    return [one for one in items if school.meets(one.when, giver=giver) and one.key not in done]


def _without_consent(power: PowerDefinition, *, use: PowerUse) -> tuple[str, ...]:
    if power.consent is None:
        return ()
    if use.consented_on is None:
        return (f"The consent of the {power.consent.label} is needed; record the day it was given.",)
    early = [key for key, day in use.consulted.items() if day > use.consented_on]
    return ("Those who must be consulted were asked only after consent was given.",) if early else ()


def _too_few_members(power: PowerDefinition, *, use: PowerUse) -> tuple[str, ...]:
    if use.members >= power.members_at_least:
        return ()
    return (f"At least {power.members_at_least} members are needed; {use.members} are named.",)


def _dated(use: PowerUse) -> list[tuple[str, date]]:
    dated = [("consultation", day) for day in use.consulted.values()]
    dated += [("notice", day) for day in use.notified.values()]
    return dated + ([("consent", use.consented_on)] if use.consented_on else [])
