"""Whatever a client sends, by the OpenAPI document or against it: no server error."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from burdenshare.showing.web.app import create_app
from burdenshare.showing.web.settings import Settings

DOCUMENT = create_app(Settings()).openapi()
schemathesis.serializer.alias("application/toml", "text/plain")
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [
    (method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods
]
NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
HOSTILE = st.sampled_from(
    [
        *("", "\0", "'", '"><script>', "../../etc/passwd", "%00", "\u202ex", "-1", "1e999", "NaN"),
        *("٢٠٢٤", "9" * 300, "{}", "a=b", "=", "..", "0000..9999", "USA,,,", "2026-02-30"),
        *("9999-12-31", "1949-04-04", "0001-01-01", "a" * 401),
    ]
)
SOME = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_the_document_has_an_operation_for_each_question() -> None:
    assert len(OPERATIONS) == 22


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_the_document_allows_is_answered_as_it_says(
    method: str, path: str, address: str
) -> None:
    operation = SCHEMA[path][method]
    checks = CHECKS.get_by_names(list(NAMES))

    @settings(SOME, max_examples=2 if "backtest" in path else 6)
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Any) -> None:
        case.call_and_validate(base_url=address, checks=checks, timeout=60)

    ask()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_nobody_expects_is_no_server_error(
    method: str, path: str, address: str, api: httpx.Client
) -> None:
    told = DOCUMENT["paths"][path][method.lower()]
    parts = {name: HOSTILE | st.sampled_from(example(told, name)) for name in names(told, "path")}
    asked = {name: st.none() | HOSTILE for name in names(told, "query")}

    @SOME
    @given(st.fixed_dictionaries(parts), st.fixed_dictionaries(asked), HOSTILE)
    def ask(parts: Mapping[str, str], asked: Mapping[str, str | None], body: str) -> None:
        url = path
        for name, each in parts.items():
            url = url.replace("{" + name + "}", quote(each, safe=""))
        given = {name: each for name, each in asked.items() if each is not None}
        kinds = list(told.get("requestBody", {}).get("content", {"text/plain": {}}))
        sent = httpx.request(
            method, address + url, params=given, content=body, headers={"content-type": kinds[0]}
        )
        assert sent.status_code < 500

    ask()


def names(told: Mapping[str, Any], where: str) -> list[str]:
    """Return the names of the parameters in an address, or of those in its query."""
    return [each["name"] for each in told.get("parameters", ()) if each["in"] == where]


def example(told: Mapping[str, Any], name: str) -> list[str]:
    """Return the examples of a parameter, or an id where it has none."""
    [schema] = [each["schema"] for each in told["parameters"] if each["name"] == name]
    return list(schema.get("examples", ["0" * 32]))
