"""Which publication, layout and year a file is, from its columns, its name and its folder."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from steward.analysis.sources import dates
from steward.analysis.sources.definition import Holds, Layout, SourceDefinition
from steward.analysis.sources.reading import Peek
from steward.vocabulary.academic_year import AcademicYear

_NAMED_AT_MOST = 6
_ENOUGH_ALIKE = 0.2


class NotRecognised(ValueError):
    """The file is none of the publications known; the message names the nearest and what differs."""


class UnknownYear(NotRecognised):
    """The publication is known, but its year is not said, is not that given or is covered by no layout."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: a layout of a publication, and the year or day it is about."""

    source: SourceDefinition
    layout: Layout
    period: AcademicYear | None
    as_at: date | None
    version: str

    @property
    def label(self) -> str:
        """The publication, its year or day and its version, in words."""
        about = ""
        if self.as_at is not None:
            about = f" as at {self.as_at.day} {self.as_at:%B %Y}"
        elif self.period is not None:
            about = f", {self.period}"
        return f"{self.source.title}{about} ({self.version})"

    @property
    def is_used(self) -> bool:
        """Whether this version reads the publication into the record."""
        return self.source.holds is not Holds.UNUSED


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: SourceDefinition
    layout: Layout

    @property
    def specificity(self) -> tuple[int, int]:
        return (1 if self.layout.name_pattern else 0, len(self.layout.requires))


def recognise(
    found: Peek,
    *,
    sources: Mapping[str, SourceDefinition],
    year: AcademicYear | None = None,
    as_at: date | None = None,
) -> Recognised:
    """Return what the file is; `year` or `as_at` says so where its name and columns do not.

    A publication of one fixed day, or of many years in one file, is what it is whatever `year` says.
    Raises NotRecognised naming the nearest publication and the columns that differ, or UnknownYear
    when the publication is known but its year is not, or when the file says another year than `year`.
    """
    candidates = sorted(
        _candidates(found, sources=sources.values()), key=lambda one: one.specificity, reverse=True
    )
    if not candidates:
        raise NotRecognised(_nearest(found, sources=sources.values()))
    dated = [(one, *_when(found, layout=one.layout, year=year, as_at=as_at)) for one in candidates]
    for candidate, period, day in dated:
        if _covers(candidate, period=period, day=day):
            _refuse_another_year(found, candidate=candidate, period=period, year=year)
            return Recognised(candidate.source, candidate.layout, period, day, candidate.layout.version)
    raise UnknownYear(_unknown_year(found, candidates=candidates, period=dated[0][1], day=dated[0][2]))


def _candidates(found: Peek, *, sources: Iterable[SourceDefinition]) -> Iterator[_Candidate]:
    path = dates.end_of_path(found.path)
    for source in sources:
        for layout in source.layouts:
            header = found.header_at(layout.header_row, sheet=layout.sheet)
            if layout.recognises(header=header, path=path) and (header or layout.name_pattern):
                yield _Candidate(source, layout)


def _refuse_another_year(
    found: Peek, *, candidate: _Candidate, period: AcademicYear | None, year: AcademicYear | None
) -> None:
    """Raise UnknownYear where the file says another year than the one given for files that say none."""
    says = candidate.layout.period.place in ("path", "column") and candidate.source.holds is not Holds.UNUSED
    if says and year is not None and period is not None and period != year:
        raise UnknownYear(
            f"{found.name} is {candidate.source.title}, and its name, folder or columns say that it is of "
            f"{period}, not of {year} as was given. Load it without giving a year, or, if it is of {year}, "
            "put it in a folder named after that year."
        )


def _when(
    found: Peek, *, layout: Layout, year: AcademicYear | None, as_at: date | None
) -> tuple[AcademicYear | None, date | None]:
    """Return the year and the day that the file says it is about, else those given."""
    period, day = _said(found, layout=layout)
    if period is not None or layout.period.place == "columns":
        return period, day
    return year or (AcademicYear.containing(as_at) if as_at else None), as_at


