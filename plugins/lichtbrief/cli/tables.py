"""How a command's answer looks to a person: a heading, and rows of what, how many, and a word."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

Row = tuple[str, int | str, str]


def summary(title: str, rows: Iterable[Row]) -> str:
    """A heading with rows below it as text, as wide as the terminal."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for what, count, word in rows:
        table.add_row(what, str(count), word)
    # A file's name may hold brackets, which would be read as colours and such.
    console = Console(markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        console.print(table)
    lines = (line.rstrip() for line in captured.get().splitlines())
    return "\n".join((title, *lines)) + "\n"


def plural(count: int, one: str) -> str:
    """`1 photo`, `3 photos`.

    >>> plural(1, "photo"), plural(0, "post")
    ('1 photo', '0 posts')
    """
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
