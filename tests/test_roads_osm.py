"""Extracts of OpenStreetMap to networks: what meets where, how long it is, and files that cannot be used."""

import bz2
import itertools
import sys

import extracts
import numpy as np
import osmium
import pytest
from extracts import at, row_of
from osmium.osm.mutable import Node, Way
from pyproj import Geod

from geomap.errors import DataError, InputError
from geomap.geometry.roads import blocks, osm
from geomap.geometry.roads.joining import BEND_M, countries_of
from geomap.geometry.roads.network import open_network, save_network
from geomap.geometry.roads.osm import read_extract

PRIMARY = {"highway": "primary"}


@pytest.fixture
def read(tmp_path):
    def call(nodes, ways, *, minor=False, **header):
        return read_extract(extracts.write(tmp_path / "x.osm.pbf", nodes, ways, **header), minor=minor).network

    return call


def length(*lonlats):
    lon, lat = np.array(lonlats).T
    return Geod(ellps="WGS84").line_length(lon, lat)


def edges(network):
    """The edges as pairs of lon, lat, each with its direction and name, whatever their order."""
    return {
        (*sorted(map(tuple, network.points[edge].tolist())), network.names[label])
        for edge, label in zip(network.edges, network.refs, strict=True)
    }


def ends_of(network, lonlat):
    return int(np.isclose(network.points[network.edges], lonlat).all(axis=2).sum())


def test_roads_meet_at_the_nodes_they_share(read):
    nodes = row_of(1, 2, 3) | {4: at(1, 1), 5: at(1, -1)}
    network = read(nodes, [([1, 2, 3], PRIMARY), ([4, 2, 5], PRIMARY)])
    assert len(network.points) == 5
    assert ends_of(network, at(1, 0)) == 4
    assert sorted(network.lengths) == pytest.approx(
        sorted(length(at(1, 0), other) for other in (at(0, 0), at(2, 0), at(1, 1), at(1, -1)))
    )


def test_roads_that_cross_without_a_common_node_do_not_meet(read):
    nodes = {1: at(0, 0), 2: at(2, 2), 3: at(0, 2), 4: at(2, 0)}
    network = read(nodes, [([1, 2], PRIMARY), ([3, 4], PRIMARY)])
    assert (len(network.points), len(network.edges)) == (4, 2)


def test_bends_are_kept_and_counted_in_full(read):
    nodes = {1: at(0, 0), 2: at(1, 0.5), 3: at(2, 0), 4: at(3, 0.001), 5: at(4, 0)}
    network = read(nodes, [([1, 2, 3, 4, 5], PRIMARY)])
    assert network.edges.tolist() in ([[0, 1]], [[1, 0]])
    line = network.line(0)
    assert [tuple(spot) for spot in line[:: 1 if line[0, 0] < line[-1, 0] else -1]] == [
        at(0, 0), at(1, 0.5), at(2, 0), at(4, 0),
    ]  # fmt: skip
    assert network.lengths == pytest.approx([length(*nodes.values())], abs=1e-6)


def test_drawn_roads_stay_within_the_tolerance_of_their_nodes(read):
    random = np.random.default_rng(5)
    offsets = np.cumsum(random.normal(0, 0.02, 400))
    nodes = {number + 1: at(number / 20, float(offset)) for number, offset in enumerate(offsets)}
    network = read(nodes, [(list(nodes), PRIMARY)])
    from geomap.geometry.geodesy import nearest_on

    line = network.line(0)
    gaps = [nearest_on(line[:-1], line[1:], *spot)[1].min() for spot in nodes.values()]
    assert max(gaps) <= BEND_M * 1.01
    assert len(line) < 300
    assert network.lengths == pytest.approx([length(*nodes.values())], abs=1e-5)


def test_a_road_in_several_ways_is_one_edge_where_nothing_changes(read):
    ways = [([1, 2], PRIMARY), ([3, 2], PRIMARY), ([3, 4], PRIMARY)]
    network = read(row_of(1, 2, 3, 4), ways)
    assert edges(network) == {(at(0, 0), at(3, 0), "")}
    assert network.lengths == pytest.approx([length(at(0, 0), at(1, 0), at(2, 0), at(3, 0))])


