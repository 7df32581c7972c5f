"""Parts of pages that are made of the package itself, so that they stay true: ``<!-- made: NAME -->`` in a page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import click
import tracing
from tabling import code, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDTH = 84  # characters that fit in a block of code
_MARK = re.compile(r"^<!-- made: ([\w.-]+) -->$", re.MULTILINE)


def fill(markdown: str) -> str:
    """Return a page with each of its marks replaced by the part it names.

    Raises
    ------
    KeyError
        No part has that name.
    """
    return _MARK.sub(lambda found: PARTS[found[1]](), markdown)


def columns() -> str:
    """Return a table of columns for each layer of a scene."""
    from geomap.schema import SCHEMA

    return "\n\n".join(
        f"## {layer}\n\n"
        + table(
            ("column", "dtype", "meaning"),
            ((f"`{column.name}`", f"`{column.dtype}`", _code(column.meaning)) for column in made),
        )
        for layer, made in SCHEMA.items()
    )


def sources() -> str:
    """Return the shipped data sets by licence, each with what is asked for it and what was done to it."""
    from geomap import datasets

    by_licence = defaultdict(list)
    for source in datasets.sources():
        by_licence[source.licence].append(source)
    return "\n\n".join(
        f"## {licence}\n\n"
        + table(
            ("data set", "attribution", "what was done to it"),
            (
                (f"[{source.title}]({source.url}), {source.version}" if source.url else source.title,
                 source.attribution, f"{source.changes} In {code(source.used_for)}.")
                for source in found
            ),
        )
        for licence, found in sorted(by_licence.items())
    )  # fmt: skip


def commands() -> str:
    """Return the help of every command, as the terminal shows it."""
    from geomap.cli import main

    widths = {"max_content_width": _WIDTH, "terminal_width": _WIDTH}
    root = click.Context(main, info_name="geomap", **widths, **main.context_settings)
    return "\n\n".join(
        f"{'#' * min(1 + context.command_path.count(' ') + 1, 4)} {context.command_path}\n\n"
        f"```text\n{context.get_help()}\n```"
        for context in _contexts(root)
    )


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command and not command.hidden:
                yield from _contexts(click.Context(command, parent=context, info_name=name))


def _code(words: str) -> str:
    """Return the words with names of the package in the letters of code."""
    return re.sub(r"\bgeomap\.\w+(?:\.\w+)+", r"`\g<0>`", words)


PARTS: dict[str, Callable[[], str]] = {
    "columns": columns,
    "commands": commands,
    "sources": sources,
    **tracing.PARTS,
}
