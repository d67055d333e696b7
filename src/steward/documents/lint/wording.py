"""Whether a report can be understood and does not speak against itself."""

import re
from collections import defaultdict
from collections.abc import Iterator

from steward.documents.lint.findings import Finding, blocking, warning
from steward.documents.lint.report import Part, Report
from steward.documents.lint.rules import LintRules

_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}s?|[A-Z][a-z]?[A-Z]{1,4})\b")
_NOTHING = re.compile(
    r"\b(?:there (?:are|is) no|no)\s+(?:\w+\s+){0,3}?(issues?|implications?|costs?|risks?)\b", re.IGNORECASE
)
_BUT = re.compile(
    r"\b(?:however|but|although|nevertheless)\b[^.]*\b"
    r"(?:increas\w*|reduc\w*|cut\w*|cost\w*|saving\w*|risk\w*|pressure\w*|shortfall\w*|resources?)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent)")
_COMPARED = re.compile(
    r"\b(?:england|national|nationally|compared|than|from|average|neighbours?|source|region)\b", re.IGNORECASE
)
_ARROWS = re.compile(r"[\u2190-\u21ff\u25b2\u25bc\u25b3\u25bd\u2b06\u2b07\U0001f534\U0001f7e2\U0001f7e1]")
_RISK = re.compile(r"\brisks?\b", re.IGNORECASE)
_STATED_RISK = re.compile(
    r"\brisks?\s+(?:that|of|to|is|are|include)\b(?!.*\bwill be updated\b)", re.IGNORECASE
)
_SENTENCES = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_ENOUGH_WORDS = 100


def abbreviations(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find abbreviations that are not explained, and two spellings of one."""
    text = report.text
    used = {
        found
        for found in _ABBREVIATION.findall(text)
        if found.rstrip("s").isupper() or any(c.islower() for c in found)
    }
    bare = sorted(
        one
        for one in {word.rstrip("s") for word in used} - rules.known_abbreviations
        if f"({one})" not in text and f"({one}s)" not in text and not _is_shouted(one, text=text)
    )
    if bare:
        yield warning(
            "abbreviation",
            where="Whole report",
            what=f"Not explained: {', '.join(bare)}.",
            mend="Write each out where it first stands, with the short form in brackets.",
        )
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for one in {word.rstrip("s") for word in used}:
        alike["".join(sorted(one))].add(one)
    for forms in alike.values():
        if len(forms) > 1 and len(next(iter(forms))) > 3:
            yield blocking(
                "abbreviation-spelling",
                where="Whole report",
                what=f"{' and '.join(sorted(forms))} look like two spellings of one abbreviation.",
                mend="Use one.",
            )


def _is_shouted(word: str, *, text: str) -> bool:
    """Return whether the word is an ordinary one in capitals, as in a heading."""
    return len(word) > 3 and bool(re.search(rf"\b{word.capitalize()}\b|\b{word.lower()}\b", text))


def contradictions(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a section that says there is nothing, and goes on to say what there is."""
    for section, part in report.parts():
        nothing = _NOTHING.search(part.text)
        if nothing and _BUT.search(part.text[nothing.end() :]):
            yield blocking(
                "contradiction",
                where=_where(part),
                what=f"It says that there are no {nothing[1].lower()}, and then names something that bears "
                f"on “{section.title}”.",
                mend="Say what bears on it and what follows, or take the first sentence out.",
            )


def unstated_risks(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a section on risks that names none."""
    for section in report.called("Risk"):
        text = " ".join(part.text for part in section.parts)
        if _RISK.search(text) and not _STATED_RISK.search(text) and not _NOTHING.search(text):
            yield warning(
                "no-risk-stated",
                where=f"Section {section.number or section.title}",
                what="It speaks of risks and names none.",
                mend="Name the risks and what is done about them, or say that there are none.",
            )


def bare_figures(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find percentages with neither source nor anything to compare them with."""
    for _, part in report.parts():
        if _PERCENT.search(part.text) and not _COMPARED.search(part.text):
            yield warning(
                "bare-figure",
                where=_where(part),
                what="It gives a percentage without a source or a comparison.",
                mend="Say whose figure it is, of which year, and what it stands beside.",
            )


def signs_without_words(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find arrows and coloured signs that stand in the place of words."""
    for _, part in report.parts():
        if any(_ARROWS.search(text) for text in (part.text, *part.points)):
            yield warning(
                "sign-without-words",
                where=_where(part),
                what="An arrow or a coloured sign carries meaning.",
                mend="Say in a word whether it is better or worse.",
            )


def reading_ease(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a report that is very hard to read, by Flesch's formula of 1948."""
    text = " ".join(part.text for _, part in report.parts() if len(part.words) > 5)
    words = re.findall(r"[A-Za-z]+", text)
    sentences = max(1, len(_SENTENCES.findall(text)))
    if len(words) < _ENOUGH_WORDS:
        return
    syllables = sum(max(1, len(_VOWELS.findall(word.lower().removesuffix("e")))) for word in words)
    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)
    if ease < rules.hardest_reading_ease:
        yield warning(
            "reading-ease",
            where="Whole report",
            what=f"It is very hard to read (Flesch reading ease {ease:.0f}; "
            f"{len(words) / sentences:.0f} words a sentence).",
            mend="Shorten the sentences and use shorter words.",
        )


def _where(part: Part) -> str:
    return f"Paragraph {part.number}" if part.number else f"“{part.text[:60].strip()}”"
