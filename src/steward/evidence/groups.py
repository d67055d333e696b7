"""Writing the figures of groups of pupils into a folder of tables, from the files of pupils that are held."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from steward.analysis.rebuild.pupils import GROUPS, StoredPupils, write_groups
from steward.evidence import catalogues, engine, pupil_store
from steward.evidence.models import PupilFile, PupilFileState

_ESTABLISHMENTS = "establishments.parquet"


def held() -> list[PupilFile]:
    """Return the files of pupils whose rows are in the store."""
    return list(PupilFile.objects.filter(state=PupilFileState.HELD))


def write(folder: Path, *, files: Sequence[PupilFile]) -> None:
    """Write the figures of groups from `files` beside the other tables in `folder`."""
    stored = [
        StoredPupils(
            id=file.id,
            parquet=pupil_store.rows_of(file.id),
            columns=tuple(file.columns),
            periods=file.periods,
        )
        for file in files
    ]
    aside = pupil_store.stage()
    write_groups(
        engine.connect_for_pupils(scratch=aside),
        files=stored,
        establishments=folder / _ESTABLISHMENTS,
        rules=catalogues.pupil_rules(),
        into=aside / GROUPS,
    )
    (aside / GROUPS).chmod(0o600)
    (aside / GROUPS).rename(folder / GROUPS)
    shutil.rmtree(aside)
