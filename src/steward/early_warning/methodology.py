"""How signals, events, concerns and the score work, as a document, from the definitions in force."""

from collections.abc import Iterator

from steward.analysis.comparison.cusum import average_run_length
from steward.analysis.comparison.decline import LEAST, SURE
from steward.analysis.comparison.foresight_record import ForesightRecord, RecordedRun, read_foresight
from steward.analysis.rules import wording
from steward.analysis.scoring.method import ScoreMethod
from steward.analysis.scoring.workings import NOT_ENOUGH_KNOWN, Scoring
from steward.early_warning import definitions
from steward.early_warning.models.concerns import State
from steward.early_warning.queries.events import APPEARANCES
from steward.early_warning.steps import STEPS
from steward.interface import markdown
from steward.vocabulary.academic_year import AcademicYear

_INTRODUCTION = (
    "Early warning gathers signs of trouble from figures and from people. A score starts a conversation "
    "and is not a judgement of the school. It decides no support category, it is not shared with "
    "schools, councillors or the public, and it is not used for anything else."
)
_EVENTS = (
    "An officer records an event at a school with its evidence and until when it counts. Points and "
    "days are a proposal that each council replaces by its own. No child, parent or member of staff is "
    "named; text that looks like a child's name, a pupil number or a date of birth is questioned before "
    "it is kept. That no event is on record does not mean that nothing happened."
)
_CONCERNS = (
    "A concern is raised with facts, assessed, taken up, resolved or passed on. Each step has its "
    "reason and is kept. It is the council's own: no support category, no Ofsted category of concern, "
    "and not the status of being eligible for intervention in law."
)
_SCORE = (
    "Each part below is a condition of the same closed set that policies are made of. Of the tests of a "
    "part the met one with most points counts. What could not be settled is taken out of the maximum "
    "and named; it is never read as good. Every run keeps its method, its inputs and its outcome, and "
    "can be worked out again to the byte."
)
_DRIFT = (
    "Absence of a school by week or half term is held against its own earlier level: the first 12 weeks "
    "or 6 half terms, less the rate of England in the same days where the file gives it, so that the "
    "season does not count. What lies more than half a standard deviation above is added up (a "
    "one-sided running sum, CUSUM; E. S. Page, 1954); a sum beyond 4 is a sign. It begins anew when the "
    "council is on record as having acted. The table says after how many weeks, on average, the sum "
    "goes beyond the limit. It holds where the ordinary level is known; one learnt from twelve weeks "
    "gives more false alarms."
)
_DECLINE = (
    f"A mean of pupils' progress is flagged when it is more than {SURE:.0%} likely that it truly fell by "
    f"more than {LEAST:g} standard deviations of schools, held against what is believed of up to three "
    "years before it (their mean, drawn towards all schools as far as few pupils say little). Years "
    "before a break in the series do not count: since 2018 and 2022 are breaks, only one year before is "
    "often left."
)
_HONEST = (
    "Most worse inspections were not preceded by a flag, and most flags were not followed by one. The "
    "flag is a reason to look, and no forecast."
)


def early_warning() -> str:
    """Return the document, from the method in use, the kinds of event and the record of declines."""
    scoring = definitions.scoring()
    return markdown.document(
        (
            markdown.heading("Early warning", level=1),
            _INTRODUCTION,
            markdown.heading("Events", level=2),
            _EVENTS,
            _kinds_of_event(),
            _prompt(),
            markdown.heading("Concerns", level=2),
            _CONCERNS,
            _steps(),
            markdown.heading("The score", level=2),
            _SCORE,
            *_method(scoring),
            markdown.heading("Absence that drifts", level=2),
            _DRIFT,
            _run_lengths(),
            markdown.heading("Progress that declines", level=2),
            _DECLINE,
            *(block for one in read_foresight().values() for block in _record(one)),
        )
    )


def _kinds_of_event() -> str:
    rows = (
        (
            one.title,
            f"{one.points:g}",
            f"{one.at_most:g}",
            f"{one.lasts_days}",
            one.evidence_needed,
            _source(one),
        )
        for one in definitions.events().values()
    )
    head = ("Event", "Points", "At most", "Days", "Evidence", "Source")
    return markdown.table(head, rows)


def _source(one: object) -> str:
    unverified = getattr(one, "unverified", "")
    return f"{getattr(one, 'source', '')}{f'. {unverified}' if unverified else ''}"


def _prompt() -> str:
    terms = definitions.half_terms()
    days = wording.listed((f"{one.title} from {one.begins}" for one in terms.typical), last="and")
    return (
        f"{wording.count(APPEARANCES).capitalize()} events of a school in one half term prompt “Discuss at "
        f"the next concern meeting”, and nothing more. Half terms begin, by month and day: {days}. "
        f"{terms.unverified}"
    )


def _steps() -> str:
    rows = (
        (state.label, act.label, following.label)
        for state in State
        for act, following in STEPS[state].items()
    )
    return markdown.table(("A concern that is", "may go on by", "and is then"), rows)


def _method(scoring: Scoring) -> Iterator[str]:
    method = scoring.method
    yield (
        f"Method: {method.title}, version {method.version}, {method.status.replace('_', ' ')}. Author: "
        f"{method.author}. Approved by: {method.approved_by}. {method.unverified}"
    )
    rows = (
        (item.group.label, item.title, test.when.sentence(scoring.catalogue), f"{test.points:g}", item.source)
        for item in method.items
        for test in item.tests
    )
    yield markdown.table(("Group", "Part", "Met when", "Points", "Source"), rows)
    yield f"All live events together add at most {method.events_at_most:g} points."
    yield _bands(method)


def _bands(method: ScoreMethod) -> str:
    named = wording.listed((f"“{one.label}” from {one.at_least:g}%" for one in method.bands), last="and")
    return (
        f"Of the points available: {named}. Where less than {method.least_known:g}% of the maximum is "
        f"available, “{NOT_ENOUGH_KNOWN}” stands in the place of a band."
    )


def _run_lengths() -> str:
    rows = (
        (f"{h}", *(f"{average_run_length(shift, h=h):.1f}" for shift in (0.0, 0.5, 1.0))) for h in (3, 4, 5)
    )
    head = (
        "Limit",
        "Nothing has changed (false alarm)",
        "Half a standard deviation worse",
        "One standard deviation worse",
    )
    return markdown.table(head, rows)


def _record(record: ForesightRecord) -> Iterator[str]:
    yield f"{record.about} {record.data} Worked out on {wording.day(record.worked_out_on)}."
    head = (
        "Results of",
        "Phase",
        "Schools that could be tested",
        "Flagged",
        "Inspections that fell",
        "of them flagged before",
        "Inspections that did not fall",
        "of them flagged before",
    )
    yield markdown.table(head, (_run(one) for one in record.runs))
    yield _HONEST


def _run(one: RecordedRun) -> tuple[str, ...]:
    return (
        str(AcademicYear(one.year)),
        one.phase.label,
        f"{one.tested:,}",
        f"{one.flagged:,}",
        f"{one.fell:,}",
        _of(one.fell_flagged, whole=one.fell),
        f"{one.held:,}",
        _of(one.held_flagged, whole=one.held),
    )


def _of(part: int, *, whole: int) -> str:
    return f"{part:,} ({100 * part / whole:.0f}%)" if whole else "none"
