"""Scoring the schools of an authority and keeping every working."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from steward.analysis.scoring.inputs import school_text, score_text, scoring_text, shared_text
from steward.analysis.scoring.workings import score_all
from steward.audit import operations as audit
from steward.early_warning import definitions
from steward.early_warning.evidence_of_schools import Gathered, NothingToScore, gathered
from steward.early_warning.models import KeptScore, ScoreRun
from steward.evidence.queries import releases

__all__ = ["NothingToScore", "run"]

_BATCH = 200


def run(
    *, actor: audit.Actor, authority: str, method: str = definitions.METHOD, as_at: date | None = None
) -> ScoreRun:
    """Make a run of the method the current one of the authority; earlier runs are kept.

    As at the newest list of inspection outcomes, with the events live today; or all as at a day given.
    Raises NothingToScore, NothingLoaded or DefinitionFault.
    """
    generation = releases.current()
    found = gathered(authority, method=method, as_at=as_at)
    with transaction.atomic():
        ScoreRun.objects.select_for_update().filter(authority=authority, current=True).update(current=False)
        made = ScoreRun.objects.create(
            authority_id=authority,
            method=found.scoring.method.id,
            method_version=found.scoring.method.version,
            method_title=found.scoring.method.title,
            scoring=scoring_text(found.scoring),
            shared=shared_text(found.schools.values(), scoring=found.scoring),
            as_at=found.as_at,
            events_on=found.events_on,
            generation=generation,
            run_at=timezone.now(),
            run_by_id=actor.pk,
            run_by_name=actor.name,
            current=True,
        )
        kept = _kept(found, of=made)
        KeptScore.objects.bulk_create(kept, batch_size=_BATCH)
        audit.record(
            "early_warning.score.run",
            actor=actor,
            subject_kind="score_run",
            subject_id=made.pk,
            authority=authority,
            details={"method": made.method, "version": made.method_version, "schools": len(kept)},
        )
    return made


def _kept(found: Gathered, *, of: ScoreRun) -> list[KeptScore]:
    return [
        KeptScore(
            run=of,
            school_id=score.urn,
            phase=found.schools[score.urn].phase.value,
            points=score.points,
            available=score.available,
            maximum=score.maximum,
            share=score.share,
            band=score.band,
            ranked=score.is_ranked,
            inputs=school_text(found.schools[score.urn]),
            result=score_text(score),
        )
        for score in score_all(found.scoring, schools=found.schools.values(), events_on=found.events_on)
    ]
