"""Tables, features, Who's On First and p-codes: everything else than GeoNames that a user brings."""

import gzip
import json
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from geomap.errors import GazetteerError
from geomap.gazetteers import SqliteGazetteer
from geomap.gazetteers.importing.importing import ImportOptions, import_file
from geomap.types import GazetteerEntry
from tests.gazetteers.importing_files import whosonfirst_line


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    return tmp_path / "own"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def found(path: Path, name: str) -> GazetteerEntry:
    (entry,) = SqliteGazetteer(path).lookup(name)
    return entry


def test_a_table_with_usual_columns_needs_no_flags(tmp_path: Path) -> None:
    text = "Code;Name;Lat;Lon;Aliases;Pop\n17;Novo Selo;48,55;37,75;New Village|Нове Село;1200\n"
    report = import_file(write(tmp_path / "villages.csv", "\ufeff" + text))
    entry = found(report.path, "New Village")
    assert (entry.id, entry.name, entry.latitude, entry.population) == ("villages:17", "Novo Selo", 48.55, 1200)
    assert (entry.country_code, entry.admin1) == ("UA", "05"), "of the nearest known place"
    assert found(report.path, "Нове Село") == found(report.path, "Nove Selo") == entry


def test_columns_and_country_can_be_said(tmp_path: Path) -> None:
    path = write(tmp_path / "own.tsv", 'where\tnorth\teast\tkind\tlonely\n"Um ""Baru"""\t11.1\t26.1\tP.PPLA\t0\n')
    options = ImportOptions(
        columns={"name": "where", "latitude": "north", "longitude": "east", "feature": "kind"}, country="sd"
    )
    entry = found(import_file(path, name="darfur", options=options).path, 'Um "Baru"')
    assert (entry.id, entry.feature_code, entry.country_code) == ("darfur:2", "PPLA", "SD")


def test_a_table_without_the_columns_it_needs_names_those_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.csv", "village,north,east\nA,1,2\n")
    with pytest.raises(GazetteerError, match=r"odd\.csv, line 1: no column for the latitude.*village, north, east"):
        import_file(path)
    with pytest.raises(GazetteerError, match="no column 'nord'; there are village, north, east"):
        import_file(path, options=ImportOptions(columns={"latitude": "nord"}))
    with pytest.raises(GazetteerError, match="nothing was imported"):
        import_file(write(tmp_path / "empty.csv", "name,lat,lon\n"))


def test_bad_rows_of_a_table_are_named_by_line(tmp_path: Path) -> None:
    rows = ('1,"Two\nlines",48,37', "2,,48,37", "3,Far,148,37", "4,Short,48", "5,Words,north,37", "6,Good,48,37.1",
            "7,Better,48,37.2", "8,Best,48,37.3", "9,More,47,37")  # fmt: skip
    report = import_file(write(tmp_path / "t.csv", "\n".join(("id,name,lat,lon", *rows)) + "\n"))
    assert (report.entries, report.skipped) == (5, 4)
    assert [line for line, _ in report.problems] == [4, 5, 6, 7]
    assert found(report.path, "Two lines").id == "t:1"


def test_another_encoding_is_told_line_by_line_and_read_when_it_is_said(tmp_path: Path) -> None:
    text = "id,name,lat,lon\n1,Orléans,47.9,1.9\n2,Paris,48.9,2.35\n3,Tours,47.4,0.7\n"
    path = write(tmp_path / "fr.csv", text, "latin-1")
    report = import_file(path)
    assert [line for line, what in report.problems if "--encoding" in what] == [2]
    assert found(import_file(path, options=ImportOptions(encoding="latin-1")).path, "Orléans").id == "fr:1"
    with pytest.raises(GazetteerError, match="known --encoding"):
        import_file(path, options=ImportOptions(encoding="latin-one"))


