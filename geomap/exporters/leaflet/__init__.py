"""The Leaflet map: one HTML file with places, their source sentences and the reports they come from."""

from geomap.exporters.leaflet.geo_map import GeoMap
from geomap.exporters.leaflet.maps import to_map
from geomap.exporters.leaflet.mention_layer import MentionLayer

__all__ = ["GeoMap", "MentionLayer", "to_map"]