@pytest.mark.parametrize(
    "change", [{"ref": "M4"}, {"name": "Long Road"}, {"highway": "secondary"}, {"oneway": "yes"}, {"oneway": "-1"}]
)
def test_a_road_is_cut_where_something_changes(read, change):
    network = read(row_of(1, 2, 3), [([1, 2], PRIMARY), ([2, 3], PRIMARY | change)])
    assert len(network.edges) == 2
    assert ends_of(network, at(1, 0)) == 2


def test_one_way_roads_keep_their_direction_however_they_are_drawn(read):
    forward, back = PRIMARY | {"oneway": "yes"}, PRIMARY | {"oneway": "-1"}
    network = read(row_of(1, 2, 3, 4), [([1, 2], forward), ([3, 2], back), ([3, 4], forward)])
    assert len(network.edges) == 1
    first, last = network.points[network.edges[0]]
    start, end = (first, last) if network.oneway[0] == 1 else (last, first)
    assert (tuple(start), tuple(end)) == (at(0, 0), at(3, 0))


def test_one_way_roads_that_meet_head_on_are_not_joined(read):
    forward = PRIMARY | {"oneway": "yes"}
    assert len(read(row_of(1, 2, 3), [([1, 2], forward), ([3, 2], forward)]).edges) == 2


def test_a_roundabout_goes_one_way_and_has_no_loop(read):
    nodes = {1: at(0, 0), 2: at(1, 0), 3: at(1.2, 0.2), 4: at(1.4, 0), 5: at(1.2, -0.2), 6: at(3, 0)}
    ring = {"highway": "primary", "junction": "roundabout"}
    network = read(nodes, [([1, 2], PRIMARY), ([2, 5, 4, 3, 2], ring), ([4, 6], PRIMARY)])
    turns = {
        tuple(tuple(network.points[node]) for node in (edge if way > 0 else edge[::-1]))
        for edge, way in zip(network.edges, network.oneway, strict=True)
        if way
    }
    reached, spot = [], at(1, 0)
    while len(reached) < 5:
        (spot,) = (end for start, end in turns if start == spot)
        reached.append(spot)
        if spot == at(1, 0):
            break
    assert reached[-1] == at(1, 0)
    assert at(1.4, 0) in reached
    assert len(turns) == len(reached)


def test_no_edge_is_a_loop_and_no_two_join_the_same_junctions(read):
    nodes = row_of(1, 2) | {3: at(0.5, 1), 4: at(0.5, -1), 5: at(3, 0), 6: at(4, 1), 7: at(4, -1), 8: at(5, 5)}
    nodes |= {9: at(6, 5), 10: at(6, 6)}
    ways = [([1, 2], PRIMARY), ([1, 3, 2], PRIMARY), ([2, 4, 1], PRIMARY), ([2, 5], PRIMARY), ([5, 6, 7, 5], PRIMARY)]
    ways += [([8, 9, 10, 8], PRIMARY)]
    network = read(nodes, ways)
    pairs = [tuple(sorted(edge)) for edge in network.edges.tolist()]
    assert len(set(pairs)) == len(pairs)
    assert all(a != b for a, b in pairs)
    whole = [
        length(*(nodes[ref] for ref in refs))
        for refs in ([1, 2], [1, 3, 2], [2, 4, 1], [2, 5], [5, 6, 7, 5], [8, 9, 10, 8])
    ]
    assert network.lengths.sum() == pytest.approx(sum(whole))


def test_a_road_that_is_mapped_twice_is_there_once_and_open_as_either_is(read):
    ways = [([1, 2], PRIMARY | {"oneway": "yes"}), ([2, 1], {"highway": "tertiary", "oneway": "yes"})]
    network = read(row_of(1, 2), ways)
    assert (len(network.edges), network.oneway.tolist()) == (1, [0])


