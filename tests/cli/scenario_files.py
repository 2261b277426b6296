"""Small scenario files for the tests of the command line."""

HEAD = """title = "Hungary goes"
question = "What if Hungary leaves?"
organisations = ["nato"]
years = "2027..2029"
draws = 8
"""
CHANGE = """
[[change]]
id = "{id}"
do = "{do}"
who = ["{who}"]
organisation = "nato"
{more}
citation = "made up"
"""


def change(name: str, do: str = "leave", who: str = "HUN", more: str = "on = 2028-01-01") -> str:
    """Return one change of a scenario file."""
    return CHANGE.format(id=name, do=do, who=who, more=more)
