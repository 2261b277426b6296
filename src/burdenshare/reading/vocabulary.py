"""Plain lists of words that finding names, speakers and statements rests on."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE_TITLES = _set("mr sir lord herr monsieur congressman")
SHE_TITLES = _set("mrs ms miss madam madame lady dame baroness frau congresswoman")
TITLES = (
    HE_TITLES
    | SHE_TITLES
    | _set(
        """dr prof professor president vice-president vice premier pm prime minister chancellor
    secretary secretary-general deputy sen sens senator senators rep reps representative
    congressmember speaker gov governor ambassador general gen lt lieutenant col colonel maj
    major admiral adm capt captain marshal sgt commissioner chairman chairwoman chair chief ceo
    boss judge justice king queen prince princess pope rev reverend republican democrat
    democratic former ex foreign defence defense interior finance trade treasury taoiseach mp mep
    tory labour conservative house senate majority minority leader acting then billionaire envoy
    spokesman spokeswoman spokesperson director-general director high first lady"""
    )
)
CALENDAR = _set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat sun christmas easter spring summer autumn"""
)
BODY_WORDS = _set(
    """party committee council commission institute institution university college department
    ministry agency office bank group company corporation times post news journal herald tribune
    gazette magazine network foundation union association federation league alliance bureau
    service services center centre parliament assembly congress senate bundestag government
    administration campaign caucus forum court army navy force forces guard police command
    organization organisation programme program fund society think-tank conference board
    authority observatory initiative coalition movement project times republicans democrats"""
)
NOT_NAMES = _set(
    """i act treaty article bill amendment resolution order charter pact accord agreement clause
    section chapter title plan doctrine declaration communique communiqué summit war wars cold
    day week month year street house hall square avenue road palace sea ocean river bay gulf
    strait east west north south eastern western northern southern central atlantic pacific
    baltic arctic europe europeans european asia africa africans america americas americans
    middle balkans christian christians muslim muslims jewish catholic communism communist covid
    brexit internet god maga america's great article gdp gnp usd eur bn tv ok photo picture
    pictured image file read more watch live breaking update exclusive advertisement opinion
    analysis editorial"""
)
STATES = _set(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida georgia
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts
    michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey york
    carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia
    wisconsin wyoming mar-a-lago davos munich geneva strasbourg wales vilnius ramstein kharkiv
    odesa crimea donbas gaza syria iraq iran afghanistan libya japan korea australia brazil
    mexico england scotland greenland taiwan"""
)
OPENERS = _set(
    """the a an this that these those it he she they we you i his her its their our my your in on at
    by for from with without as if when while where after before since until although though but
    and or nor so yet because however meanwhile moreover indeed still also then there here now
    what who why how which whose not no all any some many most much few both each every one two
    three four five six seven eight nine ten other another such under over during despite like
    unlike according asked speaking writing responding last next earlier later only even just
    once among between about against to of up down out off"""
)
HUMANS = _set(
    """official officials spokesman spokeswoman spokesperson spokespeople spokesmen adviser advisers
    advisor advisors aide aides minister ministers president presidents premier senator senators
    congressman congresswoman congressmen lawmaker lawmakers legislator legislators
    representative representatives republican republicans democrat democrats politician
    politicians leader leaders chief chiefs head heads boss bosses ceo founder owner billionaire
    tycoon mogul entrepreneur businessman chancellor secretary secretary-general commissioner
    commissioners ambassador ambassadors envoy envoys diplomat diplomats general generals admiral
    commander commanders officer officers analyst analysts expert experts economist economists
    academic academics scholar scholars researcher researchers professor historian historians
    author authors writer writers commentator commentators columnist blogger blogger's journalist
    journalists reporter reporters editor editors critic critics supporter supporters opponent
    opponents ally allies member members partner partners source sources insider insiders person
    people man woman candidate candidates president-elect nominee frontrunner front-runner
    challenger mp mps mep meps peer peers governor governors mayor judge judges lawyer lawyers
    activist activists campaigner campaigners voter voters citizens americans europeans delegate
    delegates negotiator negotiators chairman chairwoman chair director directors speaker user
    users colleague colleagues veteran veterans hawks sceptics skeptics conservatives liberals
    isolationists hardliners backbenchers predecessor successor dealmaker counterpart
    counterparts hosts host strategist strategists prosecutor whistleblower sponsor sponsors co-
    sponsor co-sponsors pollster king pontiff ex-president government governments administration
    ministry department party parties team campaign commission parliament council congress senate
    committee agency company firm think-tank thinktank group organisation organization body
    alliance bloc union court white-house embassy office delegation cabinet coalition opposition
    regulator watchdog institute kremlin pentagon military states nations countries capitals
    members newspaper paper outlet broadcaster magazine daily network channel website agency
    assembly chamber secretariat panel army soldier soldiers pastor farmer farmers historian"""
)
COLLECTIVES = _set(
    """government administration ministry department party team campaign commission parliament
    council congress senate committee agency company firm think-tank thinktank group organisation
    organization body alliance bloc union court white-house embassy office delegation cabinet
    coalition opposition regulator watchdog institute kremlin pentagon military newspaper paper
    outlet broadcaster magazine daily network channel website army"""
)
PLURALS = frozenset(word for word in HUMANS if word.endswith("s")) | _set("people spokesmen men")
PAPERS = _set(
    """account accounts post posts tweet tweets message messages statement statements letter letters
    report reports memo memos article op-ed column editorial speech interview bill bills act
    resolution amendment treaty charter law statute clause section text declaration communique
    communiqué order proposal proposals plan document documents paper video clip thread comment
    comments legislation motion petition manifesto budget strategy study announcement agreement
    deal accord pact ruling bulletin caption placard banner transcript email emails plaque
    constitution preamble guidance directive measure headline press-release release estimates
    estimate figures statistics projections forecast forecasts survey factsheet protocol pledge
    decree memorandum ordinance provision"""
)
POSTS = _set(
    """account accounts post posts tweet tweets message messages thread comment comments video clip
    email emails caption article op-ed column placard banner"""
)
ACT_PAPERS = _set(
    """bill bills act legislation amendment resolution order orders measure law letter petition
    memorandum motion treaty decree declaration agreement pledge"""
)
ARTICLES = _set("the a an his her their its our my some")
PAUSES = frozenset((",", ";", ":", "(", ")", "–", "—", "-", "--", "“"))
PRONOUNS = _set("he she they it we i you")
DETERMINERS = _set(
    "the a an this that these those his her its their our my your some any no many most several"
    " all both each every another one two three four five six seven eight nine ten dozens"
)
BE = _set("is are was were be been being am 's 're")
AUXILIARIES = BE | _set(
    "has have had having do does did will would shall should may might must can could ’ve ’s"
)
MODALS = _set("would could might should may can must shall cannot can't can’t couldn't couldn’t")
NEGATIONS = _set(
    """not never n't didn't didn’t doesn't doesn’t don't don’t hasn't hasn’t haven't haven’t hadn't
    hadn’t wasn't wasn’t isn't isn’t won't won’t wouldn't wouldn’t cannot without neither nor"""
)
ADVERBS = _set(
    """also then later now since once even just simply only again already still too so far first
    ever always often soon yesterday today tonight tomorrow earlier recently previously instead
    thus therefore however meanwhile famously reportedly apparently allegedly together since
    himself herself themselves itself further once twice yet never not best long though indeed alone
    separately likewise elsewhere in-turn sometimes"""
)
TIMES = CALENDAR | _set(
    """yesterday today tonight tomorrow week weeks weekend month months year years morning afternoon
    evening night day days hours hour minutes minute decade midnight noon last this next earlier
    late early ago same a.m p.m previous following past"""
)
PREPOSITIONS = _set(
    """of in for from at with by to on against about like under over during after before into among
    between within towards toward upon through across behind near inside outside amid alongside
    via per as than since until"""
)
RELATIVES = _set("who which that")
NOT_ADVERBS = _set("assembly family italy supply reply monopoly bully july ally rally fly")


def adverbial(word: str) -> bool:
    """Say whether a word is an adverb, of the list or by its ending.

    >>> adverbial("often"), adverbial("bluntly"), adverbial("assembly")
    (True, True, False)
    """
    return word in ADVERBS or (word[-2:] == "ly" and word not in NOT_ADVERBS)


SUBORDINATES = _set("once since after before when while as until because whereas")
LINKS = _set("and but or then yet nor while whereas")
ONCE = _set("former ex then then-president one-time onetime outgoing late ex-president")
