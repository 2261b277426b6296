"""Many articles: one file at the end, whatever stopped on the way and however work was spread."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import duckdb
import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.batch import parts as kept
from burdenshare.checking.batch import spreading, work
from burdenshare.checking.batch.parts import Parts, Tally
from burdenshare.checking.batch.records import memory
from burdenshare.checking.batch.rows import COLUMNS
from burdenshare.checking.batch.run import Asked, Hooks, check_many
from burdenshare.checking.batch.spreading import Spread, alone, on_cluster, processes
from burdenshare.errors import UserError
from burdenshare.world.dates import Day
from burdenshare.world.load import World

WORLD = World()
# 1.28 in the release of 2024-06-17, 1.42 in that of 2026-07-10; NATO has had 32 members since
# 2024-03-07; nobody but Spain in the table has 1.28.
SPAIN = "Spain (1.28 percent of GDP) came last in NATO's table."
MEMBERS = "NATO's 32 members met in Vilnius."
WRONG = "NATO's 34 members met in Vilnius."
DAY = "2025-03-02"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a part hold two articles, so that a few of them make several parts."""
    monkeypatch.setattr(work, "_MOST_ITEMS", 2)


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """Return a file of nine lines, of which one is blank and one is broken."""
    texts = [SPAIN, MEMBERS, WRONG, SPAIN, MEMBERS, SPAIN, WRONG]
    lines = [
        json.dumps({"text": text, "id": f"a{number}", "date": DAY, "outlet": "Wire"})
        for number, text in enumerate(texts)
    ]
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join([*lines[:3], "", "{broken", *lines[3:]]) + "\n", "utf-8")
    return path


