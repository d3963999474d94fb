"""What was measured, in words: the dict of `evaluate` as JSON and as Markdown tables that can be read on a terminal."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NOTHING = "–"
_LISTED = 50


def to_json(result: Mapping[str, Any]) -> str:
    """Return a result as JSON, ending with a line end; every error is in it."""
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def to_markdown(result: Mapping[str, Any]) -> str:
    """Return a result as Markdown: a heading, what was scored, and a table a kind of figure, each with its n.

    Parameters
    ----------
    result
        What `evaluate` returned. Errors are counted by kind; which they are is in the JSON.
    """
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {result['task']}: {_cell(result['corpus'])}, split {_cell(result['split'])}"
    yield ""
    rooms = f"recogniser {result['recognizer']}, resolver {result['resolver']}, " if "recognizer" in result else ""
    yield f"{result['documents']:,} documents, {rooms}geomap {result['geomap']}"
    yield from _table(("figure", "value", "n"), _figure_rows(result["figures"]))
    groups = {"types": "type", "classes": "class", "kinds": "kind of toponym", "verdicts": "what was said"}
    for name, title in groups.items():
        yield from _grouped(title, result.get(name) or {})
    yield from _table(("changed", "from", "to", "n"), _change_rows(result.get("changes") or ()))
    roles = dict(result.get("roles") or {})
    confusion = roles.pop("confusion", {})
    yield from _table(("roles", "value", "n"), _figure_rows(roles))
    yield from _confusion(confusion)
    yield from _table(("relations", "value", "n"), _figure_rows(result.get("relations") or {}))
    yield from _table(("confidence", "mean confidence", "accuracy", "n"), _bins(result.get("reliability") or ()))
    kept = [
        (f"{row['confidence']:.2f}", f"{row['kept']:.1%}", f"{row['accuracy']:.1%}", f"{row['n']:,}")
        for row in result.get("kept") or ()
    ]
    yield from _table(("kept from confidence", "answers kept", "of them right", "n"), kept)
    yield from _table(("errors", "n"), [(kind, f"{n:,}") for kind, n in result["error_kinds"].items()])


def _change_rows(changes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return what was changed to what, the most frequent ones, and how much there is besides."""
    rows = [(one["what"], _cell(one["from"]), _cell(one["to"]), f"{one['n']:,}") for one in changes[:_LISTED]]
    more = sum(one["n"] for one in changes[_LISTED:])
    return [*rows, *([("others", "", "", f"{more:,}")] if more else [])]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table after an empty line, padded, all columns but the first to the right; nothing without rows."""
    if not rows:
        return
    widths = [max(3, *(len(row[column]) for row in (head, *rows))) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    yield ""
    for row in (head, rule, *rows):
        first, *others = zip(row, widths, strict=True)
        yield f"| {' | '.join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])} |"


def _figure_rows(figures: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    return [(name.replace("_", " "), _value(name, one["value"]), f"{one['n']:,}") for name, one in figures.items()]


def _grouped(title: str, groups: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    """Yield a table with a row a group and a column a figure, its n in brackets."""
    names = list(next(iter(groups.values()), {}))
    rows = [
        (_cell(group), *(f"{_value(name, figures[name]['value'])} ({figures[name]['n']:,})" for name in names))
        for group, figures in groups.items()
    ]
    yield from _table((title, *(f"{name.replace('_', ' ')} (n)" for name in names)), rows)


def _confusion(table: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    columns = list(next(iter(table.values()), {}))
    rows = [(gold, *(f"{counts[role]:,}" for role in columns)) for gold, counts in table.items()]
    yield from _table(("gold role, taken for", *columns), rows)


def _bins(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"{row['from']:.1f} to {row['to']:.1f}",
            _value("confidence", row["confidence"]["value"]),
            _value("accuracy", row["accuracy"]["value"]),
            f"{row['accuracy']['n']:,}",
        )
        for row in rows
    ]


def _value(name: str, value: float | None) -> str:
    """Return a share with three decimals, a distance with one; a dash for none."""
    if value is None:
        return _NOTHING
    return f"{value:,.1f}" if name.endswith("_km") else f"{value:.3f}"


def _cell(text: str) -> str:
    """Return a text that a corpus gave, so that it stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")
