"""Groups of pupils: who belongs to one, by which codes, and whom they are held against."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions

ALL = "all"
"""In the place of a group or of a member: every pupil."""


class CodeList(Part):
    """The published list whose codes tell members apart."""

    name: str
    version: str
    source: str


class GroupMember(Part):
    """One of the groups that a characteristic divides pupils into.

    `title` begins a sentence ("Disadvantaged pupils"), `name` stands inside one ("disadvantaged pupils").
    """

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    name: str
    codes: tuple[str, ...] = ()
    """The codes of the list, in capitals; empty where members are told by the values themselves."""


class GroupMeaning(Part):
    """What a group means in the publications of some years, by the calendar year of their end."""

    from_year: int
    to_year: int | None = None
    meaning: str
    source: str


class GroupDefinition(Definition):
    """A characteristic that divides pupils into groups; its members exclude one another."""

    version: int = Field(gt=0)
    about: str
    code_list: CodeList
    members: tuple[GroupMember, ...] = ()
    open_members: bool = False
    """Whether every value that occurs is a member of its own, as with wards."""
    comparison: str
    """Key of the member the others are held against, or "all"."""
    by_year: tuple[GroupMeaning, ...] = ()
    source: str
    source_url: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _compares_with_a_member(self) -> "GroupDefinition":
        keys = [member.key for member in self.members]
        codes = [code for member in self.members for code in member.codes]
        if len(set(keys)) < len(keys) or len(set(codes)) < len(codes):
            raise ValueError("a key or a code belongs to two members")
        if any(code != code.upper() for code in codes):
            raise ValueError("codes are written in capitals")
        if not self.open_members and len(keys) < 2:
            raise ValueError("name at least two members, or say open_members")
        if self.comparison not in (ALL, *keys):
            raise ValueError(f"comparison names '{self.comparison}', which is no member")
        return self

    def member(self, key: str) -> GroupMember:
        """Return the member with this key; of an open group, one named by the key. Raises KeyError."""
        found = next((one for one in self.members if one.key == key), None)
        if found is None and self.open_members:
            return GroupMember.model_construct(key=key, title=key, name=key)
        if found is None:
            raise KeyError(f"{self.id} has no member {key}")
        return found

    def member_of(self, code: str) -> str | None:
        """Return the key of the member that a code of the list belongs to, or None for an unknown code."""
        wanted = code.strip().upper()
        if self.open_members:
            return code.strip() or None
        return next((member.key for member in self.members if wanted in member.codes), None)

    def meaning_in(self, year: int) -> GroupMeaning | None:
        """Return what the group means in the year that ends in `year`, or None where none is written."""
        return next(
            (
                one
                for one in self.by_year
                if one.from_year <= year and (one.to_year is None or year <= one.to_year)
            ),
            None,
        )

    def changed_in(self, year: int) -> bool:
        """Return whether the group means something else in `year` than in the year before."""
        here, before = self.meaning_in(year), self.meaning_in(year - 1)
        return here is not None and before is not None and here is not before


def read_groups(folders: Iterable[Path] = (FOLDER / "groups",)) -> dict[str, GroupDefinition]:
    """Return every characteristic by id; a later folder may replace an earlier one.

    Raises DefinitionFault naming the file and the key.
    """
    return read_definitions(folders, GroupDefinition)
