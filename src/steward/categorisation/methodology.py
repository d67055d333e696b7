"""The policies as a document, in the same paragraphs as on the site."""

from collections.abc import Iterator

from steward.categorisation import queries
from steward.interface import markdown

_INTRODUCTION = (
    "A policy says which support category is proposed for a school. It is kept as rules, and this text is "
    "printed from the same rules that are asked of each school, so that what is written and what is "
    "worked out cannot differ. A proposal is not a decision: an officer decides."
)


def policies() -> str:
    """Return every ruleset printed as the text of a policy, by title."""
    rulesets = queries.policies()
    return markdown.document(
        (
            markdown.heading("Policies", level=1),
            _INTRODUCTION,
            markdown.bullets(markdown.link(each.title, to=f"#{each.id}") for each in rulesets),
            *(block for each in rulesets for block in _policy(each.id, title=each.title)),
        )
    )


def _policy(ruleset_id: str, *, title: str) -> Iterator[str]:
    yield markdown.heading(title, level=2, anchor=ruleset_id)
    for paragraph in queries.policy_paragraphs(ruleset_id):
        if paragraph.heading:
            yield markdown.heading(paragraph.heading, level=3)
        else:
            note = f"<br>{markdown.emphasised(paragraph.note)}" if paragraph.note else ""
            yield f"**{paragraph.number}** {paragraph.text}{note}"
