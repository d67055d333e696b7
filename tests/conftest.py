"""What every test may use."""

import os
from pathlib import Path

import pytest

pytest_plugins = ("loaded_sample", "spark_engine")

_BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data" / "england"


@pytest.fixture(scope="session")
def published_data() -> Path:
    """Return the folder of real published files, or skip."""
    folder = Path(os.environ.get("STEWARD_TEST_DATA", _BESIDE_THE_CHECKOUT))
    if not folder.is_dir():
        pytest.skip(f"The published files are not at {folder}; set STEWARD_TEST_DATA to their folder.")
    return folder
