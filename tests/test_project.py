"""The repository itself: its locks, its addresses, the length of its modules."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from burdenshare import __version__

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Written in parts, so that this file may be searched as well.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "--index" + "-url", "--find" + "-links"]
TEXT = {"", ".cfg", ".csv", ".html", ".in", ".md", ".py", ".toml", ".txt", ".yml"}
MADE = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis"}


def texts() -> Iterator[tuple[Path, str]]:
    """Yield the text files of the repository, without what was made from them."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        made = any(part in MADE or part.endswith("_cache") for part in parts)
        if not made and path.is_file() and path.suffix in TEXT:
            yield path.relative_to(ROOT), path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_version_has_hashes_and_nothing_else(lock: Path) -> None:
    entries = re.split(r"\n(?! )", lock.read_text("utf-8").strip())
    for entry in entries:
        first, *hashes = entry.split(" \\\n    ")
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9a-z.]+( ; [^\\]+)?", first)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)


def locked(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock file."""
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9.-]+)==(\S+)", text))


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "run.txt": project["project"]["dependencies"],
        "build.txt": groups["build"],
        "dev.txt": [each for each in groups["dev"] if isinstance(each, str)],
        "peers.txt": groups["peers"],
        "lock.txt": groups["lock"],
    }
    assert set(wanted) == {path.name for path in LOCKS}
    for lock, requirements in wanted.items():
        names = {re.split(r"[\[<>=~]", each)[0] for each in requirements}
        assert names <= set(locked(lock)), lock


def test_the_locks_agree() -> None:
    everything = locked("dev.txt")
    for lock in ("run.txt", "build.txt"):
        assert locked(lock).items() <= everything.items()


def test_no_file_holds_the_address_of_a_package_registry() -> None:
    for path, text in texts():
        assert not [each for each in REGISTRIES if each in text], path


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        str(path): text.count("\n")
        for path, text in texts()
        if path.suffix == ".py" and text.count("\n") > 400
    }
    assert long == {}


def test_the_changelog_opens_with_what_is_unreleased() -> None:
    heads = re.findall(r"(?m)^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert heads[0] == "Unreleased"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_makefile_has_every_target_that_the_documents_name() -> None:
    names = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    assert {"demo", "test", "lint", "types", "docs", "bench", "build", "clean"} <= names
    for path, text in texts():
        if path.suffix == ".md":
            assert set(re.findall(r"`make ([a-z]+)", text)) <= names, path


def test_the_ci_runs_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert "make test" in script.read_text("utf-8")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
