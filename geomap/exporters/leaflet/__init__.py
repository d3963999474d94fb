"""The Leaflet map: one HTML file with places, their source sentences and the reports they come from."""

from geomap.exporters.leaflet.geo_map import GeoMap
from geomap.exporters.leaflet.layer import MentionLayer
from geomap.exporters.leaflet.maps import to_map

__all__ = ["GeoMap", "MentionLayer", "to_map"]
