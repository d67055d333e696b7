"""Changing which release is live."""

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.evidence import store
from steward.evidence.models import DataRelease, Generation, ReleaseStatus
from steward.evidence.operations import generations


class CannotChange(RuntimeError):
    """A release cannot be made live or withdrawn; the message says why."""


def make_live_again(release_id: str, *, actor: audit.Actor) -> Generation:
    """Make an earlier release live in place of the one that replaced it, and rebuild every table.

    Raises CannotChange when there is no such release, it failed screening, or it is live already.
    """
    with store.only_one():
        chosen = DataRelease.objects.filter(pk=release_id).first()
        if chosen is None:
            raise CannotChange(
                f"There is no release called {release_id}. `steward releases --all` lists them."
            )
        if chosen.status == ReleaseStatus.FAILED:
            raise CannotChange(f"{chosen.title} failed screening, so it can never be live.")
        if chosen.status == ReleaseStatus.LIVE:
            raise CannotChange(f"{chosen.title} is live already.")
        staying = DataRelease.objects.filter(status=ReleaseStatus.LIVE).exclude(slot=chosen.slot)
        built = generations.build([*staying, chosen])
        with transaction.atomic():
            same = DataRelease.objects.filter(slot=chosen.slot, status=ReleaseStatus.LIVE)
            same.update(status=ReleaseStatus.REPLACED)
            DataRelease.objects.filter(pk=chosen.pk).update(status=ReleaseStatus.LIVE)
            generation = generations.make_current(built, at=timezone.now(), actor=actor)
            audit.record(
                "evidence.release.made_live_again", actor=actor, subject_kind="release", subject_id=chosen.id
            )
    return generation


def withdraw(release_id: str, *, actor: audit.Actor, reason: str) -> Generation:
    """Take a live release out of use, giving a reason, and rebuild every table without it.

    Raises CannotChange when there is no such live release or it is the only one.
    """
    with store.only_one():
        chosen = DataRelease.objects.filter(pk=release_id, status=ReleaseStatus.LIVE).first()
        if chosen is None:
            raise CannotChange(
                f"There is no live release called {release_id}. `steward releases` lists them."
            )
        staying = list(DataRelease.objects.filter(status=ReleaseStatus.LIVE).exclude(pk=chosen.pk))
        if not staying:
            raise CannotChange(
                f"{chosen.title} is the only live release; load another before withdrawing it."
            )
        built = generations.build(staying)
        with transaction.atomic():
            DataRelease.objects.filter(pk=chosen.pk).update(status=ReleaseStatus.WITHDRAWN)
            generation = generations.make_current(built, at=timezone.now(), actor=actor)
            audit.record(
                "evidence.release.withdrawn",
                actor=actor,
                subject_kind="release",
                subject_id=chosen.id,
                details={"reason": reason},
            )
    return generation


def rebuild(*, actor: audit.Actor) -> Generation:
    """Work every table out again from the live releases, as after a change of definitions.

    Raises CannotChange when nothing is live.
    """
    with store.only_one():
        live = list(DataRelease.objects.filter(status=ReleaseStatus.LIVE))
        if not live:
            raise CannotChange(
                "Nothing has been loaded yet, so there is nothing to work out: steward load FOLDER."
            )
        built = generations.build(live)
        with transaction.atomic():
            generation = generations.make_current(built, at=timezone.now(), actor=actor)
            audit.record("evidence.rebuilt", actor=actor, subject_kind="generation", subject_id=generation.pk)
    return generation
