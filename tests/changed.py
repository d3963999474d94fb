"""The tests of what changed, the nearest first: ``python -m tests.changed`` prints them, ``make quick`` runs them.

A test is as near to a changed module as there are imports between them. What changed is what differs from the branch
``main``, with all that is not committed; on ``main`` itself what is not committed, or else the last commit.
"""

import ast
import re
import subprocess
import sys
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SLOW = ("tests/browser/", "tests/packaging/", "tests/benchmark/", "tests/accuracy/", "tests/maps/")
"""Never part of a quick run: a browser, a wheel, measurements, the demo."""

MOST = 24
"""Files of a quick run: to collect them all takes the time that it has."""

RELATED: Mapping[str, str] = {
    "geomap/exporters/leaflet/page/": "tests/page/",
    "geomap/models/": "tests/recognizers/",
    "gazetteer/": "tests/gazetteers/",
    "seeds/": "tests/readers/",
    "docs/": "tests/docs/",
    "README.md": "tests/docs/",
    "mkdocs.yml": "tests/docs/",
    "CHANGELOG.md": "tests/contracts/test_papers.py",
    "tests/": "",
    "": "tests/contracts/",
}
"""Where a changed file that no Python imports is tested, by how its path begins; the longest beginning counts."""


def find_tests(changed: Collection[str], *, root: Path = ROOT) -> list[str]:
    """Return the test files of changed files, the nearest first, its room's before others, at most `MOST`.

    Parameters
    ----------
    changed
        Paths below the root, with forward slashes; files that are gone count, too.
    root
        The checkout.
    """
    files = [path for top in ("geomap", "tests") for path in sorted((root / top).rglob("*.py"))]
    modules = {path.relative_to(root).as_posix(): path for path in files}
    importers = _importers(modules)
    distance: dict[str, int] = {}
    queue = deque((name, 0) for name in changed if name.endswith(".py"))
    queue.extend((test, 1) for name in changed if name not in modules for test in _related(name, modules))
    while queue:
        name, steps = queue.popleft()
        if distance.setdefault(name, steps) == steps:
            queue.extend((other, steps + 1) for other in sorted(importers.get(name, ())) if other not in distance)
    tests = [name for name in distance if _is_quick(name) and name in modules]
    rooms = {name.split("/")[1] for name in changed if "/" in name}  # whose tests stand in a folder of its name
    return sorted(tests, key=lambda name: (distance[name], name.split("/")[1] not in rooms, name))[:MOST]


def _is_quick(name: str) -> bool:
    return re.fullmatch(r"tests/.*test_\w+\.py", name) is not None and not name.startswith(SLOW)


def _related(name: str, modules: Collection[str]) -> list[str]:
    start = max((start for start in RELATED if name.startswith(start)), key=len)
    return [module for module in modules if RELATED[start] and module.startswith(RELATED[start])]


def _importers(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    """Return for each file the files that import it, or that name it in a string, as the registry does."""
    of_module = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in modules}
    importers: dict[str, set[str]] = {}
    for name, path in modules.items():
        for mentioned in _mentioned(ast.parse(path.read_text(encoding="utf-8"))):
            target = of_module.get(mentioned) or of_module.get(mentioned.rpartition(".")[0])
            if target and target != name:
                importers.setdefault(target, set()).add(name)
    for name in modules:  # a conftest is part of all tests beside and below it
        if name.endswith("conftest.py"):
            importers.setdefault(name, set()).update(
                other for other in modules if other.startswith(name[: -len("conftest.py")])
            )
    return importers


def _mentioned(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted names of modules, or of what is in them, that a file speaks of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.match(r"geomap\.[\w.]+(?::|$)", node.value)
        ):
            yield node.value.partition(":")[0]


def changed_files(root: Path = ROOT) -> list[str]:
    """Return the paths of what changed, sorted; the last commit's when nothing else did."""
    base = _git(root, "merge-base", "main", "HEAD") or ["HEAD"]
    found = {*_git(root, "diff", "--name-only", base[0]), *_git(root, "ls-files", "--others", "--exclude-standard")}
    return sorted(found or _git(root, "diff", "--name-only", "HEAD~1"))


def _git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


if __name__ == "__main__":
    sys.stdout.write("".join(f"{test}\n" for test in find_tests(changed_files())))
