"""What `--set KEY=VALUE` changes in a scenario: any value of it, named as in its file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.whatif.changes import KINDS
from burdenshare.whatif.scenarios import Scenario, parse_scenario

WHERE = "--set"
_TABLES = ("switch", "change", "assumption", "made")
# Keys whose value is a text however it looks, and keys whose value is a list.
_TEXTS = {"id", "title", "question", "years", "when", "proposal", "citation", "confidence"}
_TEXTS |= {"organisation", "what", "reading", "programme", "budget", "mode", "do"}
_LISTS = {"organisations", "propositions", "targets", "studies", "who", "but", "rules"}
_STATES = {"on": True, "off": False, "true": True, "false": False}


def override(scenario: Scenario, pairs: Sequence[str]) -> Scenario:
    """Return a scenario with values replaced: draws=500, switch.NAME=off, CHANGE.FIELD=value.

    Lists are written with commas, a table's entry with one more dot, `none` leaves a key out.
    Raises UserError for an unknown key, and where the values do not make a scenario.

    >>> from burdenshare.whatif.scenarios import read_scenario
    >>> changed = override(read_scenario(None, "us-leaves-nato"), ["draws=500", "targets=2,3.5"])
    >>> changed.draws, changed.targets
    (500, (2.0, 3.5))
    """
    values = scenario.model_dump(by_alias=True, exclude_none=True)
    values["change"] = list(values["change"])
    seen: set[str] = set()
    for pair in pairs:
        key, equals, text = pair.partition("=")
        key, text = key.strip(), text.strip()
        if not (key and equals and text):
            raise UserError(f"{WHERE} {pair[:60]!r}: write KEY=VALUE, such as draws=20000")
        if key in seen:
            raise UserError(f"{WHERE} {key[:60]} is given twice: write it once")
        seen.add(key)
        _put(values, key, text)
    return parse_scenario(values, WHERE)


def _put(values: dict[str, Any], key: str, text: str) -> None:
    """Put one value where its key says."""
    head, *rest = key.split(".")
    changes = {change["id"]: change for change in values["change"]}
    if not rest and head in _plain():
        _replace(values, head, text)
    elif head == "switch" and len(rest) == 1 and rest[0] in values["switch"]:
        if text not in _STATES:
            raise UserError(f"{WHERE} {key[:60]} is {text[:40]!r}: write on or off")
        values["switch"][rest[0]]["on"] = _STATES[text]
    elif head in changes and len(rest) == 1:
        _replace(changes[head], rest[0], text)
    elif head in changes and len(rest) == 2 and rest[0] in ("except", "path"):
        table = changes[head].setdefault(rest[0], {})
        entry = int(rest[1]) if rest[1].isdecimal() else rest[1]
        _replace(table, entry, text)
    else:
        asked = f"switch.{key}" if key in values["switch"] else key
        hint = did_you_mean(asked, _known(values, changes.values()))
        raise UserError(f"{WHERE} {key[:60]!r} is unknown: {hint}")


def _plain() -> list[str]:
    fields = {field.alias or name for name, field in Scenario.model_fields.items()}
    return sorted(fields - set(_TABLES))


def _known(values: dict[str, Any], changes: Iterable[dict[str, Any]]) -> list[str]:
    """Return the keys that a scenario takes, written as `--set` takes them."""
    known = [*_plain(), *(f"switch.{name}" for name in values["switch"])]
    for change in changes:
        fields = KINDS[change["do"]].model_fields.items()
        known += [f"{change['id']}.{field.alias or name}" for name, field in fields]
    return known


def _replace(table: dict[Any, Any], key: str | int, text: str) -> None:
    if text == "none":
        table.pop(key, None)
    elif key in _TEXTS:
        table[key] = text
    elif key in _LISTS and not text.startswith("["):
        table[key] = [_read(each.strip()) for each in text.split(",")]
    else:
        table[key] = _read(text)


def _read(text: str) -> Any:
    """Return a value as TOML reads it; what is no TOML is a text."""
    try:
        found = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return found["value"] if len(found) == 1 else text
