"""What a forecast may look at, read from the tables in use; nothing is stored here."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from django.conf import settings

from steward.analysis.forecasting.features import measures_read
from steward.analysis.forecasting.holdings import Holdings, Tables, hold
from steward.analysis.forecasting.outcome_files import OutcomeFile, read_outcomes
from steward.analysis.forecasting.outcomes import joined
from steward.analysis.forecasting.printed import Printed
from steward.analysis.forecasting.publication import PublicationDates, Release, read_publication_dates
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules import wording
from steward.definitions import FOLDER
from steward.evidence import catalogues
from steward.evidence.queries import releases, tables

__all__ = ["OutcomeFile", "figure_words", "holdings", "publication_dates", "with_file"]

_KIND = "publication_dates"


def publication_dates() -> dict[str, PublicationDates]:
    """Return when publications come out: what is shipped, then the authority's own."""
    own = [Path(settings.STEWARD_DEFINITIONS) / _KIND] if settings.STEWARD_DEFINITIONS else []
    return read_publication_dates((FOLDER / _KIND, *(folder for folder in own if folder.is_dir())))


def holdings() -> Holdings:
    """Return all figures with their days of publication, and all inspections. Raises NothingLoaded."""
    known = [
        Release(one.pk, one.title, one.source, one.layout, one.period, one.as_at) for one in releases.live()
    ]
    return hold(
        Tables(*tables.whole_tables("values", "inspections", "links", "establishments")),
        releases=known,
        dates=list(publication_dates().values()),
        frameworks=list(catalogues.frameworks().values()),
        measures=measures_read(),
    )


def with_file(held: Holdings, *, path: Path, below_good: str = "") -> tuple[Holdings, OutcomeFile]:
    """Return the holdings with the outcomes of a file added. Raises NoOutcomes or UnreadableFile.

    `below_good` is the value that means below good, where the outcomes of the file have two values.
    """
    found = read_outcomes(
        path,
        connection=tables.reader(),
        sources=catalogues.sources(),
        frameworks=catalogues.frameworks(),
        schools=held.first_urn,
        below_good=below_good,
    )
    return held.with_outcomes(joined(held.outcomes, second=found.outcomes)), found


def figure_words(behind: Iterable[Mapping[str, Sequence[Printed]]]) -> list[dict[str, str]]:
    """Return figures in words, each file named once: "Progress 8 was 0.42 in 2019 (Key stage 4 results)"."""
    return [{feature: _in_words(figures) for feature, figures in school.items()} for school in behind]


def _in_words(figures: Iterable[Printed]) -> str:
    indicators, found = catalogues.indicators(), []
    for (year, file), group in groupby(figures, key=lambda one: (one.year, one.file)):
        told = (_figure(one, of=indicators[one.measure]) for one in group)
        found.append(f"{wording.listed(told, last='and')} in {year} ({file})")
    return wording.listed(found, last="and")


def _figure(one: Printed, *, of: IndicatorDefinition) -> str:
    return f"{of.title} was {wording.amount(one.value, of=of)}"
