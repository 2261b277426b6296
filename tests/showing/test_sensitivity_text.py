"""What `--sensitivity` prints, of an answer made by hand."""

from typing import Any

from burdenshare.showing.sensitivity import sensitivity_text


def answer(method: str, told: dict[str, float], **fields: Any) -> dict[str, Any]:
    row = {"key": "pull", "assumption": "how much of a pledge is kept", "unit": "%"}
    return {
        "version": "0.1.0",
        "world": "9f2c41d0a7be3344",
        "as_of": "2026-10-30",
        "scenario": {"id": "hague-kept", "title": "The Hague is kept", "hash": "0"},
        "output": {
            "id": "share@2035",
            "text": "share of GDP",
            "unit": "% of GDP",
            "when": "2035",
            "value": 4.25678,
        },
        "method": method,
        "headline": "The share of GDP is moved most by: how much of a pledge is kept.",
        "rows": [row | {"low": 0, "high": 1} | told],
        "notes": ["budget is not varied: nobody knew it"],
        **fields,
    }


def test_by_morris() -> None:
    text = sensitivity_text(answer("morris", {"mu_star": 1823.4, "conf": 0.3, "sigma": 0.05194}))
    assert "as known on 2026-10-30 · method of Morris\n" in text
    assert "share of GDP, 2035: 4.26 % of GDP (share@2035)\n" in text
    assert text.splitlines()[6].split() == "assumption low high moves it by ± unevenly by".split()
    assert "how much of a pledge is kept (pull, %)" in text
    assert text.splitlines()[8].split()[-5:] == ["0", "1", "1,823", "0.3", "0.052"]
    assert "note: budget is not varied: nobody knew it\n" in text
    assert text.endswith("burdenshare 0.1.0 · world 9f2c41d0a7be")
    assert max(map(len, text.splitlines())) <= 80


def test_by_sobol() -> None:
    told = {"s1": 0.7512, "s1_conf": 0.1, "st": 0.8, "st_conf": 0.2}
    text = sensitivity_text(answer("sobol", told))
    assert "method of Sobol" in text
    assert "0    1     0.751  0.1  0.8          0.2" in text


def test_where_nothing_can_be_varied() -> None:
    text = sensitivity_text(answer("morris", {}, rows=[]))
    assert "moves it by" not in text
    assert "The share of GDP is moved most" in text


def test_no_name_can_steer_the_terminal() -> None:
    told = {"mu_star": 1.0, "conf": 0.0, "sigma": 0.0}
    text = sensitivity_text(answer("morris", told, headline="a\x1b[2Jb", notes=["c\x07d"]))
    assert "\x1b" not in text
    assert "\x07" not in text
