"""Loading published files: each is told, read and screened; those that pass become live together."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from steward.analysis.sources.definition import Holds
from steward.analysis.sources.screening import Verdict
from steward.audit import operations as audit
from steward.evidence import catalogues, intake, store
from steward.evidence.history import Known
from steward.evidence.intake import NotUsed, Refused, Staged, Told
from steward.evidence.models import DataRelease, Generation, ReleaseStatus
from steward.evidence.operations import generations
from steward.register.operations import UnknownAuthority
from steward.vocabulary.academic_year import AcademicYear

_FIRST = {Holds.REGISTER: 0, Holds.LINKS: 1}
"""Registers are read before results, since results are screened against them."""


_GENERATIONS_KEPT = 2
"""The tables in use, and those before them for pages that were being made when they changed."""


class NothingToLoad(RuntimeError):
    """There is no such folder or file, or it holds nothing; the message says which."""


class State(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    WARNED = "loaded with warnings"
    ALREADY = "already loaded"
    NOT_USED = "not used by this version"
    REFUSED = "refused"
    FAILED = "failed screening"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One line about one file."""

    path: str
    state: State
    sentence: str
    release: str = ""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of every file, and the generation that resulted, if any."""

    outcomes: tuple[FileOutcome, ...]
    generation: Generation | None

    @property
    def complete(self) -> bool:
        """Return whether no file was refused or failed screening."""
        return not any(outcome.state in (State.REFUSED, State.FAILED) for outcome in self.outcomes)


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many files are done and how many there are."""


def load(
    places: Sequence[Path],
    *,
    actor: audit.Actor,
    year: str | None = None,
    serving: str = "",
    progress: Progress,
) -> LoadReport:
    """Load every file in `places` (files or folders) and return what became of each.

    Files that pass screening become live in one step, each replacing its predecessor whole; when
    anything stops the load, what was live before is live still. `serving` is the code of an authority
    that a register must name. Raises NothingToLoad, StoreBusy, or UnknownAuthority before anything is live.
    """
    files = _files(places)
    of_year = _year(year)
    with store.only_one():
        _sweep()
        known = Known()
        outcomes, staged = _take_in_all(files, year=of_year, known=known, progress=progress)
        _check_authority(serving, known=known)
        generation = _go_live(staged, actor=actor, progress=progress)
    outcomes.extend(_outcome(item) for item in staged)
    return LoadReport(tuple(sorted(outcomes, key=lambda outcome: outcome.path)), generation)


def load_uploaded(
    files: Iterable[tuple[str, Iterable[bytes]]], *, actor: audit.Actor, year: str = ""
) -> LoadReport:
    """Load files sent by a browser, each its name and its content in pieces; see `load`.

    A browser sends no folders, and publishers put the year in the folder: `year` stands for it.
    """
    with TemporaryDirectory(prefix="steward-") as kept:
        for number, (name, pieces) in enumerate(files):
            place = Path(kept, str(number), year or "uploaded")
            place.mkdir(parents=True)
            with (place / Path(name).name).open("wb") as stream:
                stream.writelines(pieces)
        report = load([Path(kept)], actor=actor, progress=lambda *_: None)
    outcomes = tuple(replace(one, path=Path(one.path).name) for one in report.outcomes)
    return LoadReport(outcomes, report.generation)


def _sweep() -> None:
    """Remove what a crash left, and tables so old that no page under way can be reading them."""
    newest = Generation.objects.order_by("-current", "-id").values_list("folder", flat=True)
    store.sweep(
        releases=set(DataRelease.objects.values_list("id", flat=True)),
        generations=set(newest[:_GENERATIONS_KEPT]),
    )


def _year(text: str | None) -> AcademicYear | None:
    if not text:
        return None
    found = AcademicYear.find(text)
    if found is None:
        raise NothingToLoad(f"'{text}' is not an academic year: write it as 2018-2019.")
    return found


def _files(places: Sequence[Path]) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    for place in places:
        if place.is_file():
            found.append((place, str(place)))
        elif place.is_dir():
            inside = sorted(
                path for path in place.rglob("*") if path.is_file() and not path.name.startswith(".")
            )
            seen_from = place.parent if len(places) > 1 else place
            found.extend((path, str(path.relative_to(seen_from))) for path in inside)
        else:
            raise NothingToLoad(f"There is no file or folder called {place}. Check the name and try again.")
    if not found:
        raise NothingToLoad(
            f"{', '.join(map(str, places))} holds no files. Give the folder of the downloads."
        )
    return found


def _check_authority(code: str, *, known: Known) -> None:
    if code and not known.has_authority(code):
        raise UnknownAuthority(
            f"No register among these files or loaded before has an authority with the code {code}, so "
            "nothing was loaded. Check the code (Leeds is 383), or add a register of schools to the files."
        )


def _take_in_all(
    files: Sequence[tuple[Path, str]], *, year: AcademicYear | None, known: Known, progress: Progress
) -> tuple[list[FileOutcome], list[Staged]]:
    told: list[Told] = []
    outcomes: list[FileOutcome] = []
    for number, (path, shown) in enumerate(files):
        progress("Recognising", number, len(files))
        answer = intake.tell(path, shown=shown, sources=catalogues.sources(), year=year)
        if isinstance(answer, Told):
            told.append(answer)
        else:
            outcomes.append(_not_told(answer, shown))
    told.sort(key=_registers_and_earlier_years_first)
    return _take_in_told(told, outcomes=outcomes, known=known, progress=progress)


def _registers_and_earlier_years_first(told: Told) -> tuple[int, str, datetime.date]:
    """Order files so that each is screened against the registers and the year before."""
    recognised = told.recognised
    day = recognised.as_at or (recognised.period.last_day if recognised.period else datetime.date.min)
    return (_FIRST.get(recognised.source.holds, 2), recognised.source.id, day)


