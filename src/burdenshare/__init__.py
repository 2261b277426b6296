"""Checks the figures of a news article against official data as it was known on its date.

The public names are looked up when they are asked for, so that `import burdenshare` imports
nothing else.

>>> import burdenshare
>>> burdenshare.UserError.__module__
'burdenshare.errors'
"""

__version__ = "0.1.0"
__all__ = ["UserError", "World", "__version__", "check_text", "run"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from burdenshare.checking.article import check_text
    from burdenshare.errors import UserError
    from burdenshare.whatif.worlds import World, run

_HOMES = {
    "UserError": "burdenshare.errors",
    "World": "burdenshare.whatif.worlds",
    "check_text": "burdenshare.checking.article",
    "run": "burdenshare.whatif.worlds",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'burdenshare' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
