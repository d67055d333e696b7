"""The published series of authorities, loaded alone, for the pages of gaps."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import override_settings

from steward.audit.operations import Program
from steward.evidence.operations import loading

_KEPT = ("evidence.DataRelease", "evidence.Generation")


@dataclass(frozen=True, slots=True)
class LoadedSeries:
    """The folder the series was loaded into, and the rows this wrote into the database."""

    home: Path
    rows: tuple[tuple[type[models.Model], list[models.Model]], ...]

    def settings(self) -> dict[str, object]:
        """The settings under which the series is read."""
        return {
            "STEWARD_HOME": self.home,
            "STEWARD_STORE": self.home / "store",
            "STEWARD_AUTHORITY": "",
            "STEWARD_DEFINITIONS": "",
        }


@pytest.fixture(scope="session")
def loaded_series(published_data, tmp_path_factory, django_db_setup, django_db_blocker) -> LoadedSeries:
    """Load the series, its dictionary and the lists of neighbours once."""
    home = tmp_path_factory.mktemp("series")
    empty = LoadedSeries(home, ())
    with django_db_blocker.unblock(), override_settings(**empty.settings()), transaction.atomic():
        loading.load([published_data / "lait"], actor=Program("The tests"), progress=lambda *_: None)
        found = [(model, list(model.objects.all())) for model in map(apps.get_model, _KEPT)]
        transaction.set_rollback(True)
    return LoadedSeries(home, tuple(found))


@pytest.fixture
def series_home(loaded_series, db, settings) -> LoadedSeries:
    """Put the loaded series into the database of this test."""
    for name, value in loaded_series.settings().items():
        setattr(settings, name, value)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for model, rows in loaded_series.rows:
        model.objects.bulk_create(rows, batch_size=200)
    return loaded_series