def test_whosonfirst_keeps_geonames_ids_and_leaves_out_what_is_gone(tmp_path: Path) -> None:
    lines = (
        whosonfirst_line(101, "Київ", (50.4, 30.5), names={"eng_x_preferred": ["Kyivgrad"]}, conc={"gn:id": 703448}),
        whosonfirst_line(102, "Кліщіївка", (48.53, 37.96), pop=469),
        whosonfirst_line(103, "Goneville", (48.5, 37.9), cur=0),
        whosonfirst_line(104, "Oldville", (48.5, 37.9), sup=[102]),
        whosonfirst_line(105, "A Shop", (48.5, 37.9), pt="venue"),
        "{no json",
        whosonfirst_line(106, "Nowhere", (148.5, 37.9)),
        json.dumps({"type": "Feature", "properties": {
            "wof:id": 107, "wof:name": "Featureville", "wof:placetype": "neighbourhood", "geom:latitude": 48.0,
            "geom:longitude": 37.8, "iso:country": "UA", "wof:concordances": {}, "name:rus_x_variant": ["Фичервиль"]}}),
    )  # fmt: skip
    path = tmp_path / "wof.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    report = import_file(path)
    assert (report.name, report.entries, [line for line, _ in report.problems]) == ("wof", 3, [6, 7])
    kyiv = found(report.path, "Kyivgrad")
    assert (kyiv.id, kyiv.name, kyiv.feature_code) == ("geonames:703448", "Kyiv", "PPLC"), "as the bundled one has it"
    village = found(report.path, "Klishchiivka")
    assert (village.id, village.name, village.population) == ("whosonfirst:102", "Klishchiivka", 469)
    assert (village.country_code, village.admin1) == ("UA", "05")
    assert found(report.path, "Fichervil").level == "quarter"


