"""The solver says nothing to people who wait at a command."""

import highspy

from steward.analysis.highs import QuietHighs


def test_a_solver_is_made_and_run_in_silence(capfd):
    solver = QuietHighs()
    solver.addVar(0.0, 1.0)
    solver.run()
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == ""


def test_a_solver_with_options_of_its_own_solves_after_another():
    for options in ({}, {"mip_rel_gap": 0.0}):
        solver = QuietHighs()
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.addVar(0.0, 1.0)
        assert solver.run() == highspy.HighsStatus.kOk
        assert solver.getOptionValue("threads")[1] == 1
