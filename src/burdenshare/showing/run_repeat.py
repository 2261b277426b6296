"""How a run is repeated and cited."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from burdenshare.showing.words import clean

Answer = Mapping[str, Any]


def command(answer: Answer) -> str:
    """Return the command that repeats the run."""
    used = answer["settings"]
    options = [f"--set {_quoted(each)}" for each in _settings(answer)]
    options += [f"--as-of {_quoted(answer['as_of'])}", f"--draws {used['draws']}"]
    options.append(f"--seed {used['seed']}")
    return f"burdenshare run {_quoted(answer['scenario']['id'])} {' '.join(options)}"


def python_call(answer: Answer) -> str:
    """Return the same as a call in Python."""
    used = answer["settings"]
    options = [
        repr(clean(answer["scenario"]["id"])),
        f"as_of={clean(answer['as_of'])!r}",
        f"draws={used['draws']}",
        f"seed={used['seed']}",
        f"set={list(_settings(answer))}",
    ]
    return f"from burdenshare import World\n\nWorld().run({', '.join(options)})"


def cite(answer: Answer) -> str:
    """Return the text that cites the run: what, on which data, by which program and draws."""
    used, scenario = answer["settings"], answer["scenario"]
    return (
        f"burdenshare {clean(answer['version'])}, “{clean(scenario['title'])}” "
        f"({clean(scenario['id'])}, scenario {clean(scenario['hash'])}), {used['first']} to "
        f"{used['last']}, as known on {clean(answer['as_of'])}, world {clean(answer['world'])}, "
        f"{used['draws']:,} draws, seed {used['seed']}."
    )


_TOLD = ("as_of", "years", "draws", "seed")  # told from what was used


def _settings(answer: Answer) -> Iterator[str]:
    """Yield the other values that were set, as --set takes them."""
    used = answer["settings"]
    yield f"years={used['first']}..{used['last']}"
    for switch in answer["switches"]:
        yield f"switch.{clean(switch['id'])}={'on' if switch['on'] else 'off'}"
    for each in answer.get("overrides", ()):
        key = clean(each).partition("=")[0].strip()
        if key not in _TOLD and not key.startswith("switch."):
            yield clean(each)


def _quoted(text: str) -> str:
    return shlex.quote(clean(text))
