"""Rules as code: cited, dated, pure functions of named inputs.

A rule stands in `content/<organisation>/rules.py`, in the order of the articles. Its docstring
opens with the provision; its argument names are checked when the file is loaded.
"""

from __future__ import annotations

import functools
import importlib.util
import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from burdenshare.errors import UserError, did_you_mean
from burdenshare.files import shown
from burdenshare.world.dates import Day

KINDS = ("contribution", "guarantee", "right", "exit")
CONFIDENCE = ("seen", "general knowledge", "to verify", "inference")


@dataclass(frozen=True, slots=True)
class Rule:
    """A provision that can be run: what it is, when it holds, when it became known.

    `until` is the last day on which it holds, or None. `function` returns what its kind of rule
    returns; a clause that turns on judgement returns an open Finding, never a Boolean.
    """

    id: str
    kind: str
    provision: str
    in_force: Day
    known_from: Day
    citation: str
    confidence: str
    function: Callable[..., Any]
    until: Day | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the arguments, in order."""
        return _arguments(self.function)

    def holds(self, day: Day, as_of: Day) -> bool:
        """Say whether the rule holds on a day, by what was known on another."""
        known = self.known_from <= as_of and self.in_force <= day
        return known and (self.until is None or day <= self.until)

    def run(self, values: Mapping[str, Any]) -> Any:
        """Run the rule on the inputs that it names; UserError where one is missing."""
        names = self.inputs
        missing = [name for name in names if name not in values]
        if missing:
            raise UserError(f"rule {self.id} needs {', '.join(missing)}: give a value for each")
        return self.function(**{name: values[name] for name in names})


@functools.lru_cache(maxsize=512)
def _arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a rule for one case; it explains itself.

    `open` names the question that the text leaves to judgement, in the words of the text; where
    that question is the whole answer, `result` is None.
    """

    rule: str
    result: Any
    reason: str
    citation: str
    confidence: str = "seen"
    open: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)


def rule(  # noqa: PLR0913 - the fields of a citation, all named
    *,
    kind: str,
    provision: str,
    in_force: str,
    known_from: str,
    citation: str,
    confidence: str = "seen",
    until: str | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function as a rule; days are written YYYY-MM-DD.

    >>> @rule(kind="right", provision="Art. 18", in_force="1945-10-24", known_from="1945-10-24",
    ...       citation="UN Charter, 1 UNTS XVI")
    ... def vote(member):
    ...     '''Each member of the General Assembly shall have one vote.'''
    ...     return 1 if member else 0
    >>> vote.rule.provision, vote.rule.run({"member": True, "more": 2})
    ('Art. 18', 1)
    """
    if kind not in KINDS:
        raise UserError(f"rule kind {kind!r}: {did_you_mean(kind, KINDS)}")
    if confidence not in CONFIDENCE:
        raise UserError(f"confidence {confidence!r}: {did_you_mean(confidence, CONFIDENCE)}")

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.rule = Rule(  # type: ignore[attr-defined]
            id=function.__name__,
            kind=kind,
            provision=provision,
            in_force=Day.fromisoformat(in_force),
            known_from=Day.fromisoformat(known_from),
            citation=citation,
            confidence=confidence,
            function=function,
            until=Day.fromisoformat(until) if until else None,
        )
        return function

    return mark


def read_rules(path: Path, allowed: Mapping[str, Collection[str]]) -> dict[str, Rule]:
    """Return the rules of a file in their order, with argument names checked.

    `allowed` gives, for each kind of rule, the input names that exist; a rule may also ask for
    what another rule of the file gives, by its name. A file that is absent means no rules.
    """
    if not path.exists():
        return {}
    spec = importlib.util.spec_from_file_location(f"burdenshare_rules_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except UserError as error:
        raise UserError(f"{shown(path)}: {error}") from None
    except Exception as error:
        raise UserError(f"{shown(path)} cannot be loaded: {error}") from None
    marked = {name: getattr(value, "rule", None) for name, value in vars(module).items()}
    found = {
        name: one
        for name, one in marked.items()
        if isinstance(one, Rule) and not name.startswith("_")
    }
    for name, one in found.items():
        if not (one.function.__doc__ or "").strip():
            raise UserError(f"{shown(path)}: {name} has no docstring: open it with the provision")
        for each in one.inputs:
            names = {*allowed.get(one.kind, ()), *found} - {name}
            if each not in names:
                raise UserError(
                    f"{shown(path)}: {name} asks for {each!r}: {did_you_mean(each, names)}"
                )
    return found
