"""Loading files of pupils, and deleting them: recorded without a word of what any row holds."""

import datetime
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from steward.analysis.disclosure.groups import BOTH
from steward.analysis.pupils import reading
from steward.analysis.pupils.screening import PupilScreening
from steward.audit import operations as audit
from steward.evidence import catalogues, crossings, groups, pupil_store, store
from steward.evidence.models import Generation, PupilFile, PupilFileState
from steward.evidence.queries import pupil_groups
from steward.register.models import School
from steward.vocabulary.academic_year import AcademicYear

_NO_STAGE = "NONE"
_STAGES = {"KS2": "key stage 2", "KS4": "key stage 4", _NO_STAGE: "attendance only"}


class CannotHold(RuntimeError):
    """A file of pupils cannot be held, or there is none such; the message says why and what to do."""


def load(path: Path, *, actor: audit.Actor, year: str | None = None, replace: bool = False) -> PupilFile:
    """Take in a file of pupils and make figures of groups from it; return the entry of the file.

    With `replace`, files held of the same year and key stage are deleted in the same step. Raises
    reading.UnusablePupilFile or CannotHold, naming no content of any row; what was held before is held still.
    """
    of_year = _year(year)
    with store.only_one():
        current = _current()
        _sweep()
        staged = pupil_store.stage()
        try:
            found = reading.read(
                path,
                layout=catalogues.pupil_rules().layout,
                year=of_year,
                urns=frozenset(School.objects.values_list("urn", flat=True)),
                into=staged / pupil_store.ROWS,
            )
            file = _entry(path, found=found, actor=actor)
            gone = _in_the_way(file, replace=replace)
            pupil_store.put(staged, file.id)
            staying = [one for one in groups.held() if one.id not in {*gone, file.id}]
            _go_live(current, files=[*staying, file], new=file, gone=gone, actor=actor)
        finally:
            _sweep()
    return file


def delete(file_id: str, *, actor: audit.Actor) -> None:
    """Delete the rows of a file of pupils and every figure made from them.

    Raises CannotHold when no such file is held.
    """
    with store.only_one():
        _delete([file_id], actor=actor)


def delete_all(*, actor: audit.Actor) -> int:
    """Delete the rows of every file of pupils and every figure made from them; return how many files."""
    with store.only_one():
        ids = [file.id for file in groups.held()]
        if ids:
            _delete(ids, actor=actor)
        _sweep()
    return len(ids)


def release(
    authority: str,
    *,
    actor: audit.Actor,
    years: int | None = None,
    without: Collection[str] = (),
    progress: Callable[[str, int, int], None] = lambda _doing, _done, _total: None,
) -> int:
    """Pass figures of groups of an authority through the disclosure gate; return how many may be shown.

    One year and characteristic at a time, the newest first, all schools and measures together; then, of the
    authority only, two characteristics at once. `years` takes only so many of the newest, and `without`
    leaves characteristics to a later call; `progress` is told what is passed now, how many are done and how
    many there are. Until it is done nothing of them is shown. Takes a minute or two a year for a large
    authority. Raises AttackFailed when a small count could still be worked out; what did not pass by then is
    not shown.
    """
    folder = store.generation_folder(_current().folder)
    with store.only_one():
        single = _all_but(without, slices=pupil_groups.slices_of(authority))
        both = _all_but(without, slices=pupil_groups.pairs_of(authority))
        chosen = sorted({period for period, _ in single}, reverse=True)[:years]
        shown, waiting = 0, _waiting(single, both, periods=chosen, authority=authority, folder=folder)
        for done, (way, period, dimension, into) in enumerate(waiting):
            progress(f"{AcademicYear(period)}, {dimension.replace('_', ' ')}", done, len(waiting))
            shown += way(authority, period=period, dimension=dimension, into=into)
        with transaction.atomic():
            audit.record(
                "evidence.pupil_groups.released",
                actor=actor,
                subject_kind="authority",
                subject_id=authority,
                details={"figures": shown},
            )
    return shown


