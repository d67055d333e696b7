"""Every check, asked of one report."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from steward.documents.lint import dates, references, structure, wording
from steward.documents.lint.findings import Finding
from steward.documents.lint.report import Report, report_of
from steward.documents.lint.rules import LintRules, Weight
from steward.documents.word.reading import NotWord, lines_of_word

Check = Callable[..., Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    references.appendix_references,
    references.stated_counts,
    references.background_documents,
    references.superseded_works,
    structure.nesting,
    structure.numbering,
    structure.repeats,
    structure.recommendations,
    structure.compulsory_parts,
    structure.pictures,
    wording.abbreviations,
    wording.contradictions,
    wording.unstated_risks,
    wording.bare_figures,
    wording.signs_without_words,
    wording.reading_ease,
    dates.plans,
    dates.consultations,
    dates.order,
)


class NotReadable(ValueError):
    """The file holds no report that can be read; the message says why."""


def findings_in(report: Report, *, rules: LintRules) -> tuple[Finding, ...]:
    """Return everything found, what blocks first, in the order of the checks."""
    found = [finding for check in CHECKS for finding in check(report, rules=rules)]
    return tuple(sorted(found, key=lambda one: one.weight is not Weight.BLOCKING))


def read_report(file: Path, *, dated: date | None = None) -> Report:
    """Return the report in a Word file or a text. Raises NotReadable."""
    if file.suffix.lower() == ".docx":
        try:
            lines, bare = lines_of_word(file.read_bytes())
        except NotWord as fault:
            raise NotReadable(f"{file.name}: {fault}") from fault
        return report_of(lines, dated=dated, bare_pictures=bare)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotReadable(
            f"{file.name} is neither a Word document (.docx) nor text in UTF-8: save it as one of them."
        ) from fault
    if not text.strip():
        raise NotReadable(f"{file.name} is empty.")
    return report_of(text.splitlines(), dated=dated)
