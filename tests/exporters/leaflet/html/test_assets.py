"""The page's modules become one script: found by their imports, each after those it needs."""

import re
from pathlib import Path

import pytest

import geomap.review
from geomap.errors import ConfigError
from geomap.exporters.leaflet.html import assets

REVIEW = Path(geomap.review.__file__).parent / "files" / "review.js"


@pytest.mark.parametrize(
    "start", [assets.PAGE / "main.js", assets.PAGE / "early.js", REVIEW], ids=["map", "head", "review"]
)
def test_the_modules_of_a_page_join_into_one_script_without_a_bundler(start: Path) -> None:
    script = assets.joined_script(start)
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_every_module_of_the_page_is_joined_after_those_it_imports() -> None:
    early = assets.modules_in_order(assets.PAGE / "early.js")
    order = [*early, *(path for path in assets.modules_in_order(assets.PAGE / "main.js") if path not in early)]
    assert set(order) == set(assets.PAGE.rglob("*.js"))
    for place, path in enumerate(order):
        text = path.read_text("utf-8")
        assert text.count("\n") < 300
        for name in re.findall(r'from "([^"]+)"', text):
            assert order.index((path.parent / name).resolve()) < place, f"{path.name} imports {name}"


def _write_modules(folder: Path, **imported: str) -> Path:
    for name, others in imported.items():
        lines = [f'import {{ {other} }} from "./{other}.js";\n' for other in others.split()]
        (folder / f"{name}.js").write_text("".join(lines) + f"export const {name} = 1;\n", "utf-8")
    return folder / "start.js"


def test_modules_are_joined_as_their_imports_name_them_and_each_once(tmp_path: Path) -> None:
    start = _write_modules(tmp_path, start="last first", first="low", last="low", low="")
    assert [path.stem for path in assets.modules_in_order(start)] == ["low", "last", "first", "start"]
    assert assets.joined_script(start).count("const low") == 1


def test_an_import_over_several_lines_counts(tmp_path: Path) -> None:
    start = _write_modules(tmp_path, start="", low="")
    start.write_text("import {\n  low,\n} from './low.js';\nlow();\n", "utf-8")
    assert assets.joined_script(start) == '(function () {\n"use strict";\nconst low = 1;\n\nlow();\n})();'


def test_modules_that_import_each_other_are_an_error_that_names_them(tmp_path: Path) -> None:
    start = _write_modules(tmp_path, start="one", one="two", two="three", three="one")
    with pytest.raises(ConfigError, match=r"circle: one\.js → two\.js → three\.js → one\.js"):
        assets.modules_in_order(start)


def test_a_missing_module_is_an_error_that_names_it_and_who_needs_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"start\.js needs .*gone\.js"):
        assets.modules_in_order(_write_modules(tmp_path, start="gone"))


def test_a_bundle_is_used_as_long_as_the_modules_are_those_it_was_made_of(tmp_path: Path) -> None:
    (tmp_path / "page" / "map").mkdir(parents=True)
    module = tmp_path / "page" / "map" / "low.js"
    module.write_text("export const low = 1;\n", "utf-8")
    bundle = tmp_path / "page.js"
    assert assets.bundled_script(bundle, tmp_path / "page") is None
    bundle.write_text(f"// {assets.digest_of(tmp_path / 'page')}\nlet a=1;\n", "utf-8")
    assert assets.bundled_script(bundle, tmp_path / "page") == "let a=1;"
    module.write_text("export const low = 2;\n", "utf-8")
    assert assets.bundled_script(bundle, tmp_path / "page") is None
