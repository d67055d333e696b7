"""Groups and gaps as a document: what each is made of, and how the change of a gap is told."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from steward.analysis.comparison.gap_measures import Gap, GapMeasure, Stage
from steward.analysis.comparison.groups import ALL, GroupDefinition
from steward.equality.queries import file_gaps
from steward.evidence import catalogues
from steward.interface import markdown, words

_INTRODUCTION = (
    "A gap is the figure of a group of pupils less the figure of those it is held against, as "
    "published, in the unit of the measure: a minus means that the group has the lower figure. It is "
    "wide on the side that is worse for the group. Where a publication prints no figure of the "
    "others, the group is held against all pupils, its own among them, and the page says so."
)
_RULES = (
    (
        "**Change.** A gap is compared with the year before only where both years have both figures, the "
        "years follow each other, the measure did not break, and the group did not come to mean something"
        " else. Years further apart are never compared, except over an unbroken run of years, each of "
        "which can be compared with the next."
    ),
    (
        "**Narrowing and widening.** The change is that of the size of the gap. Each of the four figures "
        "in it may have been rounded by half of its last printed digit; a gap is called narrower or wider"
        " only where rounding of all four cannot explain the change, and where the change is no smaller "
        "than the smallest change of the measure below. A change from one year to the next that is no "
        "larger than such gaps usually move is said to be within the usual movement, and is not counted "
        "among those that widened or narrowed. It has turned round where the group that was behind is ahead."
    ),
    (
        "**What is usual.** Beside a change stands how far such gaps of authorities usually move from one"
        " year to the next: 1.96 robust standard deviations (1.4826 median distances from the median) of "
        "the changes of all authorities that have both years, where there are thirty or more. Where there "
        "are fewer, how far such gaps usually move is not known: the change is told, but it is neither "
        "counted nor listed among gaps that widened or narrowed."
    ),
    (
        "**Chance.** The series of authorities prints no numbers of pupils, so no interval can be given "
        "and none is drawn. A place among authorities is given with the range that rounding leaves open, "
        "and never without saying that chance would widen it."
    ),
    (
        "**Elsewhere.** England's and the region's gaps are those of their own published figures. The gap"
        " beside neighbours, core cities and authorities most alike in first language is the plain mean "
        "of their gaps, since there are no numbers of pupils to weigh them by. *Group less England's "
        "others* is the authority's group less England's figure of those outside the group: as printed, or "
        "worked out from all pupils and the group where their numbers are printed, or else that of all "
        "pupils, which the page says. The same goes for a school's gap to others of England."
    ),
    (
        "**Within schools.** Only figures that passed the disclosure gate are used. Where a file prints "
        "the group and all pupils, the figure of other pupils is worked out from the two with their "
        "numbers. The interval of a gap of two shares is Newcombe's hybrid score interval; beside it "
        "stands the smallest gap that would probably be seen with so few pupils (80% power). Up to three "
        "years that follow each other without a break can be put together, weighted by pupils; of a score "
        "only those of which it is known how far scores of pupils spread, if the newest is among them."
    ),
    (
        "**Schools that buck the trend.** The share that the group reaches is tested against the same "
        "group in England, one-sided, by the exact binomial; of the list at most 1 in 20 is there by "
        "chance (Benjamini and Hochberg)."
    ),
)
_SIDES = ("Group", "Held against", "Figure of the group", "Figure of the others")


def gaps() -> str:
    """Return every group and every gap, from the definitions in force."""
    groups, every = catalogues.groups(), list(catalogues.gaps().values())
    return markdown.document(
        (
            markdown.heading("Groups of pupils and the gaps between them", level=1),
            _INTRODUCTION,
            *_RULES,
            markdown.heading("Groups", level=2),
            *(block for group in _ordered(groups) for block in _group(group)),
            markdown.heading("Gaps", level=2),
            *(block for stage in Stage for block in _stage(stage, every=every)),
        )
    )


def _ordered(groups: Mapping[str, GroupDefinition]) -> list[GroupDefinition]:
    return sorted(groups.values(), key=lambda one: one.title)


def _group(group: GroupDefinition) -> Iterator[str]:
    yield markdown.heading(group.title, level=3, anchor=group.id)
    yield group.about
    if group.unverified:
        yield markdown.notice("Not verified against the primary source.", text=group.unverified)
    if group.members:
        rows = ((member.title, ", ".join(member.codes)) for member in group.members)
        yield markdown.table(("Member", "Codes"), rows)
    against = "all pupils" if group.comparison == ALL else group.member(group.comparison).name
    code_list = group.code_list
    yield markdown.facts(
        (
            ("Held against", against),
            ("Code list", f"{code_list.name}, version {code_list.version} ({code_list.source})"),
            ("Source", group.source),
            ("Version", f"{group.version}, owned by {group.owner}, reviewed {words.day(group.reviewed_on)}"),
        )
    )
    if group.by_year:
        yield markdown.bullets(
            f"{one.from_year} to {one.to_year or 'now'}: {one.meaning} ({one.source})"
            for one in group.by_year
        )
    if group.notes:
        yield group.notes


def _stage(stage: Stage, *, every: Sequence[Gap]) -> Iterator[str]:
    own = [gap for gap in every if gap.measure.stage is stage]
    if not own:
        return
    yield markdown.heading(stage.label, level=3)
    for _, of_measure in groupby(own, key=lambda gap: gap.measure.id):
        yield from _measure(list(of_measure))


def _measure(own: Sequence[Gap]) -> Iterator[str]:
    measure = own[0].measure
    yield markdown.heading(measure.title, level=4)
    rows = ((gap.name, gap.against_name, *_sides(gap)) for gap in own)
    yield markdown.table(_SIDES, rows)
    yield markdown.facts(_facts(measure))
    if measure.breaks:
        yield markdown.bullets(f"Break in {one.year}: {one.why}" for one in measure.breaks)
    if measure.notes:
        yield measure.notes


def _sides(gap: Gap) -> tuple[str, str]:
    of_files = file_gaps.pair_of(gap)
    if of_files is not None:
        return f"indicator `{of_files.value}`", f"indicator `{of_files.other}`"
    return _code(gap.pair.value), _code(gap.pair.other)


def _code(code: str) -> str:
    return f"`{code}`" if code else "pupil files only"


def _facts(measure: GapMeasure) -> tuple[tuple[str, str], ...]:
    least = f"{measure.least_change:g} {'percentage points' if measure.unit == 'percent' else 'points'}"
    return (
        ("Better", "higher figures" if measure.polarity == "high" else "lower figures"),
        ("Smallest change called narrowing or widening", least),
        ("Source", measure.source),
    )
