"""Models are those that were recorded beside them, or an error in words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.bundle import MODELS, SUMS, check_model, record_models
from geomap.errors import ModelNotFoundError
from geomap.events.weights import load_model
from geomap.language.syntax import load_parser
from geomap.recognizers.trained import load_encoder
from geomap.resolvers import trees

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "encoder": ("fast.onnx", load_encoder),
    "pieces": ("tokenizer.json", lambda path: load_encoder(path.with_name("fast.onnx"))),
    "resolver": ("resolver.json", trees.load_model),
    "events": ("events.json", lambda path: load_model("hint", path)),
    "parser": ("syntax.bin", load_parser),
}


def test_every_model_is_recorded_as_it_is() -> None:
    recorded = dict(reversed(line.split("  ")) for line in (MODELS / SUMS).read_text("ascii").splitlines())
    weights = {path.name for path in MODELS.iterdir() if path.suffix in (".bin", ".json", ".npz", ".onnx")}
    assert set(recorded) == weights
    for name in weights:  # after training: python -c "import geomap.bundle as b; b.record_models()"
        check_model(MODELS / name)


@pytest.mark.parametrize("reader", READERS)
def test_a_model_with_one_byte_flipped_is_refused_in_words(tmp_path: Path, reader: str) -> None:
    name, read = READERS[reader]
    for one in ("fast.onnx", "tokenizer.json", name, SUMS):
        shutil.copy(MODELS / one, tmp_path / one)
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelNotFoundError, match=rf"{name}: is damaged \(its SHA-256 .*pip install"):
        read(tmp_path / name)


def test_a_model_of_ones_own_needs_no_record_until_it_has_one(tmp_path: Path) -> None:
    model = tmp_path / "resolver.json"
    model.write_text("{}", "utf-8")
    check_model(model)
    record_models(tmp_path)
    check_model(model)
    model.write_text("[]  ", "utf-8")
    with pytest.raises(ModelNotFoundError, match="is damaged"):
        check_model(model)
    model.unlink()
    check_model(model)  # whoever opens it says that it is missing
