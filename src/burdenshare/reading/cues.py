"""The verbs that report speech, each with the frames in which it carries a statement."""

from __future__ import annotations

import re
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
#   d  a deed, of whatever object                        suspended the aid
#   D  counts only where a paper does it                 the treaty obliges
#   h  a clause with "whether" or "why" is the content   wondered whether
_VERBS = {
    "tv": """say add state declare argue insist maintain contend assert allege explain stress
        emphasise emphasize reiterate repeat remark note observe conclude complain caution
        joke disclose affirm reaffirm lament quip tweet post write reply respond confide
        testify reveal boast muse recall answer underline underscore proclaim hint counter
        opine grumble reckon preach lecture sigh""",
    "tnv": "announce acknowledge concede admit suggest predict claim signal propose confirm",
    "tonv": "warn inform assure remind",
    "toiv": "tell",
    "tin": "vow pledge promise threaten swear",
    "txn": "deny",
    "qv": """continue thunder rage scoff sneer retort fume exclaim read shout crow plead
        recount relate go""",
    "hv": "wonder",
    "oi": "challenge dare lobby urge implore beg exhort advise instruct",
    "oiw": "encourage invite",
    "oindw": "order",
    "oqv": "ask",
    "tn": "demand recommend",
    "nxw": """fault reject dismiss rebuke criticise criticize condemn denounce blast slam oppose
        decry attack deride mock ridicule lambast lambaste chide scold rebuff question
        block resist disavow deplore protest regret bemoan""",
    "nw": """thank congratulate salute berate praise hail welcome support back endorse defend
        champion tout applaud describe call label brand dub portray paint cast liken characterise
        characterize
        term accuse blame voice express float discuss advocate outline credit rule
        commend consider regard""",
    "tinw": "want expect believe think favour favor prefer hope fear doubt figure",
    "tiw": "agree plan intend offer refuse decline",
    "iw": "aim mean seek",
    "ndw": """approve adopt activate release trigger invoke authorise authorize ratify pass launch
        suspend freeze halt withhold pull yank drag take cancel terminate impose slash scrap reduce
        withdraw donate repeal enact set allocate allot earmark quit notify sue pause end stop cut
        divide give serve slap distribute exempt revoke rescind relocate redeploy trim halve""",
    "tD": "show",
    "tnw": "find",
    "nD": "commit oblige require let provide guarantee bind enshrine mandate entitle treat",
    "ndDw": "bar prohibit forbid ban allow",
    "x": "disagree demur dissent object",
    "ne": "concur repost retweet echo amplify share second",
    "na": """file introduce sponsor co-sponsor cosponsor table unveil draft sign veto submit
        reintroduce bring move""",
    "tw": "estimate calculate report indicate",
}
PLEAS = tuple("call calls appeal plea demand demands pledge promise threat threats vow".split())
# A verb that carries a statement only with one of these words close behind it.
_NEEDS = {
    "call": ("for", "on", "upon"),
    "press": ("for", "on"),
    "push": ("for", "back"),
    "plead": ("for",),
    "appeal": ("for", "to"),
    "campaign": ("for", "against"),
    "argue": ("for", "against"),
    "vote": ("for", "against", "to", "no", "yes", "nay", "aye", "in"),
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
    "pull": ("out", "back"),
    "yank": ("out",),
    "drag": ("out",),
    "take": ("out",),
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
    "bring": ("in", "forward"),
    "move": ("in",),
    "give": ("notice",),
    "serve": ("notice",),
    "cross": ("aisle",),
    "break": ("ranks",),
    "renew": PLEAS,
    "issue": PLEAS,
    "deliver": PLEAS,
    "make": ("clear", "plain"),
    "stand": ("by",),
}
# Verbs that a particle right behind them makes into others, with the flags of those.
_PARTICLED = {
    "nxw": "turn/down throw/out vote/down strike/down shoot/down wave/away bat/away",
    "ndw": "share/out hand/out carve/up dole/out vote/through push/through wave/through nod/through"
    " sign/off cut/off scale/back draw/down phase/out bring/home call/off",
}
LOOSE = frozenset(
    "cross break renew issue deliver stand campaign vote speak talk lash hit rail come side refer"
    " muse".split()
)
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing", "written"),
    "think": ("thinks", "thought", "thinking"),
    "swear": ("swears", "swore", "swearing", "sworn"),
    "make": ("makes", "made", "making"),
    "cast": ("casts", "cast", "casting"),
    "speak": ("speaks", "spoke", "speaking", "spoken"),
    "come": ("comes", "came", "coming", "come"),
    "hit": ("hits", "hit", "hitting"),
    "go": ("goes", "went", "going"),
    "read": ("reads", "read", "reading"),
    "plead": ("pleads", "pleaded", "pleading", "pled"),
    "cut": ("cuts", "cut", "cutting"),
    "set": ("sets", "set", "setting"),
    "let": ("lets", "let", "letting"),
    "quit": ("quits", "quit", "quitting"),
    "put": ("puts", "put", "putting"),
    "pay": ("pays", "paid", "paying"),
    "keep": ("keeps", "kept", "keeping"),
    "get": ("gets", "got", "getting", "gotten"),
    "give": ("gives", "gave", "giving", "given"),
    "take": ("takes", "took", "taking", "taken"),
    "bring": ("brings", "brought", "bringing"),
    "break": ("breaks", "broke", "breaking", "broken"),
    "throw": ("throws", "threw", "throwing", "thrown"),
    "strike": ("strikes", "struck", "striking", "stricken"),
    "shoot": ("shoots", "shot", "shooting"),
    "draw": ("draws", "drew", "drawing", "drawn"),
    "send": ("sends", "sent", "sending"),
    "spend": ("spends", "spent", "spending"),
    "meet": ("meets", "met", "meeting"),
    "fight": ("fights", "fought", "fighting"),
    "hold": ("holds", "held", "holding"),
    "withhold": ("withholds", "withheld", "withholding"),
    "withdraw": ("withdraws", "withdrew", "withdrawing", "withdrawn"),
    "freeze": ("freezes", "froze", "freezing", "frozen"),
    "forbid": ("forbids", "forbade", "forbidding", "forbidden"),
    "build": ("builds", "built", "building"),
    "sell": ("sells", "sold", "selling"),
    "drive": ("drives", "drove", "driving", "driven"),
    "rise": ("rises", "rose", "rising", "risen"),
    "shrink": ("shrinks", "shrank", "shrinking", "shrunk"),
    "bear": ("bears", "bore", "bearing", "borne"),
    "stand": ("stands", "stood", "standing"),
    "bind": ("binds", "bound", "binding"),
    "find": ("finds", "found", "finding"),
    "mean": ("means", "meant", "meaning"),
    "seek": ("seeks", "sought", "seeking"),
}
_DOUBLING = frozenset(
    "prefer admit commit refer rebut label signal regret submit permit transfer quit equip nod"
    " bat".split()
)
SHORT_STEM = re.compile(r"[^aeiou]{1,3}[aeiou][^aeiouwxy]|qu[aeiou][^aeiouwxy]")
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
    stem = lemma + lemma[-1] if lemma in _DOUBLING or SHORT_STEM.fullmatch(lemma) else lemma
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


