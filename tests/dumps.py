"""Country dumps as GeoNames writes them, made up here."""

from __future__ import annotations

import io
import zipfile

README = "Readme for GeoNames Gazetteer extract files\n"


def row(
    number: int, name: str, lat: float, lon: float, feature: str = "P.PPL", *, alternates: str = "",
    country: str = "SY", admin1: str = "02", population: int = 0,
) -> str:  # fmt: skip
    letter, code = feature.split(".")
    cells = [
        number, name, name, alternates, lat, lon, letter, code, country, "", admin1, "", "", "", population, "", 390,
        "Asia/Damascus", "2020-01-31",
    ]  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


def zipped(text: str, country: str = "SY") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (("readme.txt", README), (f"{country}.txt", text)):
            # with a day of its own an archive is the same each time
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 31, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