def test_features_become_points_with_an_extent(tmp_path: Path) -> None:
    square = [[[37.0, 48.0], [37.2, 48.0], [37.2, 48.2], [37.0, 48.2], [37.0, 48.0]]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": "Sector One"},
            "geometry": {"type": "Polygon", "coordinates": square},
        },
        {
            "type": "Feature",
            "properties": {"name": "Post Two"},
            "geometry": {"type": "Point", "coordinates": [37.5, 48]},
        },
        {"type": "Feature", "properties": {"name": "No Place"}, "geometry": None},
    ]
    path = write(tmp_path / "own.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_file(path)
    assert (report.entries, [line for line, _ in report.problems]) == (2, [3])
    sector = found(report.path, "Sector One")
    assert 37 < sector.longitude < 37.2
    assert 48 < sector.latitude < 48.2
    assert 12 < sector.extent_km < 15
    assert found(report.path, "Post Two").extent_km == 0


def test_a_geopackage_is_read_and_one_in_metres_is_refused(tmp_path: Path) -> None:
    names = np.array(["Point A", "Point B"], dtype=object)
    points = shapely.to_wkb(shapely.points([(37.0, 48.0), (37.5, 48.5)]))
    for name, crs in (("degrees", "EPSG:4326"), ("metres", "EPSG:3857")):
        pyogrio.raw.write(
            tmp_path / f"{name}.gpkg", points, [names], ["name"], crs=crs, geometry_type="Point", driver="GPKG"
        )
    assert found(import_file(tmp_path / "degrees.gpkg").path, "Point B").latitude == 48.5
    with pytest.raises(GazetteerError, match=r"is in EPSG:3857; convert it with: ogr2ogr -t_srs EPSG:4326"):
        import_file(tmp_path / "metres.gpkg")
    with pytest.raises(GazetteerError, match=r"broken\.gpkg: cannot be read"):
        import_file(write(tmp_path / "broken.gpkg", "nothing"))


def test_p_codes_are_the_ids_of_units_that_are_found_by_name_or_by_what_holds_them(tmp_path: Path) -> None:
    rows = (
        "ADM3_EN,ADM3_PCODE,ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM0_EN,ADM0_PCODE",
        "Zzfirst,SY020101,Zzdistrict,SY0201,Aleppo,حلب,SY02,Syrian Arab Republic,SY",
        "Manbij,SY020500,Zzdistrict,SY0201,Aleppo,حلب,SY02,Syrian Arab Republic,SY",
        "Lost,SY990101,Lost,SY9901,Zzprovince,,SY99,Syrian Arab Republic,SY",
        ",,,,,,,,",
    )
    report = import_file(write(tmp_path / "cod.csv", "\n".join(rows) + "\n"))
    assert (report.entries, [line for line, _ in report.problems]) == (4, [4, 5])
    province, district = found(report.path, "Aleppo"), found(report.path, "Zzdistrict")
    assert (province.id, province.level, province.admin1) == ("pcode:SY02", "admin1", "09")
    assert found(report.path, "حلب") == province
    assert (district.id, district.level, district.latitude) == ("pcode:SY0201", "admin2", province.latitude)
    assert district.accuracy_km >= province.extent_km > 0, "somewhere in the province"
    nahiya = found(report.path, "Manbij")
    assert (nahiya.id, nahiya.level, nahiya.admin3, nahiya.accuracy_km) == ("pcode:SY020500", "admin3", "SY020500", 17)
    assert 36.4 < nahiya.latitude < 36.7, "at the town of its name"


def test_p_codes_with_a_point_lie_there(tmp_path: Path) -> None:
    text = "adm1_name,adm1_pcode,adm0_pcode,center_lat,center_lon\nZzstate,MM001,MM,21.5,96.5\n"
    entry = found(import_file(write(tmp_path / "mmr.csv", text)).path, "Zzstate")
    assert (entry.id, entry.latitude, entry.longitude, entry.accuracy_km) == ("pcode:MM001", 21.5, 96.5, 0)


def test_areas_with_p_codes_reach_as_far_as_they_are_drawn(tmp_path: Path) -> None:
    corners = [[25.0, 14.0], [25.1, 14.0], [25.1, 14.1], [25.0, 14.1], [25.0, 14.0]]
    names = {"ADM1_EN": "Zzstate", "ADM1_PCODE": "SD99", "ADM2_EN": "Zzlocality", "ADM2_PCODE": "SD99001"}
    feature = {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [corners]}}
    known = "ADM1_EN,ADM1_PCODE,extent_km,lat,lon\nNorth Darfur,SD02,300,16,25\n"
    entry = found(import_file(write(tmp_path / "n.csv", known)).path, "North Darfur")
    assert (entry.admin1, entry.latitude, entry.extent_km) == ("55", 16, 300)
    names |= {"ADM1_EN": "North Darfur", "ADM1_PCODE": "SD02"}
    path = write(tmp_path / "a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert found(import_file(path).path, "Zzlocality").extent_km == pytest.approx(7.8, abs=0.2)


def test_rows_that_an_open_quotation_mark_swallows_are_named_line_by_line(tmp_path: Path) -> None:
    good = [f"Village {n},48,37" for n in range(10)]
    path = write(tmp_path / "q.csv", "\n".join(["name,lat,lon", *good, '"Open,48,37', "Lost,48,37", *good[:2]]) + "\n")
    report = import_file(path)
    assert (report.entries, [line for line, _ in report.problems]) == (10, [12, 13, 14, 15])
    assert report.problems[0][1] == "lines 12 to 15 are one row of 1 columns; is a quotation mark open?"
    closed = ['"Open,48,37', "Lost,48,37", 'Closed",48,37', "Last,48,37"]
    report = import_file(write(tmp_path / "q.csv", "\n".join(["name,lat,lon", *good, *closed]) + "\n"))
    assert (report.entries, [line for line, _ in report.problems]) == (11, [12, 13, 14])
    lost = write(tmp_path / "q.csv", "\n".join(["name,lat,lon", *good[:2], '"Open,48,37', *good]) + "\n")
    with pytest.raises(GazetteerError, match="11 lines could not be read and 2 could"):
        import_file(lost)


def test_other_line_ends_and_a_header_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"name,lat,lon\nA,48,37\nB\rb,48,37\nC,48,37.1\n")
    assert [line for line, _ in import_file(path).problems] == [3]
    path.write_bytes(b"name,lat,lon\rA,48,37\r")
    with pytest.raises(GazetteerError, match="line 1: has line ends of old Macintoshes"):
        import_file(path)
    with pytest.raises(GazetteerError, match=r"line 1: is no text in this encoding.*--encoding"):
        import_file(write(path, "größe,name,lat,lon\n1,A,48,37\n", "latin-1"))
    with pytest.raises(GazetteerError, match="line 1: is empty"):
        import_file(write(path, ""))


def test_a_table_in_utf_16_is_read_when_that_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "u.csv", "name\tlat\tlon\r\nĀb\t48\t37\r\nЄв\t48\t37.5\r\n", "utf-16")
    report = import_file(path, options=ImportOptions(encoding="utf-16"))
    assert report.entries == 2
    assert found(report.path, "Āb").longitude == 37.0
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(GazetteerError, match=r"is no utf-16 text .*save the file as UTF-8"):
        import_file(path, options=ImportOptions(encoding="utf-16"))


