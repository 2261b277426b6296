"""A page that describes the API, made from its own OpenAPI document, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Address:
    """One method of one address, as the page shows it."""

    anchor: str
    method: str
    path: str
    text: str
    parameters: tuple[Mapping[str, Any], ...]
    body: tuple[str, ...]
    forms: tuple[str, ...]
    statuses: tuple[tuple[str, str], ...]
    example: str


@router.get("/api")
async def docs(request: Request) -> Response:
    """Describe every address."""
    from burdenshare.showing.pages import environment

    found = request.app.openapi()
    page = environment().get_template("web/api.html.j2")
    return HTMLResponse(page.render(api=found["info"], groups=_groups(found)))


def _groups(found: Mapping[str, Any]) -> dict[str, list[Address]]:
    groups: dict[str, list[Address]] = {}
    for path, methods in found["paths"].items():
        for method, told in methods.items():
            group = next(iter(told.get("tags", ["API"])))
            groups.setdefault(group, []).append(_address(path, method, told))
    return groups


def _address(path: str, method: str, told: Mapping[str, Any]) -> Address:
    parameters = tuple(_parameter(each) for each in told.get("parameters", ()))
    return Address(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        text=told.get("description", ""),
        parameters=parameters,
        body=tuple(told.get("requestBody", {}).get("content", ())),
        forms=tuple(told["responses"].get("200", {}).get("content", ())),
        statuses=tuple((str(k), v["description"]) for k, v in sorted(told["responses"].items())),
        example=_example(path, told.get("parameters", ())) if method == "get" else "",
    )


def _parameter(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": told["name"],
        "where": "in the address" if told["in"] == "path" else "parameter",
        "kind": " or ".join(_kinds(told["schema"])),
        "needed": told.get("required", False),
        "text": told.get("description", ""),
        "default": told["schema"].get("default"),
    }


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a parameter may be, in words."""
    for each in schema.get("anyOf", [schema]):
        if "enum" in each:
            yield ", ".join(map(str, each["enum"]))
        elif each.get("type") == "array":
            yield "several texts"
        elif each.get("format") == "date":
            yield "day"
        elif each.get("type") != "null":
            words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
            yield words.get(each.get("type", ""), each.get("type", ""))


def _example(path: str, parameters: Any) -> str:
    """Return an address to try, with the examples of what must be given."""
    for each in parameters:
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", _first(each))
    asked = [f"{each['name']}={_first(each)}" for each in parameters if _asks(each)]
    return "" if "{" in path or "jobs" in path else path + ("?" if asked else "") + "&".join(asked)


def _asks(parameter: Mapping[str, Any]) -> bool:
    return parameter["in"] == "query" and bool(parameter.get("required"))


def _first(parameter: Mapping[str, Any]) -> str:
    examples = parameter.get("schema", {}).get("examples") or ["2026-10-30"]
    return str(examples[0])
