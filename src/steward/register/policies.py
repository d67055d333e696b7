"""What may be done to a set of schools; each check raises a refusal that a user can read."""

from collections.abc import Collection, Mapping

from steward.register.models import School, SchoolSet

MOST_SCHOOLS = 30
"""A set is for close comparison: more schools than this are a list."""


class CannotKeepSet(ValueError):
    """A set of schools cannot be kept as asked; the message says why and what to do."""


def check_schools(urns: Collection[int], *, known: Mapping[int, School]) -> None:
    """Raise CannotKeepSet when there is no school, too many, or one that no register has."""
    if not urns:
        raise CannotKeepSet("Enter the URN of at least one school.")
    if len(urns) > MOST_SCHOOLS:
        raise CannotKeepSet(
            f"There are {len(urns)} schools; a set has up to {MOST_SCHOOLS}. Take out the least alike."
        )
    unknown = [str(urn) for urn in urns if urn not in known]
    if unknown:
        raise CannotKeepSet(f"No school in the register has the URN {', '.join(unknown)}. Check the number.")


def check_name_is_free(name: str, *, owner_id: int | None, but: int | None = None) -> None:
    """Raise CannotKeepSet when the owner has another set in use with this name."""
    others = SchoolSet.objects.filter(owner_id=owner_id, name=name, retired_on=None)
    if any(other.pk != but for other in others):
        raise CannotKeepSet(f"You already have a set called {name}. Give this one another name.")


def check_owner(school_set: SchoolSet, *, actor_id: int | None) -> None:
    """Raise CannotKeepSet when somebody other than the owner would change a set."""
    if school_set.owner_id != actor_id:
        raise CannotKeepSet(
            f"Only {school_set.owner} can change this set. Make a copy, and change that instead."
        )
