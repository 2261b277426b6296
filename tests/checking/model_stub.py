"""A model's endpoint on this machine, which answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behave = Callable[[BaseHTTPRequestHandler, int], None]


@dataclass(slots=True)
class Stub:
    """Where the endpoint listens, and what it was asked: headers and bodies."""

    url: str
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def model(behave: Behave) -> Iterator[Stub]:
    """Run an endpoint that does with each request, counted from 0, what it is told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(size))
            number = len(stub.asked)
            stub.asked.append(({k.lower(): v for k, v in self.headers.items()}, body))
            try:
                behave(self, number)
            except OSError:  # the other side has left, as it should
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub = Stub(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Send one answer."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def envelope(content: str) -> bytes:
    """Return words as the endpoint wraps them."""
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def proposing(**proposals: Any) -> Behave:
    """Return an endpoint that answers with these proposals."""
    return lambda handler, _: send(handler, envelope(json.dumps(proposals)))
