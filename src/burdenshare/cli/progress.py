"""A progress bar on standard error for what takes more than a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 1.0  # seconds before a bar is shown

Progress = Callable[[int, int], None]


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Give what is to be called with how much is done and how much there is in all.

    The bar is shown on a terminal alone, and goes when the work is done or given up. Nothing is
    written anywhere else: a log would fill with bars.
    """
    bars: list[Any] = []
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        if not bars and sys.stderr.isatty() and time.monotonic() - started > PATIENCE:
            import click

            bars.append(click.progressbar(length=total, label=label, file=sys.stderr))
            bars[0].render_progress()
        for bar in bars:
            bar.length = total
            bar.update(done - bar.pos)

    try:
        yield report
    finally:
        for _ in bars:
            # The line of the bar is made empty and the cursor shown again.
            sys.stderr.write("\r\x1b[K\x1b[?25h")
            sys.stderr.flush()
