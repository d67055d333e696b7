"""What is due from who loads files, and from who owns an assessment of equality."""

from datetime import date

import pytest
from django.utils import timezone

from integration.reminders.conftest import in_days
from steward.access.roles import Role
from steward.early_warning.queries import due as early_warning
from steward.equality.models import Assessment
from steward.equality.queries import due as equality
from steward.evidence.models import DataRelease
from steward.evidence.queries import due as evidence
from steward.evidence.queries import upkeep
from steward.reminders.queries import items
from steward.vocabulary.due import DueKind

MANAGERS = (Role.DATA_OFFICER, Role.ADMINISTRATOR)


@pytest.fixture
def release(db):
    """Return a function that keeps a release of pupil absence."""

    def keep(name, *, status="live", period=2019, slot="absence-2019") -> DataRelease:
        return DataRelease.objects.create(
            id=name,
            slot=slot,
            source="absence",
            layout="2016",
            title="Pupil absence, 2018 to 2019",
            period=period,
            version="final",
            file_name="absence.csv",
            sha256=name,
            size=1,
            rows=1,
            encoding="utf-8",
            status=status,
            screening={},
            loaded_at=timezone.now(),
        )

    return keep


def test_a_file_that_failed_is_due_until_another_takes_its_place(release, person_with):
    officer = person_with(Role.DATA_OFFICER)
    release("first", status="failed")
    (item,) = evidence.due_items(officer)
    assert item.kind is DueKind.FILE_FAILED
    assert item.href_args == ("first",)
    release("second")
    assert evidence.due_items(officer) == ()


def test_a_newer_year_is_due_from_its_usual_day(release, person_with):
    release("first")
    officer = person_with(Role.DATA_OFFICER)
    assert early_warning.due_items(officer, on=date(2021, 4, 29)) == ()
    (item,) = early_warning.due_items(officer, on=date(2021, 4, 30))
    assert item.what == "A newer file should be out: Pupil absence by school, 2019 to 2020"
    assert item.due == date(2021, 4, 30)
    release("second", period=2020, slot="absence-2020")
    assert early_warning.due_items(officer, on=date(2021, 4, 30)) == ()


@pytest.mark.parametrize("role", list(Role))
def test_only_who_manages_releases_is_told_of_files_and_definitions(role, release, person_with, school):
    release("first", status="failed")
    release("second", slot="another")
    person = person_with(role, urn=school.pk if role is Role.SCHOOL_USER else None)
    kinds = {each.kind for each in items.everything_due(person, on=date(2099, 1, 1))}
    told = {DueKind.FILE_FAILED, DueKind.FILE_EXPECTED, DueKind.DEFINITION_REVIEW}
    assert kinds == (told if role in MANAGERS else set())


def test_definitions_are_told_by_kind_before_their_day(person_with):
    officer = person_with(Role.DATA_OFFICER)
    first = upkeep.definitions()[0]
    assert evidence.due_items(officer, on=date(2026, 11, 24)) == ()
    told = evidence.due_items(officer, on=first.review_on)
    assert first.kind in {each.href_args[0] for each in told}
    assert len({each.key for each in told}) == len(told)


def test_an_own_definition_takes_the_place_of_a_shipped_one(settings, tmp_path):
    folder = tmp_path / "reminders"
    folder.mkdir()
    (folder / "other.yaml").write_text(
        "id: other\ntitle: >-\n  Our own\n  rule\nowner: We\n"
        "reviewed_on: 2020-01-01\nreview_on: 2020-02-01\n",
        encoding="utf-8",
    )
    (folder / "broken.yaml").write_text("id: [", encoding="utf-8")
    settings.STEWARD_DEFINITIONS = str(tmp_path)
    first = upkeep.definitions()[0]
    assert (first.kind, first.id, first.title, first.own) == ("reminders", "other", "Our own rule", True)
    assert sum(each.kind == "reminders" and each.id == "other" for each in upkeep.definitions()) == 1


def test_a_review_of_an_assessment_is_due_from_its_owner_and_who_decides(person_with, school):
    owner, head = person_with(Role.ADVISER), person_with(Role.HEAD_OF_SERVICE)
    Assessment.objects.create(
        authority=school.authority,
        title="Closing a nursery",
        kind="report",
        owner=owner,
        state="decided",
        review_on=in_days(20),
        started_at=timezone.now(),
    )
    (own,) = equality.due_items(owner)
    assert (own.for_whom, own.due, "nursery" in own.what) == ("", in_days(20), False)
    (of_head,) = equality.due_items(head)
    assert of_head.for_whom == owner.name
    assert equality.due_items(person_with(Role.SENIOR_ADVISER)) == ()
    assert equality.due_items(person_with(Role.SCRUTINY_MEMBER)) == ()
