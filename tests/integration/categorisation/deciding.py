"""Steps of a decision for tests, with readable defaults."""

from datetime import timedelta

from django.utils import timezone

from steward.categorisation import operations
from steward.categorisation.letters.filling import Addressed
from steward.categorisation.models import Decision, Exemption, ItemOutcome, Proposal
from steward.categorisation.operations import Said, Written

LETTER = Addressed("Ms Ada Head", "Mr Bo Chair", "The head of service")


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def written(**changed) -> Written:
    given = {
        "category": "support",
        "reason": "Results have fallen for two years and the school asks for help.",
        "differing_reason": "The figures are of too few pupils; the adviser's visits say more.",
        "review_on": in_days(200),
        "strengths": "A settled staff.",
        "areas": "Reading in years 3 and 4.",
    }
    return Written(**given | changed)


def proposed(urn, *, actor, **changed) -> Decision:
    proposal = Proposal.objects.select_related("run", "school").get(school_id=urn, run__current=True)
    return operations.begin(proposal, written=written(**changed), actor=actor)


def fresh(decision) -> Decision:
    return Decision.objects.select_related("school", "proposal__run").get(pk=decision.pk)


def moderated(decision, *, actor, said=None) -> Decision:
    meeting = operations.call_meeting(
        authority=decision.authority_id, held_on=timezone.localdate(), panel="Head of service", actor=actor
    )
    chosen = said or Said(ItemOutcome.AGREED)
    operations.take_item(meeting, decision=decision, said=chosen, seen=fresh(decision).changes, actor=actor)
    return fresh(decision)


def shared(decision, *, actor) -> Decision:
    operations.send(decision, addressed=LETTER, seen=fresh(decision).changes, actor=actor)
    return fresh(decision)


def noted(decision, *, actor) -> Decision:
    operations.note_disclosure(
        decision,
        exemption=Exemption.NONE,
        public_interest="Openness about how support is given outweighs any harm.",
        seen=getattr(decision.disclosure_notes.first(), "pk", 0),
        actor=actor,
    )
    return fresh(decision)


def final(decision, *, actor) -> Decision:
    noted(decision, actor=decision.started_by)
    operations.finalise(decision, seen=fresh(decision).changes, actor=actor)
    return fresh(decision)
