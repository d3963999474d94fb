"""The ground of a page, packed."""

from geomap.exporters.leaflet.basemap import packed
from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for


def test_packing_keeps_every_number_and_leaves_the_ground_as_it_was() -> None:
    base = basemap_for([(48.0, 37.8)], country_codes=["UA"], admin1_ids=[])
    small = packed(base)
    assert [[flat[n : n + 2] for n in range(0, len(flat), 2)] for flat in small["arcs"]] == [
        [list(point) for point in arc] for arc in base["arcs"]
    ]
    columns = small["towns"]
    rows = zip(columns["names"].split("\n"), columns["latitudes"], columns["longitudes"], columns["zooms"], strict=True)
    assert [(name, y / 100, x / 100, zoom) for name, y, x, zoom in rows] == base["towns"]
    assert {name: part for name, part in small.items() if name not in ("arcs", "towns")} == {
        name: part for name, part in base.items() if name not in ("arcs", "towns")
    }
