"""No figure after the day, no school on both sides, the same bytes for the same seed."""

import json
from datetime import date

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from factories.forecast_holdings import CUTOFF, UNTIL, holdings
from steward.analysis.forecasting import asking, models, protocol
from steward.analysis.forecasting.asking import Kind
from steward.analysis.forecasting.backtest import backtest
from steward.analysis.forecasting.catalogue import FEATURES, NAMES, TEN
from steward.analysis.forecasting.features import frame_on
from steward.analysis.forecasting.printed import printed_behind
from steward.analysis.forecasting.protocol import CannotBeAsked, Question, ask, months_before, past_of
from steward.analysis.forecasting.reasons import said_of
from steward.analysis.forecasting.record import backtest_from, chosen, text_of
from steward.analysis.forecasting.targets import Target
from steward.vocabulary.phases import Phase

QUESTION = Question(Phase.SECONDARY, Target.BELOW_GOOD, CUTOFF, UNTIL)


@pytest.fixture(scope="module")
def held():
    return holdings()


@pytest.fixture(scope="module")
def answers(held):
    return ask(QUESTION, holdings=held)


@pytest.fixture(scope="module")
def record(held):
    return backtest(QUESTION, holdings=held, draws=40)


def test_a_planted_figure_published_after_the_day_is_not_read_and_is_named(held, answers):
    leaking = holdings(leak=True)
    frame = frame_on(CUTOFF, phase=Phase.SECONDARY, holdings=leaking)
    assert np.isnan(frame.column("absence")).all()
    assert any(title == "Planted after the day" and "after the day" in why for title, why in frame.left_out)
    again = ask(QUESTION, holdings=leaking)
    assert np.array_equal(again.said[Kind.TREES], answers.said[Kind.TREES])


def test_the_same_figure_would_have_been_seen_a_day_later():
    frame = frame_on(date(2017, 9, 1), phase=Phase.SECONDARY, holdings=holdings(leak=True))
    assert not np.isnan(frame.column("absence")).any()


def test_results_are_read_only_once_they_are_out(held):
    before = frame_on(date(2017, 1, 24), phase=Phase.SECONDARY, holdings=held)
    after = frame_on(date(2017, 1, 25), phase=Phase.SECONDARY, holdings=held)
    assert not np.array_equal(before.column("progress"), after.column("progress"))
    assert "Results of 2016" not in before.used
    assert "Results of 2016" in after.used


def test_an_inspection_whose_report_was_not_out_is_no_last_grade(held):
    place = int(np.flatnonzero(held.outcomes.on > date(2014, 1, 1).toordinal())[0])
    school, began = int(held.outcomes.school[place]), int(held.outcomes.on[place])
    frame = frame_on(date.fromordinal(began + 59), phase=Phase.SECONDARY, holdings=held)
    later = frame_on(date.fromordinal(began + 60), phase=Phase.SECONDARY, holdings=held)
    row = int(np.searchsorted(frame.schools, school))
    assert later.column("years_since")[row] < 1
    assert not frame.column("years_since")[row] < 0.2


def test_nothing_that_came_after_the_cut_off_is_learnt_from(held):
    known = held.outcomes.known_on <= CUTOFF.toordinal()
    cut = past_of(QUESTION, holdings=held.with_outcomes(held.outcomes.chosen(known)))
    whole = past_of(QUESTION, holdings=held)
    assert np.array_equal(cut.came, whole.came)
    assert all(day < CUTOFF for day, _, _ in whole.days)


def test_no_school_is_on_both_sides(held, monkeypatch):
    seen = []
    learnt = protocol.learnt
    monkeypatch.setattr(
        protocol,
        "learnt",
        lambda kind, *, past, seed: seen.append(past) or learnt(kind, past=past, seed=seed),
    )
    found = ask(QUESTION, holdings=held, kinds=(Kind.LOGISTIC,))
    parts = models.part_of(found.frame.schools, parts=protocol.PARTS, salt=QUESTION.seed)
    assert len(seen) == protocol.PARTS
    for part, past in enumerate(seen):
        asked = set(found.frame.schools[parts == part].tolist())
        assert asked
        assert not asked & set(past.schools.tolist())


def test_a_school_falls_into_the_same_part_whatever_the_order():
    schools = np.arange(100_000, 100_500)
    assert np.array_equal(
        models.part_of(schools, parts=5, salt=3), models.part_of(schools[::-1], parts=5, salt=3)[::-1]
    )
    assert set(np.bincount(models.part_of(schools, parts=5, salt=3)) > 60) == {True}


def test_the_same_seed_gives_the_same_bytes(held, record):
    assert text_of(backtest(QUESTION, holdings=holdings(), draws=40)) == text_of(record)
    assert text_of(backtest_from(text_of(record))) == text_of(record)


def test_forecasts_find_what_was_planted_in_progress_and_simple_is_chosen_when_it_does_as_well(record):
    progress = record.row(Kind.PROGRESS_ONLY)
    assert progress.figures["auc"].value > 0.7
    kind, because = chosen(record)
    assert kind in (Kind.PROGRESS_ONLY, Kind.LOGISTIC)
    assert because


