"""The solver says nothing to people who wait at a command."""

from steward.analysis.highs import QuietHighs


def test_a_solver_is_made_and_run_in_silence(capfd):
    solver = QuietHighs()
    solver.addVar(0.0, 1.0)
    solver.run()
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == ""
