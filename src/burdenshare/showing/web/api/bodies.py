"""Reading what a client sends: text of a known kind, and who may write to the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from fastapi import Request

from burdenshare.showing.web.problems import ProblemError

_BEARER = "bearer "


async def read_text(request: Request, kinds: Sequence[str]) -> str:
    """Return the body as text, of one of some media types.

    Raises ProblemError for another type or encoding, and for what is no text.
    """
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in kinds:
        raise ProblemError(415, f"Content-Type is {kind[:60]!r}: write {' or '.join(kinds)}")
    charset = rest.partition("charset=")[2].strip().strip('"').lower() or "utf-8"
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, f"charset is {charset[:40]!r}: send UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ProblemError(415, "Content-Encoding is not taken: send the text as it is")
    data = await request.body()
    if not data:
        raise ProblemError(422, "the body is empty: send a text")
    if b"\0" in data:
        raise ProblemError(422, "the body looks binary (it holds a zero byte): send a text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(422, f"the body is not UTF-8 (byte {error.start}): send UTF-8") from None


def may_write(request: Request) -> bool:
    """Say whether a client may write to the ledger: one that gives the token of this server.

    One that gives none may not, and reads as before. Raises ProblemError for another token.
    """
    given = request.headers.get("authorization", "")
    if not given:
        return False
    token: str | None = request.app.state.settings.token
    if token is None:
        raise ProblemError(403, "this server was started without --token: nothing is written")
    right = given.lower().startswith(_BEARER) and secrets.compare_digest(
        given[len(_BEARER) :].strip().encode(), token.encode()
    )
    if not right:
        raise ProblemError(
            401, "this is not the token of this server", {"WWW-Authenticate": "Bearer"}
        )
    return True
