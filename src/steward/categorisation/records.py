"""The answers of a proposal as they are kept: written as JSON, read back as plain values."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from steward.analysis.rules.answers import Answer, Doubt, Finding
from steward.analysis.rules.proposals import RuleOutcome
from steward.vocabulary.values import Reason


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """What one condition found: the figure, the inspection or the fact, and where it stands."""

    answer: Answer
    because: str
    reason: str
    """Why it is unknown, a `Reason` or a `Doubt` by name; empty otherwise."""
    indicator: str
    value: float | None
    cohort: float | None
    period: int | None
    threshold: float | None
    release: str
    row: int | None
    framework: str
    outcome: str
    on: date | None
    urn: int | None = None
    """URN of the school before, where the figure or inspection is under that."""

    @property
    def reason_label(self) -> str:
        """The reason in words; empty when the condition was settled."""
        return _reason_words(self.reason)


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """What one rule, adjuster or signal said of the school."""

    id: str
    kind: str
    title: str
    sentence: str
    answer: Answer
    because: str
    gives: str
    """Key of the category a rule gives; empty for signals and adjusters."""
    findings: tuple[KeptFinding, ...]


def written(outcomes: Iterable[RuleOutcome]) -> list[dict[str, Any]]:
    """Return the outcomes in the kinds of JSON, what two conditions found alike once."""
    return [
        {
            "id": outcome.id,
            "kind": outcome.kind,
            "title": outcome.title,
            "sentence": outcome.sentence,
            "answer": outcome.answer.value,
            "because": outcome.because,
            "gives": outcome.gives or "",
            "findings": [_written(leaf) for leaf in dict.fromkeys(outcome.finding.leaves())],
        }
        for outcome in outcomes
    ]


def read(outcomes: Iterable[dict[str, Any]]) -> tuple[KeptOutcome, ...]:
    """Return the outcomes that `written` wrote."""
    return tuple(
        KeptOutcome(
            **{
                **outcome,
                "answer": Answer(outcome["answer"]),
                "findings": tuple(_read(finding) for finding in outcome["findings"]),
            }
        )
        for outcome in outcomes
    )


def as_plain(outcome: KeptOutcome) -> dict[str, Any]:
    """Return an outcome in the kinds of JSON, as a script is shown it."""
    plain = asdict(outcome)
    for finding in plain["findings"]:
        finding["on"] = finding["on"].isoformat() if finding["on"] else None
    return plain


_KEPT = tuple(field.name for field in fields(KeptFinding))


def _written(finding: Finding) -> dict[str, Any]:
    plain = {name: getattr(finding, name) for name in _KEPT}
    return {
        **plain,
        "answer": finding.answer.value,
        "reason": finding.reason.value if finding.reason else "",
        "on": finding.on.isoformat() if finding.on else None,
    }


def _read(finding: dict[str, Any]) -> KeptFinding:
    on = finding["on"]
    return KeptFinding(
        **{**finding, "answer": Answer(finding["answer"]), "on": date.fromisoformat(on) if on else None}
    )


def _reason_words(reason: str) -> str:
    if not reason:
        return ""
    doubts = {doubt.value: doubt.label for doubt in Doubt}
    return doubts[reason] if reason in doubts else Reason(reason).label