def test_a_way_out_and_back_and_nodes_twice_in_a_row_do_no_harm(read):
    network = read(row_of(1, 2, 3), [([1, 2, 2, 1], PRIMARY), ([2, 3], PRIMARY), ([3], PRIMARY)])
    assert edges(network) == {(at(0, 0), at(1, 0), ""), (at(1, 0), at(2, 0), "")}


def test_two_nodes_at_one_spot_stay_connected(read):
    nodes = {1: at(0, 0), 2: at(1, 0), 3: at(1, 0), 4: at(2, 0)}
    network = read(nodes, [([1, 2], PRIMARY), ([2, 3], PRIMARY | {"ref": "B"}), ([3, 4], PRIMARY)])
    assert len(network.edges) == 3
    assert network.lengths.min() == 1.0


def test_names_and_numbers_go_with_the_edges(read):
    ways = [
        ([1, 2], PRIMARY | {"ref": "M4", "name": "Aleppo Road"}),
        ([2, 3], PRIMARY),
        ([3, 4], PRIMARY | {"ref": "6"}),
    ]
    network = read(row_of(1, 2, 3, 4), ways)
    assert {label for *_, label in edges(network)} == {"M4;Aleppo Road", "", "6"}
    assert network.names[0] == ""
    assert network.attribution == "© OpenStreetMap contributors"


def test_lower_classes_have_a_slower_pace(read):
    ways = [([1, 2], {"highway": "motorway"}), ([2, 3], {"highway": "tertiary"}), ([3, 4], {"highway": "track"})]
    network = read(row_of(1, 2, 3, 4), ways, minor=True)
    east = network.points[network.edges].mean(axis=1)[:, 0]
    assert network.pace[np.argsort(east)] == pytest.approx([1.0, 1.9, 5.0])


def test_roads_end_where_the_extract_does(tmp_path):
    path = extracts.write(
        tmp_path / "cut.osm.pbf",
        row_of(1, 2, 3),
        [([1, 2, 3, 77, 78], PRIMARY), ([91, 1], PRIMARY), ([92, 93], PRIMARY)],
    )
    extract = read_extract(path)
    assert edges(extract.network) == {(at(0, 0), at(2, 0), "")}
    assert extract.missing == 5


def test_a_way_that_leaves_and_comes_back_is_two_roads(read):
    network = read(row_of(1, 2, 4, 5), [([1, 2, 3, 4, 5], PRIMARY)])
    assert edges(network) == {(at(0, 0), at(1, 0), ""), (at(2, 0), at(3, 0), "")}


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        ([(36.7, 34.8), (36.0, 33.9)], ["SY", "LB"]),
        ([(7.585, 47.56), (7.7, 47.63), (7.42, 47.6)], ["CH", "DE", "FR"]),
        ([(30.9, -17.9), (33.6, -19.0)], ["ZW", "MZ"]),
        ([(-70.3, -18.47), (-70.2, -18.0)], ["CL", "PE"]),
        ([(178.5, -18.0), (-179.9, -16.6)], ["FJ", "FJ"]),
        ([(-35.0, 0.0)], [""]),
        ([(12.87, 55.567), (12.7, 55.6)], ["SE", "DK"]),
    ],
)
def test_junctions_know_their_country(spots, expected):
    codes, numbers, _ = countries_of(np.array(spots))
    assert [codes[number] for number in numbers] == expected
    assert codes[0] == ""


@pytest.mark.parametrize(
    ("spot", "claimed"), [((34.1, 45.0), {"UA", "RU"}), ((36.3, 33.5), {"SY"}), ((-60.0, -51.8), {"FK"})]
)
def test_land_that_two_countries_claim_counts_to_both(spot, claimed):
    codes, (own,), (second,) = countries_of(np.array([spot]))
    assert {codes[own], codes[second]} - {""} == claimed


def test_a_road_over_a_border_has_both_countries(read):
    nodes = {1: (36.02, 33.69), 2: (35.9, 33.72), 3: (36.02, 33.8)}
    network = read(nodes, [([1, 2], PRIMARY), ([1, 3], PRIMARY | {"ref": "1"})])
    assert {"SY", "LB"} <= {network.codes[number] for number in network.country}


