"""How well the project's own labelled passages are read: a rate for each step, and what is missed.

    python benchmarks/reading.py [FILE.jsonl] [--errors]

A file of one's own has the format of tests/articles/README.md.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from burdenshare import World
from burdenshare.checking.article import Checker
from scores import OWN, lines, scored


def main() -> None:
    files = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    found = scored(Checker(World(), charts=False), files[0] if files else OWN)
    print("\n".join(lines(found)))
    if "--errors" in sys.argv:
        print("\n".join(found.wrong))


if __name__ == "__main__":
    main()
