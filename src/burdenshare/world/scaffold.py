"""`burdenshare new organisation NAME`: the commented files of an organisation of one's own."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from burdenshare.errors import UserError
from burdenshare.files import CONTENT

ORGANISATION = """\
# {title}: its names, and the facts of its treaty.
# In every file here, a line that begins with #: is an example: take the #: away and write your own.
# What each file may hold: docs/data-format.md and docs/rules.md
id = "{name}"
name = "{title}"
other_names = []
source = "write where these facts were read"

#: [[fact]]
#: id = "treaty_in_force"
#: title = "Entry into force of the treaty"
#: value = 1949-05-05                 # a day, or a number
#: in_force = 1949-05-05              # since when it holds
#: known_from = 1949-05-05            # since when it could be known
#: citation = "ETS 1, Art. 42"
#: confidence = "to verify"           # seen, general knowledge, to verify or inference
"""
MEMBERS = "country,from,to,forces,note,source\n"
PARAMETERS = """\
# Numbers that the rules of {title} need. A rule asks for one by its id, dashes as underscores.
# A new value is a new entry with the same id: earlier days go on using the earlier one.

#: [[parameter]]
#: id = "fee"
#: title = "What each member pays in a year"
#: value = 1000
#: unit = "euros"
#: in_force = 2020-01-01
#: known_from = 2019-11-15
#: citation = "decision of the assembly, 15 November 2019"
#: confidence = "to verify"
"""
PLEDGES = """\
# What the members of {title} promised, and what others proposed.
# A pledge is measured, not computed.

#: [pledge.three-percent]
#: title = "Three percent for research"
#: kind = "pledge"                    # guideline, pledge, proposal or statement
#: actor = "the ministers"
#: text = "Members aim to spend 3 % of GDP on research."
#: known_from = 2020-01-01
#: in_force = 2020-01-01
#: binding = false
#: citation = "communiqué of the ministers, 1 January 2020"
#: confidence = "to verify"
"""
RULES = '''\
"""The rules of {title}, in the order of its treaty.

A rule is a function of named inputs; it reads nothing else. Its first line says the provision.
The names it may ask for are listed in world/inputs.py, with the ids of the TOML files here. What
the text leaves to judgement is returned open: Finding(..., result=None, open="the question").
"""

from burdenshare.world.rules import Finding, rule

__all__ = ["Finding", "rule"]

#: @rule(
#:     kind="contribution",  # contribution, guarantee, right or exit
#:     provision="Art. 10",
#:     in_force="2020-01-01",
#:     known_from="2019-11-15",
#:     citation="Treaty, Art. 10",
#:     confidence="to verify",
#: )
#: def dues(members):
#:     """Art. 10: members contribute in equal parts."""
#:     return {{member: 100 / len(members) for member in members}}
'''
CASES = """\
# Cases worked by hand from the text of {title}'s rules, without looking at what the program gives.

#: [[case]]
#: rule = "dues"
#: name = "four members pay a quarter each"
#: inputs = {{ members = ["DNK", "FIN", "NOR", "SWE"] }}
#: expect = {{ DNK = 25, FIN = 25, NOR = 25, SWE = 25 }}
#: tolerance = 0
#: source = "Treaty, Art. 10: equal parts; 100 / 4"

# Each rule needs one case that proves that an earlier day does not know it.
#: [[case]]
#: rule = "dues"
#: name = "not known the day before"
#: as_of = 2019-11-14
#: known = false
#: source = "decided on 15 November 2019"
"""
FILES = {
    "organisation.toml": ORGANISATION,
    "members.csv": MEMBERS,
    "parameters.toml": PARAMETERS,
    "pledges.toml": PLEDGES,
    "rules.py": RULES,
    "cases.toml": CASES,
}


def new_organisation(name: str, folder: Path) -> list[Path]:
    """Write the commented files of an organisation into a folder of its name; return their paths.

    `folder` holds the user's organisations: $BURDENSHARE_HOME/organisations. Either all files are
    written or none. Raises UserError for a name that is no folder's name, or is taken.

    >>> new_organisation("Council of Europe", Path("."))
    Traceback (most recent call last):
        ...
    burdenshare.errors.UserError: name is 'Council of Europe': write small letters, digits and \
single dashes, such as council-of-europe
    """
    if not re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or len(name) > 40:
        better = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
        hint = better if re.match("[a-z]", better) else "my-organisation"
        raise UserError(
            f"name is {name[:40]!r}: write small letters, digits and single dashes, such as {hint}"
        )
    if (CONTENT / name).exists():
        raise UserError(f"{name!r} ships with burdenshare: give yours another name")
    target = folder / name
    if target.exists():
        raise UserError(f"{target} exists: take another name, or edit its files")
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        title = name.replace("-", " ").title()
        for file, text in FILES.items():
            (made / file).write_text(text.format(name=name, title=title), "utf-8")
        made.chmod(0o755)
        made.rename(target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return [target / file for file in FILES]
