"""The tables of the ledger, the same in SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
)

VERSION = 1
# PostgreSQL has no zero byte in a text and neither database has half a surrogate pair: both are
# kept behind a character that Unicode reserves for such uses.
_MARK = "\ufdd0"
_UNFIT = re.compile("[\x00\ud800-\udfff\ufdd0]")
_KEPT = re.compile(f"{_MARK}([0-9a-f]{{4}})")


def fit(text: str) -> str:
    r"""Return a text that every database keeps.

    >>> unfit(fit("a\x00b")) == "a\x00b", fit("plain")
    (True, 'plain')
    """
    return _UNFIT.sub(lambda found: f"{_MARK}{ord(found[0]):04x}", text)


def unfit(text: str) -> str:
    """Return the text that was made fit."""
    return _KEPT.sub(lambda found: chr(int(found[1], 16)), text)


class Words(TypeDecorator[str]):
    """Any text of Python, whatever characters it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it is stored."""
        return None if value is None else fit(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it was given."""
        return None if value is None else unfit(value)


class Json(TypeDecorator[Any]):
    """A value of JSON, stored as text in ASCII."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the value as it is stored."""
        return None if value is None else json.dumps(value, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value as it was given."""
        return None if value is None else json.loads(value)


metadata = MetaData()

# One row: which shape the tables have.
ledger = Table("ledger", metadata, Column("version", Integer, primary_key=True))

articles = Table(
    "articles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("raw_sha256", String(64), nullable=False),
    Column("date", Date),
    Column("date_basis", String(10), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("version", Words, nullable=False),
    Column("world", Words, nullable=False),
    Column("first_seen", String(40), nullable=False),
    Column("read_at", String(40), nullable=False),
    Column("sketch", Json, nullable=False),
    Column("copy_of", String(64), ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    Column("similarity", Float),
)


def _article() -> Column[str]:
    return Column(
        "article", String(64), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False
    )


# Where an article was met; what is not known is an empty text.
sightings = Table(
    "sightings",
    metadata,
    _article(),
    Column("outlet", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("path", Words, nullable=False),
    Column("first_seen", String(40), nullable=False),
    Column("mark", String(64), nullable=False),
    PrimaryKeyConstraint("article", "mark"),
)

# The hashes by which copies are found.
sketch_keys = Table(
    "sketch_keys",
    metadata,
    _article(),
    Column("hash", BigInteger, nullable=False),
    PrimaryKeyConstraint("article", "hash"),
    Index("sketch_keys_by_hash", "hash"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", String(64), primary_key=True),
    _article(),
    Column("place", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("quotes", Json, nullable=False),
    Column("speaker", Words),
    Column("speaker_id", String(100)),
    Column("office", Words),
    Column("reported_by", Json, nullable=False),
    Column("proposition", String(100)),
    Column("stance", String(20), nullable=False),
    Column("date", Date),
    Column("amplifies", String(64)),
    Column("repeats", String(64)),
    Index("statements_by_article", "article", "place"),
    Index("statements_by_speaker", "speaker_id"),
    Index("statements_by_proposition", "proposition", "stance"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String(64), primary_key=True),
    _article(),
    Column("place", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("query", Json, nullable=False),
    Column("stated", Json, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("then", Json),
    Column("now", Json),
    Column("why", Words, nullable=False),
    Index("claims_by_article", "article", "place"),
    Index("claims_by_verdict", "verdict"),
)
