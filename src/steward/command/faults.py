"""Faults a user can mend, which the command line prints as one sentence."""

from django.db import OperationalError

from steward.access.policies import NotAllowed
from steward.analysis.pupils.reading import UnusablePupilFile
from steward.categorisation.operations import CannotPropose, NotPossible
from steward.command.plain import NotADay
from steward.config.environment import Misconfigured
from steward.definitions.reading import DefinitionFault
from steward.early_warning.forecast_faults import NoOutcomes, NothingToForecast, UnreadableFile
from steward.early_warning.operations.scoring import NothingToScore
from steward.evidence.engine import UnknownEngine
from steward.evidence.operations.loading import NothingToLoad
from steward.evidence.operations.pupil_files import CannotHold
from steward.evidence.operations.releases import CannotChange
from steward.evidence.queries.releases import NothingLoaded
from steward.evidence.store import StoreBusy
from steward.pages.queries.area import NoSuchAuthority
from steward.pages.queries.area_standing import NothingSoEarly
from steward.pages.queries.school import UnknownSchool
from steward.pages.queries.standards import NoStandards
from steward.register.operations import UnknownAuthority
from steward.reminders.operations.digests import NoSite
from steward.vocabulary.identifiers import NotAnIdentifier

_MENDABLE = (
    CannotChange,
    CannotHold,
    CannotPropose,
    DefinitionFault,
    Misconfigured,
    NoSuchAuthority,
    NotPossible,
    NotADay,
    NotAllowed,
    NoOutcomes,
    NoSite,
    NoStandards,
    NotAnIdentifier,
    NothingLoaded,
    NothingSoEarly,
    NothingToForecast,
    NothingToLoad,
    NothingToScore,
    StoreBusy,
    UnknownAuthority,
    UnknownEngine,
    UnknownSchool,
    UnreadableFile,
    UnusablePupilFile,
)


def sentence_for(fault: Exception) -> str | None:
    """Return what to tell the user about `fault`, or None when it is a defect of ours."""
    if isinstance(fault, _MENDABLE):
        return str(fault)
    if isinstance(fault, OperationalError):
        return (
            f"The database cannot be used: {fault}. Check DATABASE_URL, or the folder named by STEWARD_HOME."
        )
    if isinstance(fault, PermissionError) and fault.filename:
        return f"{fault.filename} cannot be read or written. Check who owns it."
    return None