def _take_in_told(
    told: Sequence[Told], *, outcomes: list[FileOutcome], known: Known, progress: Progress
) -> tuple[list[FileOutcome], list[Staged]]:
    staged: list[Staged] = []
    live = DataRelease.objects.filter(status=ReleaseStatus.LIVE)
    hashes: dict[str, str] = dict(live.values_list("sha256", "id"))
    for number, item in enumerate(told):
        progress(f"Reading {item.path.name}", number, len(told))
        if item.peek.sha256 in hashes:
            outcomes.append(_already(item.shown, release=hashes[item.peek.sha256]))
            continue
        answer = intake.take_in(item, known=known)
        if isinstance(answer, Refused):
            outcomes.append(FileOutcome(item.shown, State.REFUSED, answer.why))
            continue
        hashes[item.peek.sha256] = item.shown
        staged.append(answer)
    return outcomes, staged


def _not_told(answer: NotUsed | Refused, shown: str) -> FileOutcome:
    if isinstance(answer, NotUsed):
        return FileOutcome(shown, State.NOT_USED, f"{answer.title}: {answer.why}")
    return FileOutcome(shown, State.REFUSED, answer.why)


def _already(shown: str, *, release: str) -> FileOutcome:
    found = DataRelease.objects.filter(id=release).select_related("loaded_by").first()
    if found is None:
        return FileOutcome(shown, State.ALREADY, f"This is the same file as {release} in this load.")
    by = f" by {found.loaded_by.name}" if found.loaded_by else ""
    when = f"{timezone.localtime(found.loaded_at):%-d %B %Y}"
    return FileOutcome(shown, State.ALREADY, f"This file has already been loaded on {when}{by}.", found.id)


def _go_live(staged: Sequence[Staged], *, actor: audit.Actor, progress: Progress) -> Generation | None:
    now = timezone.now()
    releases = [_release(item, at=now, actor=actor) for item in staged]
    for item, release in zip(staged, releases, strict=True):
        store.put_release(item.folder, release.id)
    newcomers = _one_for_each_slot(release for release in releases if release.status == ReleaseStatus.LIVE)
    if not newcomers:
        _record_failures(releases, actor=actor)
        return None
    progress("Working out the figures", 0, 1)
    slots = [release.slot for release in newcomers]
    staying = DataRelease.objects.filter(status=ReleaseStatus.LIVE).exclude(slot__in=slots)
    built = generations.build([*staying, *newcomers])
    progress("Bringing the register in step", 0, 1)
    with transaction.atomic():
        DataRelease.objects.filter(status=ReleaseStatus.LIVE, slot__in=slots).update(
            status=ReleaseStatus.REPLACED
        )
        DataRelease.objects.bulk_create(
            releases, update_conflicts=True, unique_fields=["id"], update_fields=["status", "screening"]
        )
        generation = generations.make_current(built, at=now, actor=actor)
        _audit(releases, actor=actor)
    return generation


def _one_for_each_slot(releases: Iterable[DataRelease]) -> list[DataRelease]:
    """Keep the last release of each slot live; another of the same load counts as replaced at once."""
    chosen: dict[str, DataRelease] = {}
    for release in releases:
        if release.slot in chosen:
            chosen[release.slot].status = ReleaseStatus.REPLACED
        chosen[release.slot] = release
    return list(chosen.values())


def _record_failures(releases: Sequence[DataRelease], *, actor: audit.Actor) -> None:
    with transaction.atomic():
        DataRelease.objects.bulk_create(
            releases, update_conflicts=True, unique_fields=["id"], update_fields=["status", "screening"]
        )
        _audit(releases, actor=actor)


def _audit(releases: Sequence[DataRelease], *, actor: audit.Actor) -> None:
    for release in releases:
        verb = (
            "evidence.release.failed" if release.status == ReleaseStatus.FAILED else "evidence.release.loaded"
        )
        audit.record(
            verb,
            actor=actor,
            subject_kind="release",
            subject_id=release.id,
            details={"file": release.file_name, "sha256": release.sha256, "rows": release.rows},
        )


def _slot(item: Staged) -> str:
    recognised = item.told.recognised
    when = recognised.as_at or (recognised.period.ends if recognised.period else "undated")
    covered = f":{item.coverage}" if item.coverage else ""
    return f"{recognised.source.id}-{recognised.layout.id}:{when}{covered}"


def _release_id(item: Staged) -> str:
    of, when, *_ = _slot(item).split(":")
    return f"{of}-{when}-{item.told.peek.sha256[:10]}"


def _release(item: Staged, *, at: datetime.datetime, actor: audit.Actor) -> DataRelease:
    recognised = item.told.recognised
    failed = item.report.verdict is Verdict.FAIL
    return DataRelease(
        id=_release_id(item),
        slot=_slot(item),
        source=recognised.source.id,
        layout=recognised.layout.id,
        title=recognised.label,
        period=recognised.period.ends if recognised.period else None,
        as_at=recognised.as_at,
        version=recognised.version,
        coverage=item.coverage,
        file_name=item.told.path.name,
        sha256=item.told.peek.sha256,
        size=item.told.peek.size,
        rows=item.rows,
        encoding=item.told.peek.encoding,
        status=ReleaseStatus.FAILED if failed else ReleaseStatus.LIVE,
        screening=item.report.as_json(),
        loaded_at=at,
        loaded_by_id=actor.pk,
    )


def _outcome(item: Staged) -> FileOutcome:
    verdict = item.report.verdict
    state = {Verdict.FAIL: State.FAILED, Verdict.WARNING: State.WARNED}.get(verdict, State.LOADED)
    return FileOutcome(item.told.shown, state, item.report.sentence, _release_id(item))
