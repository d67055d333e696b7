"""Reads of decisions: what a viewer may see, one school's, its history, and what it is entitled to."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from steward.access.models import Person
from steward.access.permissions import GRANTS, Permission, Viewer, may, reach
from steward.access.roles import Role
from steward.categorisation import schemes
from steward.categorisation.models import Decision, Letter, Override, Proposal, ProposalRun
from steward.categorisation.schemes import WATCH, Choice
from steward.categorisation.steps import OPEN, OverrideState, State
from steward.interface import words
from steward.register import queries as register
from steward.vocabulary.phases import Governance

_AUTUMN, _SPRING = 9, 5
"""Months in which the autumn and the summer term begin."""


@dataclass(frozen=True, slots=True)
class EntitlementInForce:
    """What a school is entitled to on a day, by its final support category or an override of it."""

    category: str
    label: str
    visits: int | None
    """In a year; None where the policy names no number."""
    days: float | None
    """In a year."""
    review: str
    review_on: date
    by_override: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A support category that was in force from a day on, and how it compares with the one before."""

    decision: Decision
    from_day: date
    until: date | None
    term: str
    direction: str
    overrides: tuple[Override, ...]


def visible_to(viewer: Viewer) -> models.QuerySet[Decision]:
    """Return the decisions a viewer may see; a school user sees letters only, by `letters_to`."""
    seen = reach(viewer, Permission.VIEW_DECISIONS)
    found = Decision.objects.select_related("school", "proposal__run")
    return found if seen.everywhere else found.filter(school_id__in=seen.urns)


def letters_to(viewer: Viewer, *, urn: int) -> list[Letter]:
    """Return the letters sent to a school whose person asks, the newest first; none of any other school."""
    if not may(viewer, Permission.ANSWER_DECISION, urn=urn):
        return []
    sent = Letter.objects.filter(decision__school_id=urn)
    return list(sent.select_related("decision__school").order_by("-sent_at", "-pk"))


def awaits_answer(letter: Letter) -> bool:
    """Return whether a letter asks for an answer that has not come, or can still come."""
    open_still = letter.decision.state in (State.SHARED, State.NO_ANSWER)
    return letter.answer_by is not None and open_still


def decision_at_hand(urn: int, *, viewer: Viewer) -> Decision | None:
    """Return the decision about a school that is being made, or else the final one."""
    found = visible_to(viewer).filter(school_id=urn, state__in=[*OPEN, State.FINAL])
    return min(found, key=lambda each: each.state == State.FINAL, default=None)


def in_force_of(urn: int, *, viewer: Viewer, on: date) -> str:
    """Return the support category in force in a sentence, with an override of it; empty where none is."""
    final = final_decision(urn, viewer=viewer)
    if final is None:
        return ""
    override = override_in_force(final, on=on)
    if override is None:
        return f"{final.label}, final since {words.day(final.final_on)}."
    return (
        f"{override.label} until {words.day(override.expires_on)}, by an override; “{final.label}” was "
        "decided and holds again afterwards."
    )


def final_decision(urn: int, *, viewer: Viewer) -> Decision | None:
    """Return the final decision about a school that is in force, or None."""
    return visible_to(viewer).filter(school_id=urn, state=State.FINAL).first()


def proposal_to_decide_on(urn: int, *, viewer: Viewer) -> Proposal | None:
    """Return what the policy proposes for a school: of an academy by the watch ruleset where it was asked."""
    if not may(viewer, Permission.VIEW_PROPOSALS, urn=urn):
        return None
    school = register.school(urn)
    return proposals_to_decide_on(school.authority_id, urns=[urn]).get(urn) if school else None


