"""What pydantic says about a user's scenario, in words: file, key, value found, what to write."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.changes import KINDS, Assumption, Switch

_YEAR = "a year of four digits without quotes, such as 2030"
_SHARE = "a share of GDP from 0 to 100, such as 3.5"
_DAY = "a day without quotes, such as 2027-01-20"
_NAME = "a name of small letters, digits and hyphens, such as us-exit"
_CODES = 'a list of ISO 3166-1 alpha-3 codes, such as ["USA"]'
_TABLE = {"change": "[[change]]", "assumption": "[[assumption]]", "switch": "[switch.NAME]"}
# What to write under each key, by the key.
_WRITE = {
    "draws": "a whole number from 1 to 2000000",
    "seed": "a whole number from 0 to 9223372036854775807",
    "years": 'the first and the last year in quotes: "2026..2035"',
    "as_of": 'a day without quotes, such as 2025-03-14, or "latest"',
    "organisations": 'a list of ids of organisations, such as ["nato"]',
    "propositions": 'a list of propositions, such as ["us-leaves-nato"]',
    "studies": 'a list of studies, such as ["iiss-2025"]',
    "targets": "a list of shares of GDP from 0 to 100, such as [2.0, 3.5]",
    "id": _NAME,
    "when": 'the name of a switch, or "not NAME"',
    "who": 'a list of ISO 3166-1 alpha-3 codes, such as ["USA"], or "members"',
    "but": _CODES,
    "except": "a share of GDP by code, such as {ESP = 2.1}",
    "path": "a share of GDP by year, such as {2026 = 2.5, 2030 = 3.5}",
    "share": _SHARE,
    "threshold": _SHARE,
    "add": "points of GDP, such as 1.5",
    "value": "a number from 0 on, such as 3.5",
    "what": '"pledge:ORG.PLEDGE.CRITERION", "pull" or "budget:ORG.BUDGET"',
    "budget": "a budget by its full id, such as un.regular",
    "rules": 'a list such as ["rerun", "pro-rata", "shrink"]',
    "programme": "the id of a dataset of loans, such as eu-safe",
    "by": _YEAR,
    "from": _YEAR,
    "to": _YEAR,
    "on": _DAY,
    "decided": _DAY,
}
_LITERAL = re.compile("'([^']*)'").findall


def in_words(
    error: ValidationError, values: Mapping[str, Any], where: str, model: type[BaseModel]
) -> UserError:
    """Return the first thing that pydantic found wrong, as an error of one to three lines.

    `where` is the file, or "--set".
    """
    first = error.errors(include_url=False)[0]
    found = [each for each in first["loc"] if each != "[key]"]
    place, inner, keys = _place(found, values, where, model)
    if first["type"] == "value_error":
        return UserError(f"{place}: {first['ctx']['error']}")
    key = _key(keys)
    if first["type"] == "extra_forbidden":
        return UserError(f"{place}: unknown key {key[:60]!r}: {did_you_mean(key, _known(inner))}")
    if first["type"].startswith("union_tag"):
        return _kind(first, place)
    shown = "nothing" if first["type"] == "missing" else _shown(first["input"])
    return UserError(f"{place}: {key or 'it'} is {shown}: {_hint(first, keys or found[:1])}")


def _shown(value: Any) -> str:
    """Return the start of a value as the file writes it, or nearly."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    try:
        return repr(list(value) if isinstance(value, tuple) else value)[:60]
    except ValueError:
        return "a number of thousands of digits"


def _place(
    loc: list[int | str], values: Mapping[str, Any], where: str, model: type[BaseModel]
) -> tuple[str, type[BaseModel], list[int | str]]:
    """Return where the mistake stands, the model that was tried there, and the keys below it."""
    if len(loc) < 2 or loc[0] not in _TABLE:
        return where, model, loc
    table, at, rest = str(loc[0]), loc[1], loc[2:]
    inner: type[BaseModel] = _inside(model, table)
    if table == "switch":
        return f"{where} [switch.{at}]", inner, rest
    place = f"{where} {_TABLE[table]} {int(at) + 1}"
    if table == "change":
        entry = values["change"][at]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            place += f" ({entry['id'][:40]})"
        if rest:
            inner, rest = KINDS[str(rest[0])], rest[1:]
    return place, inner, rest


def _inside(model: type[BaseModel], table: str) -> type[BaseModel]:
    """Return the model of a table of the scenario; for changes it depends on their `do`."""
    inside: dict[str, type[BaseModel]] = {"switch": Switch, "assumption": Assumption}
    return inside.get(table, model)


def _key(keys: list[int | str]) -> str:
    """Return the key as a user wrote it: without the kinds of value that were tried."""
    names = [str(key) for key in keys if not isinstance(key, int) or key >= 1000]
    return ".".join(name for name in names[:2] if not re.match(r"literal\[|date$", name))


def _known(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _kind(first: ErrorDetails, place: str) -> UserError:
    tag = str(first.get("ctx", {}).get("tag", ""))
    if not tag:
        return UserError(f"{place}: do is nothing: write one of {', '.join(KINDS)}")
    return UserError(f"{place}: do is {tag[:40]!r}: {did_you_mean(tag, KINDS)}")


def _hint(first: ErrorDetails, keys: list[int | str]) -> str:
    """Return what to write, by the key, or else by what pydantic wanted."""
    key = str(keys[0])
    if first["type"] == "literal_error" and key != "as_of":
        options = _LITERAL(first["ctx"]["expected"])
        found = first["input"]
        return did_you_mean(found if isinstance(found, str) else "", options)
    if key == "on" and first["type"] == "bool_type":
        return "write true or false"
    if key in _WRITE:
        return f"write {_WRITE[key]}"
    if key in _TABLE and first["type"] == "string_pattern_mismatch":
        return f"write {_NAME}"
    if key in _TABLE:
        return f"write tables headed {_TABLE[key]}"
    return 'write a text in quotes, such as "NATO"'
