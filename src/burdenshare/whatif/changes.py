"""The kinds of change that a scenario may hold, each told by its `do`.

Two keys are words of Python, so that their attributes have other names: `from` is `first`, `to` is
`last`, `except` is `exceptions`.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import model_validator as checked

MEMBERS = "members"
HIGHEST_SHARE = 100.0  # % of GDP
FIRST_YEAR, LAST_YEAR = 1950, 2100

Confidence = Literal["seen", "general knowledge", "inference", "to verify"]


def _listed(value: Any) -> Any:
    """Take a list as what is kept, a tuple."""
    return tuple(value) if isinstance(value, list) else value


def _one_or_more(value: Any) -> Any:
    """Take "members" or one code as a list of one."""
    return (value,) if isinstance(value, str) else _listed(value)


def _by_year(value: Any) -> Any:
    """Take the keys of a TOML table, which are texts, as years."""
    if not isinstance(value, dict):
        return value
    return {int(k) if isinstance(k, str) and k.isdecimal() else k: v for k, v in value.items()}


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed, json_schema_input_type=list[Text])]
Names = Annotated[tuple[Name, ...], BeforeValidator(_listed, json_schema_input_type=list[Name])]
Codes = Annotated[
    tuple[Code, ...], BeforeValidator(_one_or_more, json_schema_input_type=list[Code])
]
Who = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|members)$")], ...],
    BeforeValidator(_one_or_more, json_schema_input_type=Literal["members"] | list[Code]),
    Field(min_length=1, description='ISO 3166-1 alpha-3 codes, or "members"'),
]
Share = Annotated[float, Field(ge=0, le=HIGHEST_SHARE)]
Shares = Annotated[tuple[Share, ...], BeforeValidator(_listed, json_schema_input_type=list[Share])]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Path = Annotated[
    dict[Year, Share], BeforeValidator(_by_year, json_schema_input_type=dict[str, Share])
]
Day = Annotated[datetime.date, Field(ge=datetime.date(1945, 1, 1), le=datetime.date(2100, 12, 31))]


class Model(BaseModel):
    """What all parts of a scenario share: no unknown key, no NaN, no guessing of types."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, validate_by_name=False
    )


class Switch(Model):
    """An assumption that can be turned on and off; changes name it in `when`."""

    title: Text
    on: bool


class Assumption(Model):
    """What the scenario takes for granted, said in the answer."""

    text: Text
    citation: Text
    confidence: Confidence = "inference"


class _Change(Model):
    id: Name = Field(description="the name by which --set and the answer speak of it")
    when: str | None = Field(
        None,
        pattern=r"^(not )?[a-z0-9][a-z0-9-]{0,59}$",
        description='a switch that must be on; "not NAME": that must be off',
    )
    proposal: str | None = Field(
        None, description="id of a pledge or proposal of the world, such as nato.hague-2025"
    )
    citation: Text = Field(description="who proposed it, when, and where that was published")
    confidence: Confidence = "seen"

    def holds(self, switches: dict[str, bool]) -> bool:
        """Say whether the change holds, given which switches are on."""
        if self.when is None:
            return True
        if self.when.startswith("not "):
            return not switches[self.when.removeprefix("not ")]
        return switches[self.when]


class Leave(_Change):
    """A member leaves: on a day, or on the day that the exit rule gives for a decision."""

    do: Literal["leave"]
    who: Who
    but: Codes = ()
    organisation: Text
    decided: Day | None = Field(None, description="day of decision; the exit rule does the rest")
    on: Day | None = Field(None, description="the first day outside, where it is given")

    @checked(mode="after")
    def _dated(self) -> Self:
        if self.decided is None and self.on is None:
            raise ValueError("decided is nothing: write the day of decision, or on = the day")
        if self.decided and self.on and self.on < self.decided:
            raise ValueError(f"on is {self.on}: write a day after the decision ({self.decided})")
        return self


class Join(_Change):
    """A country becomes a member on a day."""

    do: Literal["join"]
    who: Codes = Field(min_length=1)
    organisation: Text
    on: Day


