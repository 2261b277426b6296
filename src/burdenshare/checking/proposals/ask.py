"""Asking an OpenAI-compatible endpoint once: nothing but a text goes, nothing but a text comes.

Only here is httpx imported, and only when somebody asks. Redirects are not followed, proxies and
other settings of the environment do not apply, certificates are verified, the answer is bounded in
size and time, and no reason ever holds words of the answer, the address or the key.
"""

from __future__ import annotations

import ipaddress
import json
import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from burdenshare.errors import UserError

if TYPE_CHECKING:
    import httpx

SECONDS = 30.0  # for an article, with the second try
MOST = 1_000_000  # bytes of an answer
_TRIES = 2
_PAUSE = 0.5  # seconds before the second try
_VARIABLE = "BURDENSHARE_LLM_URL"
_SAMPLE = "such as http://127.0.0.1:8080/v1"


class NoAnswer(Exception):  # noqa: N818 - nobody made a mistake
    """The endpoint gave nothing that can be read: the text says why, in our own words."""


class _Again(NoAnswer):
    """What may go better a second time."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: the address, the model's name ("" leaves it open), and the key, never shown.

    >>> Endpoint("http://127.0.0.1:8080/v1/chat/completions", key="secret")
    Endpoint(url='http://127.0.0.1:8080/v1/chat/completions', model='')
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)


def endpoint(environ: Mapping[str, str]) -> Endpoint:
    """Return the endpoint that the environment names.

    Raises UserError for an address that is missing or cannot be asked, a key that cannot be sent
    or would travel in the clear, and where httpx is not installed.

    >>> endpoint({"BURDENSHARE_LLM_URL": "http://127.0.0.1:8080/v1/"}).url
    'http://127.0.0.1:8080/v1/chat/completions'
    """
    try:
        import httpx
    except ImportError:
        raise UserError("httpx is not installed: pip install burdenshare[llm]") from None
    url = environ.get(_VARIABLE, "").strip()
    if not url:
        raise UserError(f"--propose asks a model: set {_VARIABLE}, {_SAMPLE}")
    local = _check_url(url)
    try:
        httpx.URL(url)
    except httpx.InvalidURL:
        raise UserError(f"{_VARIABLE} is no address: write one {_SAMPLE}") from None
    key = environ.get("BURDENSHARE_LLM_KEY", "").strip()
    if not (key.isascii() and (key.isprintable() or not key)) or " " in key:
        raise UserError("BURDENSHARE_LLM_KEY holds what no key holds: write it on one line")
    if key and url.lower().startswith("http:") and not local:
        raise UserError(f"{_VARIABLE} would carry BURDENSHARE_LLM_KEY in the clear: write https://")
    url = url.rstrip("/")
    if not url.endswith("/chat/completions"):
        url += "/chat/completions"
    return Endpoint(url, environ.get("BURDENSHARE_LLM_MODEL", "").strip(), key)


def _check_url(url: str) -> bool:
    """Refuse an address that cannot be asked; say whether it is this machine's own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if any(c.isspace() or not c.isprintable() for c in url) or not host or port == 0:
        raise UserError(f"{_VARIABLE} is no address: write one {_SAMPLE}")
    if parts.scheme not in ("http", "https"):
        raise UserError(f"{_VARIABLE} is not http or https: write an address {_SAMPLE}")
    if "@" in parts.netloc:
        raise UserError(f"{_VARIABLE} holds a name or password: put the key in BURDENSHARE_LLM_KEY")
    if "?" in url or "#" in url:
        raise UserError(f"{_VARIABLE} has more than a path: leave out what follows ? and #")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def ask(to: Endpoint, messages: list[dict[str, str]], seconds: float = SECONDS) -> str:
    """Return the words of the model's answer.

    Raises NoAnswer where none comes within the seconds, or none that can be read. It waits in a
    thread of its own, since an answer of single bytes can hold up any one read.
    """
    import httpx

    deadline = time.monotonic() + seconds
    client = httpx.Client(verify=True, follow_redirects=False, trust_env=False)
    box: queue.SimpleQueue[str | NoAnswer] = queue.SimpleQueue()

    def work() -> None:
        try:
            box.put(_content(_tries(client, to, messages, deadline)))
        except NoAnswer as reason:
            box.put(reason)
        except Exception:  # whatever it is, the check goes on
            box.put(NoAnswer("the model's answer cannot be read"))

    try:
        threading.Thread(target=work, daemon=True).start()
        found = box.get(timeout=seconds)
    except queue.Empty:
        found = _late(seconds)
    finally:
        client.close()
    if isinstance(found, NoAnswer):
        if time.monotonic() >= deadline:
            raise _late(seconds)
        raise found
    return found


def _late(seconds: float) -> NoAnswer:
    return NoAnswer(f"the model did not answer within {seconds:g} seconds")


def _tries(
    client: httpx.Client, to: Endpoint, messages: list[dict[str, str]], deadline: float
) -> bytes:
    """Return the body of the answer, asked for a second time where that may help."""
    for last in (*[False] * (_TRIES - 1), True):
        try:
            return _once(client, to, messages, deadline)
        except _Again:
            if last or time.monotonic() + _PAUSE >= deadline:
                raise
            time.sleep(_PAUSE)
    raise AssertionError  # the last try returns or raises


def _once(
    client: httpx.Client, to: Endpoint, messages: list[dict[str, str]], deadline: float
) -> bytes:
    """Return the body of one answer, bounded in size and time."""
    import httpx

    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if to.key:
        headers["Authorization"] = f"Bearer {to.key}"
    body: dict[str, Any] = {"messages": messages, "temperature": 0, "stream": False}
    if to.model:
        body["model"] = to.model
    left = max(deadline - time.monotonic(), 0.01)
    try:
        with client.stream("POST", to.url, json=body, headers=headers, timeout=left) as response:
            _check_head(response)
            return _read(response, deadline)
    except httpx.TimeoutException:
        raise NoAnswer("the model did not answer in time") from None
    except httpx.RemoteProtocolError:
        raise _Again("the model's answer broke off") from None
    except httpx.TransportError:
        raise _Again("the model cannot be reached, or its certificate is not trusted") from None


def _check_head(response: httpx.Response) -> None:
    status = response.status_code
    if 300 <= status < 400:
        raise NoAnswer(f"the model's address redirects ({status}), which is not followed")
    if status == 429 or status >= 500:
        raise _Again(f"the model's address failed ({status})")
    if status != 200:
        raise NoAnswer(f"the model's address refused ({status})")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise NoAnswer("the model's answer is compressed, which was not asked for")


def _read(response: httpx.Response, deadline: float) -> bytes:
    parts, size = [], 0
    for part in response.iter_raw():
        parts.append(part)
        size += len(part)
        if size > MOST:
            raise NoAnswer("the model's answer is larger than 1 MB")
        if time.monotonic() >= deadline:
            raise NoAnswer("the model did not answer in time")
    return b"".join(parts)


def _content(body: bytes) -> str:
    """Return the words in the envelope of an answer."""
    try:
        words = json.loads(body.decode("utf-8"))["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        words = None
    if not isinstance(words, str):
        raise NoAnswer("the model's answer is not of the agreed form")
    return words
