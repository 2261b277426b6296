"""A cluster gives the bytes of a single process, whatever happens to its workers."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import distributed
import numpy as np
import pytest

from burdenshare.errors import UserError
from burdenshare.whatif import cluster, engine
from burdenshare.whatif.plan import Result
from whatif.plans import random_plan

SEED = 7
DRAWS = 40 * engine.BLOCK + 100
PLAN = random_plan(1, countries=3, years=3)


def bytes_of(result: Result) -> list[bytes]:
    """Return the numbers of a result as bytes, field by field."""
    found = [getattr(result, field.name) for field in fields(Result)]
    return [each.tobytes() for each in found if isinstance(each, np.ndarray)]


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    with distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=50,
    ) as found:
        yield found


def test_the_loss_of_a_worker_in_mid_run_does_not_show(workers: Any) -> None:
    """One of two processes is killed as soon as the first counts are in."""
    killed: list[int] = []
    seen: list[tuple[int, int]] = []

    def kill(done: int, blocks: int) -> None:
        seen.append((done, blocks))
        if not killed:
            killed.append(workers.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    found = cluster.run_on_cluster(PLAN, DRAWS, SEED, workers.scheduler_address, kill)
    assert bytes_of(found) == bytes_of(engine.run(PLAN, DRAWS, SEED))
    assert killed
    assert seen[0][0] < 41
    assert seen[-1] == (41, 41)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_grid_gives_each_plan_its_own_result(workers: Any) -> None:
    plans = {"one": PLAN, "other": random_plan(2, countries=2, years=2)}
    found = cluster.grid(plans, 1000, SEED, workers.scheduler_address)
    assert [name for name, _ in found] == ["one", "other"]
    for name, result in found:
        assert bytes_of(result) == bytes_of(engine.run(plans[name], 1000, SEED))


def test_ctrl_c_leaves_nothing_under_way(workers: Any) -> None:
    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with cluster.connected(workers.scheduler_address) as client:
        with pytest.raises(KeyboardInterrupt):
            cluster.run_plans(client, [PLAN], 1000 * engine.BLOCK, SEED, stop)
        for _ in range(100):  # the scheduler hears of it a little later
            if not any(client.processing().values()):
                break
            time.sleep(0.05)
        assert not any(client.processing().values())


def test_workers_with_other_versions_are_refused(
    workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "99.0")
    with pytest.raises(UserError, match=r"has burdenshare 0\..*: install burdenshare 99\.0 and"):
        cluster.run_on_cluster(PLAN, 1, SEED, workers.scheduler_address)


def test_draws_that_kill_their_workers_are_given_up(
    workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers.scheduler, "allowed_failures", 0)
    monkeypatch.setattr(cluster, "_count", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(UserError, match="the cluster lost several workers over the same draws"):
        cluster.run_on_cluster(PLAN, 1, SEED, workers.scheduler_address)


def test_a_cluster_whose_workers_have_all_gone_is_told(
    workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They go while the first task waits, so that nothing is ever done."""
    monkeypatch.setattr(cluster, "LULL", 0.2)
    monkeypatch.setattr(cluster, "_count", lambda *_: time.sleep(60))
    with cluster.connected(workers.scheduler_address) as client:
        workers.scale(0)
        with pytest.raises(UserError, match="the cluster has no worker left"):
            cluster.run_plans(client, [PLAN], 1, SEED)


def test_local_starts_a_cluster_of_its_own() -> None:
    found = cluster.run_on_cluster(PLAN, 1000, SEED, "local")
    assert bytes_of(found) == bytes_of(engine.run(PLAN, 1000, SEED))


# Where there is none


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Yield a socket that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def test_nobody_listens(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    port = listener.getsockname()[1]
    with pytest.raises(UserError, match="no cluster answers at tcp://"):
        cluster.run_on_cluster(PLAN, 1, SEED, f"tcp://127.0.0.1:{port}")
    listener.close()
    with pytest.raises(UserError, match="no cluster answers at tcp://"):
        cluster.run_on_cluster(PLAN, 1, SEED, f"tcp://127.0.0.1:{port}")


@pytest.mark.parametrize("address", ["", "locl", "tcp://here", "http://127.0.0.1:80", "tcp://a:b"])
def test_what_is_no_address_is_a_clear_error(address: str) -> None:
    with pytest.raises(UserError, match="is no address: write local, or that of a scheduler"):
        cluster.run_on_cluster(PLAN, 1, SEED, address)


def test_without_distributed_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UserError, match=r"pip install 'burdenshare\[cluster\]'"):
        cluster.run_on_cluster(PLAN, 1, SEED, "local")