class Set(_Change):
    """A parameter takes another value: what a pledge asks for, its pull, the size of a budget."""

    do: Literal["set"]
    what: str = Field(
        pattern=r"^(pull|pledge:[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+|budget:[a-z0-9-]+\.[a-z0-9-]+)$",
        description="pledge:ORG.PLEDGE.CRITERION (% of GDP), pull (0 to 1) or budget:ORG.ID (USD)",
    )
    value: float = Field(ge=0, le=1e15)

    @checked(mode="after")
    def _in_range(self) -> Self:
        if self.what == "pull" and self.value > 1:
            raise ValueError(f"value is {self.value:g}: write a pull from 0.0 to 1.0")
        if self.what.startswith("pledge:") and self.value > HIGHEST_SHARE:
            raise ValueError(f"value is {self.value:g}: write a share of GDP, such as 3.5")
        return self


class Spend(_Change):
    """Countries spend a share of GDP: from a year on, in a line up to a year, or by a path.

    `share` from the year `from` on (left out: the year after the newest figure), or with `by` in a
    straight line that starts at the newest share, in its year or in the year before `from`. `path`
    by year, in straight lines between the years given and held after the last. `add` in
    points on top, from `from` to `to`; with `by` it grows evenly, from nothing in the year before
    `from` to the whole in `by`.
    """

    do: Literal["spend"]
    who: Who
    but: Codes = ()
    organisation: Text | None = Field(None, description='whose members "members" are')
    share: Share | None = Field(None, description="% of GDP")
    path: Path | None = Field(None, min_length=1, description="% of GDP by year")
    add: Annotated[float, Field(ge=-HIGHEST_SHARE, le=HIGHEST_SHARE)] | None = Field(
        None, description="points of GDP on top of what is spent otherwise"
    )
    by: Year | None = Field(None, description="the year in which the share is reached")
    first: Year | None = Field(None, alias="from", description="the first year")
    last: Year | None = Field(None, alias="to", description="the last year")
    mode: Literal["at-least", "exactly"] = "at-least"
    exceptions: dict[Code, Share] = Field(
        default_factory=dict, alias="except", description="another share for a country"
    )

    @checked(mode="after")
    def _one_way(self) -> Self:
        given = [key for key in ("share", "path", "add") if getattr(self, key) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "nothing"
            raise ValueError(f"the change gives {found}: write one of share, path and add")
        if self.exceptions and given[0] != "share":
            raise ValueError(f"except goes with share: leave it out beside {given[0]}")
        if self.add is not None and self.mode == "exactly":
            raise ValueError("mode goes with share and path: leave it out beside add")
        if self.add is not None and self.first is None:
            raise ValueError("from is nothing: write the first year of what is added")
        if self.path is not None and (self.first or self.by or self.last):
            raise ValueError("path names its own years: leave out from, by and to")
        ends = [year for year in (self.first, self.by, self.last) if year is not None]
        if ends != sorted(ends):
            raise ValueError("from, by and to are not in order: write the earlier year first")
        return self


class Condition(_Change):
    """The guarantee holds under a condition: one of the readings of the organisation's rules."""

    do: Literal["condition"]
    organisation: Text
    reading: Name = Field(description="such as pay-or-no-protection")
    threshold: Share | None = Field(None, description="% of GDP; left out: the reading's own")


class Borrow(_Change):
    """A programme of loans is drawn, spread evenly over years."""

    do: Literal["borrow"]
    programme: Name = Field(description="the id of a dataset of loans by state, such as eu-safe")
    first: Year = Field(alias="from")
    last: Year = Field(alias="to")

    @checked(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"from is {self.first}: write a year up to {self.last}, that of to")
        return self


class Reallocate(_Change):
    """A budget is shared out anew among those who stay."""

    do: Literal["reallocate"]
    budget: str = Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="such as un.regular")
    rules: Annotated[
        tuple[Literal["rerun", "pro-rata", "shrink"], ...],
        BeforeValidator(
            _one_or_more, json_schema_input_type=list[Literal["rerun", "pro-rata", "shrink"]]
        ),
        Field(min_length=1),
    ] = ("rerun", "pro-rata", "shrink")


class Stop(_Change):
    """Voluntary payments end."""

    do: Literal["stop"]
    who: Codes = Field(min_length=1)
    organisation: Text
    on: Day | None = Field(None, description="left out: from the scenario's first year on")


KINDS: dict[str, type[_Change]] = {
    "leave": Leave,
    "join": Join,
    "set": Set,
    "spend": Spend,
    "condition": Condition,
    "borrow": Borrow,
    "reallocate": Reallocate,
    "stop": Stop,
}
Change = Annotated[
    Leave | Join | Set | Spend | Condition | Borrow | Reallocate | Stop,
    Field(discriminator="do"),
]
