"""The IAMC table, read by pyam: a fresh Python, as its import warns and takes seconds."""

import json
import os
import subprocess
import sys

import pytest

from burdenshare.whatif.saving import save_answer
from whatif.answers import answer

READ = """
import json, sys
import pyam
frame = pyam.IamDataFrame(sys.argv[1])
data = frame.data
one = data[(data.region == "POL") & (data.year == 2030)]
print(json.dumps({
    "model": frame.model,
    "scenario": frame.scenario,
    "region": frame.region,
    "variable": frame.variable,
    "unit": frame.unit,
    "year": [int(year) for year in frame.year],
    "lines": len(data),
    "values": dict(zip(one.variable, one.value)),
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("pyam")
    save_answer(answer(), 'title = "x"\n', "<p>", folder / "out")
    # Its own folder: pyam keeps files in the user's.
    environment = {**os.environ, "HOME": str(folder), "MPLCONFIGDIR": str(folder)}
    line = [sys.executable, "-W", "ignore", "-c", READ, str(folder / "out" / "iamc.csv")]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)
    read: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return read


def test_pyam_reads_the_table(found: dict[str, object]) -> None:
    assert found["model"] == ["burdenshare 0.1.0"]
    assert found["scenario"] == ["nothing-changes", "poor-and-rich"]
    assert found["region"] == ["NATO", "POL", "Poor, rich", "USA"]
    assert found["year"] == [*range(2024, 2028), 2029, 2030]
    assert found["unit"] == [
        "% of GDP",
        "% of the budget",
        "1",
        "members",
        "million EUR",
        "million USD",
        "million USD_2026",
    ]
    assert found["lines"] == 3 * 6 + 3 + 3 * 4 + 12


def test_pyam_finds_quantiles_beside_the_mean(found: dict[str, object]) -> None:
    share = "Defence Expenditure|Share of GDP"
    values = found["values"]
    assert isinstance(values, dict)
    # pandas reads the last digit of a number its own way.
    assert values[share] == pytest.approx(1 / 3, rel=1e-15)
    assert values[f"{share}|5th Percentile"] == pytest.approx(1 / 3 - 0.5, rel=1e-15)
    assert values[f"{share}|95th Percentile"] == pytest.approx(1 / 3 + 0.5, rel=1e-15)
    assert values["Probability of Meeting|nato.x.core"] == 0.25
    assert len(values) == 6 + 3
