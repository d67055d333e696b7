"""A policy held against what came after: printed as a document from whatever files are loaded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from steward.analysis.rules import wording
from steward.analysis.rules.columnar.evaluating import NO_CATEGORY, Proposed
from steward.categorisation.workbench import books, foresight
from steward.categorisation.workbench.evidence import Ground, ground, proposed
from steward.categorisation.workbench.foresight import NextInspection, Record
from steward.categorisation.working_out import NOT_SETTLED
from steward.evidence.queries import releases
from steward.interface import markdown
from steward.register import queries as register
from steward.vocabulary.phases import Phase

Found = Mapping[int, NextInspection]

_READING = """
Less than good is taken as expected from a support category on; the table has a line for each place where the
line could be drawn. Agreed: good or better was expected and found, or less than good was expected and found.
Missed: good or better was expected, and it was less than good. Over-called: less than good was expected, and
it was good or better. A school that is not settled has no view. The interval is Wilson's, at 95%.

The next full inspection after the day is read, also under the URN of a school that carried the school on, and
only where it says whether the school is good. Each outcome is read in its own framework.
"""
_LIMITS = """
A support category is not a forecast of an inspection: it says how much help a school needs. A school that
needs help and gets it may well be good when it is inspected.

Schools are inspected sooner where inspectors see risk. Those inspected in two years are not like all.

What councils know beside published files (leadership, governance, safeguarding, advisers' views) is not in
the files. Rules that read it are answered as if nothing were on record.

Only inspections in the files named below are counted. More lists would hold a few more.

The policy was written in 2026, with the years since in view. It is no test of a forecast.

The register is that of a later day, with the dates on which schools opened and closed. What a school was
called, and whether it was an academy, is taken from it.
"""


def case_document(*, policy: str, as_at: date, untils: Sequence[date], printed_on: date) -> str:
    """Return how a policy would have placed the schools served on a day, and what inspections then found.

    Raises CannotPropose or NothingLoaded where it cannot be asked, KeyError without such a policy.
    """
    on = ground(as_at)
    book = books.book(policy)
    found = {until: foresight.next_inspections(on.schools, after=as_at, until=until) for until in untils}
    asked = proposed(book, on=on)
    served = register.served_authority()
    place = served.name if served else "the authority"
    blocks = [
        markdown.heading(f"The case of {as_at.year + 1}: a policy held against what came after", level=1),
        _about(asked, place=place, printed_on=printed_on),
        markdown.heading(f"What was proposed as at {wording.day(as_at)}", level=2),
        _categories(asked),
        *_each(asked, found=found, on=on),
        markdown.heading("How to read it", level=2),
        *_paragraphs(_READING),
        markdown.heading("What it does not show", level=2),
        markdown.bullets(_paragraphs(_LIMITS)),
        markdown.heading("From these files", level=2),
        markdown.bullets(f"{each.title} ({each.file_name})" for each in releases.live()),
    ]
    return markdown.document(blocks)


def _about(asked: Proposed, *, place: str, printed_on: date) -> str:
    ruleset = asked.ruleset
    settled = int((asked.settled & asked.covered).sum())
    schools = int(asked.covered.sum())
    return (
        f"Printed on {wording.day(printed_on)} by a program, from published files. The policy "
        f"“{ruleset.title}”, version {ruleset.version}, was asked about the {schools} schools of {place} "
        f"that were open on {wording.day(asked.columns.as_at)} and for which it is meant. {settled} are "
        f"settled; for {schools - settled} an officer would have to answer, because something not known "
        "could mean more concern."
    )


def _paragraphs(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


def _categories(asked: Proposed) -> str:
    phases = [
        phase for phase in Phase if any(_in(asked, place, phase) for place in range(len(asked.columns)))
    ]
    columns = ["Support category (council)", "Schools", *(phase.label for phase in phases)]
    return markdown.table(columns, list(_category_rows(asked, phases=phases)))


def _category_rows(asked: Proposed, *, phases: Sequence[Phase]) -> Iterator[list[str]]:
    for label, places in _by_category(asked):
        counts = [sum(_in(asked, place, phase) for place in places) for phase in phases]
        yield [label, str(len(places)), *map(str, counts)]


def _by_category(asked: Proposed) -> Iterator[tuple[str, list[int]]]:
    covered = [place for place in range(len(asked.columns)) if asked.covered[place]]
    for concern in reversed(range(len(asked.ruleset.categories))):
        here = [place for place in covered if int(asked.concern[place]) == concern]
        yield asked.ruleset.categories[concern].label, here
    yield NOT_SETTLED, [place for place in covered if int(asked.concern[place]) == NO_CATEGORY]


def _in(asked: Proposed, place: int, phase: Phase) -> bool:
    return bool(asked.covered[place]) and asked.columns.schools[place].phase is phase


def _each(asked: Proposed, *, found: Mapping[date, Found], on: Ground) -> Iterator[str]:
    for until, inspections in found.items():
        span = f"{wording.day(asked.columns.as_at)} to {wording.day(until)}"
        yield markdown.heading(f"What inspections found, {span}", level=2)
        yield markdown.table(
            ["Support category (council)", "Schools", "Inspected", "Good or better", "Less than good"],
            list(_outcome_rows(asked, found=inspections)),
        )
        yield markdown.table(
            [
                "Less than good expected from",
                "Inspected",
                "Agreed",
                "Share agreed (95% interval)",
                "Missed",
                "Over-called",
                "Of those less than good, expected to be",
            ],
            list(_record_rows(asked, found=inspections)),
        )


def _outcome_rows(asked: Proposed, *, found: Found) -> Iterator[list[str]]:
    for label, places in _by_category(asked):
        urns = [int(asked.columns.schools[place].urn) for place in places]
        seen = [found[urn].below_good for urn in urns if urn in found]
        yield [label, str(len(urns)), str(len(seen)), str(len(seen) - sum(seen)), str(sum(seen))]


def _record_rows(asked: Proposed, *, found: Found) -> Iterator[list[str]]:
    for concern in range(1, len(asked.ruleset.categories)):
        label = asked.ruleset.categories[concern].label
        expected = foresight.of_policy(asked, below_from=concern)
        yield [f"“{label}” on", *_record(foresight.record(label, expected=expected, found=found))]


def _record(each: Record) -> list[str]:
    share = foresight.share_in_words(each) or "none"
    caught = f"{each.caught} of {each.found_below_good}"
    return [str(each.inspected), str(each.agreed), share, str(each.missed), str(each.over_called), caught]
