"""Running plans on many processes or machines with dask.distributed: the same bytes as alone.

Blocks of draws are the tasks. Counts from anywhere add up to the same result, so neither the number
of workers nor the loss of one shows in it. A plan is part of the task that holds it for the
others: it stands once with the scheduler, and can be given anew when a worker that had it is lost.
"""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np

from burdenshare import __version__
from burdenshare.errors import UserError
from burdenshare.whatif.engine import BLOCK, edges_of, merge, result, tally_blocks
from burdenshare.whatif.plan import VARIABLES, Plan, Result
from burdenshare.whatif.tally import Edges, Tally

LOCAL = "local"
RETRIES = 2  # of a task that fails; one that kills its workers is given up by the scheduler
PATIENCE = 5.0  # seconds that a cluster has to answer, and to show its first worker
LULL = 30.0  # seconds without a result, after which it is asked whether any worker is left
MOST_BLOCKS = 32  # in a task: what is lost with a worker
_TASKS = 4  # for each worker, so that none waits long for the last
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:[0-9]{1,5}").fullmatch

Progress = Callable[[int, int], object]


def run_on_cluster(
    plan: Plan,
    draws: int,
    seed: int,
    address: str,
    progress: Progress | None = None,
    variables: Sequence[str] = VARIABLES,
) -> Result:
    """Run a plan on the cluster at an address, or with all processors of this machine: "local".

    The result is that of `engine.run`, to the byte. `progress` is called with the blocks done and
    the blocks in all; `variables` are those of VARIABLES that are kept. Raises UserError for an
    address where no cluster answers, workers with other versions, a cluster that is lost on the
    way, and where distributed is not installed. A script calls it below
    `if __name__ == "__main__":`, as its processes read the script again.
    """
    [(_, found)] = grid({"": plan}, draws, seed, address, progress, variables)
    return found


