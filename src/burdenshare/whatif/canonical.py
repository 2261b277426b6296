"""Writing a scenario as TOML, always in the same order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any


def toml_text(values: Mapping[str, Any]) -> str:
    """Return values as TOML: plain keys, then tables, then lists of tables.

    What is None or empty is left out. Texts stand in one line.

    >>> print(toml_text({"title": "A", "switch": {"x": {"on": True}}, "years": [2026, 2027]}))
    title = "A"
    years = [2026, 2027]
    <BLANKLINE>
    [switch.x]
    on = true
    <BLANKLINE>
    """
    plain, tables = [], []
    for key, value in values.items():
        if value is None or (isinstance(value, list | tuple | dict) and not value):
            continue
        if isinstance(value, dict):
            named = all(isinstance(each, dict) for each in value.values())
            inner = {f"{key}.{k}": v for k, v in value.items()} if named else {key: value}
            tables += [(f"[{name}]", each) for name, each in inner.items()]
        elif isinstance(value, list | tuple) and isinstance(value[0], dict):
            tables += [(f"[[{key}]]", each) for each in value]
        else:
            plain.append(f"{key} = {_written(value)}\n")
    return "".join(plain) + "".join(f"\n{head}\n{_rows(each)}" for head, each in tables)


def _rows(values: Mapping[str, Any]) -> str:
    kept = {k: v for k, v in values.items() if v is not None and v not in ((), [], {})}
    return "".join(f"{key} = {_written(value)}\n" for key, value in kept.items())


def _written(value: Any) -> str:
    """Return one value; JSON writes texts as TOML reads them, but for the character DEL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_written(v)}" for k, v in sorted(value.items())) + "}"
    return repr(value)
