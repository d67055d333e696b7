"""Forecasts in the site: never without reasons, record and limits; never for schools; read by no rule."""

import ast
import csv
import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.html import escape

import steward
from factories.forecast_holdings import CUTOFF, UNTIL, holdings
from steward.access.roles import Role
from steward.analysis.forecasting import asking, protocol
from steward.analysis.forecasting.asking import Kind
from steward.analysis.forecasting.backtest import backtest
from steward.analysis.forecasting.measures import Interval
from steward.analysis.forecasting.protocol import Question
from steward.analysis.forecasting.record import Band, text_of
from steward.analysis.forecasting.targets import Target
from steward.audit.operations import Program
from steward.early_warning import backtesting, forecast_sources, forecast_tables, forecast_words
from steward.early_warning.models import Forecast, ForecastModel, ForecastRun
from steward.early_warning.operations import forecasting
from steward.early_warning.queries import forecasts as queries
from steward.evidence.queries import releases
from steward.register import queries as register
from steward.register.models import Predecessor, School
from steward.vocabulary.phases import Phase

ADDRESSES = ("/early-warning/forecast/", "/early-warning/forecast/forecasts.csv")
OPEN_TO_ALL = ("/early-warning/model-card/", "/early-warning/transparency-record/")
ACTOR = Program("The tests")
SOURCE = Path(steward.__path__[0])


@pytest.fixture(scope="session")
def fitted():
    """Return a model and its record, fitted once on an invented England."""
    question = Question(Phase.SECONDARY, Target.BELOW_GOOD, CUTOFF, UNTIL)
    held = holdings()
    model = protocol.learnt(Kind.LOGISTIC, past=protocol.past_of(question, holdings=held), seed=1)
    return asking.text_of(model), text_of(backtest(question, holdings=held, draws=20))


@pytest.fixture
def run(sample_home, fitted):
    """Return a run with forecasts of the secondary schools of the authority served."""
    made = ForecastRun.objects.create(
        authority_id=sample_home.authority,
        as_at=date(2019, 8, 31),
        generation=releases.current(),
        seed=1,
        run_at=timezone.now(),
        run_by_name="The tests",
        current=True,
    )
    model, record = fitted
    kept = ForecastModel.objects.create(
        run=made,
        phase="secondary",
        kind="logistic",
        chosen_because="It was better beyond chance.",
        model=model,
        record=record,
        used=["Results of 2019"],
        left_out=[["Results of 2020", "published on 25 January 2021, after the day"]],
    )
    chosen = [one for one in register.schools_of(sample_home.authority) if one.phase == "secondary"]
    for place, school in enumerate(chosen):
        likely = 0.05 + 0.9 * place / len(chosen)
        Forecast.objects.create(
            fitted=kept,
            school=school,
            likely=likely,
            band=asking.band_of(likely),
            reasons=[["Pupils make less progress than elsewhere.", 0.8]],
            unknown=["absence"],
        )
    return made


def test_the_list_has_expected_numbers_reasons_record_and_limits(run, client_of):
    text = client_of(Role.ADVISER).get("/early-warning/forecast/").content.decode()
    for words in (
        "How many to expect",
        "How good is this?",
        "What it cannot say",
        "Pupils make less progress",
    ):
        assert words in text
    assert forecast_words.STARTS in text
    assert forecast_words.DECIDES in text


def test_a_school_page_has_reasons_what_is_unknown_record_and_limits(run, client_of):
    one = Forecast.objects.first()
    text = client_of(Role.ADVISER).get(f"/schools/{one.school_id}/early-warning/forecast/").content.decode()
    for words in ("Pupils make less progress", "absence", "Back-test", "What it cannot say", one.band):
        assert words in text
    for said in forecast_words.LIMITS:
        assert said.replace("'", "&#x27;") in text


