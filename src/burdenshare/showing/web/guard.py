"""What stands before everything: limits of a request, security headers, CORS, and errors."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from burdenshare.showing.web.forms import SUFFIXES
from burdenshare.showing.web.problems import API, ProblemError, told
from burdenshare.showing.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
EMBED = "/embed"
_PATIENCE = 20.0  # seconds that a client has to send a body
_DRAINED = 10  # bodies of the largest size that are read and thrown away
_PRIVATE = (f"{API}v1/statements", f"{API}v1/jobs")  # no page elsewhere reads the ledger
_LARGEST_QUERY = 16_000
_FORMED = re.compile(r"(/api/v1/.+)\.([a-z]+)").fullmatch
_log = logging.getLogger("burdenshare.web")


class Guard:
    """Lets requests in within the limits, and answers out with the headers that browsers obey."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = _Head(scope, send)
        self.inside += 1
        try:
            self._check(scope)
            if scope["method"] == "OPTIONS" and _is_open(scope["path"]):
                await _allowed()(scope, receive, head)
                return
            await self.app(_routed(scope), self._limited(scope, receive), head)
        except ProblemError as error:
            await self._tell(scope, receive, head, error)
        except Exception:
            _log.exception("%s %s", scope["method"], scope["path"])
            await self._tell(scope, receive, head, ProblemError(500, "a mistake of this program"))
        finally:
            self.inside -= 1

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        names = self.settings.hosts
        if names and _bare(headers.get("host", "")) not in names:
            raise ProblemError(421, "this server is not known by that name: see `serve --name`")
        if self.inside > self.settings.clients:
            raise ProblemError(429, "too many requests at once: ask again", {"Retry-After": "2"})
        if len(scope["query_string"]) > _LARGEST_QUERY:
            raise ProblemError(414, f"the address is longer than {_LARGEST_QUERY} characters")
        size = headers.get("content-length", "0")
        if size.isascii() and size.isdigit() and int(size) > self.settings.body:
            raise self._too_large()

    def _too_large(self) -> ProblemError:
        text = f"the body is larger than {self.settings.body:,} bytes: send one article at a time"
        return ProblemError(413, text)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """Return a receive that ends where a body is too large or does not come."""
        size, whole = 0, scope["method"] in ("GET", "HEAD")

        async def limited() -> Message:
            nonlocal size, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout(_PATIENCE):
                    message = await receive()
            except TimeoutError:
                raise ProblemError(408, "the body did not come: send it again") from None
            size += len(message.get("body", b""))
            if size > self.settings.body:
                raise self._too_large()
            whole = not message.get("more_body", False)
            return message

        return limited

    async def _tell(self, scope: Scope, receive: Receive, head: _Head, error: ProblemError) -> None:
        if head.begun:
            return
        if error.status_code == 413:
            await self._drain(receive)
        found = told(Request(scope), error.status_code, error.detail, error.headers)
        await found(scope, receive, head)

    async def _drain(self, receive: Receive) -> None:
        """Let a client finish, for one that still sends does not listen to what is wrong."""
        left, more = _DRAINED * self.settings.body, True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while more and left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    more = message.get("more_body", False)


class _Head:
    """Sends an answer with the headers that each one has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            path = self.scope["path"]
            frames = "*" if path.startswith(EMBED) else "'none'"
            headers.setdefault("Content-Security-Policy", POLICY.format(frames))
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "no-referrer")
            headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
            if _is_open(path):
                headers.setdefault("Access-Control-Allow-Origin", "*")
                headers.setdefault("Access-Control-Expose-Headers", "ETag, Location, Retry-After")
            elif not path.startswith(EMBED):
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        await self.send(message)


def _is_open(path: str) -> bool:
    """Say whether pages of other sites may read what is there."""
    return path == "/openapi.json" or (path.startswith(API) and not path.startswith(_PRIVATE))


def _allowed() -> Response:
    """Answer a browser that asks what pages of other sites may do: read, and nothing else."""
    allowed = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Max-Age": "86400"}
    return Response(status_code=204, headers=allowed)


def _routed(scope: Scope) -> Scope:
    """Return a scope in which HEAD is GET and a suffix such as .csv is a form, not an address."""
    changed = dict(scope)
    if scope["method"] == "HEAD":
        changed["method"] = "GET"
    found = _FORMED(scope["path"])
    if found and f".{found[2]}" in SUFFIXES:
        changed["path"] = found[1]
        changed["state"] = {**scope.get("state", {}), "form": SUFFIXES[f".{found[2]}"]}
    return changed


def _bare(host: str) -> str:
    """Return a host without its port.

    >>> _bare("[::1]:8000"), _bare("LocalHost:80"), _bare("127.0.0.1")
    ('[::1]', 'localhost', '127.0.0.1')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower().rstrip(".")