def grid(
    plans: Mapping[str, Plan],
    draws: int,
    seed: int,
    address: str,
    progress: Progress | None = None,
    variables: Sequence[str] = VARIABLES,
) -> list[tuple[str, Result]]:
    """Run several plans by name on one cluster, with the same seed; see `run_on_cluster`."""
    with connected(address) as client:
        found = run_plans(client, list(plans.values()), draws, seed, progress, variables)
    return list(zip(plans, found, strict=True))


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Yield a client of the cluster at an address, or of one with all processors here: "local"."""
    distributed = _distributed()
    if address == LOCAL:
        with _started() as cluster, distributed.Client(cluster, timeout=PATIENCE) as client:
            yield client
        return
    _listening(address)
    with _quiet(), distributed.Client(address, timeout=PATIENCE) as client:
        _check_workers(client, address)
        yield client


def run_plans(
    client: Any,
    plans: Sequence[Plan],
    draws: int,
    seed: int,
    progress: Progress | None = None,
    variables: Sequence[str] = VARIABLES,
) -> list[Result]:
    """Run plans with a client of a cluster, and return their results in order.

    Raises ValueError for no draws, and what `run_on_cluster` does once it is connected.
    """
    if draws < 1:
        raise ValueError(f"{draws} draws: at least 1 is needed")
    blocks = -(-draws // BLOCK)
    tasks = _Tasks(client, draws, seed)
    tallies: list[list[Tally]] = [[] for _ in plans]
    done = 0
    try:
        for place, plan in enumerate(plans):
            tasks.submit(place, plan, edges_of(plan, seed, variables))
        for place, tally in tasks.finished():
            done += len(tally.draws)
            # Counts are added as they come, so that a million draws take no more room than one.
            tallies[place] = [merge([*tallies[place], tally])]
            if progress is not None:
                progress(done, blocks * len(plans))
    finally:
        tasks.cancel()
    return [result(plan, tally, draws, seed) for plan, [tally] in zip(plans, tallies, strict=True)]


class _Tasks:
    """What is under way on a cluster: futures, each with the place of its plan."""

    def __init__(self, client: Any, draws: int, seed: int) -> None:
        self.client, self.draws, self.seed = client, draws, seed
        self.pending: dict[Any, int] = {}

    def submit(self, place: int, plan: Plan, edges: Edges) -> None:
        """Send a plan, and the tasks that count its blocks."""
        import dask

        blocks = -(-self.draws // BLOCK)
        workers = len(self.client.nthreads())
        size = min(max(-(-blocks // (_TASKS * max(workers, 1))), 1), MOST_BLOCKS)
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
            held = self.client.submit(_held, plan, edges, pure=False, retries=RETRIES)
        for first in range(0, blocks, size):
            numbers = range(first, min(first + size, blocks))
            future = self.client.submit(
                _count, held, self.seed, numbers, self.draws, pure=False, retries=RETRIES
            )
            self.pending[future] = place

    def finished(self) -> Iterator[tuple[int, Tally]]:
        """Yield tallies as they are done, with the places of their plans."""
        distributed = _distributed()
        lost = (distributed.CancelledError, CancelledError, distributed.comm.CommClosedError)
        try:
            while self.pending:
                for future in self._done():
                    place = self.pending.pop(future)
                    yield place, future.result()
        except distributed.KilledWorker as error:
            raise UserError(
                "the cluster lost several workers over the same draws: their memory may be too\n"
                f"small ({error.last_worker.address} was the last)"
            ) from None
        except lost:
            raise UserError("the cluster was lost on the way: start it again, and run") from None

    def _done(self) -> set[Any]:
        """Wait for the next futures that are done."""
        wait = _distributed().wait
        lulls = 0
        while True:
            try:
                done: set[Any] = wait(
                    list(self.pending), timeout=LULL, return_when="FIRST_COMPLETED"
                ).done
            except TimeoutError:
                # A worker that was lost may be on its way back: it is given a second lull.
                lulls = 0 if self.client.nthreads() else lulls + 1
                if lulls > 1:
                    raise UserError("the cluster has no worker left: start some") from None
            else:
                return done

    def cancel(self) -> None:
        """Let nothing go on that is still under way."""
        if self.pending:
            self.client.cancel(list(self.pending), force=True)
            self.pending.clear()


def _distributed() -> Any:
    """Return the library, which has few types, or the error that says how to install it."""
    try:
        import distributed
    except ImportError:
        raise UserError(
            "a cluster is run by dask.distributed, which is not installed:\n"
            "pip install 'burdenshare[cluster]'"
        ) from None
    return distributed


def _started() -> Any:
    """Start a cluster of this machine: a worker for each processor, without a dashboard."""
    with _deaf():
        return _distributed().LocalCluster(
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=logging.CRITICAL,
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Let the client log nothing: what goes wrong is told once, as an error."""
    logger = logging.getLogger("distributed.client")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def _deaf() -> Iterator[None]:
    """Overhear Ctrl-C for a moment; processes that are started then overhear it for ever.

    A terminal sends it to all of them: the one that asks is to hear it, and close the others.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _held(plan: Plan, edges: Edges) -> tuple[Plan, Edges]:
    return plan, edges


def _count(held: tuple[Plan, Edges], seed: int, blocks: range, draws: int) -> Tally:
    plan, edges = held
    return tally_blocks(plan, seed, edges, blocks, draws)


def _versions() -> dict[str, str]:
    """Return what must be the same everywhere for the same bytes."""
    return {"burdenshare": __version__, "numpy": np.__version__}


def _listening(address: str) -> None:
    """Refuse an address where no scheduler answers."""
    connect = _distributed().comm.connect

    async def knock() -> None:
        # Its own timeout ends with the connection: what says nothing then is waited for for ever.
        comm = await asyncio.wait_for(connect(address, timeout=PATIENCE), 2 * PATIENCE)
        await comm.close()

    if not _ADDRESS(address):
        raise UserError(
            f"the cluster {address[:60]!r} is no address: write local, or that of a scheduler,\n"
            "such as tcp://127.0.0.1:8786"
        )
    try:
        # In a thread of its own, as a notebook has a loop of its own.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, knock()).result()
    except Exception:  # Whatever else listens there may answer anything.
        raise UserError(
            f"no cluster answers at {address[:60]}: start one with `dask scheduler`,\n"
            "or write local"
        ) from None


def _check_workers(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or with workers that would give other bytes."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise UserError(
            f"the cluster at {address[:60]} has no worker: start some with\n"
            f"`dask worker {address[:60]}`"
        ) from None
    here = _versions()
    answers: dict[str, Any] = client.run(_versions, on_error="return")
    for worker, found in answers.items():
        if found != here:
            theirs = _in_words(found) if isinstance(found, dict) else "no burdenshare"
            raise UserError(
                f"the worker {worker} has {theirs}: install {_in_words(here)},\n"
                "as here, or its draws may differ"
            )


def _in_words(versions: Mapping[str, str]) -> str:
    return " and ".join(f"{name} {version}" for name, version in versions.items())
