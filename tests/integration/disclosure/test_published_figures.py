"""Nothing about a small group can be worked out from all that is shown of schools and areas together."""

import pytest

from factories.published_attack import recovered, shown_of
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases


def measures_held() -> list[tuple[str, int]]:
    """Shares of pupils; of a mean of scores no number of pupils can be worked out."""
    values = engine.table(releases.current_folder() / "values.parquet")
    shares = [name for name, one in catalogues.indicators().items() if one.group and one.pupil_range is None]
    held = values.filter(values.indicator.isin(shares) & (values.status == "known"))
    rows = engine.connection().to_pyarrow(held.select("indicator", "period").distinct()).to_pylist()
    return sorted((row["indicator"], row["period"]) for row in rows)


def test_an_attack_on_everything_shown_recovers_nothing(sample_home):
    folder, policy = releases.current_folder(), catalogues.disclosure_policy()
    found = {
        (indicator, period): recovered(shown_of(folder, indicator=indicator, period=period), policy=policy)
        for indicator, period in measures_held()
    }
    assert len(found) > 5
    assert {key: urns for key, urns in found.items() if urns} == {}


def test_with_the_gate_off_the_same_attack_recovers_schools(sample_home):
    folder, policy = releases.current_folder(), catalogues.disclosure_policy()
    indicator, period = measures_held()[-1]
    open_figures = shown_of(folder, indicator=indicator, period=period, gate=False)
    assert recovered(open_figures, policy=policy)


@pytest.mark.django_db
def test_tables_without_a_list_of_what_is_withheld_show_nothing_about_groups(sample_home):
    from steward.evidence.queries import figures  # noqa: PLC0415

    path = releases.current_folder() / "withheld.parquet"
    aside = path.with_suffix(".aside")
    path.rename(aside)
    try:
        urns = [one.urn for one in _some_figures()]
        groups = {name for name, one in catalogues.indicators().items() if one.group}
        found = [one for one in figures.figures_of(urns) if one.indicator in groups]
        assert found
        assert not [one for one in found if one.value.cohort is not None or hasattr(one.value, "value")]
    finally:
        aside.rename(path)


def _some_figures():
    from steward.evidence.queries import figures  # noqa: PLC0415
    from steward.register.models import School  # noqa: PLC0415

    return figures.figures_of(School.objects.values_list("urn", flat=True)[:20])
