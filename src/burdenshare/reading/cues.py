"""The verbs that report speech, each with the frames in which it carries a statement."""

from __future__ import annotations

from dataclasses import dataclass

# Flags of a verb:
#   t  a that-clause or a bare clause is the content     said (that) he would go
#   i  an infinitive is the content                      vowed to leave
#   n  the object is the content                         demanded a review
#   o  an addressee comes before the content             told reporters that, urged allies to
#   v  may follow a quote before its subject             "…", said Smith
#   q  counts only with a quote                          "…", he continued
#   w  counts only where a position is read              wants the US to leave
#   x  speaks against its content                        rejected the plan
#   e  passes on or sides with somebody else's words     reposted, echoed
#   a  an act on a paper                                 introduced the bill
_VERBS = {
    "tv": """say add state declare argue insist maintain contend assert allege explain stress
        emphasise emphasize reiterate repeat remark note observe conclude complain caution
        joke disclose affirm reaffirm lament quip tweet post write reply respond confide
        testify reveal boast muse recall answer underline underscore proclaim hint counter
        stipulate""",
    "tnv": "announce acknowledge concede admit suggest predict claim signal propose confirm",
    "tonv": "warn inform assure remind",
    "tov": "tell",
    "tin": "vow pledge promise threaten swear",
    "txn": "deny",
    "qv": """continue thunder rage scoff sneer retort fume exclaim wonder read shout crow plead
        recount relate go""",
    "oi": "challenge dare lobby urge implore beg exhort advise instruct",
    "oiw": "encourage order invite",
    "oqv": "ask",
    "tn": "demand recommend",
    "nxw": """fault reject dismiss rebuke criticise criticize condemn denounce blast slam oppose
        decry attack deride mock ridicule lambast lambaste chide scold rebuff question
        block resist disavow deplore protest""",
    "nw": """berate praise hail welcome support back endorse defend champion tout applaud
        describe call label brand dub portray paint cast liken characterise characterize
        term accuse blame bemoan voice express float discuss advocate outline credit rule
        commend consider regard""",
    "tinw": "want expect believe think favour favor prefer hope fear doubt",
    "tiw": "agree plan intend offer refuse decline",
    "ne": "concur repost retweet echo amplify share second",
    "na": """file introduce sponsor co-sponsor cosponsor table unveil draft sign veto submit
        reintroduce""",
    "tw": "estimate calculate report indicate",
}
# A verb that carries a statement only with one of these words close behind it.
_NEEDS = {
    "call": ("for", "on", "upon"),
    "press": ("for", "on"),
    "push": ("for", "back"),
    "plead": ("for",),
    "appeal": ("for", "to"),
    "campaign": ("for", "against"),
    "argue": ("for", "against"),
    "vote": ("for", "against", "to"),
    "speak": ("out", "of", "about", "against"),
    "talk": ("of", "about"),
    "lash": ("out",),
    "hit": ("out", "back"),
    "rail": ("against",),
    "warn": ("against", "of", "about"),
    "complain": ("about", "of"),
    "point": ("out",),
    "come": ("out",),
    "side": ("with",),
    "agree": ("with",),
    "disagree": ("with",),
    "make": ("clear", "plain"),
    "put": ("at",),
    "muse": ("about",),
    "hint": ("at",),
    "sign": ("on", "up"),
    "ask": ("for",),
    "advocate": ("for",),
    "refer": ("to",),
    "promise": ("to",),
    "insist": ("on",),
    "go": ("on",),
}
LOOSE = frozenset("campaign vote speak talk lash hit rail come side refer muse".split())
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing", "written"),
    "think": ("thinks", "thought", "thinking"),
    "swear": ("swears", "swore", "swearing", "sworn"),
    "make": ("makes", "made", "making"),
    "put": ("puts", "put", "putting"),
    "cast": ("casts", "cast", "casting"),
    "speak": ("speaks", "spoke", "speaking", "spoken"),
    "come": ("comes", "came", "coming", "come"),
    "hit": ("hits", "hit", "hitting"),
    "go": ("goes", "went", "going"),
    "read": ("reads", "read", "reading"),
    "plead": ("pleads", "pleaded", "pleading", "pled"),
}
_DOUBLING = frozenset("prefer admit commit refer quip slam dub beg rebut label signal".split())
INVERTING = frozenset(
    "say write add ask tweet post warn reply argue insist note explain tell"
    " declare announce claim joke conclude continue remark respond".split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: its frames and the words it needs behind it, if any."""

    lemma: str
    flags: str
    needs: tuple[str, ...] = ()


def inflect(lemma: str) -> tuple[str, ...]:
    """Return the forms of a verb: third person, past, -ing, and a participle of its own.

    >>> inflect("deny"), inflect("admit")[1], inflect("write")
    (('denies', 'denied', 'denying'), 'admitted', ('writes', 'wrote', 'writing', 'written'))
    """
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    stem = lemma + lemma[-1] if lemma in _DOUBLING else lemma
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma[-1] == "y" and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    hissing = lemma.endswith(("s", "sh", "ch", "x"))
    return lemma + ("es" if hissing else "s"), stem + "ed", stem + "ing"


KINDS = ("s", "past", "ing", "part")


def _lexicon() -> dict[str, tuple[Verb, str]]:
    flags: dict[str, str] = {}
    for mark, lemmas in _VERBS.items():
        for lemma in lemmas.split():
            flags[lemma] = mark
    forms: dict[str, tuple[Verb, str]] = {}
    for lemma in (*flags, *(each for each in _NEEDS if each not in flags)):
        mark = flags.get(lemma, "") + ("w" if lemma in LOOSE else "")
        verb = Verb(lemma, mark, _NEEDS.get(lemma, ()))
        forms[lemma] = verb, "base"
        for form, kind in zip(inflect(lemma), KINDS, strict=False):
            forms[form] = verb, kind
        if lemma in ("label", "signal"):
            forms[lemma + "ed"] = verb, "past"
            forms[lemma + "ing"] = verb, "ing"
    return forms


FORMS = _lexicon()
ANY_SAYING = Verb("any", "tv")  # a verb of no list, before "that": "chimed in that"
NO_SAYING = frozenset(
    """ensured realised realized learned discovered decided proved noticed required determined
    showed demonstrated arranged happened seemed appeared turned guaranteed checked assumed
    concerned convinced pleased tired delighted worried agreed so""".split()
)