def test_every_row_of_the_file_has_reasons_and_limits(run, client_of):
    content = client_of(Role.ADVISER).get("/early-warning/forecast/forecasts.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert len(rows) == Forecast.objects.count()
    assert all(row["reasons"] and "decides no support category" in row["limits"] for row in rows)


def test_filters_keep_to_what_is_asked(run, client_of):
    browser = client_of(Role.ADVISER)
    text = browser.get("/early-warning/forecast/?band=Unlikely").content.decode()
    assert f"{Forecast.objects.filter(band='Unlikely').count()} school" in text
    assert "No school fits" in browser.get("/early-warning/forecast/?phase=primary").content.decode()


def test_the_model_card_and_the_transparency_record_come_from_the_run(run, client_of):
    browser = client_of(Role.HEAD_OF_SERVICE)
    card = browser.get("/early-warning/model-card/").content.decode()
    for words in (
        "What it is not for",
        "Goals",
        "Results of 2020",
        "scikit-learn",
        "It was better beyond chance.",
    ):
        assert words in card
    record = browser.get("/early-warning/transparency-record/").content.decode()
    assert run.authority.name in record
    assert "Protected characteristics" in record


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.SCHOOL_USER])
def test_neither_schools_nor_councillors_see_a_forecast(run, client_of, role):
    one = Forecast.objects.first()
    browser = client_of(role, urn=one.school_id if role is Role.SCHOOL_USER else None)
    for address in (*ADDRESSES, f"/schools/{one.school_id}/early-warning/forecast/"):
        assert browser.get(address).status_code in (403, 404), address


def test_nobody_sees_one_without_signing_in(run, client):
    for address in ADDRESSES:
        assert client.get(address).status_code in (302, 403), address


def test_everybody_may_read_how_forecasts_are_made_and_no_school_is_named(run, client):
    names = [one.school.name for one in Forecast.objects.select_related("school")]
    for address in OPEN_TO_ALL:
        text = client.get(address).content.decode()
        assert "AUC" in text or "of two schools" in text, address
        assert run.run_by_name not in text
        assert not [name for name in names if name in text], address
    assert "complaints procedure" in client.get(OPEN_TO_ALL[1]).content.decode()
    card = client.get(OPEN_TO_ALL[0]).content.decode()
    assert "What is not delivered" in card
    assert "is back-tested and not forecast for schools" in card


def test_a_closed_school_leads_to_the_forecast_of_what_carries_it_on(run, client_of):
    one = Forecast.objects.select_related("school").first()
    closed = School.objects.filter(authority=run.authority).exclude(pk=one.school_id).last()
    closed.standing, closed.closed_on = "closed", date(2019, 7, 31)
    closed.save()
    Predecessor.objects.filter(urn__in=(one.school_id, closed.urn)).delete()
    Predecessor.objects.filter(predecessor_urn__in=(one.school_id, closed.urn)).delete()
    Predecessor.objects.create(urn=one.school_id, predecessor_urn=closed.urn, relation="Predecessor")
    browser = client_of(Role.ADVISER)
    text = browser.get(f"/schools/{closed.urn}/early-warning/forecast/").content.decode()
    assert f"closed on 31 July 2019 and carries on as {escape(one.school.name)} ({one.school_id})" in text
    assert f'href="/schools/{one.school_id}/early-warning/forecast/"' in text
    later = browser.get(f"/schools/{one.school_id}/early-warning/forecast/").content.decode()
    assert f"under its earlier number: {escape(closed.name)} ({closed.urn})" in later
    score = browser.get(f"/schools/{closed.urn}/early-warning/").content.decode()
    assert f'href="/schools/{one.school_id}/early-warning/"' in score


def test_a_special_school_is_told_the_true_reason(run, client_of):
    school = register.schools_of(run.authority_id)[0]
    school.phase = Phase.SPECIAL.value
    school.save()
    Forecast.objects.filter(school=school).delete()
    text = client_of(Role.ADVISER).get(f"/schools/{school.urn}/early-warning/forecast/").content.decode()
    assert "and this one is special" in text


