"""The data of a page as one text and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geomap.errors import DataError
from geomap.maps.packing import SCALE, Lines, pack, unpack


def test_values_and_lines_come_back():
    road = np.array([(39.00801, 35.95), (40.5, -36.2), (-179.9999, 80.1)])
    ring = np.array([(10, 20), (30, 20), (30, 40), (10, 20)])
    values, lines = unpack(pack({"a": road, "b": [{"c": ring}], "d": "عين العرب <&>"}))
    assert values == {"a": 0, "b": [{"c": 1}], "d": "عين العرب <&>"}
    np.testing.assert_allclose(lines[0], road, atol=0.5 / SCALE)
    np.testing.assert_allclose(lines[1] * SCALE, ring, atol=1e-6)


def test_repeated_vertices_are_dropped_within_a_line_only():
    first = np.array([(1.0, 2.0), (1.00001, 2.0), (3.0, 4.0)])
    _, lines = unpack(pack([first, np.array([(3.0, 4.0), (5.0, 6.0)])]))
    assert [len(line) for line in lines] == [2, 2]


def test_longitudes_may_go_on_beyond_the_antimeridian():
    _, (line,) = unpack(pack([np.array([(179.5, -16.0), (181.25, -17.0), (-190.0, 0.0)])]))
    assert line.tolist() == [[179.5, -16.0], [181.25, -17.0], [-190.0, 0.0]]


def test_many_lines_are_a_range():
    one, other, third = (np.array([(n, 0), (n, 1)]) for n in (10, 20, 30))
    values, lines = unpack(pack({"a": one, "b": Lines([other, third]), "c": Lines([])}))
    assert values == {"a": 0, "b": [1, 2], "c": [3, 0]}
    assert [line[0, 0] * SCALE for line in lines] == pytest.approx([10, 20, 30])


def test_nothing_to_pack():
    assert unpack(pack({})) == ({}, [])
    values, (line,) = unpack(pack([np.empty((0, 2))]))
    assert values == [0]
    assert line.shape == (0, 2)


@given(
    st.lists(arrays(np.int64, st.tuples(st.integers(0, 9), st.just(2)), elements=st.integers(-3_600_000, 3_600_000)))
)
def test_any_lines_survive(lines):
    values, back = unpack(pack(lines))
    assert values == list(range(len(lines)))
    for line, found in zip(lines, back, strict=True):
        kept = [point for i, point in enumerate(line.tolist()) if i == 0 or point != line[i - 1].tolist()]
        assert np.rint(found * SCALE).astype(int).tolist() == kept


def test_text_that_cannot_be_written_in_utf8_is_marked():
    assert unpack(pack(["\ud800"]))[0] == ["?"]


@pytest.mark.parametrize("value", [float("nan"), np.array([(np.nan, 1.0)]), np.array([(np.inf, 1.0)])])
def test_numbers_have_to_be_finite(value):
    with pytest.raises(ValueError, match=r"no number|Out of range"):
        pack([value])


@pytest.mark.parametrize("text", ["", "e30=", "not base64", "é"])
def test_other_text_is_refused(text):
    with pytest.raises(DataError, match="make the page again"):
        unpack(text)
