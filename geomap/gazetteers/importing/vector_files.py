"""Named points, lines and polygons of a GeoJSON file, a GeoPackage or a shapefile, read through pyogrio."""

import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteers.distance import haversine_km
from geomap.trial import trial

_BATCH = 5_000
_FARTHEST = 540
"""Degrees of longitude: of areas that go on past the antimeridian, and once more round the earth."""
_DEGREES = ("EPSG:4326", "OGC:CRS84", "")


def read_features(path: Path, *, layer: str = "", after: int = 0) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the fields of a file's layer, and its features as rows of a table.

    Parameters
    ----------
    path
        The file.
    layer
        Name of its layer; may be empty where there is one with points, lines or polygons.
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
        pyogrio is not installed, or the file cannot be read, is in other coordinates than WGS 84 degrees, has several
        layers of which none is chosen, or takes longer or more memory than it may, see `geomap.trial`.
    """
    ogr = _pyogrio()
    if problem := trial("geomap.gazetteers.importing.vector_files:try_features", path, layer):
        raise GazetteerError(f"{path}: {problem}; simplify its features, or import a part of them")
    return read_untried(ogr, path, layer, after)


def try_features(path: Path, layer: str) -> None:
    """Read all features of a file, as an import does."""
    deque(read_untried(_pyogrio(), path, layer, 0)[1], maxlen=0)


def read_untried(ogr: Any, path: Path, layer: str, after: int) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return what `read_features` does, however long it takes."""
    try:
        read = _layer(path, layer, [str(name) for name, kind in ogr.list_layers(path) if kind])
        facts = ogr.read_info(path, layer=read, force_feature_count=True)
    except (ogr.errors.DataSourceError, ogr.errors.DataLayerError, ValueError) as error:
        raise GazetteerError(f"{path}: cannot be read as GeoJSON or GeoPackage ({error})") from error
    except UnboundLocalError as error:  # what pyogrio says of a system of coordinates that it cannot tell
        raise GazetteerError(f"{path}: its system of coordinates cannot be read; export it in EPSG:4326") from error
    if (facts["crs"] or "") not in _DEGREES:
        raise GazetteerError(
            f"{path}: is in {facts['crs']}; convert it with: ogr2ogr -t_srs EPSG:4326 OUTPUT {path.name}"
        )
    own = [str(name) for name in facts["fields"]]
    taken = {"latitude", "longitude", "extent_km"}
    fields = [name if name.lower() not in taken else f"{name} (own)" for name in own]
    return [*fields, "latitude", "longitude", "extent_km"], _rows(ogr, path, read, facts["features"], after)


def _layer(path: Path, chosen: str, layers: Sequence[str]) -> str | None:
    """Return the layer to read, ``None`` where there is none to choose from."""
    if chosen in layers:
        return chosen
    listed = ", ".join(layers)
    if chosen:
        raise GazetteerError(f"{path}: has no layer {chosen!r} with points, lines or polygons; there are {listed}")
    if len(layers) > 1:
        raise GazetteerError(f"{path}: has {len(layers)} layers; choose one with --layer: {listed}")
    return layers[0] if layers else None


def _rows(ogr: Any, path: Path, layer: str | None, count: int, after: int) -> Iterator[tuple[int, list[str]]]:
    import shapely

    for start in range(after, count, _BATCH):
        try:
            with warnings.catch_warnings():  # of features that share an id, which is none of ours
                warnings.simplefilter("ignore", RuntimeWarning)
                _, _, geometries, columns = ogr.raw.read(path, layer=layer, skip_features=start, max_features=_BATCH)
        except (ogr.errors.DataSourceError, ogr.errors.FeatureError, ogr.errors.GeometryError, ValueError) as error:
            raise GazetteerError(f"{path}: cannot be read after feature {start} ({error})") from error
        if geometries is None:
            raise GazetteerError(
                f"{path}: holds no points, lines or polygons after feature {start}; give another layer"
            )
        try:
            shapes = shapely.from_wkb(geometries, on_invalid="ignore")
        except NotImplementedError as error:
            raise GazetteerError(
                f"{path}: holds curves after feature {start}; export it with straight lines"
            ) from error
        for n, shape in enumerate(shapes):
            yield start + n + 1, [*(_text(column[n]) for column in columns), *_place(shape)]


def _place(shape: Any) -> tuple[str, str, str]:
    """Return latitude, longitude and extent as a table writes them."""
    import shapely

    if shape is None or shape.is_empty:
        return "", "", ""
    inside = shapely.point_on_surface(shape)
    corners = shapely.get_coordinates(shape).tolist()
    if not all(abs(longitude) <= _FARTHEST and abs(latitude) <= 90 for longitude, latitude in corners):
        return repr(inside.y), repr(inside.x), ""  # no degrees: nobody knows how far it reaches
    far = max(haversine_km(inside.y, inside.x, corner[1], corner[0]) for corner in corners)
    return repr(inside.y), repr(inside.x), f"{far:.1f}"


def _text(value: Any) -> str:
    """Return a field as a table writes it; the parts of a list like the names in one cell."""
    if isinstance(value, list) or getattr(value, "shape", None):
        return "|".join(map(_text, value))
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
