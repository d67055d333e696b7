"""Why a list of inspection outcomes and the register count the schools of an authority differently."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from steward.interface import words
from steward.pages.queries.area_standing import InspectionStanding
from steward.register import queries as register
from steward.vocabulary.phases import Governance


@dataclass(frozen=True, slots=True)
class CountOfSchools:
    """The schools of an authority in the register and in the list of inspection outcomes."""

    registered: int
    registered_on: date | None
    independent: int
    listed: int | None
    listed_on: date | None

    @property
    def sentence(self) -> str:
        """Both counts and why they differ."""
        own = f"The register has {words.counted(self.registered, one='open school')}"
        when = f" (last described on {words.day(self.registered_on)})" if self.registered_on else ""
        private = f", {self.independent} of them independent" if self.independent else ""
        if self.listed is None:
            return f"{own}{private}{when}."
        return (
            f"{own}{private}{when}; the list of inspection outcomes of {words.day(self.listed_on)} has "
            f"{self.listed}. The list counts state-funded schools that Ofsted inspects, as they were on its "
            "day; the register counts every establishment open when it was made, independent schools and "
            "those opened since among them. Shares of inspection outcomes are always of the list."
        )


def counts_of(code: str, *, inspections: InspectionStanding | None) -> CountOfSchools:
    """Return how many schools of an authority the register and the list have."""
    schools = register.schools_of(code)
    kinds = Counter(school.governance for school in schools)
    return CountOfSchools(
        registered=len(schools),
        registered_on=max((school.as_at for school in schools), default=None),
        independent=kinds[Governance.INDEPENDENT.value],
        listed=inspections.every.own.schools if inspections else None,
        listed_on=inspections.as_at if inspections else None,
    )