def test_the_number_expected_is_a_range_with_the_miss_of_the_back_test(run, client_of):
    fitted = queries.fitted_in(run)[0]
    said = sum(one.likely for one in Forecast.objects.all())
    text = client_of(Role.ADVISER).get("/early-warning/forecast/").content.decode()
    assert f"The models say {said:.0f}" in text
    assert forecast_tables.level_in_short(fitted.row) in text


def test_a_forecast_without_reasons_says_what_it_then_is(run, client_of):
    one = Forecast.objects.first()
    one.reasons, one.unknown = [], ["progress of pupils"]
    one.save()
    browser = client_of(Role.ADVISER)
    for address in ("/early-warning/forecast/", f"/schools/{one.school_id}/early-warning/forecast/"):
        text = browser.get(address).content.decode()
        assert "Progress of pupils is not known, so this is about the share of all such schools." in text
        assert "Nothing" not in text


@pytest.mark.parametrize(
    ("came", "level"), [(165, "65% more came than were said"), (100, "about as many"), (60, "40% fewer")]
)
@pytest.mark.parametrize(
    ("slope", "spread"), [(0.5, "further apart"), (1.0, "as far apart"), (1.5, "closer")]
)
def test_sureness_is_told_from_level_and_spread_together(run, came, level, slope, spread):
    row = queries.fitted_in(run)[0].row
    bands = (Band("Unlikely", 300, 40.0, came - 30), Band("More likely than not", 100, 60.0, 30))
    figures = {**row.figures, "calibration_slope": Interval(slope, slope, slope)}
    said = forecast_tables.how_sure(replace(row, bands=bands, figures=figures))
    assert level in said
    assert spread in said
    assert "Of the 100 in the highest band used (“more likely than not”), 30 came and 60 were said." in said


def test_before_the_first_run_pages_say_what_will_be_here(sample_home, client_of):
    browser = client_of(Role.ADVISER)
    assert "No forecast has been made yet" in browser.get("/early-warning/forecast/").content.decode()
    for address in OPEN_TO_ALL:
        assert "No forecast has been made yet" in browser.get(address).content.decode()
    school = register.schools_of(sample_home.authority)[0]
    text = browser.get(f"/schools/{school.urn}/early-warning/forecast/").content.decode()
    assert "neither good nor bad news" in text


def test_the_site_starts_without_the_library_that_fits_models():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'steward.config.settings'; import django; "
        "django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "import steward.early_warning.urls; print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")


def test_no_rule_and_no_decision_can_read_a_forecast():
    for folder in ("analysis/rules", "categorisation", "analysis/scoring"):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                module = getattr(node, "module", None) or ""
                names = [alias.name for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)]
                told = " ".join((module, *names)).lower()
                assert "forecast" not in told, f"{path}: {told}"
    for path in sorted((SOURCE / "definitions").joinpath("rulesets").glob("*.yaml")):
        assert "forecast" not in path.read_text(encoding="utf-8").lower(), path


def test_the_operation_keeps_model_record_and_reasons_or_says_why_not(sample_home):
    """On the small sample there may be too little to learn from: then it is said for each phase."""
    refused = ""
    try:
        made, failed = forecasting.run(actor=ACTOR, authority=sample_home.authority, draws=20)
    except forecasting.NothingToForecast as fault:
        refused = str(fault)
    if refused:
        assert "Primary schools" in refused
        assert "Secondary schools" in refused
        assert not ForecastRun.objects.exists()
        return
    assert made.current
    for one in made.fitted.all():
        assert one.forecasts.exists()
        assert asking.text_of(asking.model_from(one.model)) == one.model
    assert len(failed) + made.fitted.count() == 2


def test_the_sample_is_read_with_its_days_of_publication(sample_home):
    held = forecast_sources.holdings()
    assert len(held.figures.value) > 1000
    assert len(held.outcomes.on) > 100
    days = (date(2015, 5, 31), date(2018, 7, 31))
    found, refused = backtesting.run(
        (Phase.PRIMARY,), target=Target.BELOW_GOOD, days=days, holdings=held, draws=10
    )
    assert len(found) + len(refused) == 1
    assert all(one.endswith(".") for one in refused)
