"""The words in which units, polarities, versions and bases are said on the pages of evidence."""

from steward.analysis.indicators.values import VERSIONS
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.phases import Phase

_UNITS = {
    "percent": "Percent",
    "points": "Points",
    "score": "Score",
    "ratio": "Ratio",
    "pounds": "Pounds",
    "pupils": "Number of pupils",
}
_POLARITIES = {
    "high": "A higher figure is better",
    "low": "A lower figure is better",
    "none": "Neither a high nor a low figure is better",
}
_VERSIONS = {
    "early": ("Early", "the publisher's first figures, before schools have checked them"),
    "provisional": ("Provisional", "published before the publisher's last corrections"),
    "revised": ("Revised", "corrected after the provisional figures"),
    "final": ("Final", "the publisher's last word"),
    "derived": ("Derived", "compiled by somebody else from published figures"),
}
_AREA_METHODS = {
    "cohort_mean": "The mean of the schools' figures, each counted by its pupils in the measure.",
    "ratio": "The sum of the schools' numerators divided by the sum of their denominators.",
    "sum": "The sum of the schools' figures.",
    "none": "It is not worked out from schools: only published figures of areas are shown.",
}
THEMES = {
    "attainment": "Attainment",
    "progress": "Progress",
    "attendance": "Attendance and exclusion",
    "pupils": "Pupils and context",
    "workforce": "Workforce",
    "money": "Money",
    "destinations": "Destinations",
}
"""The themes of indicators in the order of the catalogue."""
_LEVELS = {Level.AUTHORITY: "Local authority", Level.REGION: "Region", Level.ENGLAND: "England"}


def unit(name: str) -> str:
    """Return the unit of an indicator in words."""
    return _UNITS[name]


def polarity(name: str) -> str:
    """Return which way is good."""
    return _POLARITIES[name]


def version(name: str) -> str:
    """Return the word of a version."""
    return _VERSIONS[name][0] if name in _VERSIONS else name.capitalize()


def version_meaning(name: str) -> str:
    """Return what a version is, as a clause."""
    return _VERSIONS[name][1] if name in _VERSIONS else "a version this page has no words for"


def versions() -> list[tuple[str, str]]:
    """Return each version and what it is, from the weakest to the strongest."""
    return [
        (word, f"{meaning[0].upper()}{meaning[1:]}.")
        for word, meaning in (_VERSIONS[name] for name in VERSIONS)
    ]


def area_method(name: str) -> str:
    """Return how an area figure is worked out from schools, as a sentence."""
    return _AREA_METHODS[name]


def basis(chosen: Basis) -> str:
    """Return whether a figure was published or computed, as a word."""
    return "Published" if chosen is Basis.PUBLISHED else "Computed here"


def level(chosen: Level) -> str:
    """Return the level of an area in words."""
    return _LEVELS[chosen]


def phase(name: str) -> str:
    """Return the phase of an area figure in words; "all" is all phases of the measure."""
    return "All phases" if name == "all" else Phase(name).label


def years(found: tuple[int, ...]) -> str:
    """Return academic years (by the year of their end) in words: runs are joined, gaps are named."""
    if not found:
        return "None loaded"
    runs: list[list[int]] = []
    for year in sorted(set(found)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    return str(AcademicYear(run[0])) if len(run) == 1 else f"{run[0] - 1} to {run[-1]} ({len(run)} years)"
