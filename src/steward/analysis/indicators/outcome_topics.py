"""Which measures of the series are shown together, under which plain titles, and which are headlines."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions


class TopicMeasure(Part):
    """A measure of a topic under a plain title."""

    code: str
    title: str
    headline: bool = False


class StandardsGap(Part):
    """Two measures whose difference is a gap: a group and those it is held against."""

    title: str
    group: str
    others: str


class OutcomeTopic(Definition):
    """A stage or side of education and the measures by which it is judged, the most important first."""

    place: int
    """Its place on the page, from 1."""
    about: str
    measures: tuple[TopicMeasure, ...]
    gaps: tuple[StandardsGap, ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> "OutcomeTopic":
        codes = [one.code for one in self.measures]
        if len(codes) != len(set(codes)):
            raise ValueError("measures names a code twice")
        if not any(one.headline for one in self.measures):
            raise ValueError("at least one measure must be a headline")
        return self


def read_topics(folders: Iterable[Path] = (FOLDER / "outcomes",)) -> dict[str, OutcomeTopic]:
    """Return the topics by id in the order of their places."""
    found = read_definitions(folders, OutcomeTopic)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].place, pair[0])))
