"""What many articles come from, and what hostile inputs do: each is told, none stops the rest."""

import json
import os
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from burdenshare.checking.batch import records, work
from burdenshare.checking.batch.sources import Item, items, short, sources, survey
from burdenshare.checking.batch.work import parts
from burdenshare.errors import UserError
from burdenshare.world.dates import Day

WORDS = "Allies met in Vilnius."


def read(*names: Path | str, encoding: str = "utf-8") -> list[Item]:
    """Return all items, which are as many as the survey counts, numbered through."""
    found = sources([str(name) for name in names], encoding)
    read = list(items(found))
    assert survey(found)[1] == len(read)
    assert [item.number for item in read] == list(range(len(read)))
    return read


def problems(found: list[Item]) -> dict[str, str]:
    """Return what is wrong with the items, by id."""
    return {item.id: item.problem for item in found if item.problem}


def lines(path: Path, *rows: object) -> Path:
    """Write objects, or bytes as they are, as the lines of a file."""
    data = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path.write_bytes(b"\n".join(data))
    return path


# Folders


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/B.HTM", "a.md", "c.pdf", "é.txt", "a-b/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{WORDS} {name}", "utf-8")
    found = read(tmp_path)
    assert [item.id for item in found] == ["a/B.HTM", "a/z.html", "a-b/c.txt", "b.txt", "é.txt"]
    assert [item.html for item in found] == [True, True, None, None, None]
    assert found[3].path == str(tmp_path / "b.txt")
    assert found[3].raw == f"{WORDS} b.txt"


def test_links_that_go_round_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "none.txt").symlink_to("not-there.txt")
    (tmp_path / "folder.txt").symlink_to(".")
    os.mkfifo(tmp_path / "pipe.txt")
    found = read(tmp_path)
    assert [item.id for item in found if not item.problem] == ["a.txt", "link.txt"]
    assert problems(found) == {
        "self.txt": "it cannot be read: Too many levels of symbolic links",
        "none.txt": "it cannot be read: No such file or directory",
        "folder.txt": "it is no file",
        "pipe.txt": "it is no file",
    }


FILES = [
    (b"\x89PNG\0\0", "looks binary"),
    (WORDS.encode("utf-16"), "looks binary"),
    ("Bündnis".encode("latin-1"), "is not utf-8 (byte 1 is 0xfc)"),
    (b"x" * 11_000_000, "is larger than 10 MB"),
]


