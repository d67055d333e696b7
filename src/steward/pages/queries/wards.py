"""The wards of an authority: their schools, pupils, inspections, and attainment pooled over the schools.

A ward is the one in which a school stands, not the one in which its pupils live.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.interface import words
from steward.pages.queries import rows
from steward.pages.queries.area import AuthorityName, authority_named
from steward.pages.queries.area_outcomes import NoSuchOutcome
from steward.pages.queries.earlier_figures import CarriedFigure, figures_through
from steward.pages.queries.rows import SchoolRow
from steward.pages.queries.ward_results import POOLED, Pooled, ages_of, newest_of, pooled_of, roll_of
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Phase, Standing

LISTED = ("rwm_expected", "attainment_8", "progress_8")
"""Those of POOLED that stand in the list of all wards."""
NO_WARD = "Ward not recorded"


class NoSuchWard(NoSuchOutcome):
    """No school of the authority stands in such a ward; the message says so."""

    title = "There is no such ward"


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
        known = [number for number in map(roll_of, self.schools) if number is not None]
        return round(sum(known)) if known else None

    @property
    def pupils_unknown(self) -> int:
        """Schools whose pupils on roll are not known."""
        return sum(1 for school in self.schools if roll_of(school) is None)

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
    found = figures_through([row.urn for row in schools], indicators=POOLED)
    newest = newest_of(found)
    by_ward: dict[str, list[SchoolRow]] = defaultdict(list)
    for row in schools:
        by_ward[row.ward or NO_WARD].append(row)
    by_urn: dict[int, list[CarriedFigure]] = defaultdict(list)
    for one in found:
        by_urn[one.urn].append(one)
    ages = ages_of(schools)
    wards = []
    for name, listed in sorted(by_ward.items()):
        pooled = (
            pooled_of(listed, code=code, period=period, figures=by_urn, ages=ages)
            for code, period in newest.items()
        )
        wards.append(Ward(name, slugify(name), tuple(listed), tuple(pooled)))
    indicators = catalogues.indicators()
    return Wards(authority, tuple(wards), tuple((indicators[id_], period) for id_, period in newest.items()))


def year_words(period: int) -> str:
    """Return a school year in words."""
    return str(AcademicYear(period))
