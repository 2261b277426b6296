"""A process that writes to the ledger of $BURDENSHARE_LEDGER: run by the tests, and killed by them.

`python writer.py ENTRIES.json [TIMES]` puts each entry into the outbox, prints its article once it
is there, and takes the outbox in; all of it as many times as it is told, by default once.
"""

import json
import sys
from pathlib import Path

from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.place import ledger_place
from burdenshare.checking.ledger.store import take_in


def main(path: str, times: str = "1") -> None:
    """Put the entries of a file into the ledger."""
    entries = json.loads(Path(path).read_text("utf-8"))
    place = ledger_place()
    assert place is not None
    with Base(place) as base:
        for _ in range(int(times)):
            for each in entries:
                outbox.put(place.outbox, [each])
                print(each["article"], flush=True)
                take_in(base)


if __name__ == "__main__":
    main(*sys.argv[1:])
