"""Words by which a verb in use is read: what holds it back, links it, or asks for it."""

from __future__ import annotations

from burdenshare.reading.cues import PARTICLED, Verb
from burdenshare.reading.vocabulary import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HUMANS,
    PAPERS,
    PAUSES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)
from burdenshare.reading.words import MARK

HOLDERS_BACK = frozenset(
    "avoid avoids avoided avoiding without stopped stop stops instead refrained refrains refused"
    " refuses declined declines failed fails from of against despite".split()
)
DENIERS = frozenset(
    "didn't didn’t doesn't doesn’t don't don’t won't won’t wouldn't wouldn’t".split()
)
ASKS = Verb("ask", "hw")  # "asked why the UN had failed"
HELD = frozenset("if unless would could should might who which that said says".split())
SPEECH_TO = frozenset(
    "went goes going continued continues took takes used uses expected set due wants keen"
    " returned forced proceeded".split()
)
GERUND_LINKS = frozenset(
    (",", "by", "in", "while", "when", "after", "before", "and", "–", "—", MARK, "with", "as")
)
ASPECTS = frozenset("keep keeps kept began begins started starts went goes".split())
AGREEING = frozenset(("agree", "concur"))
DISSENTING = frozenset("disagree demur dissent object".split())
NAMING = frozenset("dub call term label brand".split())
PERSONAL = frozenset(
    "expect plan intend offer estimate calculate agree refuse decline hope fear doubt feel".split()
)
QUESTIONS = frozenset("whether if about how why what by on".split())
ASKED = frozenset(("asked", "pressed", "quizzed"))
WHEN_ASKED = frozenset(("when", "was", ",", "were", "is", "being", MARK))
FINITE_AFTER = (
    PRONOUNS | PAUSES | ADVERBS | AUXILIARIES | HUMANS | PAPERS | RELATIVES | {"and", "but"}
)
NOUN_AFTER = DETERMINERS | PREPOSITIONS
BETWEEN = ADVERBS | AUXILIARIES | {"to"}
PARTICLE_FORMS = frozenset(form for form, _ in PARTICLED)
HOT = PARTICLE_FORMS | {"that", ",", MARK}
