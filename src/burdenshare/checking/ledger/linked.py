"""Answers of the ledger as JSON-LD, in schema.org's words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from burdenshare.checking.ledger.speakers import Person
from burdenshare.reading.positions import load_propositions
from burdenshare.reading.register import load_register

Row = dict[str, Any]
_CONTEXT = ["https://schema.org", {"bs": "urn:burdenshare:term:"}]


def json_ld(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as a graph of schema.org: articles, who speaks, quotations and claims.

    A quoted statement is a Quotation, any other a Claim of its speaker; a checked figure is a
    Claim with its verdict. What schema.org has no word for stands under `bs:`. The ids are URNs
    that the same article gives on every machine.
    """
    graph = [
        *(_article(each) for each in answer["articles"]),
        *_speakers(answer["rows"]),
        *_propositions(answer["rows"]),
        *(_statement(each) for each in answer["rows"]),
        *(_claim(each) for each in answer["claims"]),
    ]
    made = {"bs:version": answer["version"], "bs:world": answer["world"]}
    return {"@context": _CONTEXT, **made, "dateCreated": answer["as_of"], "@graph": graph}


def _urn(kind: str, name: str) -> str:
    return f"urn:burdenshare:{kind}:{name}"


def _ref(kind: str, name: str | None) -> Row | None:
    return None if name is None else {"@id": _urn(kind, name)}


def _node(urn: str, of: str, **values: Any) -> Row:
    """Return a node without what is not known."""
    given = {key.replace("bs_", "bs:"): value for key, value in values.items()}
    kept = {key: value for key, value in given.items() if value not in (None, "", [])}
    return {"@id": urn, "@type": of, **kept}


def _article(row: Row) -> Row:
    publishers = [{"@type": "Organization", "name": each} for each in row["outlets"]]
    return _node(
        _urn("article", row["id"]),
        "NewsArticle",
        datePublished=row["date"],
        publisher=publishers,
        url=row["urls"],
        isBasedOn=_ref("article", row["copy_of"]),
        bs_asOf=row["as_of"],
    )


def _speaker_id(row: Row) -> str | None:
    """Return the last part of a speaker's URN: the register's id, or a hash of the name."""
    if row["name"] is None:
        return None
    if row["person"] is not None:
        return str(row["person"])
    key = Person(row["name"]).key
    return "name-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _speakers(rows: Iterable[Row]) -> list[Row]:
    """Return who speaks: a Person where the register says so, else a Thing."""
    people = load_register().people
    found: dict[str, Row] = {}
    for row in rows:
        name = _speaker_id(row)
        if name is not None and name not in found:
            kind = "Person" if row["person"] in people else "Thing"
            found[name] = _node(_urn("speaker", name), kind, name=row["name"])
    return list(found.values())


def _propositions(rows: Iterable[Row]) -> list[Row]:
    meanings = load_propositions().meanings
    slugs = sorted({row["proposition"] for row in rows if row["proposition"]})
    return [
        _node(_urn("proposition", each), "DefinedTerm", name=each, description=meanings.get(each))
        for each in slugs
    ]


def _statement(row: Row) -> Row:
    quoted = bool(row["quotes"])
    speaker = _ref("speaker", _speaker_id(row))
    return _node(
        _urn("statement", row["id"]),
        "Quotation" if quoted else "Claim",
        text=row["text"],
        **{"creator" if quoted else "author": speaker},
        about=_ref("proposition", row["proposition"]),
        **{"isPartOf" if quoted else "appearance": _ref("article", row["article"])},
        dateCreated=row["date"] if row["date_basis"] == "stated" else None,
        sameAs=row["copy_of"] and _urn("statement", row["copy_of"]),
        bs_stance=row["stance"],
        bs_mode=row["mode"],
        bs_words=[each["text"] for each in row["quotes"]],
        bs_reportedBy=row["reported_by"],
        bs_amplifies=_ref("statement", row["amplifies"]),
        bs_repeats=_ref("statement", row["repeats"]),
    )


def _claim(row: Row) -> Row:
    return _node(
        _urn("claim", row["id"]),
        "Claim",
        text=row["text"],
        author=_ref("speaker", _speaker_id(row)),
        appearance=_ref("article", row["article"]),
        isPartOf=_ref("statement", row["statement"]),
        sameAs=row["copy_of"] and _urn("claim", row["copy_of"]),
        bs_kind=row["kind"],
        bs_verdict=row["verdict"],
        bs_why=row["why"],
    )
