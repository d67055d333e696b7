"""How small numbers are protected, as a document."""

from collections.abc import Iterator, Mapping

from steward.analysis.disclosure.policy import DisclosurePolicy, LevelLimits
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence.methodology import upkeep
from steward.interface import markdown, words

INTRODUCTION = (
    "Where a group of pupils in a school is small, a figure about it can tell something about a child. "
    "Such figures are withheld: on pages, in downloads, in charts and in the rows of published files."
)
BESIDE = (
    "A figure is also withheld where it would let a reader work out one that is: from a total, from the "
    "pupils who are not in the group, from a percentage, from another measure of the same pupils, or from "
    "the figure of an area. What is written in its place is the same, since to say which it is would tell "
    "too."
)
PUBLISHED = (
    "Some of these figures are published elsewhere, with fewer protections. They are withheld here all the "
    "same, because here they stand beside many others. Figures of all pupils of a school are shown as "
    "published."
)
KEPT = (
    "Figures of areas about a group are given as they are printed and with no further digit, in downloads "
    "too. Comparisons of intake and the list of similar schools are worked out from the true figures, which "
    "are not shown."
)
TESTED = (
    "Steward is tested by an attack: a linear programme that knows everything shown anywhere looks for the "
    "least and the most that each withheld number can be. A number counts as found when the two are closer "
    "than the limit. For tables of pupils the cheapest choice of further figures is looked for in small "
    "tables, and a good one in large ones; what it loses is reported beside a proved bound: no safe choice "
    "loses less. The choice hangs on the counts alone, so that the same counts are withheld each time, and "
    "what was shown stays shown when tables are built anew. Where results of all pupils, which readers know, "
    "leave a number less room than the limit, it is left with what withholding everything would give."
)


def disclosure(policy: DisclosurePolicy, *, indicators: Mapping[str, IndicatorDefinition]) -> str:
    """Return the policy of small numbers, which figures it is about, and how it is tested."""
    return markdown.document(
        (
            markdown.heading("How small numbers are protected", level=1),
            INTRODUCTION,
            markdown.heading("Limits", level=2),
            markdown.table(
                ("Of pupils of", "Fewest in a group, and not in it", "Fewest with and without the result"),
                limits(policy),
            ),
            none_or_all(policy),
            markdown.heading("What would tell a small number", level=2),
            BESIDE,
            "A reader is assumed to know:",
            markdown.bullets(policy.assumed_known),
            markdown.heading("Figures about groups", level=2),
            PUBLISHED,
            KEPT,
            markdown.table(("Indicator", "Group"), _measures(indicators)),
            markdown.heading("How it is tested", level=2),
            TESTED,
            markdown.heading("The policy", level=2),
            upkeep.unchecked(policy),
            markdown.facts(
                (
                    ("In force from", words.day(policy.in_force_from)),
                    ("Source", policy.source),
                    ("Looked after by", upkeep.kept(policy)),
                )
            ),
        )
    )


def limits(policy: DisclosurePolicy) -> tuple[tuple[str, str, str], ...]:
    """Return a line for each level: its name, and the fewest pupils and results that may be shown."""
    return tuple(_line(one) for one in policy.limits)


def none_or_all(policy: DisclosurePolicy) -> str:
    """Return what is done with a result that none or all of a group have."""
    if policy.none_or_all_is_small:
        return (
            "A result that none of a group have, or all of it, is withheld: it tells of each of them. This "
            "is the rule of figures of schools and of all that is worked out from rows of pupils. A figure "
            "of an area about a group is shown as the department prints it, also where it is none or all, "
            "since the department protects it before it is printed; it is withheld only where it would tell "
            "a withheld figure of a school."
        )
    return "A result that none of a group have, or all of it, is shown."


def _line(one: LevelLimits) -> tuple[str, str, str]:
    named = {"school": "a school", "authority": "an authority", "region": "a region", "england": "England"}
    return named[one.level], words.number(one.pupils), words.number(one.results)


def _measures(indicators: Mapping[str, IndicatorDefinition]) -> Iterator[tuple[str, str]]:
    for one in sorted(indicators.values(), key=lambda one: one.title):
        if one.group:
            whole = indicators[one.group_of].title if one.group_of in indicators else ""
            beside = f"a group, beside all pupils: {whole}" if whole else "the size of a group"
            yield one.title, beside