def test_groups_of_each_dimension_are_all_schools(record):
    for row in record.rows:
        for dimension in ("disadvantage", "size", "faith", "phase"):
            mine = [one for one in row.groups if one.dimension == dimension]
            assert sum(one.schools for one in mine) == record.inspected
            assert sum(one.came for one in mine) == record.came
            assert sum(one.flagged for one in mine) == round(0.2 * record.inspected)
        assert sum(band.schools for band in row.bands) == record.inspected


def test_a_question_that_cannot_be_answered_is_refused_in_a_sentence(held):
    early = Question(Phase.SECONDARY, Target.BELOW_GOOD, date(2009, 1, 1), date(2009, 6, 1))
    with pytest.raises(CannotBeAsked, match="schools with an answer"):
        ask(early, holdings=held)
    with pytest.raises(CannotBeAsked, match="must lie after"):
        ask(Question(Phase.SECONDARY, Target.BELOW_GOOD, UNTIL, CUTOFF), holdings=held)
    decline = Question(Phase.SECONDARY, Target.DECLINE, date(2018, 6, 1), date(2019, 6, 1))
    with pytest.raises(CannotBeAsked, match="needs results of 2020"):
        ask(decline, holdings=held)


@pytest.mark.parametrize("kind", [Kind.LOGISTIC, Kind.TREES])
def test_a_kept_model_says_the_same_without_the_library(held, answers, kind):
    past = past_of(QUESTION, holdings=held)
    model = protocol.learnt(kind, past=past, seed=1)
    text = asking.text_of(model)
    again = asking.model_from(text)
    assert asking.text_of(again) == text
    assert np.array_equal(again.likely(answers.frame.matrix), model.likely(answers.frame.matrix))
    assert json.loads(text)["kind"] in ("linear", "trees")


def test_trees_are_asked_as_the_library_asks_them(held):
    past = past_of(QUESTION, holdings=held)
    told = np.flatnonzero([len(np.unique(one[~np.isnan(one)])) > 1 for one in past.matrix.T])
    model = models._trees(past.matrix, past.came, 3)
    fitted = HistGradientBoostingClassifier(
        learning_rate=0.04,
        max_iter=150,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=3,
    ).fit(past.matrix[:, told], past.came)
    assert np.allclose(model.likely(past.matrix), fitted.predict_proba(past.matrix[:, told])[:, 1], atol=1e-7)


def test_what_is_no_model_is_refused():
    with pytest.raises(asking.UnreadableModel, match="Run steward forecast"):
        asking.model_from('{"form": 99}')
    with pytest.raises(asking.UnreadableModel):
        asking.model_from("not json")


def test_unknown_numbers_add_nothing_and_are_named(held):
    frame = frame_on(CUTOFF, phase=Phase.SECONDARY, holdings=held)
    model = protocol.learnt(Kind.LOGISTIC, past=past_of(QUESTION, holdings=held), seed=1)
    said = said_of(model, frame=frame, among=np.array([0, 1]))
    assert len(said) == 2
    assert "absence" in said[0].unknown
    assert all(reason.sentence.endswith(".") for one in said for reason in one.reasons)
    assert all(0 < one.likely < 1 for one in said)
    whole = np.zeros((1, len(NAMES)))
    whole[:] = np.nan
    assert model.score(whole)[0] == pytest.approx(model.intercept)


def test_a_reason_prints_the_figure_its_year_and_its_file(held):
    frame = frame_on(CUTOFF, phase=Phase.SECONDARY, holdings=held)
    model = protocol.learnt(Kind.PROGRESS_ONLY, past=past_of(QUESTION, holdings=held), seed=1)
    among = np.array([0, 1])
    behind = printed_behind(frame, holdings=held, among=among)
    for place, one in zip(among, behind, strict=True):
        figure = one["progress"][0]
        number = held.measures.index("progress_8")
        rows = (held.figures.school == frame.schools[place]) & (held.figures.measure == number)
        value = held.figures.value[rows & (held.figures.period == 2016)]
        assert (figure.measure, figure.year, figure.file) == ("progress_8", 2016, "Results of 2016")
        assert figure.value == pytest.approx(float(value[0]))
        assert [each.year for each in one["progress_change"]] == [2016, 2015]
    told = [{"progress": "Progress 8 was 0.12 in 2016 (Results of 2016)"} for _ in among]
    said = said_of(model, frame=frame, among=among, behind=told)
    sentences = [reason.sentence for one in said for reason in one.reasons]
    assert sentences
    assert all(one.endswith(": Progress 8 was 0.12 in 2016 (Results of 2016).") for one in sentences)


def test_no_protected_characteristic_and_no_faith_is_among_the_numbers():
    words = " ".join((*NAMES, *(one.title for one in FEATURES)))
    for banned in (
        "ethnic",
        "faith",
        "religi",
        "gender",
        "boys",
        "girls",
        "english_additional",
        "sen_",
        "ehc",
    ):
        assert banned not in words
    assert set(TEN) <= set(NAMES)
    assert len(TEN) == 10


def test_months_before_keeps_to_the_month():
    assert months_before(date(2015, 5, 31), months=6) == date(2014, 11, 30)
    assert months_before(date(2016, 2, 29), months=12) == date(2015, 2, 28)
    assert months_before(date(2015, 1, 31), months=1) == date(2014, 12, 31)
