"""The statements of an article: who said, wrote, filed or endorsed what, and on which side."""

from __future__ import annotations

import re
from dataclasses import replace

from burdenshare.reading.document import Document, Speaker, Statement
from burdenshare.reading.drafting import Drafting
from burdenshare.reading.drafts import Draft
from burdenshare.reading.links import Topics, link
from burdenshare.reading.people import Cast
from burdenshare.reading.positions import Reader, read_words
from burdenshare.reading.register import Entity, Register, load_register
from burdenshare.reading.words import words_of

WORD = re.compile(r"\w+")


def statements(
    document: Document, register: Register | None = None, reader: Reader | None = None
) -> tuple[Statement, ...]:
    """Return the statements of a document in the order of the text.

    A `reader` that read the document's text already spares reading it again.

    >>> from burdenshare.reading.read import read_document
    >>> found = statements(read_document("“NATO is a relic,” Rep. Ann Doe said.", None))
    >>> found[0].speaker.name, found[0].mode, found[0].proposition, found[0].stance
    ('Ann Doe', 'direct', 'nato-is-obsolete', 'for')
    """
    reader = reader or read_words(document.text)
    words = words_of(document, reader.tokens)
    cast = Cast(words, register or load_register(), document.date)
    drafts = Drafting(document, cast, reader).drafts()
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    link(drafts, document, Topics(reader, words.units))
    number = {id(draft): i for i, draft in enumerate(drafts)}
    made: list[Statement] = []
    for draft in drafts:
        target = draft.amplifies
        made.append(
            Statement(
                draft.start,
                draft.end,
                draft.mode,
                tuple(draft.quotes),
                _speaker(draft, document),
                tuple(dict.fromkeys(draft.reported)),
                draft.proposition,
                draft.stance,
                draft.date,
                number.get(id(target)) if target is not None else None,
            )
        )
    return _repeats(made, document)


def _speaker(draft: Draft, document: Document) -> Speaker | None:
    entity: Entity | None = draft.subject.entity
    if entity is None:
        return None
    return Speaker(entity.name, entity.id, entity.office(document.date), draft.subject.mention)


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _repeats(made: list[Statement], document: Document) -> tuple[Statement, ...]:
    """Link a statement to an earlier one of the same speaker with the same quoted words."""
    seen: dict[tuple[str, str], int] = {}
    linked: list[Statement] = []
    for i, statement in enumerate(made):
        name = statement.speaker.name if statement.speaker else ""
        spans = statement.quotes or (statement,)
        keys = [(name, _plain(span.of(document.raw))) for span in spans]
        earlier = next((seen[key] for key in keys if key in seen and len(key[1]) > 8), None)
        linked.append(replace(statement, repeats=earlier) if earlier is not None else statement)
        for key in keys:
            seen.setdefault(key, i)
    return tuple(linked)
