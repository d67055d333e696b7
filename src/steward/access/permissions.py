"""Who may do what: one table, read by every page, printed by the tests."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from steward.access.roles import Marking, Role, Scope


class Permission(StrEnum):
    """Something a person may be allowed to see or do."""

    VIEW_PUBLISHED_FIGURES = "view_published_figures"
    VIEW_AREA_FIGURES = "view_area_figures"
    VIEW_SCHOOL_LISTS = "view_school_lists"
    VIEW_OWN_SCHOOL = "view_own_school"
    VIEW_PROPOSALS = "view_proposals"
    VIEW_EARLY_WARNING = "view_early_warning"
    RECORD_CONCERNS = "record_concerns"
    VIEW_RELEASES = "view_releases"
    MANAGE_RELEASES = "manage_releases"
    EXPORT_LISTS = "export_lists"
    MANAGE_SETS = "manage_sets"
    VIEW_POLICY = "view_policy"
    EDIT_POLICY = "edit_policy"
    APPROVE_POLICY = "approve_policy"
    VIEW_SCHOOL_GROUPS = "view_school_groups"
    VIEW_GROUP_CROSSINGS = "view_group_crossings"
    VIEW_ASSESSMENTS = "view_assessments"
    WRITE_ASSESSMENTS = "write_assessments"
    DECIDE_ASSESSMENTS = "decide_assessments"
    VIEW_DECISIONS = "view_decisions"
    PROPOSE_DECISIONS = "propose_decisions"
    MODERATE_DECISIONS = "moderate_decisions"
    SHARE_DECISIONS = "share_decisions"
    LOOK_AGAIN = "look_again"
    FINALISE_DECISIONS = "finalise_decisions"
    OVERRIDE_DECISIONS = "override_decisions"
    DISCLOSE_DECISIONS = "disclose_decisions"
    ANSWER_DECISION = "answer_decision"
    VIEW_SUPPORT = "view_support"
    BROKER_SUPPORT = "broker_support"
    AGREE_SUPPORT = "agree_support"
    TAKE_PART_IN_SUPPORT = "take_part_in_support"
    VIEW_AUDIT = "view_audit"
    MANAGE_PEOPLE = "manage_people"

    @property
    def words(self) -> str:
        """The permission as it ends the sentence "A person may ..."."""
        return _MEANING[self][0]

    @property
    def marking(self) -> Marking:
        """How closely what it opens is held."""
        return _MEANING[self][1]


_MEANING: dict[Permission, tuple[str, Marking]] = {
    Permission.VIEW_PUBLISHED_FIGURES: ("see published figures of a school", Marking.PUBLIC),
    Permission.VIEW_AREA_FIGURES: ("see figures of areas and what each indicator means", Marking.PUBLIC),
    Permission.VIEW_SCHOOL_LISTS: ("list and search schools", Marking.INTERNAL),
    Permission.VIEW_OWN_SCHOOL: ("open the page of a school", Marking.INTERNAL),
    Permission.VIEW_PROPOSALS: ("see what the policy proposes for a school", Marking.CONFIDENTIAL),
    Permission.VIEW_EARLY_WARNING: (
        "see events, concerns and early-warning scores of a school",
        Marking.CONFIDENTIAL,
    ),
    Permission.RECORD_CONCERNS: ("record events and raise concerns about a school", Marking.CONFIDENTIAL),
    Permission.VIEW_RELEASES: ("see which files were loaded and how they were checked", Marking.INTERNAL),
    Permission.MANAGE_RELEASES: ("load, replace and withdraw files", Marking.CONFIDENTIAL),
    Permission.EXPORT_LISTS: ("download lists of schools", Marking.CONFIDENTIAL),
    Permission.MANAGE_SETS: ("make sets of schools to compare a school with", Marking.INTERNAL),
    Permission.VIEW_POLICY: ("read the policy by which schools are proposed", Marking.PUBLIC),
    Permission.EDIT_POLICY: ("write draft policies and try them on schools", Marking.CONFIDENTIAL),
    Permission.APPROVE_POLICY: ("approve policies and retire them", Marking.CONFIDENTIAL),
    Permission.VIEW_SCHOOL_GROUPS: ("see figures of groups of pupils of a school", Marking.INTERNAL),
    Permission.VIEW_GROUP_CROSSINGS: (
        "see figures of pupils who are in two groups at once",
        Marking.CONFIDENTIAL,
    ),
    Permission.VIEW_ASSESSMENTS: ("read decided assessments of equality", Marking.INTERNAL),
    Permission.WRITE_ASSESSMENTS: ("write and review assessments of equality", Marking.CONFIDENTIAL),
    Permission.DECIDE_ASSESSMENTS: ("decide on assessments of equality", Marking.CONFIDENTIAL),
    Permission.VIEW_DECISIONS: ("see decisions about support categories", Marking.CONFIDENTIAL),
    Permission.PROPOSE_DECISIONS: ("propose the support category of a school", Marking.CONFIDENTIAL),
    Permission.MODERATE_DECISIONS: ("hold moderation meetings and withdraw proposals", Marking.CONFIDENTIAL),
    Permission.SHARE_DECISIONS: ("send letters about support categories", Marking.CONFIDENTIAL),
    Permission.LOOK_AGAIN: ("take a second look where a school does not agree", Marking.CONFIDENTIAL),
    Permission.FINALISE_DECISIONS: ("make support categories final", Marking.CONFIDENTIAL),
    Permission.OVERRIDE_DECISIONS: ("override a final support category for a time", Marking.CONFIDENTIAL),
    Permission.DISCLOSE_DECISIONS: (
        "list support categories with reasons for an information request",
        Marking.CONFIDENTIAL,
    ),
    Permission.ANSWER_DECISION: (
        "read the letters about the support category of a school and answer them",
        Marking.INTERNAL,
    ),
    Permission.VIEW_SUPPORT: ("see providers, needs and agreements of support", Marking.CONFIDENTIAL),
    Permission.BROKER_SUPPORT: ("keep providers and needs and broker support", Marking.CONFIDENTIAL),
    Permission.AGREE_SUPPORT: ("sign and close support for the council", Marking.CONFIDENTIAL),
    Permission.TAKE_PART_IN_SUPPORT: ("ask for, offer, sign and review support", Marking.INTERNAL),
    Permission.VIEW_AUDIT: ("read who did what in Steward", Marking.CONFIDENTIAL),
    Permission.MANAGE_PEOPLE: ("add people, change roles and end access", Marking.CONFIDENTIAL),
}

_READER = {
    Permission.VIEW_PUBLISHED_FIGURES: Scope.ALL,
    Permission.VIEW_AREA_FIGURES: Scope.ALL,
    Permission.VIEW_SCHOOL_LISTS: Scope.ALL,
    Permission.VIEW_OWN_SCHOOL: Scope.ALL,
    Permission.VIEW_RELEASES: Scope.ALL,
    Permission.VIEW_POLICY: Scope.ALL,
    Permission.VIEW_ASSESSMENTS: Scope.ALL,
}
_OFFICER = _READER | {
    Permission.VIEW_EARLY_WARNING: Scope.ALL,
    Permission.RECORD_CONCERNS: Scope.ALL,
    Permission.VIEW_PROPOSALS: Scope.ALL,
    Permission.EXPORT_LISTS: Scope.ALL,
    Permission.WRITE_ASSESSMENTS: Scope.ALL,
    Permission.MANAGE_SETS: Scope.ALL,
    Permission.VIEW_SCHOOL_GROUPS: Scope.ALL,
    Permission.VIEW_DECISIONS: Scope.ALL,
    Permission.VIEW_SUPPORT: Scope.ALL,
}
_ADVISER = _OFFICER | {Permission.PROPOSE_DECISIONS: Scope.ALL, Permission.BROKER_SUPPORT: Scope.ALL}
_SENIOR = _ADVISER | {
    Permission.EDIT_POLICY: Scope.ALL,
    Permission.VIEW_GROUP_CROSSINGS: Scope.ALL,
    Permission.MODERATE_DECISIONS: Scope.ALL,
    Permission.SHARE_DECISIONS: Scope.ALL,
    Permission.LOOK_AGAIN: Scope.ALL,
    Permission.OVERRIDE_DECISIONS: Scope.ALL,
    Permission.DISCLOSE_DECISIONS: Scope.ALL,
    Permission.AGREE_SUPPORT: Scope.ALL,
}

GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.ADMINISTRATOR: _OFFICER
    | {
        Permission.MANAGE_RELEASES: Scope.ALL,
        Permission.VIEW_AUDIT: Scope.ALL,
        Permission.MANAGE_PEOPLE: Scope.ALL,
    },
    Role.DATA_OFFICER: _OFFICER
    | {Permission.MANAGE_RELEASES: Scope.ALL, Permission.VIEW_GROUP_CROSSINGS: Scope.ALL},
    Role.ADVISER: _ADVISER,
    Role.SENIOR_ADVISER: _SENIOR,
    Role.HEAD_OF_SERVICE: _SENIOR
    | {
        Permission.VIEW_AUDIT: Scope.ALL,
        Permission.FINALISE_DECISIONS: Scope.ALL,
        Permission.APPROVE_POLICY: Scope.ALL,
        Permission.DECIDE_ASSESSMENTS: Scope.ALL,
    },
    Role.SCRUTINY_MEMBER: _READER,
    Role.SCHOOL_USER: {
        Permission.VIEW_PUBLISHED_FIGURES: Scope.OWN_SCHOOL,
        Permission.VIEW_AREA_FIGURES: Scope.ALL,
        Permission.VIEW_OWN_SCHOOL: Scope.OWN_SCHOOL,
        Permission.VIEW_SCHOOL_GROUPS: Scope.OWN_SCHOOL,
        Permission.VIEW_RELEASES: Scope.ALL,
        Permission.VIEW_POLICY: Scope.ALL,
        Permission.ANSWER_DECISION: Scope.OWN_SCHOOL,
        Permission.TAKE_PART_IN_SUPPORT: Scope.OWN_SCHOOL,
    },
}
"""The whole of who may do what. What is not written here is refused."""


class Viewer(Protocol):
    """Whoever asks for a page: a person signed in, or nobody."""

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""

    @property
    def is_active(self) -> bool:
        """Whether their access has not ended."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Over which schools a viewer holds a permission: all, some, or none."""

    everywhere: bool = False
    urns: frozenset[int] = frozenset()

    def covers(self, urn: int | None) -> bool:
        """Return whether the school is within reach; None asks about everything at once."""
        return self.everywhere or (urn is not None and urn in self.urns)


