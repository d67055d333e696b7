"""Learning from the past and asking about what came after, with no school on both sides.

Days in the past stand in for the cut-off: each has its own frame, and what came between it and the cut-off
is learnt from. Time is never shuffled. A school is asked about only by a model that has not seen it on any
day, under whatever URN it had. Nothing that was not published on a day is in the frame of that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from threadpoolctl import threadpool_limits

from steward.analysis.forecasting import models
from steward.analysis.forecasting.asking import Kind, Model
from steward.analysis.forecasting.features import Frame, frame_on
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.outcomes import Numbers, Outcomes, Whole
from steward.analysis.forecasting.targets import NotHeld, Target, labels
from steward.vocabulary.phases import Phase

PARTS = 5
"""Into how many parts schools fall; each is asked about by a model learnt from the four others."""
ORIGINS = (6, 12, 18, 24, 36)
"""How many months before the cut-off lie the days that are learnt from."""
SEED = 20150531


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which schools, what, from which day, and until when it could come."""

    phase: Phase
    target: Target
    cutoff: date
    until: date
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Past:
    """What is learnt from: one row for each school and day in the past of which it is known what came."""

    matrix: Numbers
    came: Numbers
    schools: Whole
    days: tuple[tuple[date, int, float], ...]
    """For each day in the past how many schools are learnt from, and the share to which it came."""


@dataclass(frozen=True, slots=True)
class Answers:
    """For each school of which it is known what came: what came, and what each model had said."""

    question: Question
    frame: Frame
    came: Numbers
    days_until: Numbers
    said: dict[Kind, Numbers]
    past: Past
    notes: tuple[str, ...]
    schools_on_the_day: int
    looked_at: Numbers
    """How likely it was that a school would be inspected in the window (inverse weights)."""


class CannotBeAsked(ValueError):
    """The question cannot be answered; the message says why and what would be needed."""


def months_before(day: date, *, months: int) -> date:
    """Return the same day so many months earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))


def past_of(question: Question, *, holdings: Holdings) -> Past:
    """Return what may be learnt from: only what had come, and was known, by the cut-off."""
    known = holdings.with_outcomes(
        holdings.outcomes.chosen(holdings.outcomes.known_on <= question.cutoff.toordinal())
    )
    pieces, days = [], []
    for months in ORIGINS:
        day = months_before(question.cutoff, months=months)
        frame = frame_on(day, phase=question.phase, holdings=holdings)
        try:
            places, came, _ = labels(frame, target=question.target, until=question.cutoff, holdings=known)
        except NotHeld:
            continue
        if len(places):
            pieces.append((frame.matrix[places], came, frame.schools[places]))
            days.append((day, len(places), float(came.mean())))
    if not pieces:
        raise CannotBeAsked(
            f"Nothing can be learnt before {question.cutoff}: what came in the {max(ORIGINS)} months before "
            "it is not held. Load outcomes of earlier years, or ask about a later day."
        )
    matrix, came, schools = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return Past(matrix, came, schools, tuple(days))


def ask(question: Question, *, holdings: Holdings, kinds: Sequence[Kind] = tuple(Kind)) -> Answers:
    """Return what each model said on the cut-off of the schools of which it is known what came.

    Raises CannotBeAsked when too little is held before the cut-off to learn from, or nothing after it.
    """
    if question.until <= question.cutoff:
        raise CannotBeAsked(
            f"The last day ({question.until}) must lie after the cut-off ({question.cutoff})."
        )
    frame = frame_on(question.cutoff, phase=question.phase, holdings=holdings)
    places, came, days_until = _after(frame, question=question, holdings=holdings)
    asked = frame.chosen(places)
    past = past_of(question, holdings=holdings)
    said, notes = {}, []
    for kind in kinds:
        try:
            said[kind] = _in_parts(kind, asked=asked, past=past, seed=question.seed)
        except models.TooLittleToLearn as fault:
            notes.append(f"{kind.label}: {fault}")
    if not said:
        raise CannotBeAsked(" ".join(notes))
    return Answers(
        question,
        asked,
        came,
        days_until,
        said,
        past,
        tuple(notes),
        len(frame.schools),
        _looked_at(frame, places),
    )


def told_by(
    question: Question, *, holdings: Holdings, store: Outcomes, file: Outcomes
) -> tuple[int, int, int]:
    """Return how many answers to a question are told by the store alone, by a file alone, and by both.

    `holdings` has the inspections of both. Answers to a decline come from results and from neither.
    """
    if question.target is Target.DECLINE:
        return 0, 0, 0
    frame = frame_on(question.cutoff, phase=question.phase, holdings=holdings)
    places, _, days = labels(frame, target=question.target, until=question.until, holdings=holdings)
    on = days.astype(np.int64) + question.cutoff.toordinal()
    asked = set(zip(frame.schools[places].tolist(), on.tolist(), strict=True))
    graded = question.target is Target.BELOW_GOOD
    mine, theirs = (asked & _told(one, graded=graded) for one in (store, file))
    return len(mine - theirs), len(theirs - mine), len(mine & theirs)


def _told(outcomes: Outcomes, *, graded: bool) -> set[tuple[int, int]]:
    known = ~np.isnan(outcomes.rank if graded else outcomes.concern)
    return set(zip(outcomes.school[known].tolist(), outcomes.on[known].tolist(), strict=True))


def learnt(kind: Kind, *, past: Past, seed: int) -> Model:
    """Return a model learnt from the whole of a past, with one thread so that it is always the same."""
    with threadpool_limits(limits=1):
        return models.fit(kind, matrix=past.matrix, came=past.came, schools=past.schools, seed=seed)


def _after(frame: Frame, *, question: Question, holdings: Holdings) -> tuple[Whole, Numbers, Numbers]:
    try:
        places, came, days = labels(frame, target=question.target, until=question.until, holdings=holdings)
    except NotHeld as fault:
        raise CannotBeAsked(str(fault)) from fault
    if not len(places) or came.min() == came.max():
        raise CannotBeAsked(
            f"Between {question.cutoff} and {question.until} the outcomes held have "
            f"{len(places):,} {question.phase.label.lower()} schools with an answer to the question, and not "
            "both kinds of it. Load later outcomes, or choose other days."
        )
    return places, came, days


def _in_parts(kind: Kind, *, asked: Frame, past: Past, seed: int) -> Numbers:
    """Return the forecasts of a kind; the model that is asked has not seen the school."""
    of_asked = models.part_of(asked.schools, parts=PARTS, salt=seed)
    of_past = models.part_of(past.schools, parts=PARTS, salt=seed)
    said = np.full(len(asked.schools), np.nan)
    for part in range(PARTS):
        rest = of_past != part
        fewer = Past(past.matrix[rest], past.came[rest], past.schools[rest], past.days)
        model = learnt(kind, past=fewer, seed=seed)
        said[of_asked == part] = model.likely(asked.matrix[of_asked == part])
    return said


def _looked_at(frame: Frame, places: Whole) -> Numbers:
    """Return how likely each school with an answer was to have one, by last grade and time since it."""
    has = np.zeros(len(frame.schools))
    has[places] = 1.0
    grade = np.nan_to_num(frame.column("previous_grade"), nan=0.0).astype(int)
    years = np.nan_to_num(frame.column("years_since"), nan=0.0).astype(int).clip(0, 9)
    cells = grade * 10 + years
    counts = np.bincount(cells, minlength=50)
    shares = np.bincount(cells, weights=has, minlength=50) / np.maximum(counts, 1)
    found: Numbers = shares[cells[places]].clip(0.05, 1.0)
    return found
