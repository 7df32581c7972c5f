"""A geocoder of geopy, made from what a person says of it."""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geomap.errors import InputError
from geomap.network import user_agent

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["make_geocoder"]


def make_geocoder(
    name: str, *, contact: str | None, url: str | None, options: Mapping[str, str], timeout_s: float
) -> Any:
    """Return geopy's geocoder of a name, set up not to ask again by itself: how often is for the pacing to say.

    Parameters
    ----------
    name
        As geopy calls it.
    contact
        Where the person who asks can be reached.
    url
        Address of a server of one's own.
    options
        Further options of the geocoder.
    timeout_s
        Longest silence in seconds.

    Raises
    ------
    InputError
        geopy has no such geocoder, or cannot make it with these options.
    """
    from geopy.adapters import RequestsAdapter
    from geopy.exc import ConfigurationError, GeocoderNotFound
    from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service

    try:
        made = get_geocoder_for_service(name)
    except GeocoderNotFound as error:
        known = ", ".join(sorted(SERVICE_TO_GEOCODER))
        raise InputError(f"geopy has no geocoder {name!r}; it has {known}") from error
    settings: dict[str, object] = {
        **options, "user_agent": user_agent(contact), "timeout": timeout_s,
        "adapter_factory": partial(RequestsAdapter, max_retries=0),
    }  # fmt: skip
    known_options = inspect.signature(made).parameters
    if url:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        if "domain" not in known_options or parts.scheme not in {"http", "https"} or not parts.netloc:
            raise InputError(
                f"{name} cannot be asked at {url!r}; give an address such as https://nominatim.example.org"
            )
        settings |= {"domain": f"{parts.netloc}{parts.path}".rstrip("/"), "scheme": parts.scheme}
    if odd := sorted(set(options) - set(known_options)):
        raise InputError(f"{name} has no option {', '.join(odd)}; it has {', '.join(sorted(known_options))}")
    try:
        return made(**settings)
    except (TypeError, ConfigurationError) as error:
        raise InputError(
            f"{name} needs other options ({error}); give them with --geocoder-option NAME=VALUE"
        ) from error
