"""Schools as the newest published register describes them; keyed by URN, kept for ever."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.vocabulary.phases import Governance, Phase, Standing
from steward.vocabulary.sensitivity import Sensitivity


def _choices(kind: type[Phase | Governance | Standing]) -> list[tuple[str, str]]:
    return [(item.value, item.value) for item in kind]


class Authority(models.Model):
    """A local authority named in a published register."""

    SENSITIVITY: ClassVar = {
        "code": Sensitivity.PUBLIC,
        "name": Sensitivity.PUBLIC,
        "region": Sensitivity.PUBLIC,
    }

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """An establishment as published. Imported fields only: what the service adds lives elsewhere."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PUBLIC}

    urn = models.PositiveIntegerField(primary_key=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="schools")
    establishment_number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=255)
    phase = models.CharField(max_length=12, choices=_choices(Phase))
    type = models.CharField(max_length=120, blank=True)
    governance = models.CharField(max_length=12, choices=_choices(Governance))
    standing = models.CharField(max_length=8, choices=_choices(Standing))
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    age_low = models.PositiveSmallIntegerField(null=True)
    age_high = models.PositiveSmallIntegerField(null=True)
    gender = models.CharField(max_length=60, blank=True)
    religious_character = models.CharField(max_length=120, blank=True)
    admissions = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=255, blank=True)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.CharField(max_length=120, blank=True)
    trust = models.CharField(max_length=255, blank=True)
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)
    as_at = models.DateField()
    release = models.CharField(max_length=120)

    class Meta:
        ordering = ["name", "urn"]
        indexes = [models.Index(fields=["authority", "standing", "name"], name="register_by_authority")]

    def __str__(self) -> str:
        return self.name


class ServedAuthority(models.Model):
    """The authority whose service uses this installation: one row, set by the load that names it."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PUBLIC}

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=1), name="register_one_served_authority")
        ]

    def __str__(self) -> str:
        return f"Serves {self.authority_id}"


class Predecessor(models.Model):
    """A published link from a school to the one it followed. Either may be in no register we hold."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PUBLIC}

    urn = models.PositiveIntegerField(db_index=True)
    predecessor_urn = models.PositiveIntegerField(db_index=True)
    relation = models.CharField(max_length=80)
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["urn", "predecessor_urn"], name="register_predecessor_once"),
            models.CheckConstraint(
                condition=~models.Q(urn=models.F("predecessor_urn")), name="register_predecessor_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn} after {self.predecessor_urn}"


class LinkOfficer(models.Model):
    """The adviser who looks after a school, from one date to another."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "person": Sensitivity.PERSONAL}

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="link_officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(until__isnull=True), name="register_one_link_officer"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="register_link_officer_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.school_id}"


class SchoolSet(models.Model):
    """Schools that an officer chose to compare a school with. Never deleted: retired on a day."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "owner": Sensitivity.PERSONAL}

    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=400)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared = models.BooleanField(default=False)
    made_on = models.DateField()
    changed_on = models.DateField()
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(retired_on__isnull=True),
                name="register_set_named_once",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_on__gte=models.F("made_on")), name="register_set_changed_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SetMember(models.Model):
    """A school in a set, from one date to another."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    school_set = models.ForeignKey(SchoolSet, on_delete=models.PROTECT, related_name="members")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["school__name", "school_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_set", "school"],
                condition=models.Q(until__isnull=True),
                name="register_school_once_in_set",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.school_set_id}"
