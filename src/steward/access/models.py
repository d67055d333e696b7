"""People who may sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from steward.access.permissions import Permission, reach
from steward.access.roles import Role
from steward.vocabulary.sensitivity import Sensitivity


class People(BaseUserManager["Person"]):
    """Finds people by their email address whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with that email address; raises Person.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who may sign in: an officer, a member, or a user at a school."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    name = models.CharField(max_length=150)
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=30, choices=Role.choices)
    school_urn = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower_case"),
            models.CheckConstraint(
                condition=models.Q(role=Role.SCHOOL_USER, school_urn__isnull=False)
                | (~models.Q(role=Role.SCHOOL_USER) & models.Q(school_urn__isnull=True)),
                name="person_school_only_for_school_users",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="person_role_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, for the parts of Django that ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name, for the parts of Django that ask for it."""
        return self.name

    def holds(self, permission: str) -> bool:
        """Return whether the person holds the permission anywhere; for navigation and templates."""
        found = reach(self, Permission(permission))
        return found.everywhere or bool(found.urns)

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ANN401 - Django's signature
        """Return whether the person holds one of Steward's permissions; Django's own are not used."""
        return perm in set(Permission) and self.holds(perm)

    def has_module_perms(self, app_label: str) -> bool:
        """Return False: Django's permissions are not used."""
        return False
