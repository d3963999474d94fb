"""Small files as the world gives them, for the tests of imports."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner

from geomap.cli.app import app


def geonames_line(
    id: int, name: str, point: tuple[float, float], *, feature: str = "P.PPL", unit: str = "UA.05",
    population: int = 0, names: str = "",
) -> str:  # fmt: skip
    """Return a line of a country file of GeoNames."""
    kind, _, code = feature.partition(".")
    country, _, admin1 = unit.partition(".")
    fields = (
        id,
        name,
        name,
        names,
        *point,
        kind,
        code,
        country,
        "",
        admin1,
        "",
        "",
        "",
        population,
        "",
        0,
        "",
        "2024-01-01",
    )
    return "\t".join(map(str, fields))


def write_dump(path: Path, lines: Sequence[str]) -> Path:
    """Write a country file, packed as GeoNames packs it if the name ends in ``.zip``."""
    text = "".join(f"{line}\n" for line in lines)
    if path.suffix != ".zip":
        path.write_text(text, encoding="utf-8")
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme\n" * 5000)
        archive.writestr(f"{path.stem}.txt", text)
    return path


def whosonfirst_line(id: int, name: str, point: tuple[float, float], **more: object) -> str:
    """Return the properties of a place of Who's On First as a line."""
    place = {"id": id, "name": name, "pt": "locality", "lat": point[0], "lon": point[1], "pop": 0, "cc": "UA",
             "names": {}, "conc": {}, "cur": -1, "sup": []}  # fmt: skip
    return json.dumps({**place, **more}, ensure_ascii=False)


def run(*args: str) -> tuple[int, str, str]:
    """Run ``geomap gazetteer`` in this process; return its exit code, its data and its words."""
    done = CliRunner().invoke(app, ["gazetteer", *args], prog_name="geomap")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr
