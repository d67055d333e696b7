"""What a school or an authority is held against: named groups, lists of neighbours, similar schools.

Each is a dated definition with a version. A set made from one carries that version, so that a
figure compared last year can be told from one compared with today's method.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions

NEIGHBOURS_FILE, SIMILAR_FILE = "neighbours.parquet", "similar.parquet"
"""The tables that a rebuild writes from these definitions, in the shapes NEIGHBOURS and SIMILAR."""


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
    """Schools: an indicator, or a feature named by the method. Authorities: name in the method."""
    title: str
    weight: float = Field(gt=0)
    scale: str = "plain"
    """plain, or log where what counts is how many times larger one is than the other."""
    measures: tuple[str, ...] = ()
    """Authorities: the measures of the series averaged into it, after each was standardised."""
    why: str = ""


class SimilarSchools(Part):
    """How the schools most like a school are found, by intake only."""

    schools: int = Field(default=50, gt=0)
    """How many schools a set has."""
    at_least: int = Field(gt=0)
    """How many features two schools must both have published, or they are not compared."""
    oldest: int = Field(default=3, gt=0)
    """How many years back from the newest census a feature may be taken from."""
    phases: dict[str, tuple[Feature, ...]]
    """By phase, the features with their weights; phases that are compared together share a set."""


class NeighbourMethod(Part):
    """How our own statistical neighbours are found: features weighted so that neighbours predict."""

    neighbours: int = Field(default=10, gt=0)
    seed: int
    fitted_on: str
    """The release of the series that the weights were found from, in words."""
    fitted: date
    at_least: int = Field(gt=0)
    features: tuple[Feature, ...]


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
