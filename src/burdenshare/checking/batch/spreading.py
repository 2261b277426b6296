"""Spreading parts over this process, several of this machine, or a cluster."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from burdenshare.checking.batch.work import Options, Outcome, Part, check_items
from burdenshare.errors import UserError

Results = Generator[tuple[Part, list[Outcome]], None, None]
Spread = Callable[[Options, Iterator[Part]], Results]

MOST_JOBS = 256
LULL = 30.0  # seconds without a result, after which a cluster is asked whether a worker is left
RETRIES = 2
_AHEAD = 2  # parts for each worker that wait or are under way: what memory holds
_GO_ON = "the same command goes on from there"


def alone(options: Options, parts: Iterator[Part]) -> Results:
    """Check parts here, one after the other."""
    for part in parts:
        yield part, check_items(options, part.items)


def processes(jobs: int) -> Spread:
    """Return what checks parts in several processes of this machine.

    A script calls it below `if __name__ == "__main__":`, as its processes read the script again.
    """

    def spread(options: Options, parts: Iterator[Part]) -> Results:
        before = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))

        def submit(part: Part) -> Future[list[Outcome]]:
            with _deaf():
                return pool.submit(check_items, options, part.items)

        try:
            yield from _in_window(parts, submit, _first_done, lambda: _AHEAD * jobs)
        except BrokenProcessPool:
            raise OSError(
                f"a process that read articles ended, perhaps for want of memory; {_GO_ON}"
            ) from None
        except BaseException:
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    return spread


def on_cluster(client: Any) -> Spread:
    """Return what checks parts with a client of dask.distributed; lost workers do not show."""

    def spread(options: Options, parts: Iterator[Part]) -> Results:
        import dask
        import distributed
        from distributed.comm.core import CommClosedError

        pending: set[Any] = set()

        def submit(part: Part) -> Any:
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
                future = client.submit(
                    check_items, options, part.items, pure=False, retries=RETRIES
                )
            pending.add(future)
            return future

        def first_done(futures: list[Any]) -> set[Any]:
            done = _of_cluster(client, futures)
            pending.difference_update(done)
            return done

        lost = (distributed.CancelledError, CancelledError, CommClosedError)
        try:
            yield from _in_window(
                parts, submit, first_done, lambda: _AHEAD * max(1, len(client.nthreads()))
            )
        except distributed.KilledWorker as error:
            raise OSError(
                "the cluster lost several workers over the same articles: their memory may be too "
                f"small ({error.last_worker.address} was the last); {_GO_ON}"
            ) from None
        except lost:
            raise OSError(
                f"the cluster was lost on the way: start it again, and {_GO_ON}"
            ) from None
        finally:
            if pending:
                client.cancel(list(pending), force=True)

    return spread


def _in_window(
    parts: Iterator[Part],
    submit: Callable[[Part], Any],
    first_done: Callable[[list[Any]], set[Any]],
    ahead: Callable[[], int],
) -> Results:
    """Yield parts as they are done, with no more under way than memory should hold."""
    waiting: dict[Any, Part] = {}
    more = True
    while more or waiting:
        while more and len(waiting) < ahead():
            part = next(parts, None)
            more = part is not None
            if part is not None:
                waiting[submit(part)] = part
        for future in first_done(list(waiting)) if waiting else ():
            yield waiting.pop(future), future.result()


def _first_done(futures: list[Future[list[Outcome]]]) -> set[Future[list[Outcome]]]:
    return wait(futures, return_when=FIRST_COMPLETED).done


def _of_cluster(client: Any, futures: list[Any]) -> set[Any]:
    """Wait for the next futures of a cluster, as long as it has a worker."""
    import distributed

    lulls = 0
    while True:
        try:
            done = distributed.wait(  # type: ignore[no-untyped-call]
                futures, timeout=LULL, return_when="FIRST_COMPLETED"
            ).done
        except TimeoutError:
            # A worker that was lost may be on its way back: it is given a second lull.
            lulls = 0 if client.nthreads() else lulls + 1
            if lulls > 1:
                raise UserError("the cluster has no worker left: start some") from None
        else:
            return set(done)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Overhear Ctrl-C for a moment; processes that are started then overhear it for ever."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