def _said(found: Peek, *, layout: Layout) -> tuple[AcademicYear | None, date | None]:
    lone_begins = layout.period.value == "begins"
    if layout.period.place == "fixed":
        written = layout.period.value
    elif layout.period.place == "path":
        written = dates.end_of_path(found.path)
    else:
        written = _first_cell(found, layout=layout)
    day = dates.day_in(written)
    if day is not None:
        named = dates.year_in_path(found.path, lone_begins=False) if layout.period.place == "fixed" else None
        return named or AcademicYear.containing(day), day
    if layout.period.place == "path":
        return dates.year_in_path(found.path, lone_begins=lone_begins), None
    return dates.year_in(written, lone_begins=lone_begins), None


def _first_cell(found: Peek, *, layout: Layout) -> str:
    header = found.header_at(layout.header_row, sheet=layout.sheet)
    if layout.period.column not in header:
        return ""
    place = header.index(layout.period.column)
    below = found.top_of(layout.sheet)[layout.header_row :]
    return next((row[place].strip() for row in below if len(row) > place and row[place].strip()), "")


def _covers(candidate: _Candidate, *, period: AcademicYear | None, day: date | None) -> bool:
    layout = candidate.layout
    if layout.period.place == "columns" or candidate.source.holds is Holds.UNUSED:
        return True
    if day is not None:
        return layout.covers_from <= day <= layout.covers_to
    return period is not None and layout.covers_from <= period.last_day <= layout.covers_to


def _unknown_year(
    found: Peek, *, candidates: list[_Candidate], period: AcademicYear | None, day: date | None
) -> str:
    title = candidates[0].source.title
    if period is None and day is None:
        return (
            f"{found.name} is {title}, but neither its name, its folder nor its columns say of which year. "
            "Put it in a folder named after the year, such as 2018-2019, or give the year."
        )
    spans = [one.layout for one in candidates if one.source is candidates[0].source]
    said = f"{day.day} {day:%B %Y}" if day else str(period)
    return (
        f"{found.name} is {title} of {said}, a year whose columns this version does not know: it knows "
        f"{min(one.covers_from for one in spans):%B %Y} to {max(one.covers_to for one in spans):%B %Y}. "
        "Add a layout for that year to the definition of the publication, or check the name of its folder."
    )


def _nearest(found: Peek, *, sources: Iterable[SourceDefinition]) -> str:
    header = set(found.header)
    ranked = [
        (_likeness(header, layout=layout), source, layout)
        for source in sources
        for layout in source.layouts
        if layout.requires
    ]
    likeness, source, layout = max(ranked, key=lambda one: one[0], default=(0.0, None, None))
    if source is None or layout is None or likeness < _ENOUGH_ALIKE:
        return (
            f"{found.name} is not a publication this version knows: its first columns are "
            f"{_listed(found.header)}. Give the file as DfE or Ofsted publishes it for England."
        )
    missing = [name for name in layout.requires if name not in header]
    extra = [name for name in found.header if name not in layout.columns and name not in layout.requires]
    refused = [name for name in layout.refuses if name in header]
    parts = [f"row {layout.header_row} lacks {_listed(missing)}"] if missing else []
    parts += [f"it also has {_listed(extra)}"] if extra else []
    parts += [f"it has {_listed(refused)}, which that publication has not"] if refused else []
    return (
        f"{found.name} is not a publication this version knows. It is nearest to {source.title} "
        f"({layout.id}), but {'; '.join(parts) or 'its name is another'}. "
        "Give the file as published, with its header unchanged."
    )


def _likeness(header: set[str], *, layout: Layout) -> float:
    known = set(layout.columns) | set(layout.requires)
    required = len(header.intersection(layout.requires)) / len(layout.requires)
    return required * 0.5 + 0.5 * len(header & known) / max(1, len(header | known))


def _listed(names: Iterable[str]) -> str:
    shown = [name or "(no name)" for name in names]
    if not shown:
        return "none"
    more = f" and {len(shown) - _NAMED_AT_MOST} more" if len(shown) > _NAMED_AT_MOST else ""
    return ", ".join(shown[:_NAMED_AT_MOST]) + more
