"""``geomap agreement``: how far two people agree who corrected the same reports."""

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from geomap.cli.words import count, printable, write_data
from geomap.errors import ConfigError


def agreement(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="One person's file of corrections.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="The other person's.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say how far two people agree who corrected the same reports, and list what they do not agree on."""
    if find_spec("krippendorff") is None:
        raise ConfigError("the agreement needs krippendorff: pip install 'geomap[review]'")
    from geomap.corrections.corrections_file import read_corrections
    from geomap.evaluation.agreement import agreement as compare

    result = compare(read_corrections(first), read_corrections(second))
    if as_json:
        write_data(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    else:
        write_data("".join(f"{printable(line)}\n" for line in _lines(result, first, second)))


def _lines(result: Mapping[str, Any], first: Path, second: Path) -> Iterator[str]:
    agreed, alpha = result["figures"]["agreed"], result["figures"]["alpha"]
    yield f"both spoke of {count(agreed['n'], 'mention or event', 'mentions and events')}"
    yield f"{result['only_first']:,} more in {first} alone, {result['only_second']:,} in {second} alone"
    if agreed["value"] is not None:
        yield f"agreed on {agreed['value']:.1%}"
        yield "Krippendorff's alpha: " + (
            f"{alpha['value']:.3f}" if alpha["value"] is not None else "none (one answer)"
        )
    for one in result["differences"]:
        yield ""
        yield f"  {first}: {one['first']}"
        yield f"  {second}: {one['second']}"
