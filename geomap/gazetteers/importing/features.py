"""Named points, lines and polygons of a GeoJSON file, a GeoPackage or a shapefile, read through pyogrio."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteers.distance import haversine_km

_BATCH = 5_000
_DEGREES = ("EPSG:4326", "OGC:CRS84", "")


def read_features(path: Path, *, after: int = 0) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the fields of a file's first layer, and its features as rows of a table.

    Parameters
    ----------
    path
        The file.
    after
        How many features to pass over.

    Returns
    -------
        The fields end with ``latitude``, ``longitude`` and ``extent_km``: a point within the feature, and the distance
        from it to the feature's farthest corner. Rows are numbered by feature from 1; a feature without a geometry has
        no coordinates.

    Raises
    ------
    GazetteerError
        pyogrio is not installed, or the file cannot be read or is in other coordinates than WGS 84 degrees.
    """
    ogr = _pyogrio()
    try:
        facts = ogr.read_info(path, force_feature_count=True)
    except (ogr.errors.DataSourceError, ogr.errors.DataLayerError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read as GeoJSON or GeoPackage ({error})") from error
    if (facts["crs"] or "") not in _DEGREES:
        raise GazetteerError(
            f"{path}: is in {facts['crs']}; convert it with: ogr2ogr -t_srs EPSG:4326 OUTPUT {path.name}"
        )
    own = [str(name) for name in facts["fields"]]
    taken = {"latitude", "longitude", "extent_km"}
    fields = [name if name.lower() not in taken else f"{name} (own)" for name in own]
    return [*fields, "latitude", "longitude", "extent_km"], _rows(ogr, path, facts["features"], after)


def _rows(ogr: Any, path: Path, count: int, after: int) -> Iterator[tuple[int, list[str]]]:
    import shapely

    for start in range(after, count, _BATCH):
        try:
            _, _, geometries, columns = ogr.raw.read(path, skip_features=start, max_features=_BATCH)
        except (ogr.errors.DataSourceError, ogr.errors.FeatureError, ogr.errors.GeometryError, ValueError) as error:
            raise GazetteerError(f"{path}: cannot be read after feature {start} ({error})") from error
        shapes = shapely.from_wkb(geometries, on_invalid="ignore")
        for n, shape in enumerate(shapes):
            yield start + n + 1, [*(_text(column[n]) for column in columns), *_place(shape)]


def _place(shape: Any) -> tuple[str, str, str]:
    """Return latitude, longitude and extent as a table writes them."""
    import shapely

    if shape is None or shape.is_empty:
        return "", "", ""
    inside = shapely.point_on_surface(shape)
    corners = shapely.get_coordinates(shape).tolist()
    far = max(haversine_km(inside.y, inside.x, corner[1], corner[0]) for corner in corners)
    return repr(inside.y), repr(inside.x), f"{far:.1f}"


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)


def _pyogrio() -> Any:
    try:
        import pyogrio
        import pyogrio.errors
        import pyogrio.raw
    except ImportError as error:
        raise GazetteerError(
            "GeoJSON files and GeoPackages are read with pyogrio, which is missing: pip install 'geomap[import]'"
        ) from error
    return pyogrio
