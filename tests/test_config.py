from pathlib import Path

import pytest

from geomap.config import Config
from geomap.errors import ConfigError


def toml(folder: Path, text: str) -> Path:
    path = folder / "geomap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_sets_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    path = toml(tmp_path, 'on_error = "skip"\ngazetteer = "own.sqlite"\ncolumns = { text = "body" }\n')
    config = Config.from_toml(path)
    assert (config.on_error, config.columns, config.recognizer) == ("skip", {"text": "body"}, "encoder")
    assert config.gazetteer == str(tmp_path / "own.sqlite")


def test_an_unknown_setting_is_answered_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"geomap\.toml: unknown setting 'recogniser'; did you mean 'recognizer'\?"):
        Config.from_toml(toml(tmp_path, 'recogniser = "gazetteer"'))


def test_a_setting_unlike_any_other_is_answered_with_all(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="known settings: recognizer, resolver"):
        Config.from_toml(toml(tmp_path, "zzz = 1"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recognizer = 1", "recognizer is 1; give a text"),
        ('demonyms = "yes"', "give true or false"),
        ('on_error = "ignore"', "give one of aside, skip, raise"),
        ("columns = 3", "columns is 3"),
        ("columns = { text = 3 }", "columns is"),
        ("recognizer =", "not valid TOML"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        Config.from_toml(toml(tmp_path, text))


def test_a_missing_file_a_folder_and_bad_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    for path, message in [("none.toml", "no such file"), (".", "cannot be read"), ("bad.toml", "not valid TOML")]:
        with pytest.raises(ConfigError, match=message):
            Config.from_toml(tmp_path / path)