def _particled() -> dict[tuple[str, str], tuple[Verb, str]]:
    forms: dict[tuple[str, str], tuple[Verb, str]] = {}
    for flags, pairs in _PARTICLED.items():
        for pair in pairs.split():
            lemma, _, particle = pair.partition("/")
            verb = Verb(f"{lemma} {particle}", flags)
            forms[lemma, particle] = verb, "base"
            for form, kind in zip(inflect(lemma), KINDS, strict=False):
                forms[form, particle] = verb, kind
    return forms


FORMS = _lexicon()
PARTICLED = _particled()
# Verbs that say something even where they are denied: "did not endorse", "would not say whether".
WITHHELD = {
    **dict.fromkeys("say confirm guarantee specify".split(), Verb("withhold", "hw")),
    **dict.fromkeys("endorse commit back support sign promise".split(), Verb("withhold", "nw")),
    **dict.fromkeys("approve fund pay ratify send".split(), Verb("withhold", "ndw")),
}
ANY_SAYING = Verb("any", "tv")  # a verb of no list, before "that": "chimed in that"
NO_SAYING = frozenset(
    """ensured realised realized learned discovered decided proved noticed required determined
    showed demonstrated arranged happened seemed appeared turned guaranteed checked assumed
    concerned convinced pleased tired delighted worried agreed so""".split()
)
