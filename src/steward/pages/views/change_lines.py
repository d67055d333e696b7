"""One change as it is printed: where it leads, and which way it went."""

from django.urls import reverse

from steward.interface.parts import Concern, Tag
from steward.pages.queries.changes import Changed, Kind, Towards

KINDS = {
    Kind.PROPOSAL: "Proposals",
    Kind.DECISION: "Decisions",
    Kind.CONCERN: "Concerns",
    Kind.EVENT: "Events",
    Kind.SCORE: "Scores",
    Kind.INSPECTION: "Inspections",
    Kind.FIGURE: "Figures",
}
_SHAPES = {
    Towards.WORSE: Concern.MEDIUM,
    Towards.BETTER: Concern.NONE,
    Towards.SAME: Concern.PLAIN,
    Towards.UNCLEAR: Concern.UNSETTLED,
}
_PAGES = {
    Kind.PROPOSAL: "pages:school-proposal",
    Kind.INSPECTION: "pages:school-inspections",
    Kind.DECISION: "categorisation:decision",
    Kind.EVENT: "early_warning:school",
    Kind.SCORE: "early_warning:school",
}


def href_of(one: Changed) -> str:
    """Return where to read on about a change."""
    if one.kind is Kind.FIGURE:
        return reverse("evidence:figure", args=[one.urn, one.code, one.period])
    if one.kind is Kind.CONCERN:
        return reverse("early_warning:concern", args=[one.key])
    return reverse(_PAGES[one.kind], args=[one.urn])


def tag_of(one: Changed) -> Tag:
    """Return which way a change went, as a word with a shape; what people did is neither."""
    shape = _SHAPES[one.towards]
    return Tag(one.word, Concern.PLAIN if one.said and one.towards is Towards.UNCLEAR else shape)