def proposals_to_decide_on(authority: str, *, urns: list[int] | None = None) -> dict[int, Proposal]:
    """Return by URN what the policy proposes, without the workings; for officers, who see all."""
    proposals = Proposal.objects.select_related("school").defer("outcomes")
    if urns is not None:
        proposals = proposals.filter(school_id__in=urns)
    found = {each.school_id: each for each in proposals.filter(run__authority=authority, run__current=True)}
    watches = ProposalRun.objects.filter(authority=authority, ruleset=WATCH, trial=False)
    newest = watches.aggregate(newest=models.Max("pk"))["newest"]
    watched = proposals.filter(run_id=newest, governance=Governance.ACADEMY)
    found |= {each.school_id: each for each in watched}
    runs = ProposalRun.objects.in_bulk({each.run_id for each in found.values()})
    for each in found.values():
        each.run = runs[each.run_id]  # one run, read once: its text is long
    return found


def terms_of(urn: int, *, viewer: Viewer) -> list[Term]:
    """Return every support category that was in force at a school, the oldest first."""
    states = [State.FINAL, State.SUPERSEDED]
    found = visible_to(viewer).filter(school_id=urn, state__in=states).order_by("final_on", "pk")
    terms: list[Term] = []
    before: Decision | None = None
    for each in found.prefetch_related("overrides"):
        if each.final_on is None:
            continue
        terms.append(
            Term(
                each,
                each.final_on,
                each.superseded_on,
                term_of(each.final_on),
                direction(before, each),
                tuple(each.overrides.all()),
            )
        )
        before = each
    return terms


def direction(before: Decision | None, now: Decision) -> str:
    """Return the direction of travel in a word: improving, stable, declining, or that none can be told."""
    if before is None:
        return "First decision"
    if (before.ruleset, before.council_view) != (now.ruleset, now.council_view):
        return "Not comparable: another policy"
    if before.concern == now.concern:
        return "Stable"
    return "Improving" if now.concern < before.concern else "Declining"


def term_of(day: date) -> str:
    """Return the school term a day falls in, such as "Autumn 2026"; a day in August is of the summer."""
    if day.month >= _AUTUMN:
        return f"Autumn {day.year}"
    return f"Spring {day.year}" if day.month < _SPRING else f"Summer {day.year}"


def entitlement_in_force(urn: int, on: date) -> EntitlementInForce | None:
    """Return what a school is entitled to on a day; None where nothing final is in force, or an academy.

    For other apps that plan visits; who may see it is for them to ask.
    """
    held = models.Q(superseded_on=None) | models.Q(superseded_on__gt=on)
    found = Decision.objects.filter(held, school_id=urn, final_on__lte=on, council_view=False)
    decision = found.order_by("-final_on", "-pk").first()
    if decision is None:
        return None
    override = override_in_force(decision, on=on)
    key = override.category if override else decision.category
    choice: Choice | None = schemes.kept(decision).choice(key)
    if choice is None:
        return None
    return EntitlementInForce(
        category=key,
        label=choice.label,
        visits=choice.visits,
        days=choice.days,
        review=choice.review,
        review_on=decision.review_on,
        by_override=override is not None,
    )


def override_in_force(decision: Decision, *, on: date) -> Override | None:
    """Return the override of a decision that holds on a day: until its last day, even before it is lapsed."""
    held = [OverrideState.IN_FORCE, OverrideState.LAPSED, OverrideState.ENDED]
    ended = models.Q(ended_on=None) | models.Q(ended_on__gt=on)
    return decision.overrides.filter(ended, state__in=held, began_on__lte=on, expires_on__gte=on).first()


def second_readers(viewer: Viewer) -> list[Person]:
    """Return who may be named second reader of an override by the viewer: not the viewer."""
    roles = [role for role in Role if Permission.OVERRIDE_DECISIONS in GRANTS[role]]
    people = Person.objects.filter(is_active=True, role__in=roles)
    return [each for each in people if each.pk != getattr(viewer, "pk", None)]


def override_of(key: int, *, viewer: Viewer) -> Override | None:
    """Return an override that the viewer may see, or None."""
    found = Override.objects.filter(decision__in=visible_to(viewer), pk=key)
    return found.select_related("decision__school", "second_reader").first()