NOWHERE = Reach()


def reach(viewer: Viewer, permission: Permission, *, assigned: Collection[int] = ()) -> Reach:
    """Return over which schools `viewer` holds `permission`; nowhere when not signed in or ended.

    `assigned` are the URNs the viewer is link officer for, given by whoever knows the register.
    """
    if not (viewer.is_authenticated and viewer.is_active):
        return NOWHERE
    scope = GRANTS.get(Role(getattr(viewer, "role", "")), {}).get(permission)
    own = getattr(viewer, "school_urn", None)
    if scope is Scope.ALL:
        return Reach(everywhere=True)
    if scope is Scope.ASSIGNED:
        return Reach(urns=frozenset(assigned))
    return Reach(urns=frozenset({own})) if scope is Scope.OWN_SCHOOL and own else NOWHERE


def may(viewer: Viewer, permission: Permission, *, urn: int | None = None) -> bool:
    """Return whether `viewer` may do it: to the school `urn`, or, without one, to every school."""
    return reach(viewer, permission).covers(urn)


def sentences(role: Role) -> list[str]:
    """Return what a role may do, one sentence for each permission, in the order of `Permission`."""
    held = GRANTS[role]
    return [
        f"{role.label}s may {permission.words}" + _ending(held[permission])
        for permission in Permission
        if permission in held
    ]


def _ending(scope: Scope) -> str:
    return "." if scope is Scope.ALL else f", for {scope.value} only."
