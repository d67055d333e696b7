"""The rulesets in force: those shipped, and after them the authority's own."""

from functools import cache
from pathlib import Path

from django.conf import settings

from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.proposals import Rulebook, open_rulebook
from steward.analysis.rules.ruleset import Ruleset, read_rulesets
from steward.definitions import FOLDER
from steward.evidence import catalogues


@cache
def rulesets() -> dict[str, Ruleset]:
    """Return every ruleset by id. Raises DefinitionFault naming the file and key that is wrong."""
    own = Path(settings.STEWARD_DEFINITIONS) / "rulesets" if settings.STEWARD_DEFINITIONS else None
    folders = [FOLDER / "rulesets"] + ([own] if own and own.is_dir() else [])
    return read_rulesets(folders)


@cache
def rulebook(ruleset_id: str) -> Rulebook:
    """Return the ruleset ready to be asked; KeyError when there is none of that id."""
    catalogue = Catalogue(indicators=catalogues.indicators(), frameworks=catalogues.frameworks())
    return open_rulebook(rulesets()[ruleset_id], catalogue=catalogue)