def test_streets_come_only_when_asked_for(read):
    ways = [([1, 2], PRIMARY), ([2, 3], {"highway": "residential"}), ([3, 4], {"highway": "track"})]
    assert len(read(row_of(1, 2, 3, 4), ways).edges) == 1
    assert len(read(row_of(1, 2, 3, 4), ways, minor=True).edges) == 3


def test_a_saved_network_is_the_same_when_opened(read, tmp_path):
    nodes = {1: at(0, 0), 2: at(1, 0.5), 3: at(2, 0), 4: at(2, 2)}
    ways = [([1, 2, 3], PRIMARY | {"ref": "M4", "oneway": "yes"}), ([3, 4], PRIMARY | {"name": "طريق"})]
    network = read(nodes, ways)
    save_network(network, tmp_path / "saved.npz")
    opened = open_network(tmp_path / "saved.npz")
    assert edges(opened) == edges(network)
    assert (opened.names, opened.codes, opened.attribution) == (network.names, network.codes, network.attribution)
    assert opened.oneway.tolist() == network.oneway.tolist()
    assert opened.bend_starts.tolist() == network.bend_starts.tolist()
    assert opened.bend_xy == pytest.approx(network.bend_xy, abs=1e-6)
    assert opened.lengths == pytest.approx(network.lengths, abs=0.5)


def town(size, *, first=1):
    """A grid of streets: its nodes, and its ways."""
    numbers = np.arange(first, first + size * size).reshape(size, size)
    nodes = {int(numbers[i, j]): at(i / 10, j / 10) for i, j in itertools.product(range(size), repeat=2)}
    return nodes, [(line.tolist(), PRIMARY) for line in (*numbers, *numbers.T)]


@pytest.mark.parametrize("header", [{}, {"sorting": ""}])
def test_parts_and_passes_change_nothing(tmp_path, monkeypatch, header):
    nodes, ways = town(120)
    path = extracts.write(tmp_path / "town.osm.pbf", nodes, ways, **header)
    whole = read_extract(path).network
    monkeypatch.setattr(blocks, "PART_BYTES", 1)
    assert len(blocks.parts_of(path)) > 2
    parts = read_extract(path).network
    assert len(whole.edges) == 2 * 120 * 119 - 4
    assert edges(parts) == edges(whole)
    assert (
        parts.lengths.sum()
        == whole.lengths.sum()
        == pytest.approx(sum(length(*(nodes[ref] for ref in refs)) for refs, _ in ways))
    )


def test_a_file_in_any_order_is_read(tmp_path, monkeypatch):
    nodes = row_of(*range(1, 30))
    path = tmp_path / "odd.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number in (20, *range(1, 10)):
            writer.add_node(Node(id=number, version=1, location=nodes[number]))
        writer.add_way(Way(id=1, version=1, nodes=list(nodes), tags=PRIMARY))
        for number in (*range(29, 20, -1), *range(10, 20)):
            writer.add_node(Node(id=number, version=1, location=nodes[number]))
    assert edges(read_extract(path).network) == {(at(0, 0), at(28, 0), "")}


@pytest.mark.parametrize("suffix", ["osm", "osm.bz2", "osm.gz", "opl"])
def test_other_formats_are_read_too(tmp_path, suffix):
    path = extracts.write(tmp_path / f"x.{suffix}", row_of(1, 2), [([1, 2], PRIMARY | {"ref": "M5"})])
    assert edges(read_extract(path).network) == {(at(0, 0), at(1, 0), "M5")}


def test_a_pbf_file_may_have_any_name(tmp_path):
    path = extracts.write(tmp_path / "x.osm.pbf", row_of(1, 2), [([1, 2], PRIMARY)]).rename(tmp_path / "download")
    assert len(read_extract(path).network.edges) == 1


