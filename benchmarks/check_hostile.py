"""Time and memory of `check` on text made to be slow: one piece, over and over, up to 10 MB.

Each is a fresh process on one file. Where time is linear in length, the seconds for one MB stay the
same from 1 to 10 MB; the last column is the ratio of the two.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from timing import EXAMPLE_DATE, MAIN, Used, once, verdict

SIZES = (1, 2, 5, 10)  # MB
RATIO = 1.5  # more than this from 1 to 10 MB is not linear
PIECES = {
    "claims, one line": "Germany spent 2.1% of GDP in 2024, NATO said on Monday. ",
    "one sentence": "NATO members spent 2.0 percent of GDP in 2024 and ",
    "quotes": "“We will leave NATO,” said Trump. ",
    "said, one line": "he said, “we will leave NATO” said Trump ",
    "a transcript": "DOE: we pay\n",
    "days": "March 1 ",
    "amounts": "$1 billion or €2 billion, ",
    "tags never closed": "<p>a ",
    "open marks": "“ ‘",
    "one word": "a",
}


def main() -> None:
    print("CPU seconds for one MB in a fresh process, and peak memory in MB at 10 MB")
    print(
        f"{'':<20}" + "".join(f"{f'{size} MB':>9}" for size in SIZES) + f"{'peak':>8}{'ratio':>8}"
    )
    for name, piece in PIECES.items():
        used = [measured(piece, size) for size in SIZES]
        rates = [each.seconds / size for each, size in zip(used, SIZES, strict=True)]
        ratio = rates[-1] / rates[0]
        print(
            f"{name:<20}"
            + "".join(f"{rate:>9.2f}" for rate in rates)
            + f"{used[-1].megabytes:>8.0f}{ratio:>8.2f}   {verdict(ratio, RATIO)}",
            flush=True,
        )


def measured(piece: str, size: int) -> Used:
    """Return what a check of a file of some MB took, less what a check of one piece takes."""
    data = piece.encode()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_bytes(data)
        start = once(["-c", MAIN, "check", str(file), "--date", EXAMPLE_DATE])
        file.write_bytes(data * (size * 1_000_000 // len(data)))
        used = once(["-c", MAIN, "check", str(file), "--date", EXAMPLE_DATE])
    return Used(max(used.seconds - start.seconds, 0.001), used.megabytes)


if __name__ == "__main__":
    main()
