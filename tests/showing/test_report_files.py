import os
import re
import stat
from pathlib import Path

import pytest

from burdenshare.errors import UserError
from burdenshare.showing.reports import report_html, write_report
from burdenshare.showing.words import VERDICTS
from showing.specimen import (
    article,
    made,
)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_in_light_and_in_dark() -> None:
    style = report_html(article())
    light, dark = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    ]
    for colours in (light, dark):
        pairs = [(ink, back) for ink in ("ink", "soft", "link") for back in ("paper", "page")]
        for verdict in VERDICTS:
            pairs += [(verdict, f"{verdict}-tint"), (verdict, "paper"), ("ink", f"{verdict}-tint")]
        for ink, back in pairs:
            assert contrast(colours[ink], colours[back]) >= 4.5, (ink, back)
    for colour in ("#3d454d", "#0b4f8a", "#a34f00"):
        assert contrast(colour, light["paper"]) >= 4.5
    for colour in ("#c9d0d6", "#8cc2f5", "#f2b56b"):
        assert contrast(colour, dark["paper"]) >= 4.5


# Writing


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    write_report(made("one \ud800"), path)
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").touch()
    (tmp_path / "link.html").symlink_to("real.html")
    write_report(made("one"), tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text("utf-8")


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no is not a folder: make it"):
        write_report(made("one"), tmp_path / "no" / "report.html")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a file"):
        write_report(made("one"), tmp_path)


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(UserError, match="is not a file"):
        write_report(made("one"), Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_a_failure_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    (tmp_path / "report.html").write_text("old")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError, match=r"report\.html cannot be written: No space left"):
        write_report(made("one"), tmp_path / "report.html")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text() == "old"


def test_a_name_too_long_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written: File name too long"):
        write_report(made("one"), tmp_path / ("x" * 300 + ".html"))


def test_the_same_check_gives_the_same_bytes() -> None:
    assert report_html(article()) == report_html(article())