def test_the_day_of_the_data_is_that_of_the_file(tmp_path):
    path = extracts.write(
        tmp_path / "x.osm.pbf", row_of(1, 2), [([1, 2], PRIMARY)], osmosis_replication_timestamp="2024-05-06T20:21:00Z"
    )
    assert read_extract(path).timestamp == "2024-05-06T20:21:00Z"


def test_progress_ends_at_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "PART_BYTES", 1)
    nodes, ways = town(100)
    told = []
    read_extract(
        extracts.write(tmp_path / "t.osm.pbf", nodes, ways), progress=lambda done, total: told.append((done, total))
    )
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(done)
    assert set(totals) == {done[-1]}
    assert len(done) > 3


@pytest.fixture
def good(tmp_path):
    nodes, ways = town(60)
    return extracts.write(tmp_path / "good.osm.pbf", nodes, ways)


@pytest.mark.parametrize("share", [0.002, 0.3, 0.9, 0.9999])
def test_a_file_that_breaks_off_is_refused(good, share):
    content = good.read_bytes()
    good.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match=r"breaks off|no PBF"):
        read_extract(good)


def test_a_damaged_file_is_refused(good):
    content = bytearray(good.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    good.write_bytes(content)
    with pytest.raises(InputError, match=r"damaged|breaks off"):
        read_extract(good)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.osm.pbf", b"", "is empty"),
        ("text.osm.pbf", b"<html>Not found</html>", "no PBF file, in spite of its name"),
        ("text.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHea", "no PBF file"),
        ("roads.shp", b"\x00\x00\x27\x0a" + bytes(96), "no OpenStreetMap data"),
        ("broken.osm", b"<osm version='0.6'><node id='1' lat='1' lon='1'", "cannot be read"),
        ("table.osm", b"name,lat,lon\n", "cannot be read"),
        ("broken.osm.bz2", bz2.compress(b"<osm version='0.6'></osm>")[:20], "cannot be read"),
        ("other.osm.gz", b"no gzip at all", "cannot be read"),
    ],
)
def test_what_is_no_extract_is_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as raised:
        read_extract(tmp_path / name)
    assert name in str(raised.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"cannot be read \(No such file"):
        read_extract(tmp_path / "none.osm.pbf")


@pytest.mark.parametrize("ways", [[], [([1, 2], {"building": "yes"})], [([1, 2], {"highway": "footway"})]])
def test_a_file_without_roads_is_refused(tmp_path, ways):
    with pytest.raises(InputError, match="holds no roads"):
        read_extract(extracts.write(tmp_path / "x.osm.pbf", row_of(1, 2), ways))


def test_a_file_of_nothing_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no roads"):
        read_extract(extracts.write(tmp_path / "x.osm.pbf", {}, []))


def test_roads_without_any_node_are_refused(tmp_path):
    with pytest.raises(InputError, match="none of its 1 roads"):
        read_extract(extracts.write(tmp_path / "x.osm.pbf", row_of(1), [([], PRIMARY)]))


def test_roads_without_their_nodes_are_refused(tmp_path):
    with pytest.raises(InputError, match="none of its 2 roads has two nodes in the file"):
        read_extract(extracts.write(tmp_path / "x.osm.pbf", row_of(9), [([1, 2], PRIMARY), ([2, 3], PRIMARY)]))


def test_nodes_that_were_never_uploaded_are_refused(tmp_path):
    path = extracts.write(tmp_path / "x.osm", {-1: at(0, 0), -2: at(1, 0)}, [([-1, -2], PRIMARY)])
    with pytest.raises(InputError, match="osmium renumber"):
        read_extract(path)


def test_a_history_is_refused(tmp_path):
    path = extracts.write(tmp_path / "x.osh.pbf", row_of(1, 2), [([1, 2], PRIMARY)])
    with pytest.raises(InputError, match="osmium time-filter"):
        read_extract(path)


def test_without_osmium_the_error_says_what_to_install(good, monkeypatch):
    monkeypatch.setitem(sys.modules, "osmium.io", None)
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(DataError, match=r"pip install 'geomap\[roads\]'"):
        read_extract(good)
    assert osm.ATTRIBUTION
