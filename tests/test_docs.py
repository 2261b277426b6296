"""Every example in the documents does what the document says."""

import doctest
from pathlib import Path

import pytest
import typer.main

from burdenshare.cli import app
from documents import ROOT, Example, blocks, documents, examples, run, same, tidy, with_modules

EXAMPLES = [example for path in documents() for example in examples(path)]
COMMANDS = sorted(typer.main.get_group(app).commands)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_command_prints_what_is_pasted_below_it(example: Example) -> None:
    printed = tidy(run(example.command))
    if not same(example.output, printed):
        assert list(example.output) == printed, f"{example}: run `make docs`"


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_the_python_in_a_document_runs(path: Path) -> None:
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for start, lines in blocks(path, "python"):
        source = "\n".join(lines) + "\n"
        test = doctest.DocTestParser().get_doctest(source, names, path.name, str(path), start)
        runner.run(test, clear_globs=False)
        names.update(test.globs)
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_the_guide_names_every_command(command: str) -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    assert f"burdenshare {command}" in guide


def test_the_architecture_lists_every_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert with_modules(text) == text, "run `make docs`"


def test_the_readme_shows_the_two_commands_and_a_real_output() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert any(each.path.name == "README.md" for each in EXAMPLES)


def test_lines_left_out_stand_for_any_lines() -> None:
    assert same(("a", "…", "d"), ["a", "b", "c", "d"])
    assert same(("a", "…"), ["a", "b"])
    assert same(("a.c", ""), ["a.c"])
    assert not same(("a", "…", "d"), ["a", "b", "c"])
    assert not same(("a.c",), ["abc"])


def test_the_hash_of_the_world_may_differ() -> None:
    assert same(
        ("burdenshare 0.1.0 · world 856fb7b1a308",), ["burdenshare 0.1.0 · world 0123456789ab"]
    )
    assert same(('"world": "856fb7b1a3080000",',), ['"world": "0123456789abcdef",'])
    assert not same(("the world 2024",), ["the world 2025"])


def test_a_command_may_run_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    text = "```console\n$ burdenshare facts \\\n    share_gdp\none\n$ make demo\ntwo\n```\n"
    path.write_text(text, "utf-8")
    [example] = examples(path)
    assert example.command == "burdenshare facts share_gdp"
    assert example.output == ("one",)
    assert path.read_text("utf-8").splitlines()[example.first : example.last] == ["one"]
