"""What a claim pattern needs: nothing that its form can fit without."""

from __future__ import annotations

import datetime
import re

import pytest

from burdenshare.checking.lexicon import world_lexicon
from burdenshare.files import CONTENT, read_toml
from burdenshare.reading import claims
from burdenshare.reading.lexicon import Name
from burdenshare.reading.patterns import Patterns, Rendered
from burdenshare.reading.read import read_document
from burdenshare.reading.triggers import triggers
from burdenshare.world.load import World

FORMS = [
    ("since {stated:date}", ["{date}", "since "]),
    ("since ?{stated:date}", ["{date}", "since"]),
    ("once? again", ["onc", " again"]),
    ("(?:in all )?since", ["since"]),
    ("(?:in all ){2}since", ["in all ", "since"]),
    ("(?:in all ){0,2}since", ["since"]),
    ("(since|after) it", ["after|since"]),
    ("(?P<x>since|after)", ["after|since"]),
    ("(?:since|{stated:date})", ["since|{date}"]),
    ("since|", []),
    ("(?:since|[a-z]+)", []),
    ("(?!since)(?<!not )after", ["after"]),
    (r"since\b after\.", ["since", " after"]),
    ("sin[ck]e", ["sin"]),
    ("sinc(?:e|k)after", ["after", "sinc"]),
    ("since...after", ["after", "since"]),
    ("since+ after", ["since", " after"]),
    ("to {stated:date}", ["{date}"]),
    ("<words> met", ["after|since", " met"]),
    ("<words>? met", [" met"]),
    ("(?:<words>|now) met", ["after|now|since", " met"]),
]


@pytest.mark.parametrize(("form", "needed"), FORMS)
def test_what_a_form_needs(form: str, needed: list[str]) -> None:
    lists = {"words": triggers("since|after", {})}
    found = triggers(form, lists)
    assert sorted("|".join(sorted(words)) for words in found) == sorted(needed)


def test_every_form_is_a_pattern() -> None:
    for pattern in Patterns().patterns:
        assert pattern.form.groups >= 1, pattern.written
        assert pattern.without is None or pattern.refused


def rendered_sentences() -> list[Rendered]:
    """Return the sentences of all pattern files as patterns see them."""
    lexicon = world_lexicon(World())
    found: list[Rendered] = []

    class Kept(Patterns):
        """Keeps what it is given."""

        def matches(self, rendered: Rendered):  # type: ignore[no-untyped-def]
            found.append(rendered)
            return iter(())

    kept = Kept()
    for path in sorted((CONTENT / "claims").glob("*.toml")):
        if path.name != "words.toml":
            for sentence in read_toml(path).texts("reads"):
                document = read_document(sentence, datetime.date(2025, 3, 14))
                claims.find_claims(document, lexicon, kept)
    return found


def test_no_sentence_is_passed_over_that_a_form_fits() -> None:
    patterns = Patterns()
    fitted = 0
    for rendered in rendered_sentences():
        found = [(match.pattern.written, match.start) for match in patterns.matches(rendered)]
        named = [item for item in rendered.items.values() if isinstance(item, Name)]
        phrases = {item.id for item in named if item.kind == "phrase"}
        tried = {written for written, _ in found}
        for pattern in patterns.patterns:
            if pattern.written in tried or pattern.without is not None:
                continue
            if phrases and phrases.isdisjoint(pattern.options.get("phrase", "").split()):
                continue
            fits = pattern.form.search(rendered.text)
            if fits is not None:
                roles = set(re.findall(r"\{(stated|base|subject):", pattern.written))
                assert not roles <= {k for k, v in fits.groupdict().items() if v}, pattern.written
                fitted += 1
        fitted += len(found)
    assert fitted > 250