@pytest.mark.parametrize(("data", "said"), FILES, ids=[said for _, said in FILES])
def test_a_bad_file_is_told_and_the_next_is_read(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(WORDS, "utf-8")
    bad, good = read(tmp_path)
    assert bad.problem.startswith(said)
    assert (bad.raw, good.raw) == ("", WORDS)


def test_names_of_any_bytes(tmp_path: Path) -> None:
    name = b"\xff\x1b[31m\n<script>.txt"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(WORDS, "utf-8")
    [item] = read(tmp_path)
    assert item.id == "\ufffd\x1b[31m\n<script>.txt"
    assert item.raw == WORDS
    item.path.encode("utf-8")


def test_folders_below_one_another_without_end(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(WORDS, "utf-8")
    [item] = read(tmp_path)
    assert item.id == "d/" * 300 + "a.txt"


# JSON Lines


def test_what_a_line_may_say(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {"text": WORDS},
        {"text": WORDS, "id": 7, "date": "2025-03-02T10:00:00Z", "title": "T", "more": [1]},
        b"  ",
        {"text": WORDS, "id": "x", "date": None, "url": "https://x.example", "outlet": "O"},
    )
    one, two, three = read(path)
    assert (one.id, one.path, one.date) == ("a.jsonl:1", f"{path}:1", None)
    assert (two.id, two.date, two.title) == ("7", Day(2025, 3, 2), "T")
    assert (three.id, three.path, three.url, three.outlet) == (
        "x",
        f"{path}:4",
        "https://x.example",
        "O",
    )


BAD = [
    (b"{broken", "the line is no JSON"),
    (b"[1, 2]", 'the line is no object: write {"text": "\u2026"}'),
    (b'{"text": "\xff"}', "the line is not UTF-8 (byte 10)"),
    (b'{"text": ' + b"[" * 200_000, "the line is nested too deep"),
    (b'{"text": ' + b"9" * 10_000 + b"}", "the line is no JSON"),
    ({"words": WORDS}, "it has no text"),
    ({"text": " \n"}, "it has no text"),
    ({"text": 5}, "it has no text"),
    ({"text": True}, "it has no text"),
    ({"text": "x" * 11_000_000}, "the text is larger than 10 MB"),
    ({"text": "\u00e9" * 5_000_001}, "the text is larger than 10 MB"),
    ({"text": WORDS, "date": "2025-02-30"}, "date is '2025-02-30', which is no day: write "),
    ({"text": WORDS, "date": 20250302}, "date is '20250302': write a text in quotes"),
    ({"text": WORDS, "url": ["x"]}, "url is \"['x']\": write a text in quotes"),
]


@pytest.mark.parametrize(("row", "said"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_told_by_its_number(tmp_path: Path, row: object, said: str) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": WORDS}, row, {"text": WORDS})
    good, bad, last = read(path)
    assert bad.problem.startswith(said)
    assert bad.id == "a.jsonl:2"
    assert (good.problem, last.problem, last.id) == ("", "", "a.jsonl:3")


def test_a_line_without_end_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is made small, and 100 MB of zeros take no room on the disk."""
    monkeypatch.setattr(records, "LONGEST_LINE", 1_000_000)
    path = lines(tmp_path / "a.jsonl", {"text": WORDS})
    with path.open("r+b") as file:
        file.seek(100_000_000)
        file.write(b'\n{"text": "last"}')
    tracemalloc.start()
    first, last = read(path)[0:2]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert first.problem == "the line is longer than 32 MB"
    assert (last.id, last.raw) == ("a.jsonl:2", "last")
    assert peak < 10_000_000


def test_the_marks_of_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"text": WORDS}).encode())
    assert read(path)[0].raw == WORDS
    path.write_text(json.dumps({"text": WORDS}), "utf-16")
    with pytest.raises(UserError, match=r"a\.jsonl is UTF-16: save it as UTF-8"):
        sources([str(path)])


def test_what_is_said_beside_the_text_is_bounded_and_sound(tmp_path: Path) -> None:
    row = {"text": WORDS, "id": "half \ud800", "title": "t" * 5_000_000}
    [item] = read(lines(tmp_path / "a.jsonl", row))
    assert item.id == "half ?"
    assert len(item.title or "") == 1000
    assert short("t" * 1000) == "t" * 1000


# Parquet


def parquet(path: Path, query: str) -> Path:
    """Write the rows of a query as Parquet."""
    with duckdb.connect() as database:
        database.sql(query).write_parquet(str(path))
    return path


def test_rows_are_read_as_lines_are(tmp_path: Path) -> None:
    query = f"""SELECT * FROM (VALUES
        ('{WORDS}', DATE '2025-03-02', 1), (NULL, NULL, 2), (repeat('x', 10000001), NULL, NULL)
    ) AS t(text, date, id)"""
    path = parquet(tmp_path / "plain.parquet", query)
    path = path.rename(tmp_path / "a*[1]?.parquet")
    one, two, three = read(path)
    assert (one.raw, one.date, one.id) == (WORDS, Day(2025, 3, 2), "1")
    assert problems([two, three]) == {
        "a*[1]?.parquet:2": "it has no text",
        "a*[1]?.parquet:3": "the text is larger than 10 MB",
    }


def test_parquet_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(UserError, match="is no Parquet file that can be read"):
        sources([str(path)])
    parquet(path, "SELECT 1 AS id, 'x' AS words")
    with pytest.raises(UserError, match="no column of texts named 'text': it has id, words"):
        sources([str(path)])


def test_a_file_that_breaks_off_gives_the_rows_before(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with duckdb.connect() as database:
        rows = database.sql("SELECT md5(CAST(range AS VARCHAR)) AS text FROM range(40960)")
        rows.write_parquet(str(path), row_group_size=20480, compression="snappy")
    data = bytearray(path.read_bytes())
    middle = len(data) * 3 // 4
    data[middle : middle + 200_000] = bytes(200_000)
    path.write_bytes(data)
    found = list(items(sources([str(path)])))
    assert found[0].raw == "cfcd208495d565ef66e7dff9f98764da"  # the MD5 of "0"
    assert found[-1].problem.startswith("the file is damaged: this row and those below")
    # The second group of 20,480 rows is the damaged one.
    assert [item.id for item in found if item.problem] == ["a.parquet:20481"]


# All of them


def test_inputs_are_read_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "one.md").write_text(WORDS, "utf-8")
    path = lines(tmp_path / "a.jsonl", {"text": WORDS})
    found = read(path, tmp_path / "one.md", tmp_path / "in")
    assert [item.id for item in found] == ["a.jsonl:1", "one.md", "a.txt"]


def test_the_survey_tells_inputs_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")

    def digest() -> str:
        return survey(sources([str(tmp_path)]))[0]

    before = digest()
    assert digest() == before
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert digest() != before
    (tmp_path / "b.txt").rename(tmp_path / "a.txt")
    assert digest() == before
    (tmp_path / "a.txt").write_text(WORDS.upper(), "utf-8")
    assert digest() != before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("-", "-o reads files, which can be read again"),
        ("/dev/null", "/dev/null is no file that can be read twice"),
        ("none.txt", "none.txt cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_an_input(name: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        sources([name])


def test_an_unknown_encoding_is_refused_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="encoding 'utf-9' is unknown"):
        sources([str(tmp_path)], "utf-9")


def test_parts_are_bounded_by_number_and_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_MOST_ITEMS", 3)
    monkeypatch.setattr(work, "_MOST_CHARACTERS", 10)
    sizes = [1, 1, 1, 1, 9, 20, 2]
    found = parts(Item(n, str(n), str(n), "x" * size) for n, size in enumerate(sizes))
    got = [(part.number, [item.number for item in part.items]) for part in found]
    assert got == [(0, [0, 1, 2]), (1, [3, 4]), (2, [5]), (3, [6])]
