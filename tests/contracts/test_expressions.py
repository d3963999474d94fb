"""Regular expressions that nobody can read in one line are written over several, with their parts named."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap

PACKAGE = Path(geomap.__file__).parent
LONGEST = 110
"""Characters of an expression that is written without `re.VERBOSE`: what a line holds."""


def _literal(node: ast.expr) -> str:
    """Return the characters of an expression that stand in its own call; names and calls in it count nothing."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(map(_literal, values))
        case ast.BinOp(left=left, right=right):
            return _literal(left) + _literal(right)
    return ""


def _is_verbose(call: ast.Call) -> bool:
    flags = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    return any(getattr(node, "attr", "") in ("X", "VERBOSE") for flag in flags for node in ast.walk(flag))


def _long_expressions(source: str) -> Iterator[tuple[int, int]]:
    """Yield line and length of the expressions that are too long for one line and not verbose."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        if getattr(node.func.value, "id", "") == "re" and node.func.attr not in ("escape", "sub"):
            length = len(_literal(node.args[0]))
            if length > LONGEST and not _is_verbose(node):
                yield node.lineno, length


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_an_expression_longer_than_a_line_is_verbose(path: Path) -> None:
    assert list(_long_expressions(path.read_text("utf-8"))) == []


def test_the_parts_of_an_expression_are_counted_together() -> None:
    pattern = "a" * 60
    assert [*_long_expressions(f"import re\nre.compile(r'{pattern}' rf'{pattern}{{name}}')")] == [(2, 120)]
    assert [*_long_expressions(f"import re\nre.compile('{pattern}' + '{pattern}', re.I | re.VERBOSE)")] == []
    assert [*_long_expressions(f"import re\nre.compile('{pattern}')")] == []
