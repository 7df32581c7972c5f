import re
from importlib.resources import files

import pytest
from records import readings

from geomap.exports import look
from geomap.exports.look import Look, for_words
from geomap.exports.qgis.points import BASES
from geomap.maps.style import LIGHT

ASSETS = files("geomap.maps") / "assets"


def script(name):
    return (ASSETS / name).read_text(encoding="utf-8")


def numbers(text):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_widths_patterns_and_strengths_are_those_of_the_page():
    strokes = script("strokes.js")
    told = re.search(r"const WIDTH = \{(.*?)\}", strokes)[1]
    assert dict(re.findall(r"(\w+): ([\d.]+)", told)) == {how.value: f"{width:g}" for how, width in look.WIDTHS.items()}
    assert numbers(re.search(r"const OPACITY = \{(.*?)\}", strokes)[1]) == [step.opacity for step in look.SURE]
    assert numbers(re.search(r"planned: \[(.*?)\]", strokes)[1]) == list(look.DASHED)
    assert list(look.DOTS) in [numbers(found) for found in re.findall(r"\[([\d., ]+)\]", strokes)]
    assert numbers(re.search(r"const TURNS = \[(.*?)\]", strokes)[1]) == list(look.TURNS)
    assert int(re.search(r"const LONGEST = ([\d_]+)", script("bends.js"))[1]) == look.STRAIGHT_M


def test_steps_of_sureness_are_those_of_the_page():
    steps = numbers(re.search(r'confidence >= ([\d.]+) \? "high" : .*?>= ([\d.]+)', script("state.js"))[0])
    assert steps == [step.least for step in look.SURE[:2]]


@pytest.mark.parametrize("name", ["text", "secondary", "denied", "paper", "halo"])
def test_colours_of_the_ground_are_those_of_the_page(name):
    assert re.search(rf"--{name}: (#\w+);", script("page.css"))[1] == getattr(look, name.upper())


def test_bases_are_those_of_the_page():
    told = re.search(r"const BASES = new Set\(\[(.*?)\]\)", script("places.js"))[1]
    assert set(re.findall(r'"(.*?)"', told)) == set(BASES)


def test_actors_are_those_of_the_map_in_its_order():
    from geomap.maps.webmap import Map

    made = Map.from_readings(readings())
    assert [actor.name for actor in Look.of(readings()).actors] == [actor.name for actor in made._story.actors()]


def test_letters_are_drawn_towards_the_colour_of_text():
    assert for_words("#000000") == "#0b0b09"
    assert for_words(look.TEXT) == look.TEXT
    assert all(for_words(colour) != colour.lower() for colour in LIGHT)
