"""What is written is what was asked: CSV, Parquet and JSON-LD are read again and are equal."""

import csv
import errno
import io
import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from burdenshare.checking.ledger import export
from burdenshare.checking.ledger.ask import Question, ask
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.linked import json_ld
from burdenshare.showing.tables import as_csv
from burdenshare.world.load import World
from checking.ledger.entries import STORY, claimed, entry, keep, said
from checking.ledger.test_store import COPY

ODD = 'a "quoted", line\r\nbreak; ; \x00 \u202e =1+1 </script>'
PARTS = list(export.COLUMNS)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory, world: World) -> dict[str, Any]:
    """Return an answer with each part filled, and with odd characters."""
    from burdenshare.checking.ledger.place import VARIABLE, ledger_place

    place = ledger_place({VARIABLE: str(tmp_path_factory.mktemp("e") / "l.sqlite")})
    assert place is not None
    two = [said(ODD), said("Me too.", name=ODD, person=None, start=90, reported_by=["B", ODD])]
    two[1] |= {"amplifies": "s1", "mode": "indirect", "quotes": [], "date": "2025-02-27"}
    unnamed = said("Nobody knows.", name=None, start=200)
    with Base(place) as base:
        keep(base, entry(STORY, [*two, unnamed], [claimed(start=1, end=5)], outlet=ODD))
        keep(base, entry(COPY, two, date="2025-03-09", outlet="Herald"))
        return ask(base, world, Question())


@pytest.mark.parametrize("part", PARTS)
def test_csv_read_again_is_equal(answer: dict[str, Any], part: str) -> None:
    text = as_csv(export.flat_rows(answer, part))
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(found) == len(answer[part]) > 0
    for row, expected in zip(found, answer[part], strict=True):
        assert list(row) == list(export.COLUMNS[part])
        for name, kind in export.COLUMNS[part].items():
            value = expected[name]
            if value is None:
                assert row[name] == ""
            elif kind == "JSON" or kind.endswith("[]"):
                assert json.loads(row[name]) == value
            else:
                assert row[name] == str(value)


@pytest.mark.parametrize("part", PARTS)
def test_parquet_read_again_is_equal(answer: dict[str, Any], part: str, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_text("older", "utf-8")
    export.write_parquet(answer, part, path)
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert names == list(export.COLUMNS[part])
    for row, expected in zip(rows, answer[part], strict=True):
        for name, kind in export.COLUMNS[part].items():
            value = row[name]
            if kind == "JSON" and value is not None:
                value = json.loads(value)
            if kind == "DATE" and value is not None:
                value = value.isoformat()
            assert value == expected[name]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_parquet_has_its_columns(part: str, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    export.write_parquet({part: []}, part, path)
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        assert [column[0] for column in found.description or ()] == list(export.COLUMNS[part])
        assert found.fetchall() == []


def test_a_full_disk_leaves_the_older_file(
    answer: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "x.csv"
    path.write_text("older", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="cannot be written: No space left"):
        export.write_text("newer", path)
    with pytest.raises(OSError, match="cannot be written: No space left"):
        export.write_parquet(answer, "rows", path)
    assert path.read_text("utf-8") == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(answer: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "no" / "x"
    with pytest.raises(OSError, match=r"no/x cannot be written: "):
        export.write_text("x", path)
    with pytest.raises(OSError, match=r"no/x cannot be written: "):
        export.write_parquet(answer, "rows", path)


# --- JSON-LD

# The properties of schema.org that each type may have here; what is ours begins with bs:.
KNOWN = {
    "NewsArticle": {"datePublished", "publisher", "url", "isBasedOn"},
    "Person": {"name"},
    "Thing": {"name"},
    "DefinedTerm": {"name", "description"},
    "Quotation": {"text", "creator", "about", "isPartOf", "dateCreated", "sameAs"},
    "Claim": {"text", "author", "about", "appearance", "isPartOf", "dateCreated", "sameAs"},
}


def references(value: Any) -> list[str]:
    """Return the ids that a value refers to, at any depth."""
    if isinstance(value, list):
        return [name for each in value for name in references(each)]
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return [value["@id"]]
        return [name for key, each in value.items() if key != "@id" for name in references(each)]
    return []


def test_json_ld_has_the_words_of_schema_org_and_no_loose_end(answer: dict[str, Any]) -> None:
    found = json.loads(json.dumps(json_ld(answer)))
    assert found["@context"] == ["https://schema.org", {"bs": "urn:burdenshare:term:"}]
    nodes = {node["@id"]: node for node in found["@graph"]}
    assert len(nodes) == len(found["@graph"])
    assert {node["@type"] for node in nodes.values()} == set(KNOWN)
    for name, node in nodes.items():
        assert name.startswith("urn:burdenshare:")
        assert not any(each.isspace() for each in name)
        ours = {key for key in node if key.startswith("bs:")}
        assert set(node) - ours - {"@id", "@type"} <= KNOWN[node["@type"]]
        assert set(references(node)) <= set(nodes)


def test_json_ld_tells_what_was_said(answer: dict[str, Any]) -> None:
    nodes = {node["@id"]: node for node in json_ld(answer)["@graph"]}
    first, second, unnamed = (
        nodes[f"urn:burdenshare:statement:{row['id']}"] for row in answer["rows"][:3]
    )
    assert (first["@type"], first["text"]) == ("Quotation", ODD)
    assert nodes[first["creator"]["@id"]] == {
        "@id": "urn:burdenshare:speaker:donald-trump",
        "@type": "Person",
        "name": "Donald Trump",
    }
    assert first["bs:stance"] == "for"
    assert (second["@type"], second["dateCreated"]) == ("Claim", "2025-02-27")
    assert second["bs:amplifies"] == {"@id": first["@id"]}
    assert nodes[second["author"]["@id"]]["@type"] == "Thing"
    assert "creator" not in unnamed
    copy = nodes[f"urn:burdenshare:statement:{answer['rows'][3]['id']}"]
    assert copy["sameAs"] == first["@id"]
    (claim,) = (node for node in nodes.values() if "bs:verdict" in node)
    assert claim["bs:verdict"] == "supported"
    assert claim["isPartOf"]["@id"] == first["@id"]
