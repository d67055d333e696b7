"""What screening found, as values that can be kept and shown."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MOST_PLACES = 50
"""Of each finding at most this many places are kept; `count` has the number of all."""


class Verdict(StrEnum):
    """PASS is told, WARNING is shown, FAIL keeps the file from becoming live."""

    PASS = "pass"  # noqa: S105
    WARNING = "warning"
    FAIL = "fail"


_GRAVITY = (Verdict.PASS, Verdict.WARNING, Verdict.FAIL)

TESTS: Mapping[str, str] = {
    "columns": "The columns are those of the publication",
    "encoding": "Every character could be read",
    "emails": "No cell holds an e-mail address",
    "records": "Every record has as many cells as the header",
    "blank_rows": "No record is blank",
    "completeness": "The file is whole",
    "levels": "Schools and areas are told apart",
    "keys": "Each school has one record",
    "areas": "Each area and phase has one row",
    "urns": "The column of URNs holds URNs",
    "register": "Every school is in the register",
    "authorities": "The authorities are in England",
    "year": "The columns say the same year as the name of the file",
    "marks": "Every cell holds a number or a known mark",
    "ranges": "Every number is possible",
    "suppression": "No figure is published for five pupils or fewer",
    "totals": "Schools add up to the figures of their authority and of England",
    "moves": "Averages have not jumped since the year before",
}
"""Every test that is made, and what it holds when it passes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell or a row of the file."""

    row: int | None
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one test, or of one test on one column."""

    test: str
    verdict: Verdict
    message: str
    advice: str = ""
    """What to do about it."""
    count: int = 0
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A published area figure beside the one worked out from the schools of the same file."""

    level: str
    area: str
    column: str
    published: float
    computed: float
    schools: int
    row: int

    @property
    def difference(self) -> float:
        """Computed less published, in the unit of the column."""
        return self.computed - self.published


@dataclass(frozen=True, slots=True)
class ScreeningReport:
    """All findings about one file; the verdict is that of the gravest."""

    rows: int
    encoding: str
    findings: tuple[Finding, ...]
    means: Mapping[str, float] = field(default_factory=dict)
    """Unweighted mean over schools of each measure, for the screening of the year after."""
    totals: tuple[Total, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of any finding."""
        return max((one.verdict for one in self.findings), key=_GRAVITY.index, default=Verdict.PASS)

    @property
    def sentence(self) -> str:
        """One line about the file: the first failure, the warnings, or that it passed."""
        failed = [one for one in self.findings if one.verdict is Verdict.FAIL]
        if failed:
            return f"{failed[0].message} {failed[0].advice}".strip()
        warned = [one for one in self.findings if one.verdict is Verdict.WARNING]
        rows = counted(self.rows, "row", "rows")
        if not warned:
            return f"{rows}, nothing to note."
        more = f" And {len(warned) - 1} more." if len(warned) > 1 else ""
        return f"{rows}. {warned[0].message}{more}"

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the findings with this verdict."""
        return tuple(one for one in self.findings if one.verdict is verdict)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values that JSON can hold."""
        return {
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "rows": self.rows,
            "encoding": self.encoding,
            "findings": [asdict(one) | {"verdict": one.verdict.value} for one in self.findings],
            "means": dict(self.means),
            "totals": [asdict(one) for one in self.totals],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ScreeningReport":
        """Return the report that `as_json` gave."""
        return cls(
            rows=kept["rows"],
            encoding=kept["encoding"],
            findings=tuple(_finding(one) for one in kept["findings"]),
            means=dict(kept["means"]),
            totals=tuple(Total(**one) for one in kept["totals"]),
        )


def _finding(kept: Mapping[str, Any]) -> Finding:
    places: Iterable[Mapping[str, Any]] = kept["places"]
    return Finding(
        test=kept["test"],
        verdict=Verdict(kept["verdict"]),
        message=kept["message"],
        advice=kept["advice"],
        count=kept["count"],
        places=tuple(Place(**one) for one in places),
    )


def counted(number: int, one: str, many: str) -> str:
    """Return the number with `one` or `many` after it: "1 row has", "1,204 rows have"."""
    return f"{number:,} {one if number == 1 else many}"


def passed(test: str, message: str = "") -> Finding:
    """Return the finding of a test that passed."""
    return Finding(test, Verdict.PASS, message or f"{TESTS[test]}.")
