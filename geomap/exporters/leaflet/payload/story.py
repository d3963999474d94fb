"""A story: saved addresses of a page with captions, from a TOML file, as steps that the page flies through."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from geomap.errors import ConfigError, did_you_mean
from geomap.exporters.leaflet.html.escaping import Page

ADDRESS_PARTS = (
    *("boilerplate", "conf", "doc", "docs", "embed", "ev", "exact", "from", "incident", "map", "mention"),
    *("place", "q", "roles", "sentence", "src", "step", "to", "totals", "undated", "verified", "vs"),
)
"""What the part of a page's address after "#" may name, as ``page/data/address.js`` reads it."""

MAX_STEPS = 100
"""More than anybody clicks through; the row of dots that shows them has no room for more."""

_FILE_KEYS = ("title", "step")
_STEP_KEYS = ("address", "heading", "caption")
_TABLE = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?")
_VIEW = re.compile(r"\d{1,2}(\.\d+)?/-?\d{1,2}(\.\d+)?/-?\d{1,3}(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a story."""

    line: int
    """Where in the file its address stands, counted from 1; 0 where the file does not tell."""
    address: str
    """The part of the page's address after "#"."""
    heading: str
    """What stands above the caption; "" for nothing."""
    caption: str
    """What is told, any text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as its file has it; what it shows is not checked yet."""

    path: str
    """The file."""
    title: str
    """Heading of the story; "" for none."""
    steps: tuple[Step, ...]
    """At least one."""


def read_story(path: str | Path) -> Story:
    """Read a story from a TOML file: a ``title``, and each ``[[step]]`` with ``address``, ``caption`` and ``heading``.

    Addresses are those of the page's address bar, or what its share button gives; only what follows the "#" counts.

    Raises
    ------
    ConfigError
        If the file cannot be read, is not TOML, has no step, or a step has an unknown key, no caption or an address
        that no page has; the message names file, line and remedy.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; give an existing TOML file to --story") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, or lists in lists without end
        raise ConfigError(f"{path}: not valid TOML: {error}; put texts in quotes, long ones in three") from None
    _check_names(given, _FILE_KEYS, f"{path}")
    listed = given.get("step")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        raise ConfigError(f"{path}: has no step; begin each with a line [[step]]")
    if len(listed) > MAX_STEPS:
        raise ConfigError(f"{path}: {len(listed)} steps; tell the story in at most {MAX_STEPS}")
    steps = [_step(one, str(path), lines) for one, lines in zip(listed, _lines_of(text, len(listed)), strict=True)]
    return Story(path=str(path), title=_text(given, "title", f"{path}"), steps=tuple(steps))


def story_data(story: Story, data: Mapping[str, Any]) -> Page:
    """Return a story as the page takes it, after making sure that the page has what its addresses name.

    A report or place that is not in the data of the page, see `page_data`, is a `ConfigError`, which names file and
    line.
    """
    has = {"place": {place["id"] for place in data["places"]}, "docs": set(data["documents"]["id"])}
    has |= {"doc": has["docs"], "src": set(data["documents"]["source"])}
    nouns = {"place": "place", "docs": "report", "doc": "report", "src": "outlet"}
    for step in story.steps:
        for name, values in _parts(step.address):
            wanted = [",".join(values)] if name in ("place", "doc") else values
            for value in wanted if name in has else []:
                if value not in has[name]:
                    where = _where(story.path, step.line)
                    raise ConfigError(
                        f"{where}: the map has no {nouns[name]} {value!r}; open the map and copy the address again"
                    )
    steps = [{"address": one.address, "heading": one.heading, "caption": one.caption} for one in story.steps]
    return {"title": story.title, "steps": steps}


def _step(given: Mapping[str, Any], path: str, lines: Mapping[str, int]) -> Step:
    where = _where(path, lines.get("", 0))
    _check_names(given, _STEP_KEYS, where)
    for key in ("address", "caption"):
        if key not in given:
            raise ConfigError(f'{where}: the step has no {key}; add {key} = "…"')
    heading, caption, address = (
        _text(given, key, _where(path, lines.get(key, 0))) for key in ("heading", "caption", "address")
    )
    line = lines.get("address", lines.get("", 0))
    if not caption.strip():
        raise ConfigError(f"{_where(path, lines.get('caption', 0))}: the caption is empty; say what the step shows")
    return Step(line=line, address=_checked(address, _where(path, line)), heading=heading, caption=caption)


def _checked(address: str, where: str) -> str:
    """Return the part of an address after "#", if the page can have it."""
    _, mark, part = address.partition("#")
    if not mark:
        raise ConfigError(f'{where}: the address {address!r} has no "#"; copy it from the page with its share button')
    for name, values in _parts(part):
        _check_names({name: values}, ADDRESS_PARTS, where)
        if name in ("from", "to", "vs") and not _is_day(values[0]):
            raise ConfigError(f"{where}: {name}={values[0]} is no day; write it as 2024-08-31")
        if name == "map" and not _VIEW.fullmatch(values[0]):
            raise ConfigError(f"{where}: map={values[0]} is no view; write zoom/latitude/longitude, as 7/51.2/35.3")
    return f"#{part}"


def _parts(address: str) -> Iterator[tuple[str, list[str]]]:
    """Yield names and values of the part of an address after "#", as the page reads them."""
    for pair in address.removeprefix("#").split("&"):
        name, _, value = pair.partition("=")
        if name:
            yield name, [unquote(one) for one in value.split(",")]


def _check_names(given: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known, otherwise=f"known are {', '.join(known)}")
            raise ConfigError(f"{where}: unknown {name!r}; {hint}")


def _text(given: Mapping[str, Any], key: str, where: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {key} is {value!r}; give a text in quotes")
    return value


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _where(path: str, line: int) -> str:
    return f"{path}, line {line}" if line else path


def _lines_of(text: str, count: int) -> list[dict[str, int]]:
    """Return for each step the line of its ``[[step]]`` under "" and those of its keys; tomllib tells none of them."""
    steps: list[dict[str, int]] = []
    within = quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if not quoted and (table := _TABLE.fullmatch(line)):
            within = table[1] == "step"
            steps += [{"": number}] if within else []
        elif not quoted and within and (key := re.match(r"\s*([\w-]+)\s*=", line)):
            steps[-1].setdefault(key[1], number)
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return steps if len(steps) == count else [{} for _ in range(count)]
