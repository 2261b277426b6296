"""`check` from the command line: its three forms, the report, and what it refuses."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from burdenshare import __version__
from burdenshare.cli import main
from burdenshare.files import CONTENT

EXAMPLE = CONTENT / "examples" / "summit.txt"
SPAIN = "Spain (1.28 percent of GDP) came last in NATO's table.\n"
DAY = ("--date", "2025-03-02")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return a short article: Spain's share as in the release of 2024-06-17."""
    path = tmp_path / "article.txt"
    path.write_text(SPAIN, "utf-8")
    return path


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    """Return the JSON of the article that ships."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        assert main(["check", str(EXAMPLE), "--date", "2025-03-14", "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


VERDICTS = {"supported", "contradicted", "superseded", "depends", "unchecked"}
KINDS = set(
    "value share count rank change date membership legal quotation arithmetic conversion".split()
)
MODES = {"direct", "indirect", "endorsement", "act", "document"}
REASONS = {"breadcrumb", "advertisement", "caption", "syndication", "repeat"}
CLAIM = "id start end text kind query stated verdict then now why".split()
STATEMENT = "id start end text mode quotes speaker reported_by proposition stance date".split()
SPAN = {"start", "end", "text"}


def test_the_shape_of_the_whole(example: dict[str, Any]) -> None:
    head = ["schema", "version", "world", "as_of", "article", "statements", "claims", "unread"]
    head += ["scenarios"]
    assert list(example) == head
    assert example["schema"] == "burdenshare/check/1"
    assert example["version"] == __version__
    assert example["as_of"] == "2025-03-14"
    article = example["article"]
    assert set(article) == {"path", "date", "date_basis", "removed"}
    assert (article["date"], article["date_basis"]) == ("2025-03-14", "given")
    assert all(set(each) == {"start", "end", "reason"} for each in article["removed"])
    assert {each["reason"] for each in article["removed"]} <= REASONS


def test_the_shape_of_a_claim(example: dict[str, Any]) -> None:
    assert example["claims"]
    for claim in example["claims"]:
        assert list(claim) == CLAIM
        assert claim["verdict"] in VERDICTS
        assert claim["kind"] in KINDS
        assert set(claim["stated"]) == {"comparator", "value", "unit"}
        assert claim["why"]
        for evidence in filter(None, (claim["then"], claim["now"])):
            assert set(evidence) == {"value", "unit", "published", "source"}
        if claim["verdict"] in ("supported", "contradicted") and claim["then"]:
            assert claim["then"]["published"] <= example["as_of"]


def test_the_shape_of_a_statement(example: dict[str, Any]) -> None:
    assert example["statements"]
    for said in example["statements"]:
        assert list(said) == [*STATEMENT[:10], "date", "amplifies", "repeats"]
        assert said["mode"] in MODES
        assert said["stance"] in {"for", "against", "conditional", "none"}
        if said["speaker"]:
            assert set(said["speaker"]) == {"name", "id", "office", "mention"}


def test_offsets_are_those_of_the_file(example: dict[str, Any]) -> None:
    raw = EXAMPLE.read_bytes().decode("utf-8")
    spans = [*example["claims"], *example["statements"], *example["unread"]]
    spans += [quote for said in example["statements"] for quote in said["quotes"]]
    spans += [s["speaker"]["mention"] for s in example["statements"] if s["speaker"]]
    for span in filter(None, spans):
        assert set(span) >= SPAN
        assert raw[span["start"] : span["end"]] == span["text"]


def test_one_claim_in_three_forms(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # 1.28 in the release of 2024-06-17; 1.42 in that of 2026-07-10.
    assert main(["check", str(article), *DAY, "--format", "json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    assert (claim["verdict"], claim["then"]["value"]) == ("superseded", 1.28)
    assert (claim["now"]["value"], claim["now"]["published"]) == (1.42, "2026-07-10")
    assert main(["check", str(article), *DAY]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert "superseded" in out
    assert "\x1b" not in out
    assert main(["check", str(article), *DAY, "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert "superseded" in page


def test_a_report_beside_the_answer(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = article.with_name("report.html")
    argv = ["check", str(article), *DAY, "--html", str(report)]
    assert main(argv) == 0
    assert capsys.readouterr().out.endswith(f"report: {report}\n")
    assert report.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert main([*argv, "--format", "json"]) == 0
    out, error = capsys.readouterr()
    assert error == f"report: {report}\n"
    assert json.loads(out)["article"]["path"] == str(article)


def test_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SPAIN.encode())))
    assert main(["check", "-", *DAY, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["claims"]) == 1


def test_several_files_make_a_list(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(article), str(article), *DAY, "--format", "json"]) == 0
    assert [len(each["claims"]) for each in json.loads(capsys.readouterr().out)] == [1, 1]


def refusal(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Return the error of a check: exit code 2, one to three lines, no output."""
    assert main(["check", *argv]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("burdenshare: ")
    assert 1 <= len(error.splitlines()) <= 3
    return error.removeprefix("burdenshare: ")


FILES = [
    (b"", "is empty"),
    (b" \n\t\n", "is empty"),
    (b"words\0and bytes", "binary"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    ("Das Bündnis".encode("latin-1"), "is not utf-8 (byte 5 is 0xfc)"),
    (b"half \xed\xa0\x80 of a character", "is not utf-8"),
    (b"x" * 10_000_001, "is larger than 10 MB"),
]


@pytest.mark.parametrize(("data", "said"), FILES, ids=[said for _, said in FILES])
def test_what_is_no_article(
    article: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    article.write_bytes(data)
    error = refusal(capsys, str(article), *DAY)
    assert error.startswith(str(article))
    assert said in error


def test_what_cannot_be_opened(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(article.with_name("missing.txt"))
    said = f"{missing} cannot be read: No such file or directory\n"
    assert refusal(capsys, missing, *DAY) == said
    assert refusal(capsys, str(article.parent), *DAY).startswith(f"{article.parent} is a folder: ")
    # One wrong file among several: nothing is printed of the others.
    assert refusal(capsys, str(article), missing, *DAY) == said


OPTIONS = [
    (("--date", "2025-02-30"), "--date is '2025-02-30', which is no day: write YYYY-MM-DD"),
    (("--date", "yesterday"), "--date is 'yesterday', which is no day"),
    (("--date", "1949-04-03"), "{article}: the article's day is 1949-04-03, before the North "),
    (("--encoding", "utf-9"), "encoding 'utf-9' is unknown: write utf-8 or cp1252"),
    (("--format", "csv"), "Invalid value for '--format'"),
    (("--html", "{folder}"), "{folder} is not a file: name a file to write"),
    (("--html", "{folder}/none/x.html"), "{folder}/none is not a folder: make it, or "),
    (("{article}", "--html", "{folder}/x.html"), "--html writes one report: give one FILE"),
]


@pytest.mark.parametrize(("options", "said"), OPTIONS, ids=[said[:40] for _, said in OPTIONS])
def test_options_that_cannot_be(
    article: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    names = {"article": article, "folder": article.parent}
    error = refusal(capsys, str(article), *(each.format(**names) for each in options))
    assert error.startswith(said.format(**names))
    assert [path.name for path in article.parent.iterdir()] == ["article.txt"]


def test_another_encoding(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article.write_bytes("Türkiye (2.09 percent of GDP) came last in NATO's table.".encode("cp1252"))
    assert main(["check", str(article), *DAY, "--encoding", "cp1252", "--format", "json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    # 2.09 in the release of 2024-06-17.
    assert claim["then"]["value"] == 2.09
