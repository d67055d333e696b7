"""Which schools a list shows, as plain values, with the sentence that says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from steward.pages.queries.rows import SchoolRow
from steward.vocabulary.phases import Governance, Phase, Standing

NOT_SETTLED = "not-settled"
NOT_COVERED = "not-covered"
"""Stand for the schools whose proposal is not settled, and those the policy is not asked about."""
NOT_ASKED = "Not asked about"
"""What stands in the place of a proposal for a school of a kind the policy is not for, or not open then."""

STANDINGS = {
    Standing.OPEN: "open",
    Standing.CLOSED: "closed",
    Standing.PROPOSED: "proposed to open",
    Standing.UNKNOWN: "not in the newest register",
}
"""Standings in words."""


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What was asked for: an empty part leaves nobody out, but only open schools unless told otherwise."""

    text: str = ""
    phases: tuple[Phase, ...] = ()
    governance: tuple[Governance, ...] = ()
    proposals: tuple[str, ...] = ()
    """Keys of categories, NOT_SETTLED or NOT_COVERED."""
    outcomes: tuple[str, ...] = ()
    """Latest inspection outcomes in words."""
    type: str = ""
    ward: str = ""
    trust: str = ""
    standings: tuple[Standing, ...] = (Standing.OPEN,)

    def keeps(self, row: SchoolRow) -> bool:
        """Return whether the school is asked for."""
        return (
            row.standing in self.standings
            and (not self.phases or row.phase in self.phases)
            and (not self.governance or row.governance in self.governance)
            and (not self.outcomes or row.inspection.words in self.outcomes)
            and all(_same(wanted, own) for wanted, own in self._exact(row))
            and (not self.proposals or _proposal_key(row) in self.proposals)
            and (not self.text or matches(row, text=self.text))
        )

    def _exact(self, row: SchoolRow) -> Iterator[tuple[str, str]]:
        yield self.type, row.type
        yield self.ward, row.ward
        yield self.trust, row.trust


def matches(row: SchoolRow, *, text: str) -> bool:
    """Return whether a name, part of a name, URN, LAESTAB, postcode or trust is that of the school."""
    wanted = " ".join(text.casefold().split())
    tight = wanted.replace(" ", "").replace("/", "")
    if tight.isdigit():
        return str(row.urn) == tight or row.laestab.replace("/", "") == tight
    postcode = row.postcode.casefold().replace(" ", "")
    if postcode and tight and postcode.startswith(tight):
        return True
    named = f"{row.name} {row.trust}".casefold()
    return all(word in named for word in wanted.split())


def in_words(chosen: SchoolFilter, *, proposal_labels: dict[str, str]) -> str:
    """Return the filter in words: "open, primary or nursery, in the ward Headingley"."""
    return ", ".join(part for part in _parts(chosen, proposal_labels=proposal_labels) if part)


def _parts(chosen: SchoolFilter, *, proposal_labels: dict[str, str]) -> Iterator[str]:
    everything = set(chosen.standings) == set(Standing)
    yield "whether open or not" if everything else _either(STANDINGS[each] for each in chosen.standings)
    yield _either(each.label.lower() for each in chosen.phases)
    yield _either(each.label.lower() for each in chosen.governance)
    yield _after("of the type ", chosen.type)
    yield _after("in the ward ", chosen.ward)
    yield _after("in the trust ", chosen.trust)
    labels = (_quoted(proposal_labels.get(key, key)) for key in chosen.proposals)
    yield _after("with the proposal ", _either(labels))
    yield _after("with the latest inspection ", _either(map(_quoted, chosen.outcomes)))
    yield _after("matching ", _quoted(chosen.text))


def _proposal_key(row: SchoolRow) -> str:
    if row.proposal is None:
        return NOT_COVERED
    return row.proposal.category or NOT_SETTLED


def _same(wanted: str, own: str) -> bool:
    return not wanted or wanted == own


def _after(start: str, words: str) -> str:
    return f"{start}{words}" if words else ""


def _either(words: Iterable[str]) -> str:
    found = list(words)
    return f"{', '.join(found[:-1])} or {found[-1]}" if len(found) > 1 else "".join(found)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""
