"""The list of schools to decide on: what is proposed, what was decided, and where each stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation.models import Decision, Letter, LetterKind, Proposal
from steward.categorisation.queries.decisions import proposals_to_decide_on, visible_to
from steward.categorisation.steps import OPEN, State
from steward.register import queries as register
from steward.vocabulary.phases import Governance

NOT_STARTED = "not_started"
SORTS = ("name", "proposed", "state", "due")
_ORDER = [NOT_STARTED, *(state.value for state in State)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which schools to list; empty fields ask for all."""

    text: str = ""
    state: str = ""
    phase: str = ""
    officer: str = ""
    review_by: date | None = None
    """Only final decisions that are to be looked at again by this day."""


@dataclass(frozen=True, slots=True)
class Line:
    """A school with what the policy proposes, and the decision that is being made or else the final one."""

    urn: int
    name: str
    phase: str
    officer: str
    """Name of the link officer; empty where there is none."""
    proposed: str
    proposed_concern: int | None
    most_concern: int
    decided: str
    """Label of the decision at hand; empty where none was begun."""
    decided_concern: int | None
    state: str
    due: date | None
    council_view: bool

    @property
    def state_label(self) -> str:
        """The state in words."""
        return "Not started" if self.state == NOT_STARTED else State(self.state).label


def lines(authority: str, *, viewer: Viewer, wanted: Wanted, sorted_by: str = "name") -> list[Line]:
    """Return the schools that fit, sorted; nothing to who may not see decisions."""
    if not may(viewer, Permission.VIEW_DECISIONS):
        return []
    found = [line for line in _all(authority, viewer=viewer) if _fits(line, wanted=wanted)]
    key = sorted_by.removeprefix("-")
    found.sort(key=lambda line: line.name)
    found.sort(key=lambda line: _sort_key(line, key=key), reverse=sorted_by.startswith("-"))
    return found


def counts_by_state(found: Iterable[Line]) -> dict[str, int]:
    """Return how many schools are in each state, in the order in which a decision goes through them."""
    counted = Counter(line.state for line in found)
    return {state: counted[state] for state in _ORDER if counted[state]}


def officers(authority: str) -> list[str]:
    """Return the names of the link officers of an authority."""
    return sorted({str(each.person) for each in register.link_officers(authority)})


def _all(authority: str, *, viewer: Viewer) -> list[Line]:
    proposals = proposals_to_decide_on(authority)
    hand: dict[int, Decision] = {}
    seen = visible_to(viewer).select_related(None).select_related("school")
    for decision in seen.filter(authority=authority, state__in=[*OPEN, State.FINAL]):
        kept = hand.get(decision.school_id)
        if kept is None or kept.state == State.FINAL:
            hand[decision.school_id] = decision
    asked = Letter.objects.filter(decision__in=[each.pk for each in hand.values()], kind=LetterKind.ASKS)
    answers = {letter.decision_id: letter.answer_by for letter in asked.only("decision_id", "answer_by")}
    names = register.link_officer_names(list(proposals.keys() | hand.keys()))
    decided = [
        _decided(each, officer=names.get(urn, ""), answer_by=answers.get(each.pk))
        for urn, each in hand.items()
    ]
    waiting = [each for urn, each in proposals.items() if urn not in hand]
    return decided + [_waiting(each, officer=names.get(each.school_id, "")) for each in waiting]


def _waiting(proposal: Proposal, *, officer: str) -> Line:
    return Line(
        urn=proposal.school_id,
        name=proposal.school.name,
        phase=proposal.phase,
        officer=officer,
        proposed=proposal.label,
        proposed_concern=proposal.concern,
        most_concern=len(proposal.run.ruleset_text["categories"]) - 1,
        decided="",
        decided_concern=None,
        state=NOT_STARTED,
        due=None,
        council_view=proposal.governance != Governance.MAINTAINED,
    )


def _decided(decision: Decision, *, officer: str, answer_by: date | None) -> Line:
    keys = [each["key"] for each in decision.categories]
    days = {State.SHARED: answer_by, State.FINAL: decision.review_on}
    return Line(
        urn=decision.school_id,
        name=decision.school.name,
        phase=decision.phase,
        officer=officer,
        proposed=decision.suggested_label,
        proposed_concern=keys.index(decision.suggested) if decision.suggested else None,
        most_concern=len(keys) - 1,
        decided=decision.label,
        decided_concern=decision.concern,
        state=decision.state,
        due=days.get(State(decision.state)),
        council_view=decision.council_view,
    )


def _fits(line: Line, *, wanted: Wanted) -> bool:
    words = wanted.text.lower().split()
    return (
        all(word in line.name.lower() or word == str(line.urn) for word in words)
        and wanted.state in ("", line.state)
        and wanted.phase in ("", line.phase)
        and wanted.officer in ("", line.officer)
        and (wanted.review_by is None or _reviewed_by(line, day=wanted.review_by))
    )


def _reviewed_by(line: Line, *, day: date) -> bool:
    return line.state == State.FINAL and line.due is not None and line.due <= day


def _sort_key(line: Line, *, key: str) -> tuple[int, str]:
    match key:
        case "proposed":
            return (-1 if line.proposed_concern is None else line.proposed_concern, "")
        case "state":
            return (_ORDER.index(line.state), "")
        case "due":
            return (int(line.due is None), line.due.isoformat() if line.due else "")
        case _:
            return (0, line.name)
