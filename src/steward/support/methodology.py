"""How support is brokered and planned, as a document, from the definitions in force."""

from collections.abc import Iterator

from steward.interface import markdown
from steward.support import definitions
from steward.support.deployment_steps import DEPLOYMENT_STEPS, DeploymentState, diagram
from steward.support.queries import questions
from steward.support.queries.capacity import SCARCE
from steward.support.queries.deployments import HOURS_A_DAY
from steward.support.steps import NEED_STEPS

_INTRODUCTION = (
    "Support of schools by schools goes from a need to a provider, an agreement, visits and a review. "
    "What is not in the tables below cannot be done. Every act has its reason and is kept."
)
_MEASURES = (
    "Support is not signed without at least one measure with its value before, the day and the source "
    "of it, and not completed without the value after. A change after support is no proof that the "
    "support made it: a school picked in a bad year does better in the next by chance alone."
)


_DAYS = (
    "The days of a piece of support are held in the term in which it begins, from brokering on; "
    "withdrawn and replaced support gives them back. Hours of visits are held against days at "
    f"{HOURS_A_DAY:g} hours a day. A specialism is scarce in a term when fewer than {SCARCE} providers "
    "who offer it have a day free."
)
_QUESTION = (
    "All open needs that begin in a term or before and all active providers with free days in it are "
    "looked at together. A need counts by the support category (council) of the school, from 0 for "
    "the one of least concern to 1 for the one of most, or by the share of its early-warning score, "
    f"whichever is greater; by {questions.UNKNOWN_WEIGHT:g} where neither is known. A provider's "
    "strength is how far the progress of the pupils of its own school lies above its target, in the "
    "newest year in which it was judged, drawn towards all schools as far as few pupils say little, "
    "in standard deviations of schools (key stage 2 progress, Progress 8); where none is published it "
    "counts as average with the whole spread of schools as its risk. How alike two intakes are is "
    "taken from the set of similar schools. Schools in the support category of most concern are to be "
    "given a provider before all else. A plan is kept only when a check that knows nothing of the "
    "solver finds no fault in it, and with all that it was worked out from. A person accepts each "
    "pair, chooses another provider or refuses, with a reason; what was refused is left out of the "
    "next plan of the term, and both are kept."
)


def support() -> str:
    """Return the document, from the kinds of provider, the specialisms, the steps and the method in force."""
    kinds, tags = definitions.provider_kinds(), definitions.specialisms()
    return markdown.document(
        (
            markdown.heading("Support of schools by schools", level=1),
            _INTRODUCTION,
            markdown.heading("Providers", level=2),
            markdown.table(("Kind", "Designated by somebody", "Belongs to a school", "What it is"), _kinds()),
            f"Source: {kinds.source}",
            markdown.notice("Not verified against the primary source.", text=kinds.unverified),
            f"Support is about: {', '.join(tags.labels().values())}. {tags.source}",
            _DAYS,
            markdown.heading("Needs", level=2),
            markdown.table(("Act", "When it is", "Then it is"), _need_steps()),
            markdown.heading("From brokering to follow-up", level=2),
            markdown.table(("Act", "When it is", "Then it is", "By", "What must be there"), _steps()),
            _MEASURES,
            f"```mermaid\n{diagram()}\n```",
            markdown.heading("The plan of a term", level=2),
            *_method(),
            _QUESTION,
        )
    )


def _kinds() -> Iterator[tuple[str, ...]]:
    for one in definitions.provider_kinds().kinds:
        yield one.label, _yes(one.designated), _yes(one.school), one.about


def _yes(said: bool) -> str:  # noqa: FBT001 - a word for a fact
    return "yes" if said else "no"


def _need_steps() -> Iterator[tuple[str, ...]]:
    for step in NEED_STEPS:
        before = ", ".join(one.label if one else "not there yet" for one in step.before)
        yield step.act.label, before, step.after.label if step.after else "as before"


def _steps() -> Iterator[tuple[str, ...]]:
    for step in DEPLOYMENT_STEPS:
        before = ", ".join(one.label if one else "not there yet" for one in step.before)
        after = DeploymentState(step.after).label if step.after else "as before"
        who = ", ".join(one.label.lower() for one in step.who)
        yield step.act.label, before, after, who, "; ".join(one.label for one in step.needs) or "a reason"


def _method() -> Iterator[str]:
    method = questions.weights()
    yield f"{method.title}, version {method.version}. {method.about}"
    yield f"Source: {method.source}"
    yield markdown.notice("Not verified against the primary source.", text=method.unverified)
    yield markdown.facts(
        (
            ("Effect expected of support, standard deviations of pupils", f"{method.prior_effect:g}"),
            ("Urgency", ", ".join(f"{name} {weight:g}" for name, weight in method.need_weights.items())),
            (
                "Expertise that fits, and that does not",
                f"{method.matched_expertise:g}, {method.unmatched_expertise:g}",
            ),
            ("More for intakes most alike", f"{method.most_alike_bonus:.0%}"),
            ("Farthest way, minutes", f"{method.most_minutes:g}"),
            ("Providers of one need at most", f"{method.supporters_per_school}"),
        )
    )
