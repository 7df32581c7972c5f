"""Cross-references that docstrings write as roles, made into those of the site."""

from __future__ import annotations

import re
from typing import Any

import griffe

import geomap

_ROLE = re.compile(r":(?:class|func|meth|mod|data|attr):`~?([\w.]+)`")
_PUBLIC = {f"geomap.{name}" for name in geomap.__all__}


class Roles(griffe.Extension):
    """Turns roles such as ``:class:`geomap.Map``` into links to public names, or into plain code."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of an object."""
        if obj.docstring:
            obj.docstring.value = _ROLE.sub(lambda found: linked(found[1]), obj.docstring.value)


def linked(name: str) -> str:
    """Return a name in the letters of code, as a link where the reference has it."""
    return f"[`{name}`][{name}]" if name in _PUBLIC else f"`{name}`"
