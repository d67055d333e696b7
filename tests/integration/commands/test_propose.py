"""`steward propose` keeps a run and says in short which schools need what and why."""

import json

import pytest
from click.testing import CliRunner

from steward.categorisation import queries as categorisation
from steward.command.propose import command, summary_lines


@pytest.fixture
def run(sample_home):
    def run(*arguments: str):
        return CliRunner().invoke(command, list(arguments))

    return run


def test_the_summary_counts_every_school_and_names_the_five_most_pressing(run, sample_home):
    answer = run()
    assert answer.exit_code == 0
    made = categorisation.current_run(sample_home.authority)
    assert f"{made.proposals.count()} schools asked about" in answer.output
    assert (
        sum(
            line.startswith("  ") and line.lstrip()[:2].rstrip(".").isdigit()
            for line in answer.output.splitlines()
        )
        == 5
    )
    pressing = categorisation.most_pressing(made, within=categorisation.EVERY_SCHOOL)
    for proposal in pressing:
        assert proposal.school.name in answer.output
        assert proposal.reason in answer.output
    assert "A person decides." in answer.output


def test_the_counts_by_phase_add_up(run, sample_home):
    counts = json.loads(run("--json").output)["counts"]
    for each in counts:
        assert sum(each["by_phase"].values()) == each["schools"]


def test_json_holds_every_proposal(run, sample_home):
    plain = json.loads(run("--json", "--authority", sample_home.authority).output)
    made = categorisation.current_run(sample_home.authority)
    assert plain["run"] == made.pk
    assert len(plain["proposals"]) == made.proposals.count()
    unsettled = [each for each in plain["proposals"] if not each["settled"]]
    assert all(each["category"] is None for each in unsettled)


def test_a_day_and_a_number_can_be_asked_for(run):
    answer = run("--as-at", "2014-12-31", "--top", "1", "--trial")
    assert "A trial" in answer.output
    assert "as at 31 December 2014" in answer.output
    assert "The most pressing school:" in answer.output


def test_a_run_of_the_past_or_of_the_watch_needs_trial_and_changes_nothing(run, sample_home):
    before = categorisation.current_run(sample_home.authority)
    for asked in (("--as-at", "1990-01-01"), ("--ruleset", "watch")):
        answer = run(*asked)
        assert answer.exit_code != 0
        assert "--trial" in answer.output + str(answer.exception)
    run("--ruleset", "watch", "--trial")
    assert categorisation.current_run(sample_home.authority) == before


def test_each_run_is_kept(run, sample_home):
    before = len(categorisation.runs_of(sample_home.authority))
    run()
    assert len(categorisation.runs_of(sample_home.authority)) == before + 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--as-at", "yesterday"), "is not a date"),
        (("--authority", "Leeds"), "three digits"),
        (("--authority", "001"), "No school of authority 001"),
        (("--ruleset", "astrology"), "There is no ruleset 'astrology'"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(run, arguments, sentence):
    answer = run(*arguments)
    assert answer.exit_code != 0
    assert sentence in answer.output + str(answer.exception)


def test_without_a_run_the_summary_says_what_to_do():
    assert summary_lines(None) == ["No policy has been asked about these schools yet: steward propose."]
