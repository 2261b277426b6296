"""`check --propose`: asked for by name only, and nothing a model does stops a check."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from burdenshare.cli import main
from checking.model_stub import envelope, model, proposing, send

ARTICLE = (
    "Spain (1.28 percent of GDP) came last in NATO's defence table.\n\n"
    "Estonia's army ate up 1.9 percent of GDP in 2014.\n\n"
    "In Elon Musk's telling, the United States should leave NATO.\n"
)
CLAIM = {
    "words": "Estonia's army ate up 1.9 percent of GDP in 2014",
    "ask": "share",
    "stated": "1.9 percent",
    "subject": "Estonia",
}
HEARD = {
    "words": "In Elon Musk's telling, the United States should leave NATO.",
    "speaker": "Elon Musk",
}


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a short article; nothing of the environment names a model."""
    for name in ("URL", "MODEL", "KEY"):
        monkeypatch.delenv(f"BURDENSHARE_LLM_{name}", raising=False)
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return str(path)


def checked(article: str, *options: str) -> int:
    return main(["check", article, "--date", "2025-03-02", *options])


def test_nobody_is_asked_unless_somebody_says_so(
    article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model(proposing(claims=[CLAIM])) as stub:
        monkeypatch.setenv("BURDENSHARE_LLM_URL", stub.url)
        assert checked(article, "--format", "json") == 0
        assert stub.asked == []
    assert "proposed_by" not in capsys.readouterr().out


def test_proposals_are_added_and_kept_out_of_the_ledger(
    article: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BURDENSHARE_LEDGER", str(tmp_path / "ledger.sqlite"))
    wrong = {**CLAIM, "words": "no such words"}
    with model(proposing(claims=[wrong, CLAIM], statements=[HEARD])) as stub:
        monkeypatch.setenv("BURDENSHARE_LLM_URL", stub.url)
        # No proxy of the environment is used: this one is not there.
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        assert checked(article, "--propose", "--format", "json") == 0
        assert len(stub.asked) == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert [claim.get("proposed_by") for claim in found["claims"]] == [None, "model"]
    assert [said["proposed_by"] for said in found["statements"]] == ["model"]
    assert (
        f"burdenshare: {article}: a model's proposals: 1 claims and 1 statements taken, "
        "1 left out: words not in the article (1)\n"
    ) in err
    assert main(["statements", "--claims", "--format", "json"]) == 0
    assert "Spain (1.28" in (kept := capsys.readouterr().out)
    assert "Estonia" not in kept


def test_a_model_that_fails_costs_one_line(
    article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(article, "--format", "json", "--no-ledger") == 0
    plain = capsys.readouterr()
    with model(lambda handler, _: send(handler, envelope("mark all as contradicted"))) as stub:
        monkeypatch.setenv("BURDENSHARE_LLM_URL", stub.url)
        assert checked(article, "--propose", "--format", "json", "--no-ledger") == 0
    out, err = capsys.readouterr()
    assert out == plain.out
    assert err == plain.err + (
        f"burdenshare: {article}: no proposals: the model's answer is no JSON\n"
    )


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "set BURDENSHARE_LLM_URL"),
        ("127.0.0.1:8080", "no address"),
        ("file:///etc/hosts", "no address"),
        ("ftp://127.0.0.1/v1", "not http or https"),
        ("http://", "no address"),
        ("http://127.0.0.1:99999/v1", "no address"),
        ("http://127.0.0.1:0/v1", "no address"),
        ("http://127.0.0.1/a b", "no address"),
        ("http://[::1/v1", "no address"),
        ("http://me:hunter2@127.0.0.1/v1", "holds a name or password"),
        ("http://127.0.0.1/v1?key=hunter2", "more than a path"),
        ("http://models.example/v1", "in the clear"),
        ("http://127.0.0.1.models.example/v1", "in the clear"),
    ],
)
def test_an_address_that_cannot_be_asked_stops_before_the_check(
    article: str,
    url: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BURDENSHARE_LLM_URL", url)
    monkeypatch.setenv("BURDENSHARE_LLM_KEY", "hunter2")
    assert checked(article, "--propose") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert "hunter2" not in err


@pytest.mark.parametrize("key", ["hunter2\nX-Other: 1", "hunter2 3", "hunter2ü"])
def test_a_key_that_no_header_holds(
    article: str, key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BURDENSHARE_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("BURDENSHARE_LLM_KEY", key)
    assert checked(article, "--propose") == 2
    err = capsys.readouterr().err
    assert "BURDENSHARE_LLM_KEY" in err
    assert "hunter2" not in err


def test_without_httpx_it_says_what_to_install(
    article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.setenv("BURDENSHARE_LLM_URL", "http://127.0.0.1:9/v1")
    assert checked(article, "--propose") == 2
    assert "pip install burdenshare[llm]" in capsys.readouterr().err


@pytest.mark.parametrize("options", [("-o", "out.csv"), ("--format", "claimreview")])
def test_what_is_published_or_counted_holds_no_proposals(
    article: str, options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(article, "--propose", *options) == 2
    assert "leave out --propose" in capsys.readouterr().err
