"""Lines on the grid meet only at common points, before and after points are left out."""

import numpy as np
import pytest
from shapely import coverage_is_valid, is_valid, voronoi_polygons
from shapely.geometry import MultiPoint, MultiPolygon, Polygon, box

from gazetteer.recipe.planar import GRID, on_grid, square_degrees, thinned
from gazetteer.recipe.topology import Network, cut_and_simplify, ring_points

FREE = float("inf")


def drawn(network: Network) -> list[MultiPolygon]:
    return [
        MultiPolygon(
            [
                (ring_points(outer, network.arcs), [ring_points(hole, network.arcs) for hole in holes])
                for outer, *holes in shape
            ]
        )
        for shape in network.shapes
    ]


def test_an_inlet_narrower_than_the_grid_closes_and_leaves_a_valid_polygon() -> None:
    coast = Polygon([(0, 0), (1, 0), (1, 1), (0.5007, 1), (0.5005, 0.2), (0.5003, 1), (0, 1)])
    (rounded,) = on_grid([coast])
    assert rounded.is_valid
    assert rounded.area == pytest.approx(1 / GRID**2, rel=0.01)


def test_of_an_overlap_the_first_area_has_all() -> None:
    first, second = on_grid([box(0, 0, 1, 1), box(0.9, 0, 2, 1)])
    assert (first.area * GRID**2, second.area * GRID**2) == pytest.approx((1.0, 1.0))


def test_an_area_narrower_than_the_grid_is_empty() -> None:
    assert [area.is_empty for area in on_grid([box(0, 0, 1, 1), box(3, 3, 3.0004, 3.0004)])] == [False, True]


@pytest.mark.parametrize("keep", [1.0, 0.3, 0.0])
def test_many_small_areas_stay_valid_and_next_to_each_other(keep: float) -> None:
    sites = np.random.default_rng(1).random((400, 2)) * 0.3
    cells = list(voronoi_polygons(MultiPoint(sites), extend_to=box(0, 0, 0.3, 0.3)).geoms)
    network = cut_and_simplify(cells, keep=keep, smallest_island=0.0)
    areas = drawn(network)
    assert is_valid(areas).all()
    assert coverage_is_valid(areas)


def test_a_point_stays_while_an_island_lies_in_its_triangle() -> None:
    coast = ((0, 0), (50, 40), (100, 0), (50, -99), (0, 0))
    bay = ((0, 0), (50, 40), (100, 0))
    island = ((49, 10), (51, 10), (50, 12), (49, 10))
    assert thinned([bay, island], keep=0.0, limits=[FREE, FREE])[0] == bay
    assert len(thinned([coast], keep=0.0, limits=[FREE])[0]) == 4
    assert thinned([bay], keep=0.0, limits=[FREE]) == [((0, 0), (100, 0))]


def test_a_point_goes_once_the_point_that_held_it_is_gone() -> None:
    held, holding = ((0, 0), (50, 40), (100, 0)), ((45, 2), (50, 3), (60, -40))
    assert thinned([held, holding], keep=0.0, limits=[FREE, FREE])[1] == ((45, 2), (60, -40))
    beyond = ((45, -2), (50, 3), (60, -2))
    assert thinned([held, beyond], keep=0.0, limits=[FREE, FREE]) == [((0, 0), (100, 0)), ((45, -2), (60, -2))]


def test_two_lines_between_the_same_ends_do_not_become_one() -> None:
    above, below = ((0, 0), (5, 9), (9, 0)), ((0, 0), (5, -9), (9, 0))
    assert sorted(map(len, thinned([above, below], keep=0.0, limits=[FREE, FREE]))) == [2, 3]


def test_a_point_of_a_large_triangle_stays_where_the_line_has_a_limit() -> None:
    line = ((0, 45_000), (50, 45_040), (100, 45_000))
    size = square_degrees((*line, line[0]))
    assert thinned([line], keep=0.0, limits=[size * 0.99]) == [line]
    assert thinned([line], keep=0.0, limits=[size * 1.01]) == [(line[0], line[2])]
