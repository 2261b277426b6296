"""Starting is fast because nothing heavy is imported before it is needed."""

import subprocess
import sys

import pytest

import burdenshare

HELP = """
import contextlib, io, sys
from burdenshare.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(["--help"])
"""


def imported_by(code: str) -> set[str]:
    """Return the top names of the modules that a fresh Python holds after running some code."""
    code += "\nimport sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_import_brings_nothing_heavy() -> None:
    heavy = {"duckdb", "typer", "jinja2", "vl_convert", "numpy", "pydantic", "rich"}
    assert not heavy & imported_by("import burdenshare")


def test_the_import_brings_no_module_of_the_library_itself() -> None:
    code = "import burdenshare, sys\nassert not [m for m in sys.modules if 'burdenshare.' in m]"
    imported_by(code)


def test_the_help_brings_nothing_heavy() -> None:
    assert not {"duckdb", "jinja2", "vl_convert", "numpy", "pydantic", "rich"} & imported_by(HELP)


@pytest.mark.parametrize("name", burdenshare.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(burdenshare, name)
    assert name in dir(burdenshare)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Wrold'"):
        getattr(burdenshare, "Wrold")  # noqa: B009
