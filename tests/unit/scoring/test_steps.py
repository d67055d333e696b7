"""Steps of a concern: whatever is tried, only the steps of the table are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.early_warning.models.concerns import OPEN_STATES, State
from steward.early_warning.policies import NotPossible, after
from steward.early_warning.steps import STEPS, Act


@given(st.lists(st.sampled_from(Act), max_size=30))
def test_a_concern_is_always_in_a_state_that_the_table_leads_to(acts):
    state = State.RAISED
    for act in acts:
        if act in STEPS[state]:
            state = after(state, act=act, reason="because", passed_to="Somebody")
        else:
            with pytest.raises(NotPossible):
                after(state, act=act, reason="because", passed_to="Somebody")
    assert state in STEPS


def test_no_state_is_a_dead_end_and_closing_needs_an_assessment_or_somebody_to_pass_it_to():
    assert all(STEPS.values())
    closing = {act for act, to in STEPS[State.RAISED].items() if to not in OPEN_STATES}
    assert closing == {Act.PASS_ON}


@pytest.mark.parametrize("state", State)
def test_every_step_needs_a_reason(state):
    for act in STEPS[state]:
        with pytest.raises(NotPossible, match="why"):
            after(state, act=act, reason="  ", passed_to="Somebody")


def test_passing_on_needs_somebody():
    with pytest.raises(NotPossible, match="whom"):
        after(State.RAISED, act=Act.PASS_ON, reason="Not ours", passed_to="")
