"""Documents written as Markdown: blocks with a blank line between them, cells that keep their table whole."""

from collections.abc import Iterable, Sequence


def document(blocks: Iterable[str]) -> str:
    """Return the blocks of a document as its text, with one line end at the foot."""
    return joined(blocks) + "\n"


def joined(blocks: Iterable[str]) -> str:
    """Return the blocks that say something as one, with a blank line between them."""
    return "\n\n".join(block.strip("\n") for block in blocks if block)


def heading(text: str, *, level: int, anchor: str = "") -> str:
    """Return a heading; `anchor` is the name under which a link finds it."""
    title = f"{'#' * level} {text}"
    return f'<a id="{anchor}"></a>\n\n{title}' if anchor else title


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with a row of headings; nothing when it has no rows."""
    lines = [_row(row) for row in rows]
    if not lines:
        return ""
    return "\n".join([_row(columns), "|" + "---|" * len(columns), *lines])


def bullets(items: Iterable[str]) -> str:
    """Return a list with a point for each item."""
    return "\n".join(f"- {item}" for item in items)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of names in bold with what is said of each; names with nothing said are left out."""
    return bullets(f"**{name}:** {said}" for name, said in pairs if said)


def notice(title: str, *, text: str) -> str:
    """Return a paragraph set apart, its title in bold; nothing when there is no text."""
    return f"> **{title}** {text}" if text else ""


def emphasised(text: str) -> str:
    """Return text in italics; asterisks in it, as in A* to C, stay asterisks."""
    kept = text.replace("*", r"\*")
    return f"*{kept}*"


def code(text: str) -> str:
    """Return text as it is written in a file, such as the name of a column."""
    return f"`{text}`"


def link(text: str, *, to: str) -> str:
    """Return a link."""
    return f"[{text}]({to})"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
