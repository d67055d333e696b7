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


def test_a_newer_year_is_due_from_its_usual_day_and_never_one_that_was_not_published(release, person_with):
    release("first")
    officer = person_with(Role.DATA_OFFICER)
    assert early_warning.due_items(officer, on=date(2022, 4, 29)) == ()
    (item,) = early_warning.due_items(officer, on=date(2022, 4, 30))
    assert item.what == "A newer file should be out: Pupil absence by school, 2020 to 2021"
    assert item.due == date(2022, 4, 30)
    release("second", period=2021, slot="absence-2021")
    assert early_warning.due_items(officer, on=date(2022, 4, 30)) == ()


def test_the_newest_year_that_should_be_out_is_named(release, person_with):
    release("first")
    (item,) = early_warning.due_items(person_with(Role.DATA_OFFICER), on=date(2026, 11, 24))
    assert item.what == "A newer file should be out: Pupil absence by school, 2024 to 2025"
    assert item.due == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("source", "layout", "day", "waited_for"),
    [
        ("ks2", "2019", date(2023, 12, 19), None),
        ("ks2", "2019", date(2023, 12, 20), "2022 to 2023"),
        ("ks4", "provisional-2018", date(2022, 10, 19), None),
        ("ks4", "final-2018", date(2023, 2, 10), "2021 to 2022"),
        ("consistent_financial_reporting", "2011", date(2026, 11, 24), None),
        ("ebacc_entries", "2021", date(2026, 11, 24), None),
    ],
)
def test_files_that_never_were_are_not_waited_for(release, person_with, source, layout, day, waited_for):
    DataRelease.objects.filter(pk=release("first").pk).update(source=source, layout=layout)
    found = [
        item.what.rpartition(", ")[2]
        for item in early_warning.due_items(person_with(Role.DATA_OFFICER), on=day)
    ]
    assert found == ([waited_for] if waited_for else [])


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
