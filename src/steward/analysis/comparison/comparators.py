"""What a school or an authority is held against: named groups, lists of neighbours, similar schools.

Each is a dated definition with a version. A set made from one carries that version, so that a
figure compared last year can be told from one compared with today's method.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import ibis
import ibis.expr.schema as sch
from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions
from steward.vocabulary.phases import Phase

NEIGHBOURS_FILE, SIMILAR_FILE = "neighbours.parquet", "similar.parquet"
"""The tables that a rebuild writes from these definitions, in the shapes NEIGHBOURS and SIMILAR."""
INTAKE_FILE, CIRCUMSTANCES_FILE = "intake.parquet", "circumstances.parquet"
"""What schools and authorities were compared by, in the shapes INTAKE and CIRCUMSTANCES."""

INTAKE: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "phase": "string",
        "feature": "string",  # an indicator
        "period": "int64",
        "value": "float64",
        "method": "string",
    }
)
"""One row for each school that may stand in a set and each feature of it that is published."""
CIRCUMSTANCES: sch.Schema = ibis.schema(
    {
        "authority": "string",
        "feature": "string",
        "year": "int64",  # null where it is worked out from the register
        "value": "float64",
        "scaled": "float64",  # distance from the middle authority, in robust standard deviations
        "method": "string",
    }
)
"""One row for each authority and each feature of it that is known."""


class NamedGroup(Part):
    """Authorities that belong together by name, such as the core cities."""

    authorities: tuple[str, ...] = Field(min_length=2)


class PublishedList(Part):
    """A list of neighbours that somebody else publishes."""

    source: str
    """Id of the publication, and of the layout, that carries it."""
    layout: str
    dated: date


class Feature(Part):
    """One thing by which schools or authorities are found alike."""

    id: str
    """Schools: an indicator. Authorities: a name within the method."""
    title: str
    weight: float = Field(gt=0)
    scale: Literal["plain", "root", "log"] = "plain"
    """log: what counts is how many times larger; root: differences count less the larger both are."""
    measure: str = ""
    """Authorities: the measure of the series it is; empty where it is worked out from the register."""
    decimals: int = 1
    unit: str = ""
    """Authorities: what follows the number, such as "%"."""


class LeftOut(Part):
    """Something that would belong to a method and is not in it, with the reason."""

    title: str
    why: str


class Nearness(Part):
    """A word for distances up to this one, in robust standard deviations."""

    up_to: float
    word: str


_NOT_CLOSE = "Not close"


def word_for(distance: float, *, words: tuple[Nearness, ...]) -> str:
    """Return the word of the first distance that is not exceeded, "Not close" beyond them all."""
    return next((one.word for one in words if distance <= one.up_to), _NOT_CLOSE)


class SimilarSchools(Part):
    """How the schools most like a school are found, by intake only."""

    schools: int = Field(default=50, gt=0)
    """How many schools a set has."""
    fewest: int = Field(default=10, gt=0)
    """A phase with fewer comparable schools has no sets."""
    at_least: int = Field(gt=0)
    """How many features two schools must both have published, or they are not compared."""
    years: int = Field(default=3, gt=0)
    """How many years, ending with that of the newest census, a feature may be taken from."""
    words: tuple[Nearness, ...]
    phases: dict[Phase, tuple[Feature, ...]]
    """By phase, the features with their weights; schools of different phases are never compared."""
    left_out: tuple[LeftOut, ...] = ()


class Predicted(Part):
    """A measure that the lists are judged by, in a group of measures that are left out together."""

    measure: str
    title: str
    group: str
    decimals: int = 2
    headline: bool = False
    """Whether it is among the measures that the goal was set for."""


class Accuracy(Part):
    """How well lists predict a measure in its newest year: typical error in its unit, by list.

    `held_out` is the error of our own list with weights found without the group of measures this one
    is in; `fitted` the error with the weights of the definition.
    """

    measure: str
    year: int
    authorities: int
    spread: float
    """The standard deviation over authorities: the error of a list that says nothing."""
    published: dict[str, float]
    """By list."""
    held_out: float
    fitted: float

    def ratio(self, against: str) -> float:
        """Return the held-out error as a share of that of another list; below 1 is more accurate."""
        return self.held_out / self.published[against]


class Fit(Part):
    """How the weights were found: seed, data and day, and what came of it."""

    seed: int
    fitted_on: str
    """The files the weights were found from, in words."""
    fitted: date
    against: str
    """The published list that accuracy is compared with."""
    accuracy: tuple[Accuracy, ...]
    harder_ratio: float
    """The mean ratio over headline measures where the newest year was left out of the search as well."""
    kept: float
    """Of ten neighbours, how many are the same a year earlier, on average."""
    kept_between: tuple[int, int]
    reciprocity: float
    """The share of neighbours that have the authority among their own."""
    most_chosen: int
    """In how many lists the authority chosen most often stands."""
    never_chosen: int


class NeighbourMethod(Part):
    """How our own statistical neighbours are found: features weighted so that neighbours predict."""

    neighbours: int = Field(default=10, gt=0)
    at_least: int = Field(gt=0)
    """How many features two authorities must both have, or they are not compared."""
    words: tuple[Nearness, ...]
    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...] = ()
    predicts: tuple[Predicted, ...]
    earlier_variants: tuple[float, float] | None = None
    """The lowest and the highest mean ratio of the variants tried before the last choices were made."""
    fit: Fit


class ComparatorDefinition(Definition):
    """One thing to compare with: exactly one of its four parts is given."""

    version: int = Field(gt=0)
    about: str
    source: str
    group: NamedGroup | None = None
    published_list: PublishedList | None = None
    similar_schools: SimilarSchools | None = None
    neighbours: NeighbourMethod | None = None

    @property
    def method(self) -> str:
        """Id and version, as kept with every set made by it."""
        return f"{self.id}-{self.version}"

    @model_validator(mode="after")
    def _is_one_thing(self) -> "ComparatorDefinition":
        parts = (self.group, self.published_list, self.similar_schools, self.neighbours)
        if sum(part is not None for part in parts) != 1:
            raise ValueError("give exactly one of group, published_list, similar_schools and neighbours")
        return self


Comparators = Mapping[str, ComparatorDefinition]


def read_comparators(folders: Iterable[Path] = (FOLDER / "comparators",)) -> dict[str, ComparatorDefinition]:
    """Return every comparator by id; a later folder may replace an earlier one."""
    return read_definitions(folders, ComparatorDefinition)
