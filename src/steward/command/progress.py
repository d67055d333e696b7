"""A bar for work that people wait for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Show = Callable[[str, int, int], None]
"""Takes what is being done, how much is done and how much there is."""


@contextmanager
def bar() -> Iterator[Show]:
    """Give a way to say how far the work is, on the error stream so that output can be piped."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("Starting", total=1)

        def show(doing: str, done: int, total: int) -> None:
            bars.update(task, description=doing[:60], completed=done, total=total)

        yield show
