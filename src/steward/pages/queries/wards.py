"""The wards of an authority: their schools, pupils, inspections, and attainment pooled over the schools.

A ward is the one in which a school stands, not the one in which its pupils live.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import figures
from steward.evidence.queries.figures import Figure
from steward.interface import words
from steward.pages.queries import measures, rows
from steward.pages.queries.area import AuthorityName, authority_named
from steward.pages.queries.area_outcomes import NoSuchOutcome
from steward.pages.queries.rows import SchoolRow
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Phase, Standing
from steward.vocabulary.values import Known

POOLED = (
    "rwm_expected", "reading_progress", "maths_progress", "attainment_8", "progress_8",
    "english_maths_grade_5",
)  # fmt: skip
"""Results of key stages that are pooled over the schools of a ward, each pupil counting once."""
LISTED = ("rwm_expected", "attainment_8", "progress_8")
"""Those that stand in the list of all wards."""
NO_WARD = "Ward not recorded"


class NoSuchWard(NoSuchOutcome):
    """No school of the authority stands in such a ward; the message says so."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A result pooled over schools: the mean weighted by pupils, in one school year.

    `value` is None where fewer pupils than the smallest cohort of the indicator are in it, or none.
    `schools` have a figure; `without` have pupils of the age and none, such as those hidden by the
    publisher for small numbers, which are left out.
    """

    indicator: IndicatorDefinition
    period: int
    value: float | None
    pupils: int
    schools: int
    without: int

    @property
    def words(self) -> str:
        """The value with its unit, or why there is none."""
        if self.value is not None:
            number = words.number(self.value, decimals=self.indicator.decimals)
            return words.with_unit(number, unit=self.indicator.unit)
        if self.pupils:
            return f"Too few pupils to say (fewer than {self.indicator.minimum_cohort})"
        return "No figure"

    @property
    def rests_on(self) -> str:
        """Of how many pupils and schools it is made, and how many schools are left out."""
        if self.value is None:
            return ""
        made = f"{words.counted(self.pupils, one='pupil')} of {words.counted(self.schools, one='school')}"
        return f"{made}; {self.without} without a figure left out" if self.without else made


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward and its open schools."""

    name: str
    slug: str
    schools: tuple[SchoolRow, ...]
    pooled: tuple[Pooled, ...]

    @property
    def pupils(self) -> int | None:
        """Pupils on roll of the schools whose number is known; None where it is of none."""
        known = [number for number in map(_roll, self.schools) if number is not None]
        return round(sum(known)) if known else None

    @property
    def pupils_unknown(self) -> int:
        """Schools whose pupils on roll are not known."""
        return sum(1 for school in self.schools if _roll(school) is None)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """How many schools hold each outcome of inspection, in the words of its framework."""
        return Counter(school.inspection.words for school in self.schools)

    @property
    def phases(self) -> Mapping[Phase, int]:
        """How many schools there are of each phase."""
        return Counter(school.phase for school in self.schools)

    def pooled_of(self, code: str) -> Pooled | None:
        """Return a pooled result, None where no school of the authority has it."""
        return next((one for one in self.pooled if one.indicator.id == code), None)


@dataclass(frozen=True, slots=True)
class Wards:
    """The wards of an authority by name, and which results are pooled in which year."""

    authority: AuthorityName
    wards: tuple[Ward, ...]
    results: tuple[tuple[IndicatorDefinition, int], ...]

    def named(self, slug: str) -> Ward:
        """Return a ward by its name in the address. Raises NoSuchWard."""
        found = next((ward for ward in self.wards if ward.slug == slug), None)
        if found is None:
            raise NoSuchWard(f"No open school of {self.authority.name} stands in a ward called “{slug}”.")
        return found

    @property
    def sentence(self) -> str:
        """How many wards and schools there are, and where most of them stand."""
        if not self.wards:
            return f"No open school of {self.authority.name} is in the registers that have been loaded."
        schools = sum(len(ward.schools) for ward in self.wards)
        most = max(self.wards, key=lambda ward: len(ward.schools))
        return (
            f"{words.counted(schools, one='open school')} of {self.authority.name} stand in "
            f"{words.counted(len(self.wards), one='ward')}; most, {len(most.schools)}, in {most.name}."
        )


def wards_of(code: str, *, viewer: Viewer) -> Wards:
    """Return the wards of an authority with the state-funded schools that the viewer may see.

    Raises NoSuchAuthority, or NothingLoaded.
    """
    authority = authority_named(code)
    seen = reach(viewer, Permission.VIEW_PUBLISHED_FIGURES)
    schools = [
        row
        for row in rows.published_in(code)
        if row.standing is Standing.OPEN
        and row.governance is not Governance.INDEPENDENT
        and seen.covers(row.urn)
    ]
    found = figures.figures_of([row.urn for row in schools], indicators=POOLED)
    newest = _newest(found)
    by_ward: dict[str, list[SchoolRow]] = defaultdict(list)
    for row in schools:
        by_ward[row.ward or NO_WARD].append(row)
    by_urn: dict[int, list[Figure]] = defaultdict(list)
    for figure in found:
        by_urn[figure.urn].append(figure)
    wards = tuple(
        Ward(name, slugify(name), tuple(listed), tuple(_pooled(listed, figures=by_urn, newest=newest)))
        for name, listed in sorted(by_ward.items())
    )
    indicators = catalogues.indicators()
    return Wards(authority, wards, tuple((indicators[id_], period) for id_, period in newest.items()))


def _newest(found: Iterable[Figure]) -> dict[str, int]:
    """Return the newest year of each result with a figure and its pupils of any school, as in POOLED."""
    newest: dict[str, int] = {}
    for figure in found:
        if isinstance(figure.value, Known) and figure.value.cohort:
            newest[figure.indicator] = max(newest.get(figure.indicator, 0), figure.period)
    return {code: newest[code] for code in POOLED if code in newest}


def _pooled(
    schools: Sequence[SchoolRow], *, figures: Mapping[int, Sequence[Figure]], newest: Mapping[str, int]
) -> Iterable[Pooled]:
    for code, period in newest.items():
        indicator = catalogues.indicators()[code]
        listed = [
            figure
            for school in schools
            for figure in figures.get(school.urn, ())
            if figure.indicator == code and figure.period == period
        ]
        counted = [
            (figure.value.value, figure.value.cohort)
            for figure in listed
            if isinstance(figure.value, Known) and figure.value.cohort
        ]
        pupils = sum(cohort for _, cohort in counted)
        enough = pupils >= indicator.minimum_cohort
        yield Pooled(
            indicator=indicator,
            period=period,
            value=sum(value * cohort for value, cohort in counted) / pupils if enough else None,
            pupils=round(pupils),
            schools=len(counted),
            without=len(listed) - len(counted),
        )


def _roll(school: SchoolRow) -> float | None:
    measure = school.measures.get(measures.ROLL)
    return measure.number if measure else None


def year_words(period: int) -> str:
    """Return a school year in words."""
    return str(AcademicYear(period))
