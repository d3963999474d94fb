"""No text of a report runs: not in Python while a page is written, and not in the page."""

import json
import re
from pathlib import Path

import folium
import pytest

import geomap.exporters.leaflet as leaflet
from geomap.exporters.leaflet import MentionLayer, to_map
from geomap.exporters.leaflet.html.escaping import RawElement, inert_text, json_for_script, safe_url
from tests.hostile_reports import PAYLOADS, hostile_reports

PACKAGE = Path(leaflet.__file__).parent
OWN_CODE = sorted([*PACKAGE.rglob("*.py"), *(path for path in PACKAGE.glob("page/**/*") if path.is_file())])


@pytest.mark.parametrize("name", PAYLOADS)
def test_writing_a_map_of_hostile_reports_runs_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table, documents = hostile_reports(PAYLOADS[name])
    shown = to_map(table, documents=documents, title=PAYLOADS[name])
    shown.save("map.html")
    to_map(table, title=PAYLOADS[name]).save("table.html", offline=False)
    shown._repr_html_()
    repr(shown)
    MentionLayer(table, documents=documents, title=PAYLOADS[name]).add_to(folium.Map()).get_root().render()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.html", "table.html"]


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_arrives_in_the_data_block_unchanged(name: str) -> None:
    payload = PAYLOADS[name]
    table, documents = hostile_reports(payload)
    page = to_map(table, documents=documents, title=payload).to_html()
    block, texts = (
        re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
        for name in ("geomap-data", "geomap-texts")
    )
    assert block
    assert texts
    data = json.loads(block[1])
    assert data["title"] == payload
    assert json.loads(texts[1]) == [documents[0].text]
    report = data["documents"]
    assert (report["id"], report["title"], report["source"]) == ([payload],) * 3
    assert (report["url"], report["refused"]) == ([""], [payload])
    assert data["places"][0]["name"] == payload
    assert not re.search("[<>&\u2028\u2029]", block[1] + texts[1])
    assert tags_of_head(page) == tags_of_head(to_map(table).to_html())


def tags_of_head(page: str) -> list[str]:
    return re.findall("<[a-z]+", page.split("</head>")[0])


def test_text_that_looks_like_a_template_is_not_one_even_twice_rendered() -> None:
    figure = folium.Figure()
    figure.html.add_child(RawElement("{{ 7 * 7 }}{% bad %}"))
    assert "{{ 7 * 7 }}{% bad %}" in figure.render()
    assert inert_text("{{ 7 }}</title>`$\\%") == "&#123;&#123; 7 &#125;&#125;&lt;/title&gt;&#96;&#36;&#92;&#37;"


def test_json_for_a_script_holds_no_markup_and_survives_lone_surrogates() -> None:
    written = json_for_script({"a": "</script><!--&\u2028\ud800"})
    assert not re.search("[<>&\u2028\ud800]", written)
    assert json.loads(written) == {"a": "</script><!--&\u2028\ud800"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "ftp://x",
        "x",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert safe_url(address) == ""


def test_web_addresses_stay_as_they_are_and_broken_ones_go() -> None:
    assert safe_url(" HTTPS://example.org/a?b=1#c ") == "HTTPS://example.org/a?b=1#c"
    assert safe_url("https://[broken") == ""
    assert safe_url("https://") == ""


@pytest.mark.parametrize("path", OWN_CODE, ids=lambda path: path.name)
def test_own_code_has_no_way_for_text_to_become_markup(path: Path) -> None:
    text = path.read_text("utf-8")
    banned = {
        ".py": r"folium\.(Popup|Tooltip|Marker|GeoJson|CircleMarker|FeatureGroup|Html|DivIcon|TileLayer)\("
        r"|folium\.plugins|[^w]Element\(|Html\(|IFrame\(|from jinja2|\| ?safe",
        ".js": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|bindPopup|bindTooltip"
        r"|DOMParser|createContextualFragment|srcdoc|setTimeout\([\"'`]",
        ".html": r"<script|\son\w+=|\{\{|\{%|https?://",
        ".css": r"https?://|@import|expression\(",
        ".json": r"<|https?://",
        ".ts": r"innerHTML|https?://",
    }[path.suffix]
    found = re.search(banned, text)
    assert not found, found


def test_every_script_is_allowed_by_its_hash_and_nothing_else_is() -> None:
    table, documents = hostile_reports("</script>")
    page = to_map(table, documents=documents).to_html()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    scripts = re.findall("<script>", page)
    assert [source[:8] for source in rules["script-src"].split()] == ["'sha256-"] * len(scripts)
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert page.index("Content-Security-Policy") < page.index("<script")
