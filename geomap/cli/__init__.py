"""The command line: files of verbs, each of which parses, calls one public function and prints; `app` lists them.

Data goes to stdout, words to stderr. ``-`` is stdin and ``-o`` names a file. The exit code is 0 when done, 1 for a
`GeomapError`, 2 for misuse and 3 when some reports were set aside.
"""


def main() -> None:
    """Run the command line of the process."""
    from geomap.cli.app import app

    app(prog_name="geomap")
