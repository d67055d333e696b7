"""A small invented England, loaded once like any published files and put into the database of each test."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client, override_settings

from steward.access import operations as access
from steward.access.models import Person
from steward.access.roles import Role
from steward.audit.operations import Program
from steward.categorisation import operations as categorisation
from steward.evidence.operations import loading, pupil_files
from steward.register import operations as register
from steward.sample.england import imagine
from steward.sample.generator import SampleSummary, generate
from steward.sample.pupil_files import PupilSample, write_pupils

LOADER = Program("The tests")
SCHOOLS, AUTHORITIES, SEED, PUPILS = 300, 4, 2014, 20_000
EARLIER_RUN = date(2013, 12, 31)
PASSWORD = "correct horse battery staple"
_KEPT = (
    "register.Authority",
    "register.School",
    "register.ServedAuthority",
    "register.Predecessor",
    "evidence.DataRelease",
    "evidence.Generation",
    "evidence.PupilFile",
    "categorisation.ProposalRun",
    "categorisation.Proposal",
)
"""What a load and a run of the policy write, in the order in which it can be written again."""


@dataclass(frozen=True, slots=True)
class LoadedSample:
    """The folder of the store, what was written, and every row that the load put into the database."""

    home: Path
    summary: SampleSummary
    report: loading.LoadReport
    rows: tuple[tuple[type[models.Model], list[models.Model]], ...]

    @property
    def authority(self) -> str:
        """The code of the authority served."""
        return self.summary.authority_code

    def settings(self) -> dict[str, object]:
        """The settings under which the sample is read."""
        return {
            "STEWARD_HOME": self.home,
            "STEWARD_STORE": self.home / "store",
            "STEWARD_AUTHORITY": "",
            "STEWARD_DEFINITIONS": "",
        }


@pytest.fixture(autouse=True)
def folder_of_static_files(settings, tmp_path):
    """Keep tests from the folder of an installation on this machine."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture(scope="session")
def loaded_sample(tmp_path_factory, django_db_setup, django_db_blocker) -> LoadedSample:
    """Generate and load the sample once, and ask the policy twice; the database is left as it was."""
    home = tmp_path_factory.mktemp("home")
    summary = generate(home / "files", seed=SEED, schools=SCHOOLS, authorities=AUTHORITIES)
    sample = LoadedSample(home, summary, loading.LoadReport((), None), ())
    with django_db_blocker.unblock(), override_settings(**sample.settings()), transaction.atomic():
        report = loading.load([home / "files"], actor=LOADER, progress=lambda *_: None)
        register.serve_authority(sample.authority, actor=LOADER)
        categorisation.propose(actor=LOADER, authority=sample.authority, as_at=EARLIER_RUN)
        categorisation.propose(actor=LOADER, authority=sample.authority)
        _load_pupils(sample)
        found = [(model, list(model.objects.all())) for model in map(apps.get_model, _KEPT)]
        transaction.set_rollback(True)
    return LoadedSample(home, summary, report, tuple(found))


def _load_pupils(sample: LoadedSample) -> None:
    path = sample.home / "pupils.parquet"
    wanted = PupilSample(PUPILS, authority=int(sample.authority))
    write_pupils(path, sample=wanted, england=imagine(seed=SEED, schools=SCHOOLS, authorities=AUTHORITIES))
    pupil_files.load(path, actor=LOADER)
    path.unlink()


@pytest.fixture
def sample_home(loaded_sample: LoadedSample, db, settings) -> LoadedSample:
    """Put the loaded sample into the database of this test."""
    for name, value in loaded_sample.settings().items():
        setattr(settings, name, value)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for model, rows in loaded_sample.rows:
        model.objects.bulk_create(rows, batch_size=200)
    with connection.cursor() as cursor:
        written = [model for model, _ in loaded_sample.rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)
    return loaded_sample


@pytest.fixture
def person_with(db):
    """Return a function that adds a person with a role."""

    def add(role: Role, *, urn: int | None = None) -> Person:
        newcomer = access.Newcomer(
            f"{role.label} {Person.objects.count() + 1}", f"{role.value}@council.example", role, urn
        )
        return access.add_person(newcomer, actor=LOADER, password=PASSWORD, must_change=False)

    return add


@pytest.fixture
def client_of(person_with):
    """Return a function that signs somebody with a role in and returns the browser."""

    def sign_in(role: Role, *, urn: int | None = None) -> Client:
        client = Client()
        client.force_login(person_with(role, urn=urn))
        return client

    return sign_in
