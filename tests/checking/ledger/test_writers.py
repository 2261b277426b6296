"""Several writers at once, and writers that are killed: nothing is lost, nothing doubled."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.place import VARIABLE, Place
from burdenshare.checking.ledger.store import take_in
from burdenshare.checking.ledger.tables import articles, claims, sightings, sketch_keys, statements
from checking.ledger.entries import STORY, claimed, entry, said

WRITER = Path(__file__).with_name("writer.py")
SENTENCES = STORY.split(". ")


def articles_to_write(count: int) -> list[outbox.Entry]:
    """Return entries of 3 statements, 2 claims each; every fourth is a copy of the one before."""
    found = []
    for number in range(count):
        seed = number - (number % 4 == 3)
        words = [f"{word}{seed}" for word in STORY.split()]
        text = " ".join(words) + (" Syndicated." if seed != number else "")
        three = [said(f"words {i}", start=i) for i in range(3)]
        two = [claimed("one"), claimed("two", query={"other": number})]
        found.append(entry(text, three, two, date=f"2025-03-{number + 1:02}"))
    return found


def start(place: Place, entries: Path, times: int = 1) -> subprocess.Popen[str]:
    address = place.url if place.server else str(place.path)
    return subprocess.Popen(
        [sys.executable, WRITER, entries, str(times)],
        env={**os.environ, VARIABLE: address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole(base: Base) -> set[str]:
    """Return the articles of the ledger, each of which must be there with all that it said."""
    with base.reading() as connection:
        held = list(connection.scalars(select(articles.c.id)))
        assert len(held) == len(set(held))
        for table, each in ((statements, 3), (claims, 2), (sightings, 1), (sketch_keys, 16)):
            found = Counter(connection.scalars(select(table.c.article)))
            assert found == dict.fromkeys(held, each), table.name
        if not base.place.server:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    return set(held)


def links(base: Base) -> dict[str, str]:
    with base.reading() as connection:
        query = select(articles.c.id, articles.c.copy_of).where(articles.c.copy_of.is_not(None))
        return {row.id: row.copy_of for row in connection.execute(query)}


def test_eight_writers_of_the_same_articles_make_one_entry_each(
    place: Place, tmp_path: Path
) -> None:
    entries = articles_to_write(20)
    path = tmp_path / "entries.json"
    path.write_text(json.dumps(entries), "utf-8")
    writers = [start(place, path) for _ in range(8)]
    for writer in writers:
        _, error = writer.communicate(timeout=120)
        assert (writer.returncode, error) == (0, "")
    names = [each["article"] for each in entries]
    with Base(place) as base:
        assert whole(base) == set(names)
        assert links(base) == {names[i]: names[i - 1] for i in range(3, 20, 4)}
    assert list(place.outbox.iterdir()) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_loses_nothing_and_leaves_nothing_half_written(
    place: Place, tmp_path: Path, seed: int
) -> None:
    entries = articles_to_write(20)
    path = tmp_path / "entries.json"
    path.write_text(json.dumps(entries), "utf-8")
    writer = start(place, path, times=1000)
    assert writer.stdout is not None
    told = {writer.stdout.readline().strip()}
    # Somewhere in what it does from here on; no result depends on where.
    time.sleep(random.Random(seed).uniform(0.0, 0.25))
    writer.kill()
    rest, _ = writer.communicate(timeout=60)
    assert writer.returncode == -9
    told |= {line for line in rest.splitlines() if len(line) == 64}
    with Base(place) as base:
        stored = whole(base)
        waiting = [outbox.read(file) for file in outbox.waiting(place.outbox)]
        assert told <= stored | {each["article"] for found in waiting for each in found or ()}
        assert take_in(base).unreadable == ()
        assert told <= whole(base) <= {each["article"] for each in entries}
    assert outbox.waiting(place.outbox) == []
