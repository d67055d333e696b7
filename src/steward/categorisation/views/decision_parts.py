"""The parts of the pages of decisions as they are printed."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.urls import reverse

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation import schemes
from steward.categorisation.models import (
    Decision,
    DecisionVersion,
    DisclosureNote,
    Letter,
    LetterKind,
    Override,
)
from steward.categorisation.queries.decisions import Term
from steward.categorisation.queries.letters_due import letter_due
from steward.categorisation.queries.worklist import NOT_STARTED, Line
from steward.categorisation.steps import OPEN, Act, OverrideState, State
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Happening, Table, Tag, Task
from steward.vocabulary.phases import Phase

CSV_HEADER = (
    "urn",
    "school",
    "phase",
    "link_officer",
    "policy_proposes",
    "support_category",
    "state",
    "due",
    "councils_view",
)
_SHAPES = (Concern.NONE, Concern.LOW, Concern.MEDIUM, Concern.HIGH)
_STATES = {
    State.FINAL: Concern.NONE,
    State.AGREED: Concern.LOW,
    State.NOT_AGREED: Concern.HIGH,
    State.NO_ANSWER: Concern.MEDIUM,
    State.SHARED: Concern.LOW,
}


def category_tag(label: str, *, concern: int | None, most: int) -> Tag:
    """Return a support category as a word with the shape of its concern, of `most` at the worst."""
    if concern is None:
        return Tag(label, Concern.UNSETTLED)
    last = len(_SHAPES) - 1
    return Tag(label, _SHAPES[round(concern * last / most) if most else 0])


def state_tag(state: str) -> Tag:
    """Return where a decision stands as a word."""
    if state == NOT_STARTED:
        return Tag("Not started", Concern.PLAIN)
    return Tag(State(state).label, _STATES.get(State(state), Concern.UNSETTLED))


def worklist_table(found: Iterable[Line], *, sorted_by: str) -> Table:
    """Return schools with what is proposed, what was decided and where it stands."""
    columns = (
        Column("School", sort="name"),
        Column("Phase"),
        Column("Policy proposes", sort="proposed"),
        Column("Officers decided"),
        Column("Where it stands", sort="state"),
        Column("Day", sort="due"),
    )
    rows = tuple(
        (
            Cell(line.name, href=reverse("categorisation:decision", args=(line.urn,)), note=line.officer),
            Phase(line.phase).label,
            category_tag(line.proposed, concern=line.proposed_concern, most=line.most_concern),
            category_tag(line.decided, concern=line.decided_concern, most=line.most_concern)
            if line.decided
            else "Not yet",
            state_tag(line.state),
            _due_cell(line),
        )
        for line in found
    )
    return Table("Schools", columns, rows, sorted_by=sorted_by, hide_caption=True)


def csv_row(line: Line) -> tuple[object, ...]:
    """Return a school as a row of a file."""
    return (
        line.urn,
        line.name,
        Phase(line.phase).label,
        line.officer or "Not recorded",
        line.proposed,
        line.decided or "Not yet",
        line.state_label,
        line.due.isoformat() if line.due else "None",
        "yes" if line.council_view else "no",
    )


def facts_of(decision: Decision, *, version: DecisionVersion, override: Override | None) -> list[Fact]:
    """Return what stands at the head of a decision."""
    most = len(decision.categories) - 1
    tag = category_tag(decision.label, concern=decision.concern, most=most)
    facts = _overriding(override, most=most) if override else []
    facts += [Fact("Officers' decision", tag), Fact("Where it stands", state_tag(decision.state))]
    facts += [
        Fact("Policy proposed", decision.suggested_label),
        Fact("Policy", f"{decision.ruleset_title}, version {decision.ruleset_version}"),
        Fact("Support that comes with it", support_of(decision, override=override)),
        Fact("Looked at again by", words.day(decision.review_on)),
        Fact("Written by", f"{version.written_by_name}, {words.day(version.written_at)}"),
    ]
    return facts


def _overriding(override: Override, *, most: int) -> list[Fact]:
    tag = category_tag(override.label, concern=override.concern, most=most)
    until = f"Until {words.day(override.expires_on)}, asked for by {override.officer_name}, confirmed by "
    return [
        Fact("In force for a time", tag),
        Fact("Override", f"{until}{override.second_reader_name}: {override.reason}"),
    ]


def support_of(decision: Decision, *, override: Override | None) -> str:
    """Return what the school receives, by an override in force, or that an academy receives nothing."""
    key = override.category if override else decision.category
    choice = schemes.kept(decision).choice(key)
    if decision.council_view or choice is None:
        return "None: this is the council's view of an academy, which carries no support and no powers."
    return schemes.support_in_words(choice)


def happenings_of(decisions: Iterable[Decision]) -> list[Happening]:
    """Return every step of every decision about a school, the newest first."""
    found = [
        Happening(Act(step.act).label, step.at, step.by_name, step.note)
        for decision in decisions
        for step in decision.steps.all()
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def terms_table(terms: Iterable[Term]) -> Table:
    """Return the support categories that were in force, the newest first."""
    columns = (
        Column("Term"),
        Column("Support category"),
        Column("From"),
        Column("Until"),
        Column("Direction"),
    )
    rows = tuple(
        (
            term.term,
            category_tag(
                term.decision.label,
                concern=term.decision.concern,
                most=len(term.decision.categories) - 1,
            ),
            Cell(words.day(term.from_day), note="; ".join(_overridden(each) for each in term.overrides)),
            words.day(term.until) if term.until else "In force",
            term.direction,
        )
        for term in reversed(list(terms))
    )
    return Table("Support category over terms", columns, rows, hide_caption=True)


_ACTS: tuple[tuple[str, str, Permission, tuple[State, ...]], ...] = (
    ("Write the proposal anew", "choose", Permission.PROPOSE_DECISIONS, (State.PROPOSED,)),
    ("Take it to a moderation meeting", "meetings", Permission.MODERATE_DECISIONS, (State.PROPOSED,)),
    ("Write the disclosure note", "disclosure", Permission.PROPOSE_DECISIONS, ()),
    ("Send the letter to head and chair", "letter", Permission.SHARE_DECISIONS, (State.MODERATED,)),
    (
        "Record an answer that came by letter or e-mail",
        "record-answer",
        Permission.SHARE_DECISIONS,
        (State.SHARED, State.NO_ANSWER),
    ),
    ("Record that the school did not answer", "no-answer", Permission.SHARE_DECISIONS, (State.SHARED,)),
    ("Take a second look", "second-look", Permission.LOOK_AGAIN, (State.NOT_AGREED,)),
    (
        "Make it final",
        "finalise",
        Permission.FINALISE_DECISIONS,
        (State.AGREED, State.NO_ANSWER, State.LOOKED_AT),
    ),
    ("Tell the school by letter", "letter", Permission.SHARE_DECISIONS, (State.FINAL,)),
    ("Override it for a time", "ask-override", Permission.OVERRIDE_DECISIONS, (State.FINAL,)),
)
_WITHOUT_SCHOOL = {"meetings"}
_ORDER = [*OPEN, State.FINAL]
"""The order in which a decision goes through its states."""


_ONLY_IN = {
    "choose": (State.PROPOSED,),
    "record-answer": (State.SHARED, State.NO_ANSWER),
    "second-look": (State.NOT_AGREED, State.LOOKED_AT),
}
"""The states out of which an act is not spoken of."""


def tasks_of(
    decision: Decision,
    *,
    viewer: Viewer,
    letters: Collection[Letter],
    note: DisclosureNote | None,
    today: date,
) -> list[Task]:
    """Return what can be done with a decision and by whom; a locked task says why."""
    due = letter_due(decision, on=today)
    over = any(letter.answer_by is not None and letter.answer_by < today for letter in letters)
    tasks = [
        _task(decision, line=line, viewer=viewer)
        for line in _ACTS
        if not (line[0].startswith("Tell") and (due is None or decision.state != State.FINAL))
        and not (line[1] == "no-answer" and not (over and decision.state == State.SHARED))
        and State(decision.state) in _ONLY_IN.get(line[1], tuple(State))
    ]
    said = {
        "Tell the school by letter": _TELLING.get(due.kind if due else LetterKind.TELLS, ""),
    }
    tasks = [replace(each, name=said.get(each.name) or each.name) for each in tasks]
    if note is not None:
        tasks = [replace(each, status="Complete") if "disclosure" in each.name else each for each in tasks]
    return [*tasks, *_review_task(decision, note=note, viewer=viewer)]


_TELLING = {
    LetterKind.OVERRIDDEN: "Tell the school of the override by letter",
    LetterKind.OVERRIDE_ENDED: "Tell the school by letter that the override has ended",
}


def _review_task(decision: Decision, *, note: DisclosureNote | None, viewer: Viewer) -> list[Task]:
    """Return the review of a note written after the decision was final, by another than its writer."""
    if note is None or note.reviewed_at is not None or decision.state != State.FINAL:
        return []
    name = "Review the disclosure note"
    if not may(viewer, Permission.DISCLOSE_DECISIONS) or note.written_by_id == getattr(viewer, "pk", None):
        return [Task(name, "For others", hint="Another person than who wrote it reviews it.")]
    address = reverse("categorisation:review-disclosure", args=(decision.school_id,))
    return [Task(name, "To do", f"{address}?of=final")]


def _task(
    decision: Decision, *, line: tuple[str, str, Permission, tuple[State, ...]], viewer: Viewer
) -> Task:
    name, address, permission, states = line
    view_final = address == "finalise" and decision.council_view and decision.state == State.MODERATED
    possible = not states or State(decision.state) in states or view_final
    if address == "ask-override" and possible and (live := _live_override(decision)):
        return Task(name, "Cannot start yet", hint=live)
    if possible and may(viewer, permission):
        args = () if address in _WITHOUT_SCHOOL else (decision.school_id,)
        of = "?of=final" if decision.state == State.FINAL and address in _OF_EITHER else ""
        return Task(name, "To do", f"{reverse(f'categorisation:{address}', args=args)}{of}")
    if possible:
        return Task(name, "For others", hint=f"Your role does not let you {permission.words}.")
    if _ORDER.index(State(decision.state)) > max(_ORDER.index(state) for state in states):
        return Task(name, "Complete")
    needed = " or ".join(f"“{state.label}”" for state in states)
    return Task(name, "Cannot start yet", hint=f"It is possible when the decision is {needed}.")


_OF_EITHER = {"letter", "disclosure"}
"""What may be about the final decision while another is being made."""


def _live_override(decision: Decision) -> str:
    """Return why a decision cannot be overridden now; empty where it can."""
    live = decision.overrides.filter(state__in=[OverrideState.WAITING, OverrideState.IN_FORCE]).first()
    if live is None:
        return ""
    if live.state == OverrideState.WAITING:
        return f"An override waits for {live.second_reader_name}."
    return f"An override is in force until {words.day(live.expires_on)}."


def _overridden(override: Override) -> str:
    state = OverrideState(override.state).label.lower()
    return f"Override: {override.label}, last day {words.day(override.expires_on)}, {state}"


def _due_cell(line: Line) -> object:
    if line.due is None:
        return "None"
    note = "Answer by" if line.state == State.SHARED else "Review by"
    return Cell(words.day(line.due), note=note)


def days_from(day: date, *, today: date) -> str:
    """Return how far a day lies ahead or behind, in words."""
    left = (day - today).days
    if left < 0:
        return f"{words.counted(-left, one='day')} ago"
    return "today" if left == 0 else f"in {words.counted(left, one='day')}"
