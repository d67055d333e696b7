"""Overrides of final decisions: asked for with a reason and a last day, read by a second person, lapsed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.categorisation import policies, schemes
from steward.categorisation.models import Decision, Override
from steward.categorisation.schemes import Choice
from steward.categorisation.stepping import NotPossible
from steward.categorisation.steps import (
    OverrideAct,
    OverrideState,
    State,
    after_override,
    override_allows,
)


@transaction.atomic
def ask_override(
    decision: Decision,
    *,
    category: str,
    reason: str,
    second_reader: Person | None,
    expires_on: date | None,
    actor: audit.Actor,
) -> Override:
    """Return an override that waits for its second reader.

    Raises NotPossible without a reason, a second reader other than the officer, and a last day ahead.
    """
    officer = policies.checked_officer(actor.pk)
    reader = policies.checked_reader(reason=reason, officer=officer, reader=second_reader)
    today = timezone.localdate()
    last_day = policies.checked_last_day(expires_on, today=today)
    locked = Decision.objects.select_for_update().select_related("school").get(pk=decision.pk)
    _check_overridable(locked)
    choice = _other_choice(locked, key=category)
    made = Override.objects.create(
        decision=locked,
        category=choice.key,
        label=choice.label,
        concern=choice.concern,
        reason=reason,
        officer=officer,
        officer_name=officer.name,
        second_reader=reader,
        second_reader_name=reader.name,
        asked_at=timezone.now(),
        asked_on=today,
        expires_on=last_day,
        state=after_override(OverrideAct.ASK),
    )
    _record("asked", made, actor=actor, reason=reason, expires_on=last_day.isoformat())
    return made


@transaction.atomic
def confirm_override(override: Override, *, note: str, actor: audit.Actor) -> Override:
    """Return the override in force from today, confirmed by its second reader. Raises NotPossible."""
    locked = _read_by_second(override, act=OverrideAct.CONFIRM, note=note, actor=actor)
    if locked.expires_on < timezone.localdate():
        raise NotPossible("The last day of this override has passed. Refuse it, or let it lapse.")
    locked.began_on = timezone.localdate()
    locked.save()
    _record("confirmed", locked, actor=actor, note=note)
    return locked


@transaction.atomic
def refuse_override(override: Override, *, note: str, actor: audit.Actor) -> Override:
    """Return the override, refused by its second reader with a reason. Raises NotPossible."""
    if not note.strip():
        raise NotPossible("Say why you refuse the override.")
    locked = _read_by_second(override, act=OverrideAct.REFUSE, note=note, actor=actor)
    locked.save()
    _record("refused", locked, actor=actor, note=note)
    return locked


@transaction.atomic
def lapse_overrides(*, on: date, actor: audit.Actor) -> list[Override]:
    """Return the overrides whose last day lies before `on`, which lapse; the decision holds again."""
    live = [OverrideState.WAITING, OverrideState.IN_FORCE]
    found = list(Override.objects.select_for_update().filter(state__in=live, expires_on__lt=on))
    for override in found:
        override.state, override.ended_on = after_override(OverrideAct.LAPSE), on
        override.save(update_fields=["state", "ended_on"])
        _record("lapsed", override, actor=actor)
    return found


def _read_by_second(override: Override, *, act: OverrideAct, note: str, actor: audit.Actor) -> Override:
    locked = Override.objects.select_for_update().select_related("decision").get(pk=override.pk)
    policies.check_is_second_reader(locked.second_reader, actor_id=actor.pk)
    if not override_allows(act, state=OverrideState(locked.state)):
        raise NotPossible(f"This override is “{OverrideState(locked.state).label}” already.")
    locked.state, locked.reader_note = after_override(act), note
    return locked


def _check_overridable(decision: Decision) -> None:
    if decision.state != State.FINAL:
        raise NotPossible("Only a final decision can be overridden. Write this one anew instead.")
    live = [OverrideState.WAITING, OverrideState.IN_FORCE]
    if decision.overrides.filter(state__in=live).exists():
        raise NotPossible("An override of this decision is waiting or in force already.")


def _other_choice(decision: Decision, *, key: str) -> Choice:
    choice = policies.checked_choice(schemes.kept(decision), key=key)
    if choice.key == decision.category:
        raise NotPossible("Select another support category than the one that was decided.")
    return choice


def _record(act: str, override: Override, *, actor: audit.Actor, **details: object) -> None:
    decision = override.decision
    audit.record(
        f"categorisation.override.{act}",
        actor=actor,
        subject_kind="override",
        subject_id=override.pk,
        authority=decision.authority_id,
        details={"urn": decision.school_id, "decision": decision.pk, "label": override.label, **details},
    )
