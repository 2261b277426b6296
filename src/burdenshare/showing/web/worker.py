"""A process that answers: questions come in on standard input, answers go out on standard output.

What a client asks is worked on here and not in the server, so that it can be stopped at any moment,
has its own limit of memory, and takes nobody else with it.
"""

from __future__ import annotations

import json
import os
import queue
import resource
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from burdenshare.errors import UserError

HEAD = struct.Struct(">cI")  # what a frame is, and how many bytes follow
HELLO, PROGRESS, ANSWER, REFUSED, BROKEN = b"H", b"P", b"A", b"R", b"B"
_IDLE = 0.2  # seconds without a question after which something is made ready for later ones


def main() -> None:
    """Answer until there is nobody left who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when it is over
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints is no answer
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()

    from burdenshare.showing.web import articles  # noqa: F401 - adds its answers
    from burdenshare.showing.web.answers import Room
    from burdenshare.showing.web.settings import settings_of

    settings = settings_of()
    resource.setrlimit(resource.RLIMIT_DATA, (settings.memory, settings.memory))
    room = Room(settings, lambda done, total: _send(out, PROGRESS, _json([done, total])))
    _send(out, HELLO, _json({"world": room.world.hash, "as_of": str(room.world.latest)}))
    later = _make_ready(room)
    while True:
        try:
            question = asked.get(timeout=_IDLE)
        except queue.Empty:
            if next(later, None) is None:
                question = asked.get()
            else:
                continue
        _send(out, *_answered(room, json.loads(question)))


def _listen(source: BinaryIO, asked: queue.SimpleQueue[bytes]) -> None:
    """Pass on questions; end the process, whatever it does, when the server is gone."""
    for line in source:
        asked.put(line)
    os._exit(0)


def _answered(room: Any, asked: dict[str, Any]) -> tuple[bytes, bytes]:
    from burdenshare.showing.web.answers import ANSWERS, NAMED, TooMuchError
    from burdenshare.showing.web.forms import written

    name, given = asked["name"], asked["given"]
    try:
        return ANSWER, written(ANSWERS[name](room, given), asked["form"])
    except UserError as error:
        text = str(error)
        named = NAMED.get(name, {}).items()
        missing = any(
            text.startswith(f"{kind.strip()} {given[key][:40]!r} is unknown")
            for kind, key in named
            if isinstance(given.get(key), str)
        )
        kind = "missing" if missing else "much" if isinstance(error, TooMuchError) else "wrong"
        return REFUSED, _json([kind, text])
    except MemoryError:
        return REFUSED, _json(["much", "this needs more memory than this server gives: ask less"])
    except OSError as error:
        return BROKEN, _json(f"{error.strerror or error}")
    except Exception:
        traceback.print_exc()
        return BROKEN, _json("")


def _make_ready(room: Any) -> Iterator[bool]:
    """Make ready, step by step, what later questions need."""
    steps: tuple[Callable[[], object], ...] = (
        lambda: room.world.organisations,
        lambda: room.world.budgets,
        lambda: __import__("burdenshare.whatif.answer"),
        lambda: __import__("burdenshare.whatif.comparing"),
        lambda: room.checker,
        lambda: __import__("burdenshare.whatif.debt.asked"),
        lambda: __import__("burdenshare.checking.ledger.ask"),
    )
    for step in steps:
        step()
        yield True


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _send(out: BinaryIO, kind: bytes, data: bytes) -> None:
    out.write(HEAD.pack(kind, len(data)))
    out.write(data)
    out.flush()


if __name__ == "__main__":
    main()
