"""Whether what a report refers to is what it says it is: appendices, counts, background documents."""

import re
from collections.abc import Iterator

from steward.documents.lint.findings import Finding, blocking, warning
from steward.documents.lint.report import Part, Report
from steward.documents.lint.rules import LintRules

_APPENDIX = re.compile(r"\bappendix\s+(\d{1,2})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NUMBER_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_COUNTED = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBER_WORDS[1:])})\s+(?:\w+\s+){{0,3}}?(\w+s|criteria)\b[^.:]*:$",
    re.IGNORECASE,
)
_COMMON = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "to",
        "in",
        "a",
        "an",
        "is",
        "be",
        "will",
        "this",
        "that",
        "see",
        "service",
        "services",
        "on",
        "by",
        "with",
    ]
)
_FITS, _HARDLY = 0.6, 0.34


def appendix_references(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find references to an appendix that is another one, or is not there."""
    if not report.appendices:
        return
    for section, part in report.parts():
        if section.title.lower().startswith("append"):
            continue
        for sentence in _SENTENCE.split(part.text):
            for found in _APPENDIX.finditer(sentence):
                yield from _reference(int(found[1]), sentence=sentence, part=part, report=report)


def _reference(number: int, *, sentence: str, part: Part, report: Report) -> Iterator[Finding]:
    where = _where(part)
    if number not in report.appendices:
        yield blocking(
            "appendix-reference",
            where=where,
            what=f"Appendix {number} is referred to, and the list of appendices has none of that number.",
            mend="Correct the number or add the appendix.",
        )
        return
    fits = {one: _shared(title, sentence=sentence) for one, title in report.appendices.items()}
    best = max(fits, key=lambda one: fits[one])
    if best != number and fits[best] >= _FITS and fits[number] <= _HARDLY:
        yield blocking(
            "appendix-reference",
            where=where,
            what=f"Appendix {number} is referred to for what the list calls appendix {best}: "
            f"“{report.appendices[best]}”.",
            mend=f"Write appendix {best}, or correct the list.",
        )


def _shared(title: str, *, sentence: str) -> float:
    wanted = set(re.findall(r"[a-z-]{4,}", title.lower().split(" - ")[0])) - _COMMON
    held = set(re.findall(r"[a-z-]{4,}", sentence.lower()))
    return len(wanted & held) / len(wanted) if wanted else 0.0


def stated_counts(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a stated number of things that is not the number of points beneath it."""
    for _, part in report.parts():
        told = _COUNTED.search(part.text.strip())
        if told is None or not part.points:
            continue
        stated = int(told[1]) if told[1].isdigit() else _NUMBER_WORDS.index(told[1].lower()) + 1
        if stated != len(part.points):
            yield blocking(
                "stated-count",
                where=_where(part),
                what=f"{stated} {told[2]} are announced and {len(part.points)} points follow.",
                mend="Look for a point that is torn in two or missing, or correct the number.",
            )


def background_documents(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find published works among the background documents, which the law leaves out of the list."""
    for section in report.called("Background documents"):
        for part in section.parts:
            for text in (part.text, *part.points):
                named = next((one for one in rules.published_works if one in text.lower()), "")
                if named and not text.startswith(("\u00b9", "1 ", "The background documents")):
                    yield blocking(
                        "published-work",
                        where=_where(part) or "Background documents",
                        what=f"“{text.strip()}” is a published work, which is not a background document.",
                        mend="Take it out of the list; it may be named in the text.",
                    )


def superseded_works(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a work that another had taken the place of when the report was made."""
    for work in rules.superseded:
        if (
            report.dated is None
            or report.dated < work.from_
            or work.unless.lower() in _near(report, work.phrase)
        ):
            continue
        first = next((part for _, part in report.parts() if work.phrase.lower() in part.text.lower()), None)
        if first is not None:
            yield warning(
                "superseded",
                where=_where(first),
                what=f"The {work.phrase} is cited without a version; "
                f"{work.by} took the place of an earlier one.",
                mend="Say which version is meant, and what the newer one changes.",
            )


def _near(report: Report, phrase: str) -> str:
    """Return the words around each place where the phrase stands."""
    text = " ".join(report.text.lower().split())
    places = [found.start() for found in re.finditer(re.escape(phrase.lower()), text)]
    return " ".join(text[max(0, place - 40) : place + len(phrase) + 60] for place in places)


def _where(part: Part) -> str:
    return f"Paragraph {part.number}" if part.number else f"“{part.text[:60].strip()}”"
