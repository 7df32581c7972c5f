"""GeoNames' feature codes: those worth having in a gazetteer of the news, and the words that people use for them."""

from __future__ import annotations

import re
from functools import cache

from geomap.gazetteer.names import Kind

__all__ = ["WORDS", "feature_of", "is_kept", "kind_word", "precision_m", "same_kind"]

_CODE = re.compile(r"[AHLPRSTUV]\.[A-Z][A-Z0-9]{1,5}")

_RADII: dict[str, dict[int, str]] = {
    "A": {
        500_000: "PCL PCLD PCLF PCLI PCLS PCLIX",
        100_000: "ADM1 TERR LTER",
        30_000: "ADM2 ADMD ZN ZNB",
        15_000: "ADM3",
        8_000: "ADM4",
    },
    "S": {
        3_000: "AIRB AIRF AIRP AIRQ INSM NVB OILR MFGM",
        2_000: "CMP CMPRF CMPMN CMPO CMPL CMPQ PRN DAM DAMQ LDNG PS PSH PSN FT MN MNAU MNC MNCR MNCU MNFE MNN MNPB MNQ",
        1_000: "AIRH PSTB PSTC PSTP BDG RSTN RSTJ RSTJQ TNKD OILT OILJ GOSP OILP ANS RUIN WTRW FCL",
    },
    "L": {
        300_000: "CONT RGNE",
        100_000: "RGN RGNL CST",
        50_000: "PRK RES RESN RESW RESF TRB",
        20_000: "AREA MNA RNGA MVA OAS SALT",
        8_000: "OILF GASF COLF BTL",
        4_000: "MILB NVB PRT INDS LCTY FLD",
    },
    "H": {
        500_000: "OCN SEA",
        100_000: "GULF STM",
        50_000: "STRT BAY DLTA CNL WAD",
        15_000: "LK LKS LGN RSV CHN INLT SD MRSH SWMP FJD FLLS",
        4_000: "HBR",
    },
    "T": {
        100_000: "DSRT PLAT UPLD PLN",
        50_000: "MTS PEN ISLS ERG HMDA SAND",
        15_000: "ISL VAL RDGE HLLS CNYN GRGE ESCP DPR",
        4_000: "MT PK HLL PASS ISLT CAPE PT GAP VLC SDL",
    },
    "R": {2_000: "RDJCT RJCT TNL TNLRD TNLRR CSWY RDB"},
    "V": {20_000: "FRST"},
}
"""How far a place of each kind reaches from its point, in metres: by what such things measure, and since most points
of GeoNames were read off maps in whole minutes of arc, which are up to 1.9 km."""
_PRECISION = {
    f"{letter}.{code}": radius
    for letter, radii in _RADII.items()
    for radius, codes in radii.items()
    for code in codes.split()
}
_LEFT_OUT = frozenset(["P.PPLH"])
"""Populated places that are no more."""

WORDS = {
    "town": "P.PPL", "city": "P.PPL", "village": "P.PPL", "settlement": "P.PPL", "capital": "P.PPLC",
    "quarter": "P.PPLX", "neighbourhood": "P.PPLX", "country": "A.PCLI", "territory": "A.TERR",
    "province": "A.ADM1", "district": "A.ADM2", "region": "L.RGN", "continent": "L.CONT",
    "base": "S.INSM", "outpost": "S.INSM", "checkpoint": "S.PSTP", "airbase": "S.AIRB", "airport": "S.AIRP",
    "airfield": "S.AIRF", "airstrip": "S.AIRF", "helipad": "S.AIRH", "camp": "S.CMPRF", "prison": "S.PRN",
    "crossing": "S.PSTB", "dam": "S.DAM", "bridge": "S.BDG", "tunnel": "R.TNL", "station": "S.RSTN",
    "oilfield": "L.OILF", "gasfield": "L.GASF", "field": "L.OILF", "refinery": "S.OILR", "mine": "S.MN",
    "plant": "S.PS", "port": "L.PRT", "naval base": "L.NVB", "fort": "S.FT", "site": "S.ANS", "locality": "L.LCTY",
    "junction": "R.RDJCT", "road": "R.RD", "river": "H.STM", "wadi": "H.WAD", "lake": "H.LK", "reservoir": "H.RSV",
    "sea": "H.SEA", "gulf": "H.GULF", "strait": "H.STRT", "bay": "H.BAY", "canal": "H.CNL", "water": "H.LK",
    "mountain": "T.MT", "mountains": "T.MTS", "hill": "T.HLL", "pass": "T.PASS", "valley": "T.VAL",
    "plain": "T.PLN", "desert": "T.DSRT", "peninsula": "T.PEN", "island": "T.ISL", "forest": "V.FRST",
}  # fmt: skip
"""What a table may call a place, and the code it means."""
_CLASSES = {"A": "unit", "H": "water", "L": "area", "P": "town", "R": "road", "S": "spot", "T": "terrain", "V": "wood"}
"""GeoNames' feature classes in a word, for codes that have none of their own."""


def feature_of(words: str) -> str | None:
    """Return the code that a word ("airbase") or a code ("S.AIRB") means, or None."""
    text = " ".join(words.split())
    if _CODE.fullmatch(text.upper()):
        return text.upper()
    word = text.lower().replace("_", " ")
    return WORDS.get(word) or WORDS.get(word.replace(" ", ""))


def kind_word(feature: str) -> str:
    """Return a GeoNames feature in a word: "town", "airbase", "crossing"."""
    populated = "P.PPL" if feature.startswith("P.") else feature
    words = _words()
    return words.get(feature) or words.get(populated) or _CLASSES.get(feature[:1], "place")


@cache
def _words() -> dict[str, str]:
    return {code: word for word, code in reversed(WORDS.items())}


def is_kept(feature: str) -> bool:
    """Return whether places of a kind are worth having: farms, wells, schools and streets are not."""
    return feature in _PRECISION or (feature.startswith("P.") and feature not in _LEFT_OUT)


def precision_m(feature: str) -> float | None:
    """Return the radius in metres that a place of a kind has when its source gives none.

    None for populated places, whose number of people says more.
    """
    return _PRECISION.get(feature)


@cache
def same_kind(one: str, other: str) -> bool:
    """Return whether two features are of one kind, so that two places of one name and spot are the same place."""
    return one == other or any(kind.fits(one) and kind.fits(other) for kind in Kind if kind not in _VAGUE)


_VAGUE = frozenset([Kind.REGION, Kind.DISTRICT])
"""Kinds that hold what lies side by side: a quarter and the district it names, a province and its country."""
