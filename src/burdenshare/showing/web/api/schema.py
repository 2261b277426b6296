"""What the OpenAPI document says beside parameters: answers, problems, and mistakes in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from burdenshare.showing.web.forms import TABLE, media
from burdenshare.showing.web.problems import MEDIA

DESCRIPTION = """\
The answers of the command line, under the same options. An answer is JSON with `schema`, `version`,
`world` (the hash of all figures and rules) and `as_of`, and the same as `--format json` prints; its
table comes as CSV or Parquet, by `Accept` or by the suffix `.csv` or `.parquet`. The ETag depends
on the world. Mistakes are `application/problem+json`, and `detail` says what to write instead. What
takes long is answered with 202 and the address of a job; `Prefer: respond-async` asks for one.
"""
JOB = "burdenshare/job/1"
_HEADER = ("schema", "version", "world", "as_of")
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_COMMON = {
    400: "a parameter is unknown or given twice",
    404: "there is nothing of that name",
    406: "there is no such form of it",
    414: "the address is too long",
    421: "the server is not known by that name",
    422: "it cannot be answered, or asks for more than this server gives",
    429: "too much at once",
    503: "it cannot be answered now",
}
_BODY = {
    401: "the token is another",
    403: "the server was started without a token",
    408: "the body did not come",
    413: "the body is too large",
    415: "the body is of another kind",
}
_PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, and what to write instead"},
    },
}

Responses = dict[int | str, dict[str, Any]]


def tables(*schemas: str, forms: Sequence[str] = TABLE) -> Responses:
    """Return the responses of an address that answers with a table."""
    return {200: _answer(schemas, forms), 304: {"description": "not changed"}, **_problems(_COMMON)}


def long_tables(*schemas: str) -> Responses:
    """Return the responses of an address whose answer may take long."""
    later = {"description": "it takes long: the address of a job", "content": _json(JOB)}
    return tables(*schemas) | _problems(_BODY) | {202: later}


def articles(forms: Sequence[str]) -> Responses:
    """Return the responses of an address to which something is sent."""
    return tables("check", forms=forms) | _problems(_BODY) | {202: long_tables()[202]}


def job_responses(kind: str | None) -> Responses:
    """Return the responses of an address of a job."""
    problems = _problems({**_COMMON, 409: "it is not done yet", 500: "it failed"})
    if kind is None:
        return {204: {"description": "it is stopped"}, **problems}
    content = _json(JOB) if kind == JOB else {kind: {"schema": {"type": "string"}}}
    done = {"description": "how it stands, or what came of it", "content": content}
    return {200: done, **problems}


def _answer(schemas: Sequence[str], forms: Sequence[str]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for form in forms:
        if form == "json":
            content |= _json(*(f"burdenshare/{each}/1" for each in schemas))
        else:
            content[media(form)] = {"schema": {"type": "string", "format": "binary"}}
    return {"description": ", ".join(schemas), "content": content}


def _json(*schemas: str) -> dict[str, Any]:
    fixed = [name for name in _HEADER if JOB not in schemas or name != "as_of"]
    shape = {
        "type": "object",
        "required": fixed,
        "properties": {name: {"type": "string"} for name in fixed},
    }
    return {"application/json": {"schema": shape}}


def _problems(found: dict[int, str]) -> Responses:
    content = {MEDIA: {"schema": _PROBLEM}}
    return {status: {"description": text, "content": content} for status, text in found.items()}


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what makes the OpenAPI document of an application, once."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                license_info=app.license_info,
            )
            _mended(found)
            app.openapi_schema = found
        return app.openapi_schema

    return made


def _mended(found: dict[str, Any]) -> None:
    """Put problems where FastAPI would describe its own errors."""
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM_SCHEMA


def in_words(errors: Sequence[Any]) -> str:
    """Return what is wrong with parameters, at most three of them, one a line."""
    return "\n".join(_in_words(each) for each in errors[:3])


def _in_words(error: dict[str, Any]) -> str:
    name = ".".join(str(part) for part in error["loc"][1:]) or "the body"
    said = str(error["msg"])
    said = said[:1].lower() + said[1:]
    if error["type"] == "missing":
        return f"{name} is missing: write it"
    return f"{name} is {str(error.get('input'))[:40]!r}: {said}"
