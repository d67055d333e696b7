"""The audit log in sentences, with names for people and schools."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steward.access import queries as access
from steward.audit import queries as audit
from steward.audit.models import AuditEvent
from steward.audit.queries import Verdict, Wanted
from steward.register import queries as register

_KEY = re.compile(r"[a-z]+(_[a-z]+)+")
"""A word of the code, such as school_user."""
_URNS = ("urn", "school", "school_urn")


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as a sentence."""

    event: AuditEvent
    what: str
    """What was done, as the middle of a sentence after the name of who did it."""
    urn: int | None
    """The school it was about, where it was about one."""
    school: str
    details: str


def asked_for(wanted: Wanted) -> Wanted:
    """Return what is asked for, with the verbs whose words have the text in them."""
    text = wanted.text.lower()
    if not text:
        return wanted
    verbs = tuple(verb for verb in audit.verbs_told_of() if text in audit.what(verb, subject="").lower())
    return Wanted(wanted.who, wanted.app, wanted.text, verbs, wanted.school, wanted.since, wanted.until)


def told(events: Iterable[AuditEvent]) -> list[Happened]:
    """Return events as sentences; names are looked up for all of them at once."""
    listed = list(events)
    urns = {urn for event in listed if (urn := _urn(event)) is not None}
    schools = {urn: school.name for urn, school in register.schools_by_urn(urns).items()}
    people = access.names_of(
        int(event.subject_id)
        for event in listed
        if event.subject_kind == "person" and event.subject_id.isdigit()
    )
    return [_told(event, schools=schools, people=people) for event in listed]


def verdict_on(events: Iterable[AuditEvent], *, whole: bool) -> Verdict | None:
    """Return whether events without gaps are as recorded; None where a filter leaves gaps between them."""
    return audit.verify_events(events) if whole else None


def areas() -> list[tuple[str, str]]:
    """Return the parts of Steward of which there are events, with their words."""
    return audit.areas(audit.apps_told_of())


def _told(event: AuditEvent, *, schools: Mapping[int, str], people: Mapping[int, str]) -> Happened:
    urn = _urn(event)
    name = ""
    if event.subject_kind == "school":
        name = schools.get(urn or 0, "")
    elif event.subject_kind == "person" and event.subject_id.isdigit():
        name = people.get(int(event.subject_id), "")
    subject = audit.subject_of(event.subject_kind, id=event.subject_id, name=name)
    school = schools.get(urn, f"URN {urn}") if urn is not None else ""
    return Happened(event, audit.what(event.verb, subject=subject), urn, school, _details(event))


def _urn(event: AuditEvent) -> int | None:
    if event.subject_kind == "school" and event.subject_id.isdigit():
        return int(event.subject_id)
    given = (event.details.get(name) for name in _URNS)
    return next((one for one in given if isinstance(one, int) and not isinstance(one, bool)), None)


def _details(event: AuditEvent) -> str:
    return "; ".join(
        f"{audit.detail_of(name)}: {_plain(value)}"
        for name, value in event.details.items()
        if value not in (None, "", [], {}) and name not in _URNS
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    text = str(value)
    return text.replace("_", " ") if _KEY.fullmatch(text) else text
