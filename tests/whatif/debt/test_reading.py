"""Inputs as known on a day, from shipped releases and from one's own."""

import csv
import hashlib
from dataclasses import fields
from datetime import date

import numpy as np
import pytest

from burdenshare.whatif.debt.reading import read_sheet
from burdenshare.world.load import World
from burdenshare.world.parquet import parquet_rows
from burdenshare.world.shelf import COLUMNS


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, world: World) -> World:
    """Return a world with a later release of one's own, the same figures as CSV."""
    home = tmp_path_factory.mktemp("own")
    folder = home / "facts" / "eu-dsa"
    folder.mkdir(parents=True)
    release = world.datasets["eu-dsa"].releases[-1]
    with (folder / "2026-05-20.csv").open("w", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row for _, row in parquet_rows(release.path))
    made = hashlib.sha256((folder / "2026-05-20.csv").read_bytes()).hexdigest()
    text = release.path.with_suffix(".toml").read_text("utf-8")
    text = text.replace("2025-11-17.parquet", "2026-05-20.csv").replace("2025-11-17", "2026-05-20")
    text = text.replace(release.sha256, made)
    (folder / "2026-05-20.toml").write_text(text, "utf-8")
    return World(home)


def test_a_release_of_ones_own_is_read_alike(world: World, own: World) -> None:
    shipped, other = read_sheet(world), read_sheet(own)
    assert other.release.published == date(2026, 5, 20)
    for each in fields(shipped.inputs):
        found, expected = (getattr(s.inputs, each.name) for s in (other, shipped))
        np.testing.assert_array_equal(found, expected)
    for code, shocks in shipped.shocks.items():
        np.testing.assert_array_equal(other.shocks[code].values, shocks.values)


def test_the_newest_release_known_on_the_day_is_taken(own: World) -> None:
    assert read_sheet(own, as_of=date(2026, 5, 19)).release.published == date(2025, 11, 17)
    assert read_sheet(own, as_of=date(2026, 5, 20)).release.published == date(2026, 5, 20)


def test_paths_follow_the_release_and_its_anchors(world: World) -> None:
    inputs = read_sheet(world).inputs
    at = {code: c for c, code in enumerate(inputs.countries)}
    hungary, austria = at["HUN"], at["AUT"]
    # Ten years on the swap, 2.0914; thirty years on 3 in Hungary and 2 elsewhere.
    assert inputs.inflation[10, [hungary, austria]].tolist() == [2.0914, 2.0914]
    assert inputs.inflation[15, hungary] == pytest.approx(2.0914 + (3 - 2.0914) / 4)
    assert inputs.rate_long[10, austria] == 4.1727362
    assert inputs.rate_long[12, austria] == pytest.approx(4.1727362 + (4 - 4.1727362) / 10)
    assert inputs.rate_short[1, austria] == 3.081
    assert inputs.maturing[5, austria] == pytest.approx((0.0817899 + 0.1038733) / 2)
    assert inputs.debt[at["FRA"]] != inputs.ratio[at["FRA"]]
    # Romania has no long rate before the forward one, which stands for all years before.
    assert inputs.rate_long[:11, at["ROU"]].tolist() == [7.3048414] * 11
    # 90.33 after 2045 and what is due from 2025 on is owed at the end of 2024.
    assert inputs.esm_stock[0, at["GRC"]] * 2.375734 > 90.33 + 2.114647 + 1.737977
    # Half of Poland's gap to the euro area's deflator lasts.
    poland = at["POL"]
    assert inputs.inflation[10, poland] == pytest.approx(2.0914 + (3.122494 - 2.013) / 2, abs=1e-3)


def test_money_counts_as_domestic_where_the_source_says_euro(world: World) -> None:
    inputs = read_sheet(world).inputs
    at = {code: c for c, code in enumerate(inputs.countries)}
    shares = np.stack([inputs.domestic, inputs.euro, inputs.dollar])
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    assert shares[:, at["NLD"]].tolist() == [1, 0, 0]
    assert shares[:, at["BGR"]].tolist() == pytest.approx([0.9404, 0, 0.0596], abs=1e-4)
    assert shares[:, at["POL"]].tolist() == pytest.approx([0.7291, 0.2373, 0.0336])
