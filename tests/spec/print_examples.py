"""Print the spec tables of the rules as a document: `make methodology`.

Each table is read through the code that reads real schools. An example that does not come out as its table
says is not printed: NotAsWritten names it.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spec.known import Tables, area_figures, known
from spec.rules import small_tables, test_combinations, test_decisions, test_inspections, test_measures
from spec.rules import test_predecessors as predecessors
from spec.rules.small_tables import CATALOGUE, condition, rows
from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding
from steward.analysis.rules.catalogue import Enquiry
from steward.analysis.rules.conditions import Condition
from steward.analysis.rules.proposals import Proposal, evaluate
from steward.analysis.rules.school_evidence import SchoolEvidence
from steward.interface import markdown
from steward.vocabulary.values import Reason

NEWEST_YEARS = 2
_INTRODUCTION = (
    "These are the tests of the rules, printed. Each line is an invented school: what is known of it, and "
    "what a rule must then say. The software is checked against every line each time it is changed, so what "
    "is written here is what happens."
)
_DATE = (
    f"Every question is asked as at {wording.day(small_tables.AS_AT)}. The newest results are then those of "
    "2018 to 2019. A figure counts while it is at most two school years older than the current year, "
    "which is 2019 to 2020."
)
_ANSWERS = (
    "A rule has three answers: **met**, **not met**, and **could not be settled**. The third is never a "
    "kind of no: what is not known is read neither as good nor as bad, and the reason is kept."
)
_INVENTED = (
    "The indicators and frameworks are invented too, so that each example shows one thing: “Expected "
    "standard”, “Progress score”, “Absence” (each with a smallest cohort of 11 pupils), an “Old and new "
    "measure” that changed in 2017 to 2018, and the frameworks “Inspection 2009”, “Inspection 2012” and "
    "“Inspection 2024”. “Absence” is of the whole school, and “Pupils on roll” says how large that is."
)
_LACKS = (
    "Besides the reasons for which a publisher withholds a number (see [missing values](missing-values.md)), "
    "a rule may be left unsettled because of one of these:"
)
_EARLIER = (
    "A school that becomes an academy gets a new number (URN). Its results of before stand under the "
    "earlier one. They are read as its own only where it plainly followed one school and no other did, "
    "only for a year that began before it opened, and only where it has no line of its own for that year."
)
_TOGETHER = (
    "Conditions can be joined. What could not be settled matters only where it could change the answer: a "
    "school that meets one of two conditions has met “either”, whatever the other would say."
)
_ONE_YEAR = (
    "A floor standard holds attainment and progress of one year against each other. The newest year with "
    "figures for all the measures is read, here 2017 to 2018, and never one measure of one year and one "
    "of another."
)
_SIGNALS = "Signals are counted. Here a rule asks for at least two of three."
_POLICY = (
    "Last, a whole policy, small enough to follow by eye, and what it proposes. Where something is not known "
    "and could mean more concern, nothing is proposed and an officer must answer. The best category is never "
    "given by default."
)


class NotAsWritten(Exception):
    """An example does not come out as its table says; the message names it."""


def examples() -> str:
    """Return the spec tables of the rules as a document in Markdown."""
    return markdown.document(
        (
            markdown.heading("The rules, by example", level=1),
            _INTRODUCTION,
            _DATE,
            _ANSWERS,
            _INVENTED,
            _LACKS,
            markdown.bullets(doubt.label for doubt in Doubt),
            markdown.heading("Figures held against a number, an area or an earlier year", level=2),
            *_specs(test_measures.SPECS),
            markdown.heading("Results under an earlier number", level=2),
            _EARLIER,
            *_predecessors(),
            markdown.heading("Inspections, and what the council has on record", level=2),
            *_specs(test_inspections.SPECS),
            markdown.heading("Several conditions together", level=2),
            _TOGETHER,
            *_joined(),
            markdown.heading("Several figures of one year", level=3),
            _ONE_YEAR,
            *_of_one_year(),
            markdown.heading("Counting signals", level=3),
            _SIGNALS,
            _signals(),
            markdown.heading("A small policy", level=2),
            _POLICY,
            *_policy(),
        )
    )


def _specs(specs: Sequence[test_measures.Spec | test_inspections.Spec]) -> Iterator[str]:
    for spec in specs:
        named = ("schools", "values", "areas", "inspections", "facts")
        tables = Tables(**{name: getattr(spec, name) for name in named if hasattr(spec, name)})
        yield markdown.heading(spec.title, level=3)
        yield from _asked(spec.condition, tables=tables)


def _asked(text: str, *, tables: Tables, column: str = "answer") -> Iterator[str]:
    asked = condition(text)
    yield _rule(asked)
    compared = area_figures(tables)
    yield f"**Figures to compare with:** {compared}." if compared else ""
    lines = zip(rows(tables.schools), _gathered(tables), strict=True)
    yield markdown.table(
        ("The school", "What is known", "Answer", "In the words of Steward"),
        (_line(row, school=school, asked=asked, tables=tables, column=column) for row, school in lines),
    )


def _rule(asked: Condition) -> str:
    return f"**The rule:** {asked.sentence(CATALOGUE)}."


def _gathered(tables: Tables) -> list[SchoolEvidence]:
    return small_tables.schools(
        tables.schools,
        values=tables.values,
        areas=tables.areas,
        inspections=tables.inspections,
        facts=tables.facts,
        links=tables.links,
    )


def _line(
    row: dict[str, str], *, school: SchoolEvidence, asked: Condition, tables: Tables, column: str
) -> tuple[str, ...]:
    found = asked.answer(Enquiry(school, CATALOGUE, NEWEST_YEARS))
    reason = row.get("reason") if column == "answer" else found.reason
    if (found.answer, found.reason) != (row[column], reason):
        raise NotAsWritten(
            f"The school “{row.get('what', row['urn'])}” should be {row[column]}, but: {found.because}"
        )
    what = row.get("what", "")
    return _sentence(what) if what else row["urn"], known(row, tables=tables), _answer(found), found.because


def _answer(found: Finding) -> str:
    if not isinstance(found.reason, (Doubt, Reason)):
        return found.answer.label
    return f"{found.answer.label}: {found.reason.label.lower()}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _predecessors() -> Iterator[str]:
    tables = Tables(predecessors.SCHOOLS, values=predecessors.VALUES, links=predecessors.LINKS)
    yield from _asked(predecessors.BELOW, tables=tables)


def _joined() -> Iterator[str]:
    low, absent = test_combinations.LOW, test_combinations.ABSENT
    joined = {
        "all": f"{{kind: all_of, of: [{low}, {absent}]}}",
        "any": f"{{kind: any_of, of: [{low}, {absent}]}}",
        "not": f"{{kind: not_of, of: {low}}}",
    }
    yield markdown.bullets(
        f"**{name}:** {condition(text).sentence(CATALOGUE)}"
        for name, text in zip(_JOINS, joined.values(), strict=True)
    )
    tables = Tables(test_combinations.SCHOOLS, values=test_combinations.VALUES)
    lines = zip(rows(tables.schools), _gathered(tables), strict=True)
    yield markdown.table(
        ("What is known", *_JOINS),
        (
            (
                known(row, tables=tables),
                *(
                    _line(row, school=school, asked=condition(text), tables=tables, column=column)[2]
                    for column, text in joined.items()
                ),
            )
            for row, school in lines
        ),
    )


_JOINS = ("Both", "Either", "Not the first")


def _of_one_year() -> Iterator[str]:
    tables = Tables(test_combinations.ONE_YEAR, values=test_combinations.OF_TWO_YEARS)
    yield from _asked(test_combinations.FLOOR, tables=tables)


def _signals() -> str:
    mark = test_combinations.test_at_least_two_of_three_signals.pytestmark[0]
    cases: Iterable[tuple[str, str]] = mark.args[1]
    return markdown.table(
        ("The signals asked of the school", "Answer of the rule"),
        (
            (", ".join(Answer(word).label.lower() for word in answers.split()), Answer(expected).label)
            for answers, expected in cases
        ),
    )


def _policy() -> Iterator[str]:
    book = test_decisions.rulebook()
    ruleset = book.ruleset
    labels = {each.key: each.label for each in ruleset.categories}
    yield markdown.facts((each.label, each.meaning) for each in ruleset.categories)
    least = {key: label if key == ruleset.best.key else f"at least {label}" for key, label in labels.items()}
    gives = {rule.id: least[rule.gives] for rule in ruleset.rules}
    gives |= {each.id: f"one category more, up to {labels[each.at_most]}" for each in ruleset.adjusters}
    yield markdown.table(
        ("Signal or rule", "When it is met", "What it gives"),
        (
            (f"{each.title} ({each.id})", _sentence(book.sentences[each.id]), gives.get(each.id, "a signal"))
            for each in ruleset.named()
        ),
    )
    default = labels[ruleset.default] if ruleset.default else "nothing"
    yield f"Of the rules that are met, the one that means most concern decides; where none is, {default}."
    tables = Tables(
        test_decisions.SCHOOLS,
        values=test_decisions.VALUES,
        inspections=test_decisions.INSPECTIONS,
        facts=test_decisions.FACTS,
    )
    proposals = [evaluate(book, school=school) for school in _gathered(tables)]
    yield markdown.table(
        ("The school", "What is known", "Proposed", "What would change it"),
        (
            _proposed(row, proposal=proposal, tables=tables, labels=labels)
            for row, proposal in zip(rows(tables.schools), proposals, strict=True)
        ),
    )


def _proposed(
    row: dict[str, str], *, proposal: Proposal, tables: Tables, labels: dict[str, str]
) -> tuple[str, ...]:
    if proposal.category != row.get("proposed"):
        raise NotAsWritten(f"The school “{row['what']}” should be {row.get('proposed', 'not settled')}.")
    proposed = labels[proposal.category] if proposal.category else "Not settled"
    return _sentence(row["what"]), known(row, tables=tables), proposed, proposal.verdict.would_change


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(examples(), encoding="utf-8")
