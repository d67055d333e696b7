"""The list of schools: filtered, sorted, with its sentence; and what a search finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from steward.access.permissions import Viewer
from steward.pages.queries import filters, outcomes, rows
from steward.pages.queries.filters import NOT_ASKED, NOT_COVERED, NOT_SETTLED, SchoolFilter
from steward.pages.queries.measures import ABSENCE, ROLL
from steward.pages.queries.rows import Listed, SchoolRow
from steward.register import queries as register
from steward.vocabulary.identifiers import NotAnIdentifier, parse_urn
from steward.vocabulary.phases import Governance, Phase, Standing

NAME, PHASE, PROPOSAL, INSPECTED, HEADLINE = "name", "phase", "proposal", "inspected", "measure"
SORTS = (NAME, PHASE, PROPOSAL, INSPECTED, ROLL, HEADLINE, ABSENCE)
_PHASE_ORDER = {phase: order for order, phase in enumerate(Phase)}

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter of this list can ask for: only what some school of the authority has."""

    phases: tuple[Phase, ...]
    governance: tuple[Governance, ...]
    types: tuple[str, ...]
    wards: tuple[str, ...]
    trusts: tuple[str, ...]
    outcomes: tuple[str, ...]
    proposals: Mapping[str, str]
    """Labels by key, most concern first; empty for those who may not see proposals."""


@dataclass(frozen=True, slots=True)
class SchoolList:
    """The schools that were asked for, all of them and in order, and how that is said."""

    listed: Listed
    chosen: SchoolFilter
    sort: str
    rows: tuple[SchoolRow, ...]
    words: str
    """Follows the count: "in Leeds: open, primary"."""

    @property
    def one_headline(self) -> str:
        """The code of the headline measure where all schools listed have the same, else empty."""
        codes = {row.headline for row in self.rows if row.headline}
        return codes.pop() if len(codes) == 1 else ""


def choices_of(listed: Listed) -> Choices:
    """Return what the schools of the authority can be filtered by."""
    found = listed.rows
    return Choices(
        phases=tuple(phase for phase in Phase if any(row.phase is phase for row in found)),
        governance=tuple(each for each in Governance if any(row.governance is each for row in found)),
        types=_named(row.type for row in found),
        wards=_named(row.ward for row in found),
        trusts=_named(row.trust for row in found),
        outcomes=tuple(outcomes.in_order([*(row.inspection.words for row in found), *outcomes.WITHOUT])),
        proposals=proposal_labels(listed),
    )


def proposal_labels(listed: Listed) -> dict[str, str]:
    """Return the proposals a list can be filtered by, in words, most concern first; none if unseen."""
    if listed.proposals is None:
        return {}
    categories = dict(reversed(list(listed.proposals.labels.items())))
    return {**categories, NOT_SETTLED: "Not settled", NOT_COVERED: NOT_ASKED}


def list_of(viewer: Viewer, *, chosen: SchoolFilter, sort: str = NAME) -> SchoolList:
    """Return the schools asked for, sorted by one of `SORTS`, from the highest with "-" before it.

    Raises NothingLoaded or NoAuthority. A filter on proposals finds nothing for who may not see them.
    """
    return listed_by(rows.schools_for(viewer), chosen=chosen, sort=sort)


def listed_by(listed: Listed, *, chosen: SchoolFilter, sort: str = NAME) -> SchoolList:
    """Return those of the schools that are asked for, sorted."""
    kept = [row for row in listed.rows if chosen.keeps(row)]
    words = filters.in_words(chosen, proposal_labels=proposal_labels(listed))
    return SchoolList(
        listed=listed,
        chosen=chosen,
        sort=sort,
        rows=tuple(sorted_by(kept, sort=sort)),
        words=f"in {listed.authority_name}: {words}",
    )


def sorted_by(found: Iterable[SchoolRow], *, sort: str) -> list[SchoolRow]:
    """Return the schools in order; those without what is sorted by come last, whichever way round."""
    by_name = sorted(found, key=lambda row: (row.name.casefold(), row.urn))
    key = _SORT_KEYS[sort.removeprefix("-")]
    having = [row for row in by_name if key(row) is not None]
    without = [row for row in by_name if key(row) is None]
    having.sort(key=lambda row: key(row) or (), reverse=sort.startswith("-"))
    return having + without


def found_by(viewer: Viewer, *, text: str) -> list[SchoolRow]:
    """Return the schools of the authority that a search finds, open ones first. Raises as `list_of`."""
    listed = rows.schools_for(viewer)
    found = [row for row in listed.rows if filters.matches(row, text=text)]
    return sorted(found, key=lambda row: (row.standing is not Standing.OPEN, row.name.casefold()))


def elsewhere(text: str) -> int | None:
    """Return the URN written in `text` when a school of any authority has it, else None."""
    try:
        urn = parse_urn(text)
    except NotAnIdentifier:
        return None
    return urn if register.school(urn) else None


def _named(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=str.casefold))


def _by_name(row: SchoolRow) -> Key:
    return row.name.casefold(), row.urn


def _by_phase(row: SchoolRow) -> Key:
    return (_PHASE_ORDER[row.phase],)


def _by_concern(row: SchoolRow) -> Key | None:
    if row.proposal is None:
        return None
    settled = row.proposal.concern is not None
    return (0, row.proposal.concern or 0, row.proposal.decided_by) if settled else (-1, 0, 0)


def _by_inspection(row: SchoolRow) -> Key | None:
    return None if row.inspection.on is None else (row.inspection.on,)


def _by_headline(row: SchoolRow) -> Key | None:
    """Measures of different kinds are not compared with each other, so phases stay together."""
    measure = row.headline_measure
    return None if measure is None or measure.number is None else (measure.code, measure.number)


def _by_measure(code: str) -> Callable[[SchoolRow], Key | None]:
    def key(row: SchoolRow) -> Key | None:
        measure = row.measures.get(code)
        return None if measure is None or measure.number is None else (measure.number,)

    return key


_SORT_KEYS: dict[str, Callable[[SchoolRow], Key | None]] = {
    NAME: _by_name,
    PHASE: _by_phase,
    PROPOSAL: _by_concern,
    INSPECTED: _by_inspection,
    ROLL: _by_measure(ROLL),
    HEADLINE: _by_headline,
    ABSENCE: _by_measure(ABSENCE),
}