def table(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file."""
    with duckdb.connect() as database:
        found = database.read_parquet(str(path))
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def asked(wire: Path, name: str = "out.parquet", **more: Any) -> Asked:
    """Return the question for the answers of a file, beside it."""
    return Asked((str(wire),), wire.with_name(name), **more)


def test_one_row_for_each_thing_found(wire: Path) -> None:
    tally = check_many(WORLD, asked(wire))
    assert (tally.items, tally.read) == (8, 7)
    assert tally.verdicts == {"superseded": 3, "supported": 2, "contradicted": 2}
    assert tally.unread == [(f"{wire}:5", "the line is no JSON")]
    rows = table(wire.with_name("out.parquet"))
    assert tuple(rows[0]) == COLUMNS
    articles = [row for row in rows if row["item"] == "article"]
    assert [row["article"] for row in articles] == [f"a{number}" for number in range(7)]
    assert {(row["date"], row["date_basis"], row["outlet"]) for row in articles} == {
        (Day(2025, 3, 2), "given", "Wire")
    }
    spain = next(row for row in rows if row["item"] == "claim")
    assert (spain["article"], spain["path"]) == ("a0", f"{wire}:1")
    assert SPAIN[spain["start"] : spain["end"]] == spain["text"]
    assert json.loads(spain["query"])["country"] == "ESP"
    assert json.loads(spain["stated"])["value"] == 1.28
    assert (spain["verdict"], spain["then_value"], spain["now_value"]) == (
        "superseded",
        "1.28",
        "1.42",
    )
    assert spain["then_published"] == Day(2024, 6, 17)
    [error] = [row for row in rows if row["item"] == "error"]
    assert (error["article"], error["why"]) == ("wire.jsonl:5", "the line is no JSON")
    assert {row["world"] for row in rows} == {WORLD.hash}
    assert sorted(path.name for path in wire.parent.iterdir()) == ["out.parquet", "wire.jsonl"]


def test_the_other_forms_say_the_same(wire: Path) -> None:
    check_many(WORLD, asked(wire))
    check_many(WORLD, asked(wire, "out.csv"))
    check_many(WORLD, asked(wire, "out.jsonl"))
    rows = table(wire.with_name("out.parquet"))
    with duckdb.connect() as database:
        read = database.read_csv(str(wire.with_name("out.csv")), all_varchar=True)
        lines = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
    assert [line["verdict"] for line in lines] == [row["verdict"] for row in rows]
    assert [line["start"] for line in lines] == [
        None if row["start"] is None else str(row["start"]) for row in rows
    ]
    found = [json.loads(line) for line in wire.with_name("out.jsonl").read_bytes().splitlines()]
    assert [each["schema"] for each in found].count("burdenshare/check-error/1") == 1
    assert found[0]["article"]["id"] == "a0"
    whole = Checker(WORLD, charts=False).check(SPAIN, Day(2025, 3, 2)).as_dict()
    assert found[0]["claims"] == whole["claims"]
    assert found[3]["error"] == "the line is no JSON"


def stop_after(count: int) -> Hooks:
    """Return a bar at which somebody presses Ctrl-C once so many articles are done."""

    def progress(done: int, _: int) -> None:
        if done >= count:
            raise KeyboardInterrupt

    return Hooks(progress)


@pytest.mark.parametrize("name", ["out.parquet", "out.csv", "out.jsonl"])
@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_stopped_run_goes_on_to_the_same_bytes(wire: Path, name: str, count: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        check_many(WORLD, asked(wire, name), hooks=stop_after(count))
    assert not wire.with_name(name).exists()
    notes: list[str] = []
    seen: list[int] = []
    more = check_many(
        WORLD, asked(wire, name), hooks=Hooks(lambda done, _: seen.append(done), notes.append)
    )
    done = 2 * -(-count // 2)  # the parts of two that were written
    assert notes == [f"going on after {done} of 8 articles"]
    assert seen[0] == done
    other = check_many(WORLD, asked(wire, f"other{Path(name).suffix}"))
    assert more == other
    whole = wire.with_name(f"other{Path(name).suffix}").read_bytes()
    assert wire.with_name(name).read_bytes() == whole
    assert not wire.with_name(f"{name}.parts").exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [(RuntimeError, "Query interrupted"), (duckdb.InterruptException, "INTERRUPT Error")],
)
def test_ctrl_c_inside_the_database_is_ctrl_c(kind: type[Exception], said: str) -> None:
    """DuckDB 2.0 raises either of these for it."""
    with pytest.raises(KeyboardInterrupt), memory():
        raise kind(said)
    with pytest.raises(RuntimeError, match="another"), memory():
        raise RuntimeError("another")


@pytest.mark.parametrize("where", ["_write_rows", "_join_rows", "_json"])
def test_a_failure_in_mid_write_loses_and_doubles_nothing(
    wire: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """The second call fails, as where the disk is full; then the same call goes on."""
    real, calls = getattr(kept, where), list[int]()

    def failing(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == (1 if where == "_join_rows" else 4):
            raise OSError(28, "No space left on device")
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(kept, where, failing)
        with pytest.raises(OSError, match="No space left"):
            check_many(WORLD, asked(wire))
    left = [path.name for path in wire.with_name("out.parquet.parts").iterdir()]
    assert not [name for name in left if name.endswith(".part")]
    assert check_many(WORLD, asked(wire)).items == 8
    check_many(WORLD, asked(wire, "other.parquet"))
    assert wire.with_name("out.parquet").read_bytes() == (
        wire.with_name("other.parquet").read_bytes()
    )


CHANGED: list[tuple[dict[str, Any], str]] = [
    ({"date": Day(2024, 1, 1)}, r"another date \(then None, now 2024-01-01\)"),
    ({"encoding": "cp1252"}, r"another encoding \(then utf-8, now cp1252\)"),
    ({"reader": "plain"}, r"another html reader \(then trafilatura, now plain\)"),
]


@pytest.mark.parametrize(("more", "said"), CHANGED, ids=[said[:20] for _, said in CHANGED])
def test_a_stopped_run_is_not_mixed_with_another(
    wire: Path, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(KeyboardInterrupt):
        check_many(WORLD, asked(wire), hooks=stop_after(2))
    with pytest.raises(UserError, match=said + r":\ngive the same again to go on, or --again"):
        check_many(WORLD, asked(wire, **more))
    assert check_many(WORLD, asked(wire, again=True, **more)).items == 8


def test_a_changed_input_or_world_is_refused(wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt):
        check_many(WORLD, asked(wire), hooks=stop_after(2))
    before = wire.read_bytes()
    wire.write_bytes(before.replace(b"1.28", b"1.29"))
    with pytest.raises(UserError, match="begun with another input:\n"):
        check_many(WORLD, asked(wire))
    wire.write_bytes(before)
    monkeypatch.setattr("burdenshare.checking.batch.run.__version__", "99.0")
    with pytest.raises(UserError, match=r"another version \(then .*, now 99\.0\)"):
        check_many(WORLD, asked(wire))


def test_an_output_that_is_there_stays_unless_asked(wire: Path) -> None:
    out = wire.with_name("out.parquet")
    out.write_bytes(b"mine")
    with pytest.raises(UserError, match=r"out\.parquet is there: name another file, or make it"):
        check_many(WORLD, asked(wire))
    with pytest.raises(KeyboardInterrupt):
        check_many(WORLD, asked(wire, again=True), hooks=stop_after(4))
    assert out.read_bytes() == b"mine"
    notes: list[str] = []
    check_many(WORLD, asked(wire, again=True), hooks=Hooks(note=notes.append))
    assert notes == ["going on after 4 of 8 articles"]
    assert len(table(out)) > 8


def test_a_folder_of_somebody_else_is_left_alone(wire: Path) -> None:
    mine = wire.with_name("out.parquet.parts") / "000001.json"
    mine.parent.mkdir()
    mine.write_text("{}", "utf-8")
    for again in (False, True):
        with pytest.raises(UserError, match="is no run that was stopped: move it away"):
            check_many(WORLD, asked(wire, again=again))
    assert mine.read_text("utf-8") == "{}"


def test_two_processes_never_write_one_output(wire: Path) -> None:
    made = Parts(wire.with_name("out.parquet"), {"input": "x"})
    other = Parts(wire.with_name("out.parquet"), {"input": "x"})
    with (
        made.held(False),
        pytest.raises(UserError, match="written by another process"),
        other.held(False),
    ):
        raise AssertionError


def test_what_the_ledger_keeps_comes_before_the_part_counts(wire: Path) -> None:
    entries: list[dict[str, Any]] = []

    def keep(found: Any) -> None:
        entries.extend(found)
        if len(entries) > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_many(WORLD, asked(wire), hooks=Hooks(keep=keep))
    assert len(list(wire.with_name("out.parquet.parts").glob("0*.json"))) == 2
    assert [entry["outlet"] for entry in entries] == ["Wire"] * 5
    assert entries[0]["check"]["claims"][0]["verdict"] == "superseded"


def test_an_article_on_which_the_program_fails_does_not_end_the_run(
    wire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Checker.check

    def failing(self: Checker, raw: str, *rest: Any) -> Any:
        if raw == WRONG:
            raise RecursionError
        return real(self, raw, *rest)

    monkeypatch.setattr(Checker, "check", failing)
    tally = check_many(WORLD, asked(wire))
    assert (tally.items, tally.read) == (8, 5)
    assert (f"{wire}:3", "it could not be checked (RecursionError): please report it") in (
        tally.unread
    )


# Spread over processes


def same_as_alone(wire: Path, spread: Spread, hooks: Hooks | None = None) -> Tally:
    """Check that work which is spread gives the bytes of work that is not."""
    found = check_many(WORLD, asked(wire, "spread.parquet"), spread, hooks)
    check_many(WORLD, asked(wire), alone)
    assert wire.with_name("spread.parquet").read_bytes() == (
        wire.with_name("out.parquet").read_bytes()
    )
    return found


def test_several_processes_give_the_same_bytes(wire: Path) -> None:
    assert same_as_alone(wire, processes(2)).read == 7


def test_a_process_that_is_killed_is_told_and_loses_nothing(
    wire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(spreading, "check_items", killed)
        with pytest.raises(OSError, match="a process that read articles ended"):
            check_many(WORLD, asked(wire), processes(1))
    assert check_many(WORLD, asked(wire)).read == 7


def killed(*_: object) -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Yield a cluster of two processes."""
    with distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=50,
    ) as found:
        yield found


def test_the_loss_of_a_worker_does_not_show(wire: Path, cluster: Any) -> None:
    lost: list[int] = []

    def kill(done: int, _: int) -> None:
        if done and not lost:
            lost.append(cluster.workers[0].pid)
            os.kill(lost[0], signal.SIGKILL)

    with distributed.Client(cluster) as client:  # type: ignore[no-untyped-call]
        assert same_as_alone(wire, on_cluster(client), Hooks(kill)).read == 7
    assert lost


def test_workers_that_know_another_world_are_refused(wire: Path, cluster: Any) -> None:
    class Other(World):
        hash = "0123456789abcdef"

    with (
        distributed.Client(cluster) as client,  # type: ignore[no-untyped-call]
        pytest.raises(UserError, match=r"a worker knows world .*, this is world 0123456789"),
    ):
        check_many(Other(), asked(wire), on_cluster(client))


def test_a_cluster_without_workers_is_told(wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "LULL", 0.1)
    with (
        distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=0, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as empty,
        distributed.Client(empty) as client,  # type: ignore[no-untyped-call]
        pytest.raises(UserError, match="the cluster has no worker left"),
    ):
        check_many(WORLD, asked(wire), on_cluster(client))
