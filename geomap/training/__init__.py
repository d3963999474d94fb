"""How every file of `geomap.models` was made: run by hand; of the program `geomap train` alone imports it."""
