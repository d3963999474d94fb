"""How every file of `geomap.models` was made: run by hand, never imported by the program."""
