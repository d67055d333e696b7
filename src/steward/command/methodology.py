"""`steward methodology`: how figures and proposals are worked out, written as documents."""

from pathlib import Path

import click

from steward.categorisation import methodology as judgement
from steward.early_warning.forecast_methodology import forecast
from steward.early_warning.methodology import early_warning
from steward.equality.methodology import gaps
from steward.evidence import catalogues
from steward.evidence.methodology.accountability import accountability
from steward.evidence.methodology.comparators import comparators
from steward.evidence.methodology.disclosure import disclosure
from steward.evidence.methodology.frameworks import inspection_frameworks
from steward.evidence.methodology.indicators import indicators
from steward.evidence.methodology.missing_values import missing_values
from steward.evidence.methodology.publications import publications
from steward.evidence.methodology.uncertainty import uncertainty
from steward.reminders.methodology import reminders
from steward.reminders.rules import rules
from steward.support.methodology import support


@click.command("methodology")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(*, folder: Path) -> None:
    """Write how figures and proposals are worked out into FOLDER, as Markdown.

    The text comes from the definitions in use: those that come with Steward and the authority's own. It has
    no figures of schools, so it may be published. Files of the same name in FOLDER are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"Written: {folder / name}")


def documents() -> dict[str, str]:
    """Return each document by the name of its file, as Markdown, from the definitions in force."""
    sources, measures = catalogues.sources(), catalogues.indicators()
    return {
        "accountability.md": accountability(),
        "comparators.md": comparators(catalogues.comparators()),
        "early-warning.md": early_warning(),
        "forecast.md": forecast(),
        "disclosure.md": disclosure(catalogues.disclosure_policy(), indicators=measures),
        "gaps.md": gaps(),
        "indicators.md": indicators(measures, sources=sources),
        "publications.md": publications(sources, indicators=measures),
        "inspection-frameworks.md": inspection_frameworks(catalogues.frameworks()),
        "policies.md": judgement.policies(),
        "decisions.md": judgement.decisions(),
        "missing-values.md": missing_values(),
        "reminders.md": reminders(rules()),
        "support.md": support(),
        "uncertainty.md": uncertainty(measures),
    }
