"""One number in full: what it is, every version of it, which is shown and why, and where each is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.values import VERSIONS
from steward.evidence import catalogues, wording
from steward.evidence.models import DataRelease
from steward.evidence.queries import figures, rows
from steward.evidence.queries.figures import AreaFigure, Figure
from steward.register import queries as register
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.values import Known, Missing, Reason, Value


@dataclass(frozen=True, slots=True)
class Version:
    """A figure as one release gives it; `why` is a sentence on why it is shown or not."""

    value: Value
    version: str
    basis: Basis
    shown: bool
    why: str
    release: str
    release_title: str
    file_name: str
    sha256: str
    row: int | None
    schools: int | None = None
    roll_share: float | None = None
    mark: str = ""
    computed_from: AreaFigure | None = None
    """The figure itself where it was computed, by which the schools behind it are asked for."""
    by_position: bool = False
    """Whether the row prints no code of the authority, which is told from where the row stands."""


@dataclass(frozen=True, slots=True)
class Number:
    """An indicator of a school or an area in a year (by its end), with its versions, the shown one first."""

    of: str
    definition: IndicatorDefinition
    period: int
    versions: tuple[Version, ...]

    @property
    def shown(self) -> Version:
        """The version that pages show."""
        return self.versions[0]

    @property
    def says_pupils(self) -> Version | None:
        """The version that says how many pupils there are: the shown one, else a published one."""
        if self.shown.value.cohort is not None:
            return self.shown
        printed = (one for one in self.versions if one.basis is Basis.PUBLISHED)
        return next((one for one in printed if one.value.cohort is not None), None)

    @property
    def is_small(self) -> bool:
        """Whether the figure rests on fewer pupils than the indicator's smallest cohort."""
        says = self.says_pupils
        return says is not None and (says.value.cohort or 0.0) < self.definition.minimum_cohort

    @property
    def pair(self) -> tuple[Version, Version] | None:
        """The published and the computed figure to be compared: of one release where there are such."""
        known = [one for one in self.versions if isinstance(one.value, Known)]
        pairs = [
            (published, computed)
            for computed in known
            if computed.basis is Basis.COMPUTED
            for published in known
            if published.basis is Basis.PUBLISHED
        ]
        return next((pair for pair in pairs if pair[0].release == pair[1].release), next(iter(pairs), None))


def school_number(urn: int, *, code: str, period: int) -> Number | None:
    """Return the indicator of a school in a year, or None when no live release has it."""
    definition = catalogues.indicators().get(code)
    found = figures.versions_of(urn, indicator=code, period=period) if definition else []
    if definition is None or not found:
        return None
    school = register.school(urn)
    of = school.name if school else f"School {urn}, which is in no register loaded"
    files = _files(found)
    found.sort(key=lambda figure: (not figure.preferred, -_rank(figure.version)))
    if len(found) > 1:
        found = [_with_own_pupils(figure, release=files.get(figure.release)) for figure in found]
    versions = [_version(figure, files=files, why=_why(figure, shown=found[0])) for figure in found]
    return Number(of, definition, period, tuple(versions))


def area_number(level: Level, area: str, *, phase: str, code: str, period: int) -> Number | None:
    """Return the indicator of an area in a year, published and computed, or None when there is neither."""
    definition = catalogues.indicators().get(code)
    if definition is None:
        return None
    found = figures.area_versions(level, area, phase=phase, indicator=code, period=period)
    if not found:
        return None
    files = _files(found)
    found.sort(key=lambda one: (not one.preferred, one.basis is Basis.COMPUTED, -_rank(one.version)))
    shown = found[0]
    versions = [_area_version(figure, files=files, why=_why_area(figure, shown=shown)) for figure in found]
    return Number(area_name(level, area), definition, period, tuple(versions))


def area_name(level: Level, area: str) -> str:
    """Return the name of an area as a reader knows it."""
    if level is Level.ENGLAND:
        return "England"
    if level is Level.REGION:
        return area
    known = register.authority(area)
    return known.name if known else f"Authority {area}"


def _files(found: Sequence[Figure | AreaFigure]) -> dict[str, DataRelease]:
    return DataRelease.objects.defer("screening").in_bulk([figure.release for figure in found])


def _with_own_pupils(figure: Figure, *, release: DataRelease | None) -> Figure:
    """Take away a number of pupils that the figure's own file does not print: another version lent it."""
    if not figure.preferred or figure.value.cohort is None or release is None:
        return figure
    if rows.prints_pupils(release, row=figure.row, indicator=figure.indicator):
        return figure
    return replace(figure, value=replace(figure.value, cohort=None))


def _version(figure: Figure, *, files: dict[str, DataRelease], why: str) -> Version:
    release = files.get(figure.release)
    return Version(
        value=figure.value,
        version=figure.version,
        basis=Basis.PUBLISHED,
        shown=figure.preferred,
        why=why,
        release=figure.release,
        release_title=release.title if release else figure.release,
        file_name=release.file_name if release else "",
        sha256=release.sha256 if release else "",
        row=figure.row,
        mark=figure.value.mark if isinstance(figure.value, Missing) else "",
    )


def _area_version(figure: AreaFigure, *, files: dict[str, DataRelease], why: str) -> Version:
    release = files.get(figure.release)
    return Version(
        value=figure.value,
        version=figure.version,
        basis=figure.basis,
        shown=figure.preferred,
        why=why,
        release=figure.release,
        release_title=release.title if release else figure.release,
        file_name=release.file_name if release else "",
        sha256=release.sha256 if release else "",
        row=figure.row,
        schools=figure.schools,
        roll_share=figure.roll_share,
        mark=figure.mark,
        computed_from=figure if figure.basis is Basis.COMPUTED else None,
        by_position=_by_position(figure, release=release),
    )


def _by_position(figure: AreaFigure, *, release: DataRelease | None) -> bool:
    printed = figure.level is Level.AUTHORITY and figure.basis is Basis.PUBLISHED
    if release is None or not printed or figure.row is None:
        return False
    return not rows.names_authority(release, row=figure.row)


def _why(figure: Figure | AreaFigure, *, shown: Figure | AreaFigure) -> str:
    word = wording.version(figure.version).lower()
    if figure is shown:
        return f"No release that prints it is stronger than this {word} one."
    if _rank(figure.version) < _rank(shown.version):
        return f"{word.capitalize()} figures give way to {wording.version(shown.version).lower()} ones."
    if isinstance(figure.value, Missing) and not isinstance(shown.value, Missing):
        return f"Another {word} release has a number."
    return f"Another {word} release prints the figure too, and only one is used."


def _why_area(figure: AreaFigure, *, shown: AreaFigure) -> str:
    if figure is shown:
        if figure.basis is Basis.PUBLISHED:
            return "A published figure is always preferred to one computed here."
        return "No release that is loaded prints this figure, so it is computed from schools."
    if figure.basis is Basis.COMPUTED and shown.basis is Basis.PUBLISHED:
        return "The publisher prints the figure. This one is kept to be compared with it."
    if _is_blank(figure) and shown.basis is Basis.COMPUTED:
        return "The published file leaves it blank."
    return _why(figure, shown=shown)


def _is_blank(figure: AreaFigure) -> bool:
    return isinstance(figure.value, Missing) and figure.value.reason is Reason.NOT_RECORDED


def _rank(version: str) -> int:
    return VERSIONS.index(version) if version in VERSIONS else -1
