"""What the guide takes from the program, so that nobody types it: commands, settings, columns and figures.

MkDocs calls `on_page_markdown` for each page: ``{{ commands }}``, ``{{ settings }}``, ``{{ columns NAME }}``,
``{{ formats }}`` and ``{{ shape NAME }}`` become parts of the page, and ``{{ figure TASK CORPUS RECOGNISER: NAME }}`` a
number of ``accuracy.md``.
"""

import ast
import html
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer

from geomap.cli.app import app
from geomap.exporters.shapes import SHAPED
from geomap.formats import FORMATS

ROOT = Path(__file__).resolve().parents[1]
_SEVERAL = {
    "_PCODES": "| `adm1_pcode` … `adm4_pcode` | text | OCHA's p-codes; empty without an imported table of them |",
    "_UNITS": "| `country_name`, `adm1_name`, `iso_3166_2`, `adm2_name` | text | names of the units whose GeoNames "
    "codes stand beside them, and the first-order unit's ISO 3166-2 code; empty when unknown |",
}
"""What the schema says of several columns at once."""
_CALL = re.compile(r"\{\{ (commands|settings|columns|figure|formats|shape)(?: ([^}]+?))? \}\}")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page's Markdown with what it takes from the program."""
    makers = {"commands": _commands, "settings": _settings, "columns": _columns, "figure": figure}
    makers |= {"formats": _formats, "shape": _shape}
    return _CALL.sub(lambda call: makers[call[1]](call[2] or ""), markdown)


def figure(wanted: str) -> str:
    """Return a figure of ``accuracy.md``.

    Parameters
    ----------
    wanted
        Task, corpus, recogniser (``-`` where the table names none) and name, as in "recognition lgl.jsonl encoder: f1".

    Raises
    ------
    KeyError
        If no table holds it.
    """
    tables, _, name = wanted.partition(": ")
    task, corpus, recognizer = tables.split()
    text = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    for section in text.split("\n## ")[1:]:
        of_recognizer = recognizer == "-" or f"recogniser {recognizer}," in section
        found = re.search(rf"^\| {re.escape(name)} +\| +([\d.,]+) \|", section, re.MULTILINE)
        if section.startswith(f"{task}: {corpus},") and of_recognizer and found:
            return found[1]
    raise KeyError(f"accuracy.md has no figure {wanted!r}")


def _commands(_: str) -> str:
    return "\n".join(_command(typer.main.get_command(app), "geomap"))


def _command(command: Any, name: str) -> Iterator[str]:
    """Yield a part for each command: what it does, and its arguments and options with their help."""
    inner = getattr(command, "commands", {})
    yield f"## {name}\n"
    yield " ".join((command.help or "").split()) + "\n"
    rows = [_option(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        yield from ["| | |", "|---|---|", *rows, ""]
    for word, one in inner.items():
        yield from _command(one, f"{name} {word}")


def _option(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = ", ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else ""
    value = "" if getattr(parameter, "is_flag", False) else parameter.metavar or ("" if is_option else parameter.name)
    shown = html.escape(f"{names} {value}".strip()).replace("|", "&#124;")
    return f"| <code>{shown}</code> | {_cell(' '.join((parameter.help or '').split()))} |"


def _settings(_: str) -> str:
    body = next(
        node.body
        for node in ast.parse((ROOT / "geomap" / "config.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name == "Config"
    )
    rows = [
        f"| `{field.target.id}` | {_value(field.value)} | {_cell(' '.join(said.value.value.split()))} |"
        for field, said in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    ]
    return "\n".join(["| setting | default | what it says |", "|---|---|---|", *rows])


def _value(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return f"`{str(node.value).lower() if isinstance(node.value, bool) else repr(node.value)}`".replace("'", '"')
    return "`{}`"


def _columns(name: str) -> str:
    """Return the columns of a table with what the comments of its schema say of them."""
    text = (ROOT / "geomap" / "tables" / "schema.py").read_text(encoding="utf-8")
    body = text.partition(f"\n{name}: ")[2].partition("\n}")[0]
    if not body:
        raise KeyError(f"schema.py has no table {name!r}")
    rows = []
    line = r'^    (?:"(\w+)": (\S+),|\*\*(\w+),) *(?:# (.*))?$'
    for column, kind, several, said in re.findall(line, body, re.MULTILINE):
        if several:
            rows.append(_SEVERAL[several])
        else:
            dtype = "text" if kind == "_TEXT" else kind.strip('"')
            rows.append(f"| `{column}` | {dtype} | {_cell(said)} |")
    return "\n".join(["| column | type | what it holds |", "|---|---|---|", *rows])


def _formats(_: str) -> str:
    """Return the files that tables are written to."""
    rows = [
        f"| `{one.ending}` | {one.title} | {_cell(one.use)} | {f'`geomap[{one.extra}]`' if one.extra else ''} |"
        for one in FORMATS.values()
    ]
    return "\n".join(["| ending | file | good for | extra |", "|---|---|---|---|", *rows])


def _shape(name: str) -> str:
    """Return the columns of another project with what geomap fills them from."""
    columns = next(columns for shape, columns in SHAPED.items() if shape == name)
    rows = [f"| `{name}` | {_cell(cell.words)} |" for name, cell in columns.items() if cell.words]
    empty = ", ".join(f"`{name}`" for name, cell in columns.items() if not cell.words)
    return "\n".join(["| column | from |", "|---|---|", *rows, f"| {empty} | stay empty |"])


def _cell(text: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", text).replace("|", "\\|").replace("<NA>", "&lt;NA&gt;")