def _all_but(without: Collection[str], *, slices: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the slices that are of none of some characteristics, alone or beside another."""
    return [(period, name) for period, name in slices if not {*name.split(BOTH)} & {*without}]


class _Way(Protocol):
    """Passes one characteristic, or two at once, through the gate."""

    def __call__(self, authority: str, *, period: int, dimension: str, into: Path) -> int: ...


def _waiting(
    single: Sequence[tuple[int, str]],
    both: Sequence[tuple[int, str]],
    *,
    periods: Sequence[int],
    authority: str,
    folder: Path,
) -> list[tuple[_Way, int, str, Path]]:
    """Return what has not passed yet, in the order in which it passes, with the way and the file of each."""
    ways: tuple[tuple[_Way, Sequence[tuple[int, str]]], ...] = (
        (groups.release, single),
        (crossings.release, both),
    )
    found = [
        (
            way,
            period,
            dimension,
            pupil_groups.released_file(folder, authority=authority, period=period, dimension=dimension),
        )
        for way, slices in ways
        for period, dimension in sorted(slices, key=lambda one: (-one[0], one[1]))
        if period in periods
    ]
    return [one for one in found if not one[3].exists()]


def _delete(ids: Sequence[str], *, actor: audit.Actor) -> None:
    held = {file.id: file for file in groups.held()}
    absent = [one for one in ids if one not in held]
    if absent:
        raise CannotHold(f"No file of pupils called {absent[0]} is held. `steward pupils list` names them.")
    try:
        _go_live(
            _current(),
            files=[file for file in held.values() if file.id not in ids],
            new=None,
            gone=set(ids),
            actor=actor,
        )
    finally:
        _sweep()


def _year(text: str | None) -> AcademicYear | None:
    if not text:
        return None
    found = AcademicYear.find(text)
    if found is None:
        raise CannotHold("What was given as --year is not an academic year: write it as 2023-2024.")
    return found


def _current() -> Generation:
    found = Generation.objects.filter(current=True).first()
    if found is None:
        raise CannotHold(
            "No published data has been loaded yet, so the schools of the pupils are not known: "
            "steward load FOLDER first."
        )
    return found


def _entry(path: Path, *, found: PupilScreening, actor: audit.Actor) -> PupilFile:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    newest = max(period for period, _ in found.held)
    return PupilFile(
        id=f"pupils-{newest}-{sha256[:10]}",
        sha256=sha256,
        rows=found.rows,
        refused=found.refused,
        reasons=[{"why": one.why, "rows": one.rows, "first": list(one.first)} for one in found.reasons],
        held=[[period, stage, rows] for (period, stage), rows in found.held.items()],
        columns=list(found.columns),
        state=PupilFileState.HELD,
        loaded_at=timezone.now(),
        loaded_by_id=actor.pk,
    )


def _in_the_way(file: PupilFile, *, replace: bool) -> set[str]:
    """Return the files held of the same year and stage, or refuse when they shall stay."""
    mine = {(period, stage) for period, stage, _ in file.held}
    gone = set()
    for other in groups.held():
        shared = sorted(mine & {(period, stage) for period, stage, _ in other.held})
        if other.sha256 == file.sha256:
            raise CannotHold(f"This file is held already, as {other.id}.")
        if shared and not replace:
            period, stage = shared[0]
            raise CannotHold(
                f"Pupils of {AcademicYear(period)}, {_STAGES[stage]}, are held already in {other.id}, and "
                "would be counted twice. Load with --replace to put this file in its place."
            )
        if shared:
            gone.add(other.id)
    return gone


def _go_live(
    current: Generation,
    *,
    files: Sequence[PupilFile],
    new: PupilFile | None,
    gone: set[str],
    actor: audit.Actor,
) -> None:
    """Make the figures of `files` the ones in use, and enter what came and what went."""
    now = timezone.now()
    folder = _with_groups(current, files=files, at=now)
    with transaction.atomic():
        Generation.objects.filter(current=True).update(current=False)
        Generation.objects.create(made_at=now, folder=folder, current=True, releases=current.releases)
        if new is not None:
            PupilFile.objects.filter(pk=new.pk).delete()
            new.save()
            _record("evidence.pupil_file.loaded", new, actor=actor)
        for file in PupilFile.objects.filter(pk__in=gone):
            file.state, file.deleted_at, file.deleted_by_id = PupilFileState.DELETED, now, actor.pk
            file.save()
            _record("evidence.pupil_file.deleted", file, actor=actor)
    _forget_older_figures(folder)


def _record(verb: str, file: PupilFile, *, actor: audit.Actor) -> None:
    details = {"rows": file.rows, "refused": file.refused, "years": list(file.periods), "sha256": file.sha256}
    audit.record(verb, actor=actor, subject_kind="pupil_file", subject_id=file.pk, details=details)


def _with_groups(current: Generation, *, files: Sequence[PupilFile], at: datetime.datetime) -> str:
    """Put in place a set of tables that is the current one but for the figures of groups; return its name."""
    staged = store.stage()
    for path in store.generation_folder(current.folder).iterdir():
        if path.name not in groups.MADE_OF_PUPILS and not path.name.startswith(pupil_groups.RELEASED):
            os.link(path, staged / path.name)
    groups.write(staged, files=files)
    groups.keep_released(of=store.generation_folder(current.folder), into=staged)
    name = f"{at:%Y%m%dT%H%M%S}-{staged.name[:8]}"
    store.put_generation(staged, name)
    return name


def _forget_older_figures(kept: str) -> None:
    """Take the figures of groups out of every earlier set of tables, since they may rest on rows now gone."""
    for folder in _other_generations(kept):
        made = (folder / name for name in groups.MADE_OF_PUPILS)
        for path in (*made, *folder.glob(f"{pupil_groups.RELEASED}-*")):
            path.unlink(missing_ok=True)


def _other_generations(kept: str) -> Iterable[Path]:
    return [folder for folder in (store.root() / "generations").iterdir() if folder.name != kept]


def _sweep() -> None:
    pupil_store.sweep(held={file.id for file in groups.held()})
