"""What schools and authorities are compared with, and how well the lists of neighbours predict."""

from collections.abc import Iterable

from steward.analysis.comparison.comparators import (
    ComparatorDefinition,
    Comparators,
    Feature,
    Fit,
    LeftOut,
    Nearness,
    NeighbourMethod,
    SimilarSchools,
)
from steward.evidence.methodology import upkeep
from steward.interface import markdown, words
from steward.vocabulary.phases import Phase

_TITLE = "What schools and authorities are compared with"
_INTRODUCTION = (
    "Beside a school stand, always in this order: the schools most like it by intake (or a set that an "
    "officer keeps), its local authority, and England. Beside an authority stand the ten of a list of "
    "statistical neighbours, the core cities, its region, and England. Each comparison names the list and "
    "its version."
)
_SCALES = {
    "plain": "as it is",
    "root": "square root",
    "log": "logarithm",
}
_HOW_FAR = (
    "Each is put on a robust scale: its median is 0, and 1 is the distance between the quartiles divided by "
    "1.349; nothing counts as farther than 4. The distance between two is the root of the weighted mean of "
    "the squared differences over what both have. What is missing is left out and never filled in. Equal "
    "distances are settled by the lower number."
)
_WHAT_ERROR = (
    "The typical error of a list is the root mean square of the difference between an authority's figure and "
    "the mean of its neighbours. In each fold one group of measures was left out, the weights were found "
    "from the others, and the list they give was tested on the newest year of that group."
)


def comparators(definitions: Comparators) -> str:
    """Return every comparator, with methods, weights and accuracy, as Markdown."""
    ordered = sorted(definitions.values(), key=_order)
    title = markdown.heading(_TITLE, level=1)
    return markdown.document((title, _INTRODUCTION, *(_section(one) for one in ordered)))


def _order(definition: ComparatorDefinition) -> tuple[bool, bool, bool, str]:
    return (
        definition.similar_schools is None,
        definition.neighbours is None,
        definition.published_list is None,
        definition.id,
    )


def _section(definition: ComparatorDefinition) -> str:
    parts = [
        markdown.heading(definition.title, level=2),
        definition.about,
        f"Version {definition.version}. {definition.source}",
    ]
    parts += [upkeep.unchecked(definition), markdown.facts([("Kept by", upkeep.kept(definition))])]
    if definition.group is not None:
        parts.append(f"Codes of the authorities: {', '.join(definition.group.authorities)}.")
    if definition.published_list is not None:
        parts.append(f"Dated {words.day(definition.published_list.dated)}.")
    if definition.similar_schools is not None:
        parts += _similar(definition.similar_schools)
    if definition.neighbours is not None:
        parts += _neighbours(definition.neighbours)
    return markdown.joined(parts)


def _similar(method: SimilarSchools) -> list[str]:
    rules = (
        f"A set has {method.schools} schools. Schools are compared over at least {method.at_least} of the "
        f"features, each of the last {method.years} years of the census; a phase with fewer than "
        f"{method.fewest} schools has no sets. Only open state-funded schools stand in a set, and never a "
        "school together with the one that it followed."
    )
    same: dict[tuple[Feature, ...], list[Phase]] = {}
    for phase, features in method.phases.items():
        same.setdefault(features, []).append(phase)
    tables = []
    for features, phases in same.items():
        tables.append(markdown.heading(", ".join(phase.label for phase in phases), level=3))
        tables.append(_features(features))
    return [rules, _HOW_FAR, *tables, _left_out(method.left_out), _words(method.words)]


def _neighbours(method: NeighbourMethod) -> list[str]:
    rules = f"A list has {method.neighbours} authorities, compared over at least {method.at_least} features."
    return [
        rules,
        _HOW_FAR,
        _features(method.features),
        _left_out(method.left_out),
        _words(method.words),
        markdown.heading("How well each list predicts", level=3),
        _WHAT_ERROR,
        _said_of_accuracy(method),
        _said_of_lists(method.fit),
        _accuracy(method),
    ]


def _said_of_accuracy(method: NeighbourMethod) -> str:
    made = method.fit
    about = {one.measure: one for one in method.predicts}
    headline = [one.ratio(made.against) for one in made.accuracy if about[one.measure].headline]
    every = [one.ratio(made.against) for one in made.accuracy]
    return (
        f"Worked out on {words.day(made.fitted)} from {made.fitted_on}, with the seed {made.seed}. Over the "
        f"{len(headline)} headline measures the error of our list is {sum(headline) / len(headline):.3f} of "
        f"that of {made.against} (1 would be the same); over all {len(every)} measures it is "
        f"{sum(every) / len(every):.3f}, at worst {max(every):.3f}. With the newest year kept out of the "
        f"search as well it is {made.harder_ratio:.3f}. {in_view(method)}"
    )


def in_view(method: NeighbourMethod) -> str:
    """Return in words that the last choices were made with the measures in view, and what came before."""
    tried = method.earlier_variants
    before = (
        ""
        if tried is None
        else (f"Variants tried before the last choices gave {tried[0]:.3f} to {tried[1]:.3f}. ")
    )
    return (
        f"{before}Which features to weigh in the list as shipped was chosen with these measures in view, "
        "so expect of new measures nearer to what the earlier variants gave."
    )


def _said_of_lists(made: Fit) -> str:
    return (
        f"From {made.kept_between[0]} to {made.kept_between[1]}, {made.kept:.1f} of ten neighbours stay the "
        f"same. {100 * made.reciprocity:.0f}% of neighbours name the authority back; the one named most "
        f"often stands in {made.most_chosen} lists, and {made.never_chosen} stand in none."
    )


def _features(features: Iterable[Feature]) -> str:
    listed = list(features)
    whole = sum(one.weight for one in listed)
    rows = [
        (one.title, _SCALES[one.scale], f"{one.weight:g}", f"{100 * one.weight / whole:.1f}%")
        for one in sorted(listed, key=lambda one: -one.weight)
    ]
    return markdown.table(("Feature", "Taken", "Weight", "Counts for"), rows)


def _left_out(listed: Iterable[LeftOut]) -> str:
    rows = [(one.title, one.why) for one in listed]
    return markdown.table(("Left out", "Why"), rows) if rows else ""


def _words(listed: Iterable[Nearness]) -> str:
    said = "; ".join(f"{one.word.lower()} up to {one.up_to:g}" for one in listed)
    return f"In words, by distance: {said}; not close beyond that."


def _accuracy(method: NeighbourMethod) -> str:
    about = {one.measure: one for one in method.predicts}
    names = sorted({name for one in method.fit.accuracy for name in one.published}, reverse=True)
    rows = []
    for one in sorted(method.fit.accuracy, key=lambda one: list(about).index(one.measure)):
        places = about[one.measure].decimals
        rows.append(
            (
                about[one.measure].title + (" (headline)" if about[one.measure].headline else ""),
                str(one.year),
                f"{one.held_out:.{places}f}",
                *(f"{one.published[name]:.{places}f}" for name in names),
                f"{one.ratio(method.fit.against):.3f}",
                f"{one.spread:.{places}f}",
                str(one.authorities),
            )
        )
    head = ("Measure", "Year", "Ours, held out", *names, "Ratio", "Spread", "Authorities")
    return markdown.table(head, rows)
