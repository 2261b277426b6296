"""What is built is what a user gets: the wheel works in an empty venv, away from the sources."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLE = """\
Who pays for NATO

Luxembourg spent 1.29 per cent of its GDP on defence in 2024, NATO estimates.
"""


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Return what a command prints in a folder."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel that was built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], folder)
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `burdenshare` command of a venv that holds the wheel and the run lock alone."""
    folder = tmp_path_factory.mktemp("user")
    run([sys.executable, "-m", "venv", "--without-pip", "venv"], folder)
    python = folder / "venv" / "bin" / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install"]
    pip += ["--quiet", "--no-compile"]
    run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt"], folder)
    run([*pip, "--no-deps", next(dist.glob("*.whl"))], folder)
    return python.with_name("burdenshare")


def test_the_wheel_checks_an_article_from_another_directory(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    command: list[str | Path] = [installed, "check", "article.txt", "--date", "2025-03-02"]
    result = json.loads(run([*command, "--format", "json"], tmp_path))
    assert result["schema"] == "burdenshare/check/1"
    [claim] = [each for each in result["claims"] if "1.29" in each["text"]]
    assert claim["verdict"] == "supported"
    assert claim["then"]["published"] == "2024-06-17"
    assert "supported" in run(command, tmp_path)


def test_the_wheel_writes_the_report(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    run([installed, "check", "article.txt", "--date", "2025-03-02", "--html", "r.html"], tmp_path)
    assert "<svg" in (tmp_path / "r.html").read_text("utf-8")


def test_the_wheel_holds_the_whole_world(installed: Path) -> None:
    [package] = installed.parents[1].glob("lib/python*/site-packages/burdenshare")
    source = ROOT / "src" / "burdenshare"

    def files(folder: Path) -> set[str]:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
        return {name for name in found if "__pycache__" not in name}

    assert files(package) == files(source)


def test_the_sdist_holds_what_the_tests_need(dist: Path) -> None:
    [archive] = dist.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"LICENSE", "Makefile", "pyproject.toml", "requirements/run.txt"} <= names
    assert {f"tests/{path.name}" for path in (ROOT / "tests").glob("*.py")} <= names
