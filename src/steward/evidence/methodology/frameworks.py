"""The inspection frameworks, each with its own scale, as a document."""

from collections.abc import Iterable, Iterator, Mapping

from steward.evidence.methodology import upkeep
from steward.interface import markdown, words
from steward.regimes.frameworks import InspectionFramework, ScalePoint

_INTRODUCTION = (
    "A school is inspected under the framework in force on the day the inspection begins. Frameworks ask "
    "different questions and have different scales, so an outcome stays in the words of its own framework "
    "and is **never converted** into those of another: “satisfactory” stays “satisfactory” and does not "
    "become “requires improvement”."
)
_SHARES = (
    "Which outcomes count as good or better is a rule of each framework. A school whose latest inspection "
    "was under a framework without such a rule is left out of the share of schools that are good or "
    "better: it counts neither for nor against."
)


def inspection_frameworks(frameworks: Mapping[str, InspectionFramework]) -> str:
    """Return every framework with its dates, scale and rule for good or better, the oldest first."""
    ordered = sorted(frameworks.values(), key=lambda one: (one.in_force_from, one.id))
    return markdown.document(
        (
            markdown.heading("Inspection frameworks", level=1),
            _INTRODUCTION,
            _SHARES,
            *(block for one in ordered for block in _blocks(one)),
        )
    )


def _blocks(one: InspectionFramework) -> Iterator[str]:
    yield markdown.heading(one.title, level=2, anchor=one.id)
    yield one.notes
    yield upkeep.unchecked(one)
    yield markdown.facts(
        (
            ("In force", _in_force(one)),
            ("Grade for the school as a whole", _overall(one)),
            ("Counted as good or better", _good_or_better(one)),
            ("Counted as less than good", _in_words(one.below_good, framework=one)),
            ("Inspectorate", one.publisher),
            ("Source", upkeep.source(one.source_url)),
            ("Looked after by", upkeep.kept(one)),
        )
    )
    yield "The scale, best first:"
    points = sorted(one.scale, key=lambda point: point.rank)
    yield markdown.table(("Outcome", "Printed in files as"), ((p.label, _printed(p)) for p in points))


def _in_force(one: InspectionFramework) -> str:
    began = f"for inspections that began on or after {words.day(one.in_force_from)}"
    return (
        f"{began} and up to {words.day(one.in_force_to)}" if one.in_force_to else f"{began}; still in force"
    )


def _overall(one: InspectionFramework) -> str:
    if one.has_overall:
        return "yes, one of the outcomes below"
    return "none: each area that is inspected has an outcome of its own from the scale below"


def _good_or_better(one: InspectionFramework) -> str:
    named = _in_words(one.good_or_better, framework=one)
    return named or "no rule: schools inspected under it are left out of the share"


def _in_words(outcomes: Iterable[str], *, framework: InspectionFramework) -> str:
    return ", ".join(framework.label_of(outcome) for outcome in outcomes)


def _printed(point: ScalePoint) -> str:
    return ", ".join(markdown.code(mark) for mark in point.marks)