@pytest.mark.parametrize(
    "odd",
    [{"names": "x"}, {"names": ["x"]}, {"names": {"eng_x_preferred": None}}, {"conc": "x"}, {"conc": {"gn:id": 10**25}},
     {"conc": {"gn:id": True}}, {"cc": 5}, {"pop": [1]}],
)  # fmt: skip
def test_a_place_of_whosonfirst_with_a_value_of_another_shape_is_kept_without_it(tmp_path: Path, odd: object) -> None:
    assert isinstance(odd, dict)
    path = write(tmp_path / "w.jsonl", whosonfirst_line(7, "Zzoddstead", (48.0, 37.0), **odd) + "\n")
    assert found(import_file(path).path, "Zzoddstead").id == "whosonfirst:7"


def test_lines_of_whosonfirst_that_are_no_place_at_all_are_left_out(tmp_path: Path) -> None:
    good = [whosonfirst_line(n, f"Zzplace {n}", (48.0, 37.0)) for n in range(1, 9)]
    bad = ["[" * 50_000, '{"id": Infinity, "pt": "locality"}', whosonfirst_line(20, "", (48.0, 37.0)),
           whosonfirst_line(21, "Zz", (48.0, 37.0)).replace("Zz", "Zz\\ud800")]  # fmt: skip
    lower = whosonfirst_line(22, "Zzlower", (48.0, 37.0), cc="ua", names={"eng_x_variant": "Zzalone"})
    report = import_file(write(tmp_path / "w.jsonl", "\n".join([*good, *bad, lower]) + "\n"))
    assert (report.entries, [line for line, _ in report.problems]) == (9, [9, 10, 11, 12])
    assert report.problems[-1][1] == "cannot be kept: a text with half a character"
    assert found(report.path, "Zzalone").country_code == "UA"


def test_a_list_in_a_feature_gives_names_and_features_may_share_an_id(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "id": 1, "geometry": {"type": "Point", "coordinates": [37, 48 + n]},
         "properties": {"name": f"Zzplace {n}", "names": [f"Zzother {n}", "Zzthird"]}}
        for n in range(2)
    ]  # fmt: skip
    path = write(tmp_path / "f.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_file(path)
    assert found(report.path, "Zzother 1").name == "Zzplace 1"
    assert len(SqliteGazetteer(report.path).lookup("Zzthird")) == 2


def test_of_a_file_with_several_layers_one_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "units.gpkg"
    for layer, names in (("adm1", ["Zznorth"]), ("adm2", ["Zzeast", "Zzwest"])):
        points = shapely.to_wkb(shapely.points([37.0, 38.0][: len(names)], [48.0] * len(names)))
        columns = [np.array(names, dtype=object)]
        pyogrio.raw.write(
            path, points, columns, ["name"], layer=layer, geometry_type="Point", crs="EPSG:4326", append=path.exists()
        )
    with pytest.raises(GazetteerError, match="has 2 layers; choose one with --layer: adm1, adm2"):
        import_file(path)
    with pytest.raises(GazetteerError, match=r"has no layer 'adm3'.* there are adm1, adm2"):
        import_file(path, options=ImportOptions(layer="adm3"))
    report = import_file(path, options=ImportOptions(layer="adm2"))
    assert (report.name, report.entries) == ("units_adm2", 2)


def test_a_packed_table_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "villages.csv.gz"
    path.write_bytes(gzip.compress(b"name,lat,lon\n" + (b"," * 9_999 + b"\n") * 6_000))
    with pytest.raises(GazetteerError, match="unpacks to more than 300 times its size"):
        import_file(path)


def test_a_feature_with_corners_beyond_the_earth_has_no_extent(tmp_path: Path) -> None:
    shapes = [[[30, 50], [31, 50], [31, 1e300], [30, 50]], [[30, 50], [31, 50], [31, 51], [30, 50]]]
    features = [
        {"type": "Feature", "properties": {"name": f"A{n}"}, "geometry": {"type": "Polygon", "coordinates": [shape]}}
        for n, shape in enumerate(shapes)
    ]
    path = write(tmp_path / "areas.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert import_file(path).entries == 1


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "villages.csv", "name,lat,lon\n" + "A" * 20_000_000)
    with pytest.raises(GazetteerError, match=r"villages\.csv, line 2: is longer than 16 MB"):
        import_file(path)
