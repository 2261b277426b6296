"""The commands and the Python in the documents: found, run, and pasted anew.

`python tests/documents.py` runs every documented command again and pastes what it prints, and
lists the modules in docs/architecture.md. A line that is only `…` stands for lines left out; such
an output is compared but never pasted over.
"""

from __future__ import annotations

import ast
import atexit
import contextlib
import functools
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[1]
LEFT_OUT = "…"
# The hash of the content changes with every file of it: in a comparison it may differ.
WORLD = re.compile(r'(\bworld"?:? "?)[0-9a-f]{12,16}\b')
# A reader's terminal: wide enough, without colour, and no releases but the shipped ones.
TERMINAL = {
    "NO_COLOR": "1",
    "COLUMNS": "100",
    "LINES": "40",
    "TERM": "dumb",
    "BURDENSHARE_HOME": str(ROOT / "tests" / "no-such-folder"),
    "BURDENSHARE_LEDGER": "off",
}
# What the ledger holds where a document asks it.
CHECKED = "check src/burdenshare/content/examples/summit.txt --date 2025-03-14"
OUTLET = "The Harbour Courier"


@dataclass(frozen=True)
class Example:
    """A command in a document, and the output pasted below it."""

    path: Path
    line: int  # of the command, counted from 1
    command: str
    first: int  # the lines of the output are lines[first:last] of the document
    last: int
    output: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


def documents() -> list[Path]:
    """Return the documents of the project."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(path: Path, language: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the fenced blocks in a language: the index of the first line, and the lines."""
    opened: int | None = None
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if opened is None and line.startswith("```"):
            opened = number + 1
        elif opened is not None and line == "```":
            if lines[opened - 1] == "```" + language:
                yield opened, lines[opened:number]
            opened = None
    if opened is not None:
        raise ValueError(f"{path.name}:{opened}: this block is never closed")


def examples(path: Path) -> Iterator[Example]:
    """Yield the `$ burdenshare …` commands in the console blocks of a document."""
    for start, lines in blocks(path, "console"):
        at = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        for number, end in zip(at, [*at[1:], len(lines)], strict=True):
            first = number + 1
            while lines[first - 1].endswith("\\"):
                first += 1
            command = " ".join(line.removesuffix("\\").strip() for line in lines[number:first])
            if command.startswith("$ burdenshare "):
                yield Example(
                    path,
                    start + number + 1,
                    command.removeprefix("$ "),
                    start + first,
                    start + end,
                    tuple(lines[first:end]),
                )


@functools.cache
def ledger() -> str:
    """Return the path of a ledger that holds the example article."""
    folder = tempfile.mkdtemp(prefix="burdenshare-")
    atexit.register(shutil.rmtree, folder)
    path = str(Path(folder) / "ledger.sqlite")
    shown_by({**TERMINAL, "BURDENSHARE_LEDGER": path}, [*CHECKED.split(), "--outlet", OUTLET])
    return path


def run(command: str) -> str:
    """Return what a terminal shows for a `burdenshare` command that is run at the root."""
    words = shlex.split(command)[1:]
    asks = words[:1] == ["statements"]
    return shown_by({**TERMINAL, **({"BURDENSHARE_LEDGER": ledger()} if asks else {})}, words)


def shown_by(terminal: Mapping[str, str], argv: list[str]) -> str:
    """Return what a command prints at the root, in a terminal of these variables."""
    from burdenshare.cli import main

    shown = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with (
        mock.patch.dict(os.environ, terminal),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(shown),
        contextlib.redirect_stderr(shown),
        contextlib.suppress(SystemExit),
    ):
        main(argv)
    shown.seek(0)
    return shown.read()


def tidy(output: str) -> list[str]:
    """Return the lines of an output without the blanks that end them."""
    return [line.rstrip() for line in output.rstrip().splitlines()]


def same(pasted: tuple[str, ...], printed: list[str]) -> bool:
    """Say whether the pasted lines are what was printed, `…` being any lines left out."""
    pattern = ""
    for line in tidy("\n".join(pasted)):
        pattern += "(?:.*\n)*" if line == LEFT_OUT else re.escape(WORLD.sub(r"\1", line)) + "\n"
    found = "".join(WORLD.sub(r"\1", line) + "\n" for line in printed)
    return re.fullmatch(pattern, found) is not None


def paste(path: Path) -> int:
    """Put what the commands print now into a document; return how many outputs changed."""
    lines = path.read_text("utf-8").splitlines()
    changed = 0
    for example in reversed(list(examples(path))):
        printed = tidy(run(example.command))
        if not same(example.output, printed):
            if LEFT_OUT in example.output:
                print(f"{example}: differs and has lines left out: paste it by hand")
            else:
                lines[example.first : example.last] = printed
                changed += 1
    if changed:
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return changed


def modules() -> str:
    """Return the table of the modules: each with the first line of its docstring."""
    package = ROOT / "src" / "burdenshare"
    rows = ["| module | what it is |", "|---|---|"]
    for path in sorted(package.rglob("*.py"), key=lambda path: (len(path.parts), path)):
        words = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "?"
        rows.append(f"| `{path.relative_to(package).as_posix()}` | {words.splitlines()[0]} |")
    return "\n".join(rows)


def with_modules(text: str) -> str:
    """Return the text of the architecture with the table of the modules as they are now."""
    before, start, rest = text.partition("<!-- modules -->\n")
    _, end, after = rest.partition("<!-- end of modules -->")
    return f"{before}{start}{modules()}\n{end}{after}"


if __name__ == "__main__":
    architecture = ROOT / "docs" / "architecture.md"
    architecture.write_text(with_modules(architecture.read_text("utf-8")), "utf-8")
    for document in documents():
        print(f"{document.relative_to(ROOT)}: {paste(document)} outputs pasted")
