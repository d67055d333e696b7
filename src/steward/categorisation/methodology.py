"""The policies as a document, in the same paragraphs as on the site."""

from collections.abc import Iterator

from steward.analysis.rules.policy import policy_text
from steward.categorisation import rulebooks, steps
from steward.categorisation.letters.filling import letters
from steward.categorisation.letters.templates import LetterTemplate, Points, WordsOf
from steward.interface import markdown

_INTRODUCTION = (
    "A policy says which support category is proposed for a school. It is kept as rules, and this text is "
    "printed from the same rules that are asked of each school, so that what is written and what is "
    "worked out cannot differ. A proposal is not a decision: an officer decides."
)


def policies() -> str:
    """Return every ruleset printed as the text of a policy, by title."""
    rulesets = sorted(rulebooks.in_files().values(), key=lambda each: each.title)
    return markdown.document(
        (
            markdown.heading("Policies", level=1),
            _INTRODUCTION,
            markdown.bullets(markdown.link(each.title, to=f"#{each.id}") for each in rulesets),
            *(block for each in rulesets for block in _policy(each.id, title=each.title)),
        )
    )


_DECIDING = (
    (
        "A decision says which support category a school is in. A support category is not an Ofsted "
        "category, not a statutory status and not a ground of exemption. The policy proposes, an officer "
        "writes, a moderation meeting agrees, the school is told and can answer, and the head of service "
        "makes it final."
    ),
    (
        "Nothing is overwritten. Every version of what was written is kept, every step with who took it "
        "and when, and each stands in the audit log. A form that was opened before somebody else saved is "
        "refused, with what they saved beside what was typed."
    ),
    (
        "A school that does not answer by the date is recorded as having given no answer, never as having "
        "agreed. A late answer counts until the decision is final. A school that does not agree has a "
        "second look by an officer who did not write the proposal or change it."
    ),
    (
        "A decision is final only with a disclosure note: whether it would be given to who asks for it, "
        "and why. Another person than who wrote the note reviews it, and nothing is given out before that. "
        "Whoever makes a decision final has neither written it nor recorded the school's answer for it."
    ),
    (
        "An academy is watched in partnership: the council's view carries no visits, no days and no "
        "powers, and is sent only when an officer chooses to."
    ),
)
_OVERRIDING = (
    "An override puts another support category in the place of a final one for a time. It needs a "
    "reason, a second reader other than the officer, and a last day; without any of the three it is "
    "refused, by Steward and by the database. It is in force when the second reader has confirmed it, "
    "and lapses after its last day. The school is told by letter of an override and of its end."
)
_PARTS = {
    "reason": "the reason the officer wrote",
    "differing_reason": "why it is not what the policy proposed",
    "strengths": "strengths",
    "areas": "areas to improve",
    "answer": "what the school answered",
    "second_look": "what the second look found",
    "override_reason": "the reason of the override",
}


def decisions() -> str:
    """Return how a support category is decided, with the states and the letters, as Markdown."""
    found = sorted(letters().values(), key=lambda each: each.title)
    return markdown.document(
        (
            markdown.heading("How a support category is decided", level=1),
            *_DECIDING,
            markdown.heading("States of a decision", level=2),
            f"```mermaid\n{steps.diagram()}\n```",
            markdown.bullets(f"{state.value}: {state.label}" for state in steps.State),
            markdown.heading("States of an override", level=2),
            _OVERRIDING,
            f"```mermaid\n{steps.override_diagram()}\n```",
            markdown.heading("Letters", level=2),
            *(block for each in found for block in _letter(each)),
        )
    )


def _letter(template: LetterTemplate) -> Iterator[str]:
    yield markdown.heading(template.title, level=3, anchor=template.id)
    yield f"Version {template.version}. Source: {template.source}. Not verified: {template.unverified}"
    if template.answer_within_working_days is not None:
        yield f"The school is asked to answer within {template.answer_within_working_days} working days."
    lines = [template.subject]
    for block in template.blocks:
        if isinstance(block, Points):
            lines += [f"* {item}" for item in block.items]
        elif isinstance(block, WordsOf):
            lines.append(f"[{_PARTS[block.part]}]")
        else:
            lines.append(block.text)
    told = "\n\n".join(lines)
    yield f"```text\n{told}\n```"


def _policy(ruleset_id: str, *, title: str) -> Iterator[str]:
    yield markdown.heading(title, level=2, anchor=ruleset_id)
    for paragraph in policy_text(rulebooks.rulebook(ruleset_id)):
        if paragraph.heading:
            yield markdown.heading(paragraph.heading, level=3)
        else:
            note = f"<br>{markdown.emphasised(paragraph.note)}" if paragraph.note else ""
            yield f"**{paragraph.number}** {paragraph.text}{note}"
