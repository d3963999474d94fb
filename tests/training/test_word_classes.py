"""The table of word classes, made from a WordNet of a few words."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from geomap.errors import ConfigError
from geomap.training.word_classes import choose_classes, count_classes, main, make_table, read_wordnet

HEAD = "  1 WordNet 3.0 Copyright 2006 by Princeton University.  \n"

NOUNS = {
    "entity": ("entity", (), 9),
    "thing": ("artifact Gadget", ("@ entity",), 1),
    "arm": ("weapon", ("@ thing",), 2),
    "rifle": ("rifle", ("@ arm", "%p thing"), 0),
    "man": ("soldier", ("@ entity",), 1),
    "ivan": ("Ivan", ("@i man",), 0),
    "pot": ("pot", ("@ thing",), 0),
    "gun": ("automatic_rifle", ("@ rifle",), 3),
}
VERBS = {
    "do": ("act", (), 5),
    "hit": ("attack storm", ("@ do",), 2),
    "rob": ("storm", ("@ do", "+ hit"), 0),
    "strip": ("strip", ("@ rob",), 0),
}


def write_wordnet(folder: Path, *, head: str = HEAD) -> Path:
    for name, sign, senses in (("noun", "n", NOUNS), ("verb", "v", VERBS)):
        offsets = {key: f"{number:08d}" for number, key in enumerate(senses, start=1)}
        data, index = head, head
        lemmas: dict[str, list[str]] = {}
        counted: dict[str, int] = {}
        for key, (words, pointers, count) in senses.items():
            names = words.split()
            told = [one.split() for one in pointers]
            targets = [f"{mark} {offsets[to]} {sign} 0000" for mark, to in told]
            fields = [
                offsets[key], "03", sign, f"{len(names):02x}", *(f"{one} 0" for one in names), f"{len(told):03d}",
                *targets, "| what it means",
            ]  # fmt: skip
            data += " ".join(fields) + "\n"
            for one in names:
                lemmas.setdefault(one.lower(), []).append(offsets[key])
                counted[one.lower()] = counted.get(one.lower(), 0) + count
        for lemma, own in sorted(lemmas.items()):
            index += f"{lemma} {sign} {len(own)} 1 @ {len(own)} {min(counted[lemma], len(own))} {' '.join(own)}  \n"
        (folder / f"data.{name}").write_text(data, "utf-8")
        (folder / f"index.{name}").write_text(index, "utf-8")
    (folder / "noun.exc").write_text("potten pot\nwomen woman\n", "utf-8")
    (folder / "verb.exc").write_text("storm'd storm\nre-storm storm\nhurt hurt\n", "utf-8")
    return folder


def write_news(folder: Path, texts: Sequence[str]) -> Path:
    rows = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (folder / "event_location_train.jsonl").write_text(rows, "utf-8")
    for name in ("ner_worldwide", "trnews", "lgl"):
        (folder / f"{name}.jsonl").write_text(json.dumps({"text": texts[0], "split": "dev"}) + "\n", "utf-8")
    return folder


def test_a_lemma_has_its_own_senses_and_all_above_them(tmp_path: Path) -> None:
    words = read_wordnet(write_wordnet(tmp_path))
    assert words["n"].classes["rifle"] == {"rifle.1", "weapon.1", "artifact.1", "entity.1"}
    assert words["n"].classes["ivan"] == {"ivan.1", "soldier.1", "entity.1"}
    assert words["n"].classes["gadget"] == {"artifact.1", "entity.1"}
    assert words["v"].classes["strip"] == {"strip.1", "storm.2", "act.1"}
    assert words["v"].classes_of("storm'd") == {"attack.1", "storm.2", "act.1"}
    assert words["v"].classes_of("stormed") == words["v"].classes["storm"]
    assert words["n"].classes_of("qwertz") == frozenset()
    assert "automatic_rifle" not in words["n"].classes


def test_rare_nouns_are_kept_where_they_are_armed_and_every_verb_is(tmp_path: Path) -> None:
    words = read_wordnet(write_wordnet(tmp_path))
    kept = {"n": {"artifact.1", "weapon.1", "soldier.1"}, "v": {"attack.1"}}
    assert make_table(words, kept) == {
        "n": {
            "artifact": "artifact.1", "gadget": "artifact.1", "ivan": "soldier.1", "rifle": "artifact.1 weapon.1",
            "soldier": "soldier.1", "weapon": "artifact.1 weapon.1",
        },
        "n irregular": {},
        "v": {"act": "", "attack": "attack.1", "storm": "attack.1", "strip": ""},
        "v irregular": {"storm'd": "storm"},
    }  # fmt: skip


def test_words_of_happenings_and_those_beside_them_are_counted(tmp_path: Path) -> None:
    words = read_wordnet(write_wordnet(tmp_path))
    news = write_news(tmp_path, ["Soldiers stormed the town with rifles.", "The pot is red."])
    counts = count_classes(news, words)
    assert counts["v"] == {"attack.1": 1, "storm.2": 1, "act.1": 1}
    assert counts["n"] == {"soldier.1": 1, "entity.1": 2, "rifle.1": 1, "weapon.1": 1, "artifact.1": 1}
    assert choose_classes(counts) == {"n": set(), "v": set()}
    many = {kind: type(found)({name: 60 * n for name, n in found.items()}) for kind, found in counts.items()}
    assert choose_classes(many) == {"n": {"soldier.1", "rifle.1", "weapon.1"}, "v": {"attack.1", "storm.2", "act.1"}}


def test_the_classes_of_a_table_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wordnet, out = write_wordnet(tmp_path), tmp_path / "out"
    old = tmp_path / "old.json"
    old.write_text('{"n":{"rifle":"weapon.1"},"v":{"hit":"attack.1"}}', "utf-8")
    monkeypatch.setattr("sys.argv", ["", str(tmp_path), str(wordnet), str(out), "--keep", str(old)])
    assert main() == 0
    text = (out / "word_classes.json").read_text("utf-8")
    assert text.startswith('{"n":{"rifle":"weapon.1","weapon":"weapon.1"},"n irregular":{},"v":{"act":"",')
    assert "nouns: 0 lemmas more" in capsys.readouterr().err


def test_files_of_another_wordnet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"index\.noun: cannot be read .* WordNet 3\.0"):
        read_wordnet(tmp_path)
    with pytest.raises(ConfigError, match=r"index\.noun: isn't of WordNet 3\.0"):
        read_wordnet(write_wordnet(tmp_path, head="  1 WordNet 2.1 Copyright 2005\n"))
