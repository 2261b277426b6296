"""What it takes to start: CPU seconds and peak memory of a fresh process, beside a bare Python."""

from __future__ import annotations

from timing import EXAMPLE, EXAMPLE_DATE, MAIN, Used, command, verdict

PEAK = 200  # MB
CHECK = ["check", str(EXAMPLE), "--date", EXAMPLE_DATE]
FACTS = ["facts", "share_gdp", "--country", "USA", "--year", "2024"]
CASES: list[tuple[str, list[str], float | None]] = [
    ("import burdenshare", ["-c", "import burdenshare"], 0.05),
    ("burdenshare --help", ["-c", MAIN, "--help"], 0.25),
    ("facts share_gdp", ["-c", MAIN, *FACTS], 0.6),
    ("facts NGDPD (15 Parquet files)", ["-c", MAIN, "facts", "NGDPD", *FACTS[2:]], None),
    ("check, the example", ["-c", MAIN, *CHECK], 0.6),
    ("check, with the HTML report", ["-c", MAIN, *CHECK, "--format", "html"], None),
]


def line(name: str, used: Used, floor: Used, goal: float | None) -> str:
    own = used.seconds - floor.seconds
    text = f"{name:<32}{used.seconds:>8.3f}{own:>9.3f}"
    text += f"{used.seconds / floor.seconds:>9.1f}x{used.megabytes:>9.0f}"
    return text if goal is None else f"{text}   {verdict(used.seconds, goal)}"


def main() -> None:
    floor = command(["-c", "pass"])
    print("CPU seconds of a fresh process: median of 7")
    print(f"{'':<32}{'seconds':>8}{'own':>9}{'to floor':>10}{'peak MB':>9}")
    print(line("python -c pass (the floor)", floor, floor, None))
    peak = 0.0
    for name, arguments, goal in CASES:
        used = command(arguments)
        print(line(name, used, floor, goal), flush=True)
        if goal is not None:
            peak = max(peak, used.megabytes)
    print(f"peak memory of the commands with a goal: {peak:.0f} MB   {verdict(peak, PEAK)}")


if __name__ == "__main__":
    main()
