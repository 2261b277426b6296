"""Each pattern file's own sentences: what it must read, and what it must not."""

from __future__ import annotations

import datetime

import pytest

from burdenshare.checking.lexicon import world_lexicon
from burdenshare.files import CONTENT, read_toml
from burdenshare.reading.claims import find_claims
from burdenshare.reading.patterns import Patterns
from burdenshare.reading.read import read_document
from burdenshare.world.load import World

FILES = [path for path in sorted((CONTENT / "claims").glob("*.toml")) if path.name != "words.toml"]


def sentences(key: str) -> list[tuple[str, str]]:
    """Return (pattern id, sentence) of all files."""
    tables = [read_toml(path) for path in FILES]
    return [(table.text("id"), each) for table in tables for each in table.texts(key)]


@pytest.fixture(scope="module")
def reader() -> object:
    """Return a function from a sentence to the ids of the patterns that read it."""
    lexicon, patterns = world_lexicon(World()), Patterns()

    def read(sentence: str) -> set[str]:
        document = read_document(sentence, datetime.date(2025, 3, 14))
        found = find_claims(document, lexicon, patterns)
        return {candidate.pattern.id for candidate in found.candidates}

    return read


@pytest.mark.parametrize(("name", "sentence"), sentences("reads"))
def test_reads(reader, name: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert name in reader(sentence)


@pytest.mark.parametrize(("name", "sentence"), sentences("must_not"))
def test_must_not_read(reader, name: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    assert name not in reader(sentence)
