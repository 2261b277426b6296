"""Releases of one's own, written as files: a made-up dataset on which every answer is plain.

The dataset is `harbours`, with one series, `depth`: printed to two decimals, from 0 to 100.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

HEAD = "series,country,year,value,status,precision,source,note"
NAME = "harbours"
DATASET = """\
id = "harbours"
title = "Depth of harbours"
publisher = "Harbour Office"
url = "https://example.org/harbours"
licence = "none"
definition = "Made up for tests."
kind = "releases"

[series.depth]
title = "Depth of the deepest harbour"
unit = "m"
definition = "At low water."
low = 0
high = 100
decimals = 2
words = ["depth"]
"""
PUBLICATION = """
[[publications]]
published = {published}
document = "{document}"
years = "{years}"
held = "{held}"
basis = "seen"
source = "made up"
"""


def dataset(home: Path, more: str = "", text: str = DATASET, name: str = NAME) -> Path:
    """Write `dataset.toml` and return its folder."""
    folder = home / "facts" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.toml").write_text(text + more, "utf-8")
    return folder


def publication(published: str, document: str, years: str, held: str) -> str:
    """Return an entry of `dataset.toml` for something that was published."""
    return PUBLICATION.format(published=published, document=document, years=years, held=held)


def figure(  # noqa: PLR0913 - the columns of a release
    country: str,
    year: object,
    value: object,
    precision: object = "",
    *,
    note: str = "",
    series: str = "depth",
    source: str = "book",
) -> str:
    """Return a row of a release file; an empty value is one that was withdrawn."""
    status = "withdrawn" if value == "" else "actual"
    return f"{series},{country},{year},{value},{status},{precision},{source},{note}"


def release(  # noqa: PLR0913 - what a release says of itself
    home: Path,
    stem: str,
    rows: Sequence[str],
    depth: str = "",
    *,
    more: str = "",
    name: str = NAME,
    head: str = HEAD,
) -> Path:
    """Write a release's `.csv` and `.toml` and return the path of the `.csv`.

    `stem` is the day, or the day and `.2`; `depth` is what the release says about the series.
    """
    data = "".join(f"{line}\n" for line in (head, *rows)).encode()
    return release_file(home, stem, f"{stem}.csv", data, f"[series.depth]\n{depth}\n{more}", name)


def release_file(
    home: Path, stem: str, file: str, data: bytes, more: str = "", name: str = NAME
) -> Path:
    """Write a release with any bytes as its file, and return the path of that file."""
    folder = home / "facts" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(data)
    text = f"""\
published = {stem[:10]}
document = "Almanac of {stem}"
file = "{file}"
coverage = "full"
sha256 = "{hashlib.sha256(data).hexdigest()}"

[sources.book]
read_from = "the almanac"

{more}"""
    (folder / f"{stem}.toml").write_text(text, "utf-8")
    return folder / file
