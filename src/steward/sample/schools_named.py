"""Names of schools, before and after they become academies."""

import numpy as np

from steward.sample.arrays import Flags, Ints, Texts, texts
from steward.sample.kinds import Kind, Type
from steward.sample.sites import ANGLICAN, BOYS, CATHOLIC, GIRLS, Sites

_PLAIN = {
    Kind.NURSERY: "Nursery School", Kind.INFANT: "Infant School", Kind.JUNIOR: "Junior School",
    Kind.PRIMARY: "Primary School", Kind.MIDDLE: "Middle School", Kind.SECONDARY: "High School",
    Kind.ALL_THROUGH: "School", Kind.SPECIAL: "School", Kind.ALTERNATIVE: "Pupil Referral Unit",
    Kind.INDEPENDENT: "Preparatory School", Kind.INDEPENDENT_SPECIAL: "Therapeutic School",
}  # fmt: skip


def names_at_first(sites: Sites, first_type: Ints) -> Texts:
    """Return the names the schools open with."""
    rows = zip(
        sites.place.tolist(),
        sites.kind.tolist(),
        sites.faith.tolist(),
        sites.gender.tolist(),
        sites.selective.tolist(),
        first_type.tolist(),
        strict=True,
    )
    return texts([" ".join([row[0], *_words(row[1:])]) for row in rows])


def name_after_conversion(draw: np.random.Generator, *, before: Texts, kind: Ints, sponsored: Flags) -> Texts:
    """Return the names of academies: some keep the old one, some change a word, sponsors choose another."""
    roll = draw.random(len(before)).tolist()
    rows = zip(before.tolist(), kind.tolist(), sponsored.tolist(), roll, strict=True)
    return texts(
        [
            _renamed(name, kind=of_kind, sponsored=sponsor, chance=chance)
            for name, of_kind, sponsor, chance in rows
        ]
    )


def _words(row: tuple[int, int, int, bool, int]) -> list[str]:
    kind, faith, gender, selective, kind_of_law = row
    if kind_of_law in (Type.STUDIO, Type.TECHNICAL):
        return ["Studio School" if kind_of_law == Type.STUDIO else "University Technical College"]
    words = [{ANGLICAN: "CofE", CATHOLIC: "Catholic"}.get(faith, "")]
    words += [{GIRLS: "Girls'", BOYS: "Boys'"}.get(gender, "")]
    words += ["Grammar School" if selective else _PLAIN[Kind(kind)]]
    return [word for word in words if word]


def _renamed(name: str, *, kind: int, sponsored: bool, chance: float) -> str:
    if sponsored:
        stem = name.split(" ")[0] if not name.startswith("St ") else " ".join(name.split(" ")[:2])
        return f"{stem} {'Primary Academy' if kind < Kind.MIDDLE else 'Academy'}"
    if kind == Kind.ALTERNATIVE:
        return name.replace("Pupil Referral Unit", "Academy")
    if chance < 0.55 or "School" not in name:
        return name
    return (
        name.replace("High School", "School").replace("School", "Academy")
        if chance < 0.9
        else f"{name}, a Voluntary Academy"
    )
