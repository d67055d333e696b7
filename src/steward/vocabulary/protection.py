"""A value about few pupils that cannot be shown by accident: only the disclosure gate opens it.

`Protected(counts)` holds counts of pupils, or anything made of them, on the way from the store to the gate
(`steward.analysis.disclosure.gate`). Every way of turning it into text, a number, a truth, a sequence, a
file or a comparison refuses with NotReleased.
"""

from typing import Generic, NoReturn, TypeVar

T_co = TypeVar("T_co", covariant=True)


class NotReleased(TypeError):
    """Something tried to show, compare, count or store a value that has not passed the disclosure gate."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise NotReleased(
        "This value is about few pupils and has not passed the disclosure gate, so it cannot be shown, "
        "compared, counted or stored. Pass it through steward.analysis.disclosure.gate first."
    )


class Protected(Generic[T_co]):
    """A value that refuses to be rendered; `steward.vocabulary.opening` opens it, for the gate alone."""

    __slots__ = ("_protected",)

    def __init__(self, held: T_co) -> None:
        self._protected = held

    __str__ = __repr__ = __format__ = __bytes__ = __html__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __reversed__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __int__ = __float__ = __index__ = __complex__ = __round__ = __abs__ = __neg__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = __copy__ = __deepcopy__ = _refuse
    __array__ = __arrow_array__ = __arrow_c_array__ = __arrow_c_stream__ = __dataframe__ = _refuse
    __call__ = __json__ = _refuse
