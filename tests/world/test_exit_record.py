"""The exits on record: 36 notices, and whether the clause gives the recorded day."""

import csv
import io

import pytest

from burdenshare.world.dates import Day
from burdenshare.world.exit_checks import check_exits
from burdenshare.world.exit_days import effect_of
from burdenshare.world.exits import exits_of
from burdenshare.world.load import World

WORLD = World()
HELD = [name for name, folder in WORLD.folders.items() if (folder / "exit.toml").exists()]
# The 36 rows of the record, as the sources have them: organisation, leaver, notice, day by the
# clause, recorded day. The days of the record stand in the project's sources of 22 November 2026.
RECORD = """\
paris-agreement,USA,2019-11-04,2020-11-04,2020-11-04
paris-agreement,USA,2025-01-27,2026-01-27,2026-01-27
who,USA,2020-07-06,2021-07-06,2021-07-06
who,USA,2025-01-22,2026-01-22,2026-01-22
unesco,USA,1983-12-28,1984-12-31,1984-12-31
unesco,GBR,1984-12-05,1985-12-31,1985-12-31
unesco,USA,2017-10-12,2018-12-31,2018-12-31
unesco,ISR,2017-12-29,2018-12-31,2018-12-31
unesco,USA,2025-07-22,2026-12-31,2026-12-31
ilo,USA,1975-11-06,1977-11-06,1977-11-06
un,IDN,1965-01-20,,
un-human-rights-council,USA,2018-06-19,2018-06-19,2018-06-19
open-skies,USA,2020-05-22,2020-11-22,2020-11-22
open-skies,RUS,2021-06-18,2021-12-18,2021-12-18
inf-treaty,USA,2019-02-02,2019-08-02,2019-08-02
abm-treaty,USA,2001-12-13,2002-06-13,2002-06-13
npt,PRK,1993-03-12,1993-06-12,1993-06-12
npt,PRK,2003-01-10,2003-04-10,2003-01-11
rome-statute,BDI,2016-10-27,2017-10-27,2017-10-27
rome-statute,PHL,2018-03-17,2019-03-17,2019-03-17
rome-statute,HUN,2025-06-02,2026-06-02,2026-06-02
eu,GBR,2017-03-29,2019-03-29,2020-01-31
council-of-europe,GRC,1969-12-12,1970-12-31,1970-12-31
council-of-europe,RUS,2022-03-15,2022-12-31,2022-03-16
echr,RUS,2022-03-16,2022-09-16,2022-09-16
rio-treaty,MEX,2002-09-06,2004-09-06,2004-09-06
seato,PAK,1972-11-08,1973-11-08,1973-11-08
warsaw-pact,ALB,1968-09-13,1975-06-06,1968-09-13
nato,FRA,1966-03-10,,1966-07-01
nato,GRC,1974-08-14,,1974-08-14
us-taiwan-treaty,USA,1978-12-23,1979-12-23,1980-01-01
upu,USA,2018-10-17,2019-10-17,
unido,USA,1995-12-04,1996-12-31,1996-12-31
league-of-nations,JPN,1933-03-27,1935-03-27,1935-03-27
league-of-nations,DEU,1933-10-21,1935-10-21,1935-10-21
ecowas,BFA,2024-01-29,2025-01-29,2025-01-29
"""


@pytest.mark.parametrize(
    "row", list(csv.reader(io.StringIO(RECORD))), ids=lambda row: "-".join(row[:3])
)
def test_the_record_comes_out(row: list[str]) -> None:
    org, country, notice, predicted, recorded = row
    exits = exits_of(WORLD, WORLD.organisations[org])
    [found] = [
        each
        for each in exits.precedents
        if country in each.countries and each.notice.isoformat() == notice
    ]
    [clause] = [each for each in exits.clauses if each.id == found.clause]
    if predicted:
        assert effect_of(clause, found.notice) == Day.fromisoformat(predicted)
    assert (found.predicted.isoformat() if found.predicted else "") == predicted
    assert (found.effect.isoformat() if found.effect else "") == recorded
    if predicted and recorded:
        assert (found.matches == "yes") == (predicted == recorded)


def test_no_precedent_is_left_out_and_five_went_otherwise() -> None:
    compared, otherwise = check_exits(WORLD)
    assert compared == 33
    assert [line.split(": ")[1] for line in otherwise] == [
        "ru_coe",
        "uk_eu",
        "dprk_npt_2",
        "us_roc",
        "al_warsaw",
    ]
    assert sum(len(exits_of(WORLD, WORLD.organisations[n]).precedents) for n in HELD) == 36
