"""Whether a report is built as it should be: numbering, nesting, repeats, recommendations, empty parts."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from steward.documents.lint.findings import Finding, blocking, warning
from steward.documents.lint.report import Part, Report, Section
from steward.documents.lint.rules import LintRules

_LONG = 20
_RECOMMENDATIONS = "Recommendations"


def nesting(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find sections that stand beside the one they belong beneath, and headings numbered as paragraphs."""
    for parent, children in rules.parents.items():
        above = report.called(parent)
        if not above:
            continue
        place = report.sections.index(above[0])
        level = _level(above[0])
        beside = [
            one
            for one in report.sections[place + 1 :]
            if _level(one) <= level and one.title.lower().startswith(children)
        ]
        if beside:
            named = ", ".join(f"{one.number} {one.title}".strip() for one in beside)
            yield blocking(
                "nesting",
                where=f"Section {above[0].number}".strip(),
                what=f"“{above[0].title}” holds only part of what belongs to it; beside it stand: {named}.",
                mend="Number them as its parts.",
            )


def numbering(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find paragraphs whose number is not that of their section, and numbers that are missing or double."""
    for section in report.sections:
        own = section.number.split(".")[0]
        strays = [part.number for part in section.parts if part.number and part.number.split(".")[0] != own]
        if strays and not own:
            yield warning(
                "numbering",
                where=f"“{section.title}”",
                what=f"Paragraph {strays[0]} stands under a heading that has no number.",
                mend=f"Number the heading {strays[0].split('.')[0]}.",
            )
        elif strays:
            yield blocking(
                "numbering",
                where=f"Section {section.number}",
                what=f"Paragraph {strays[0]} does not follow the number of its section.",
                mend="Number the paragraphs again.",
            )
        yield from _out_of_order(section)


def _out_of_order(section: Section) -> Iterator[Finding]:
    last = [int(part.number.split(".")[-1]) for part in section.parts if part.number.count(".") == 1]
    for before, after in pairwise(last):
        if after != before + 1:
            yield blocking(
                "numbering",
                where=f"Section {section.number or section.title}",
                what=f"Paragraph {after} follows paragraph {before}.",
                mend="Number the paragraphs again.",
            )
            return


def repeats(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find paragraphs that say nearly the same as another."""
    long = [
        part
        for section, part in report.parts()
        if len(part.words) >= _LONG and not section.is_called(_RECOMMENDATIONS)
    ]
    for one, other in combinations(long, 2):
        if (
            min(len(one.words), len(other.words)) / max(len(one.words), len(other.words))
            < rules.near_duplicate
        ):
            continue
        alike = SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()
        if alike >= rules.near_duplicate:
            yield warning(
                "repeat",
                where=_named(other),
                what=f"It says nearly the same as {_named(one)[0].lower()}{_named(one)[1:]} "
                f"({alike * 100:.0f}% of the words).",
                mend="Keep one and refer to it.",
            )


def recommendations(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find recommendations that differ between the two places in which they stand."""
    found = report.called(_RECOMMENDATIONS)
    if len(found) < 2:
        return
    first, last = ([" ".join(part.words) for part in section.parts] for section in (found[0], found[-1]))
    if first != last:
        differing = next(
            (number + 1 for number, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]),
            min(len(first), len(last)) + 1,
        )
        yield blocking(
            "recommendations",
            where=f"Sections {found[0].number} and {found[-1].number}",
            what=f"Recommendation {differing} is not the same in its two places.",
            mend="Write them once and repeat them word for word.",
        )


def compulsory_parts(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find compulsory sections that are missing or empty."""
    for title in rules.compulsory:
        sections = report.called(title)
        if not sections:
            what = f"There is no section “{title}”."
        elif not any(part.text or part.points for section in sections for part in section.parts):
            what = f"The section “{title}” is empty."
        else:
            continue
        yield warning("compulsory", where=title, what=what, mend="Write it, or say why it does not apply.")


def pictures(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find pictures without words that stand for them."""
    if report.bare_pictures:
        count = report.bare_pictures
        yield blocking(
            "alternative-text",
            where="Pictures",
            what=f"{count} {'picture has' if count == 1 else 'pictures have'} no alternative text.",
            mend="Say in a sentence what each shows.",
        )


def _level(section: Section) -> int:
    number = re.sub(r"\.0$", "", section.number)
    return number.count(".") if number else 0


def _named(part: Part) -> str:
    return f"Paragraph {part.number}" if part.number else f"The paragraph “{part.text[:40].strip()}…”"
