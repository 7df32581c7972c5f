"""The options of the commands that may ask others: for names, for stories (`--reader`) and for ways (`--router`)."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.online import Service
    from geomap.geometry.roads.servers import Router
    from geomap.reports.readers import Reader

__all__ = ["online_options", "reader_options", "router_options"]

_DETAILS = ("geocoder", "geocoder_url", "geocoder_options", "contact")
_OPTIONS = (
    click.option("--online", is_flag=True, help="Ask a service for names that are unknown here, and say what is sent."),
    click.option("--geocoder", metavar="NAME", default="nominatim", show_default=True, envvar="GEOMAP_GEOCODER",
                 help="With --online: any geocoder of geopy."),
    click.option("--geocoder-url", metavar="URL", envvar="GEOMAP_GEOCODER_URL",
                 help="With --online: your own server, https://nominatim.example.org."),
    click.option("--geocoder-option", "geocoder_options", metavar="NAME=VALUE", multiple=True,
                 envvar="GEOMAP_GEOCODER_OPTIONS", help="With --online: an option of the geocoder, api_key=…"),
    click.option("--contact", metavar="ADDRESS", envvar="GEOMAP_CONTACT",
                 help="With --online: where the service can reach you, as part of the user agent."),
)  # fmt: skip

_READER_OPTIONS = (
    click.option("--reader", "reader_url", metavar="URL",
                 help="Let a model read, and send it the stories: an OpenAI-compatible API, http://127.0.0.1:8080/v1. "
                      "A key is taken from the environment variable GEOMAP_READER_KEY."),
    click.option("--model", metavar="NAME", help="With --reader: the model, as the API calls it."),
)  # fmt: skip

_ROUTER_OPTIONS = (
    click.option("--router", "router_named", metavar="URL", envvar="GEOMAP_ROUTER",
                 help="Ask a running OSRM or Valhalla for ways by road, and send it their ends: http://127.0.0.1:5000; "
                      "tiles:PATH asks Valhalla's tiles of your own, and sends nothing."),
    click.option("--router-attribution", metavar="TEXT", envvar="GEOMAP_ROUTER_ATTRIBUTION",
                 help="With --router: the notice of its data, where they are not OpenStreetMap's."),
)  # fmt: skip


def online_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command gets the service as `service`, None where it is not to ask any."""

    @wraps(command)
    def called(*args: Any, online: bool, **values: Any) -> Any:
        details = {name: values.pop(name) for name in _DETAILS}
        if not online:
            _check_unused()
        return command(*args, service=_service(**details) if online else None, **values)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


def _check_unused() -> None:
    """Refuse options that say how to ask where nothing may be asked; those of the environment just wait."""
    context = click.get_current_context()
    given = [name for name in _DETAILS if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if given:
        written = given[0].removesuffix("s").replace("_", "-")
        raise click.UsageError(f"--{written} says how to ask a service; add --online to allow it")


def _service(
    geocoder: str, geocoder_url: str | None, geocoder_options: tuple[str, ...], contact: str | None
) -> Service:
    from geomap.gazetteer.online import Service

    pairs = [text.partition("=") for text in geocoder_options]
    if odd := next((name for name, sign, _ in pairs if not sign or not name), None):
        raise click.UsageError(f"--geocoder-option {odd!r} is no NAME=VALUE; write one such as api_key=abc")
    return Service(
        geocoder, contact=contact, url=geocoder_url, options={name: value for name, _, value in pairs}, told=_tell
    )


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name another reader; the command gets `make_reader`, None where the rules read."""

    @wraps(command)
    def called(*args: Any, reader_url: str | None, model: str | None, **values: Any) -> Any:
        if model and not reader_url:
            raise click.UsageError("--model names the model of an endpoint; give its address with --reader URL")
        if reader_url and not model:
            raise click.UsageError("--reader needs the name of a model; give it with --model NAME")
        make = partial(_reader, reader_url, model) if reader_url and model else None
        return command(*args, make_reader=make, **values)

    for option in reversed(_READER_OPTIONS):
        called = option(called)
    return called


def _reader(url: str, model: str, gazetteer: Gazetteer) -> Reader:
    from geomap.reports.readers import EndpointReader

    return EndpointReader(url, model, gazetteer=gazetteer, told=_tell)


def router_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a router; the command gets it as `router`, None where it is not to ask any."""

    @wraps(command)
    def called(*args: Any, router_named: str | None, router_attribution: str | None, **values: Any) -> Any:
        source = click.get_current_context().get_parameter_source("router_attribution")
        if not router_named and source is ParameterSource.COMMANDLINE:
            raise click.UsageError("--router-attribution is the notice of a router; name that with --router URL")
        return command(*args, router=_router(router_named, router_attribution) if router_named else None, **values)

    for option in reversed(_ROUTER_OPTIONS):
        called = option(called)
    return called


def _router(named: str, attribution: str | None) -> Router:
    from geomap.geometry.roads.servers import OPENSTREETMAP, open_router

    return open_router(named, attribution=attribution or OPENSTREETMAP, told=_tell)


def _tell(words: str) -> None:
    click.echo(words, err=True)
