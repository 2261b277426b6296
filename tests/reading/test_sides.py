"""Positions in sentences of many styles, and sentences that take none."""

from __future__ import annotations

import pytest

from burdenshare.reading.positions import position

SAID: dict[str, dict[str, list[str]]] = {
    "us-leaves-nato": {
        "for": [
            "The congresswoman tweeted that Washington should bail on the alliance for good.",
            "“Why are we even still in NATO?” Senator Lee asked on X.",
            "Trump is considering pulling out of NATO, he told the Telegraph.",
        ],
        "against": [
            "Turning our backs on NATO now would be an historic blunder.",
            "The president has no plans to withdraw from NATO, his spokeswoman said.",
            "Senators warned him against walking out of the transatlantic pact.",
            "“NATO without America is unthinkable,” said the Estonian premier.",
        ],
        "conditional": [
            "If they don't pay their bills, I'd consider leaving NATO, he said.",
        ],
    },
    "nato-is-obsolete": {
        "for": [
            "The alliance has outlived its usefulness, Carlson argued.",
            "He dismissed NATO as a fossil of the last century.",
            "Macron warned that the alliance was experiencing “brain death”.",
            "The Soviet Union is gone and so is the reason for NATO, Buchanan wrote.",
        ],
        "against": [
            "Far from being a relic, NATO has never been more needed, said Stoltenberg.",
            "NATO remains the cornerstone of transatlantic security, Merkel said.",
            "The most successful military alliance in history is alive and well, Rutte said.",
            "“It was obsolete, now it's no longer obsolete,” Trump said of NATO.",
        ],
    },
    "nato-bad-deal-for-us": {
        "for": [
            "We foot almost the entire bill and get little in return, Trump complained about NATO.",
            "American taxpayers have been fleeced by rich Europeans for decades, he fumed.",
            "They're taking us for suckers, the senator said of NATO allies.",
            "NATO is costing us a fortune and it helps Europe far more than it helps us.",
        ],
        "against": [
            "America gets far more out of NATO than it puts in, said the former ambassador.",
            "For the United States NATO is a great bargain, Mattis argued.",
        ],
    },
    "us-pays-for-europe-defence": {
        "against": [
            "Americans should no longer bankroll the security of wealthy Europeans, Hawley said.",
            "It's not right that US taxpayers subsidise Europe's defence, the vice-president said.",
            "Europe must take the lead in its own conventional defence, Hegseth told ministers.",
            "The United States cannot carry the burden of defending Europe forever, said Gates.",
        ],
    },
    "protect-only-payers": {
        "for": [
            "If you're not going to pay your bills, we won't protect you, Trump said.",
            "He suggested the US might not come to the aid of allies that don't spend enough.",
            "Only those who pay up deserve our protection.",
        ],
        "against": [
            "Biden called the idea of abandoning allies over their bills un-American.",
        ],
    },
    "article-5-commitment": {
        "for": [
            "Our commitment to Article 5 is iron-clad, Austin said.",
            "We will defend every inch of NATO territory, Biden vowed.",
            "“We are committed to NATO, and we are committed to Article 5,” Hegseth said.",
        ],
        "against": [
            "He refused to commit to Article 5.",
            "In Brussels Trump did not explicitly endorse Article 5.",
            "Bolton doubts that Trump would honour Article 5.",
        ],
        "conditional": [
            "We'll stand by Article 5 if they pay their share, he said.",
        ],
    },
    "raise-defence-spending": {
        "for": [
            "European countries have to dig deeper into their pockets for defence, Johnson said.",
            "Germany isn't pulling its weight, Grenell complained.",
            "Allies need to shoulder more of the burden, Obama said.",
            "Free riders aggravate me, Obama told the magazine.",
        ],
        "against": [
            "The Greens voted against raising the defence budget.",
            "Corbyn said he saw no need for bigger arms budgets.",
            "Mélenchon vowed to cut the defence budget.",
        ],
    },
    "meet-2-percent": {
        "for": [
            "Canada will hit two per cent of GDP by March, Carney announced.",
            "Every member must reach the 2% guideline by 2024, he insisted.",
            "Berlin pledged to meet NATO's two percent goal.",
            "Stoltenberg expects 23 allies to meet the 2% guideline in 2024.",
        ],
        "against": [
            "The 2 percent target is arbitrary and Germany should not chase it, Gabriel said.",
            "Canada will never make the 2 per cent mark, Trudeau told NATO officials privately.",
        ],
    },
    "raise-target-above-2-percent": {
        "for": [
            "Two per cent is not enough; it should be four, Trump said.",
            "Allies should spend at least 3% of GDP, Duda proposed.",
            "We will need considerably more than 2 percent, Rutte said in Brussels.",
            "Poland urged the alliance to adopt a new benchmark of 3 per cent.",
        ],
        "against": [
            "Three percent is out of reach for us, the Belgian minister said.",
            "Rome said going beyond 2 per cent of GDP on defence was impossible for now.",
        ],
    },
    "raise-target-5-percent": {
        "for": [
            "All allies agreed to invest 5 per cent of GDP in defence by 2035.",
            "Rutte called the jump to 5% a quantum leap and urged everyone to sign.",
            "Rubio told them everyone in NATO must be on a path to 5 percent.",
        ],
        "against": [
            "Spain will not commit to 5 percent, Sánchez wrote to Rutte.",
            "Five per cent is unreasonable and counterproductive, the Spanish premier said.",
            "Committing to a 5% target would be incompatible with our welfare state.",
            "Slovakia has other goals than spending 5% on arms, Fico wrote of the NATO plan.",
        ],
    },
    "allies-owe-nato": {
        "for": [
            "Germany owes vast sums of money to NATO, Trump tweeted.",
            "Many of these nations owe massive amounts of money from past years, he scolded.",
            "They are years behind on their payments, delinquent to the tune of billions.",
            "Germany, he claimed, was $1 trillion behind in what it owes NATO.",
        ],
        "against": [
            "There is no debt account at NATO, von der Leyen retorted.",
            "That's not how NATO works; nobody owes anybody anything, Daalder said.",
            "Nobody owes NATO money for missing a guideline, the fact-checkers noted.",
            "The idea that allies are in debt to NATO is wrong, Lute explained.",
        ],
    },
    "allies-pay-us": {
        "for": [
            "Germany should pay us for the protection it gets, the president said.",
            "They ought to reimburse the United States for guarding them.",
            "South Korea and Germany ought to pay us for defending them, he told the rally.",
        ],
    },
    "lower-us-share-nato-budget": {
        "for": [
            "The United States wants to pay less towards the alliance's running costs.",
            "Allies agreed to reduce America's contribution to the common-funded budget.",
        ],
    },
    "congress-approval-nato-exit": {
        "for": [
            "No president should be able to pull the US out of NATO on his own, Kaine said.",
            "Leaving NATO takes an act of Congress, the scholar noted.",
            "Kaine's amendment prohibits the use of funds to withdraw from NATO without Congress.",
        ],
        "against": [
            "The president can terminate treaties without asking the Senate, the memo argued.",
        ],
    },
    "congress-war-power-article-5": {
        "for": [
            "Article 5 does not override Congress's power to declare war, Lee said.",
            "Paul insisted that only Congress, not NATO, can take America to war.",
            "Article 5 doesn't mean we automatically go to war; Congress decides, Lee said.",
        ],
    },
    "cut-us-troops-in-europe": {
        "for": [
            "The Pentagon is considering withdrawing up to 10,000 soldiers from eastern Europe.",
            "Trump ordered the removal of 9,500 troops from Germany.",
            "It's time to bring our boys home from Europe, the congressman said.",
            "The Army will send home a brigade from Romania without replacing it, it announced.",
        ],
        "against": [
            "The bill bars the Pentagon from going below 76,000 troops in Europe.",
            "US soldiers will stay in Romania, the ambassador promised.",
            "Tusk said he had been assured that American troops would remain in Poland.",
            "Reducing the American presence in Europe invites aggression, Wicker said.",
        ],
    },
    "us-leaves-un": {
        "for": [
            "Get the US out of the UN and the UN out of the US, Musk posted.",
            "Lee's bill would terminate American membership in the United Nations.",
            "We should pull out of the United Nations entirely, Roy said.",
            "“It's time to defund the UN and get out,” Blackburn posted.",
        ],
        "against": [
            "Quitting the UN would hand the building to Beijing, Power warned.",
            "The United States will remain a member of the United Nations, Haley said.",
            "America must not abandon its seat at the United Nations, Meeks said.",
        ],
    },
    "stop-un-funding": {
        "for": [
            "Not another dime for the UN, Scott said.",
            "The White House wants to zero out contributions to UN peacekeeping.",
            "Washington froze all payments to UNRWA.",
            "Congress should defund the United Nations.",
        ],
        "against": [
            "Norway's minister urged Washington to resume its support for UNRWA.",
            "Cuts to UN agencies will cost lives, Fletcher warned.",
        ],
    },
    "un-needs-reform": {
        "for": [
            "The United Nations is bloated and must get back to basics, Waltz said.",
            "The UN has great potential but it isn't living up to it, Trump said.",
            "Guterres launched the UN80 initiative to streamline the organisation.",
            "The world body has failed to stop wars, he said.",
        ],
    },
    "pay-un-dues": {
        "for": [
            "Guterres urged member states to settle their arrears without delay.",
            "The UN is running out of cash because members have not paid, the controller said.",
            "China called on the largest debtor to clear its unpaid dues to the UN.",
            "Only 145 states have paid; the rest must honour their obligations, the UN chief said.",
        ],
        "against": [
            "We will not pay our UN dues until there is reform, the senator said.",
        ],
    },
    "us-leaves-unesco": {
        "for": [
            "The State Department announced that the United States would withdraw from UNESCO.",
            "Remaining in UNESCO does not serve America's national interest, Bruce said.",
        ],
        "against": [
            "Azoulay said she deeply regretted Washington's decision to leave UNESCO.",
            "Walking away from UNESCO cedes ground to China, Meeks said.",
            "Biden brought America back into UNESCO.",
            "Bokova voiced regret at the American withdrawal from UNESCO.",
        ],
    },
    "us-leaves-international-bodies": {
        "for": [
            "Trump signed an order pulling the US out of dozens of international organisations.",
            "The United States is quitting the Human Rights Council, Haley announced.",
            "The United States formally left the World Health Organization on Thursday, HHS said.",
            "Pompeo announced the withdrawal from the World Health Organization.",
        ],
        "against": [
            "Leaving the World Health Organization makes Americans less safe, Gostin said.",
            "The EU deplored America's withdrawal from the Paris climate agreement.",
            "Tedros urged Washington to reconsider its exit from the World Health Organization.",
            "German ministers criticised America's departure from the WHO as a grave mistake.",
        ],
    },
    "eu-rearmament": {
        "for": [
            "Europe must rearm urgently, von der Leyen said.",
            "The Commission unveiled an 800 billion euro plan to strengthen Europe's defence.",
            "“Europe must become a steel porcupine,” von der Leyen said; it must arm itself fast.",
            "Von der Leyen presented a programme to get Europe ready for war by 2030.",
        ],
        "against": [
            "Wir brauchen Diplomatie: Europe does not need an arms race, Wagenknecht said.",
            "Peace groups denounced the militarisation of the European Union.",
        ],
    },
    "eu-joint-borrowing": {
        "for": [
            "Macron wants Europe to issue joint bonds to pay for weapons.",
            "EU ministers adopted SAFE, a €150bn loan scheme for arms purchases.",
            "Common debt for defence is the only way, Kallas argued.",
            "Tusk called for EU-wide borrowing to pay for an air shield.",
        ],
        "against": [
            "The Dutch parliament rejected eurobonds for defence.",
            "The Netherlands remains opposed to common European debt, Schoof said.",
            "Berlin is against common debt, Merz made clear.",
            "Rutte shot down the idea of eurobonds for defence.",
        ],
    },
    "eu-fiscal-room-for-defence": {
        "for": [
            "Brussels will let countries breach deficit limits to buy arms.",
            "Von der Leyen proposed to activate the national escape clause.",
            "Defence investment should be excluded from the EU's debt rules, Tusk said.",
        ],
        "against": [
            "Lagarde warned that bending fiscal rules for arms had its limits.",
        ],
    },
    "eu-strategic-autonomy": {
        "for": [
            "We need a true European army, Macron said.",
            "My absolute priority will be to achieve independence from the USA, Merz said.",
            "“The time has come to create the armed forces of Europe,” Zelensky said in Munich.",
            "Europeans should build a defence that does not hinge on Washington, Breton argued.",
        ],
        "against": [
            "Illusions of European strategic autonomy must end, Kramp-Karrenbauer wrote.",
            "Without American help Europe cannot be defended, Sikorski warned.",
            "Talk of a European army is dangerous and duplicates NATO, Stoltenberg said.",
        ],
    },
    "us-strategy-unclear": {
        "for": [
            "We no longer know what to expect from Washington, a European diplomat said.",
            "America has become an unreliable partner, the historian argued.",
            "Allies are puzzled by mixed messages from the White House.",
            "Nobody in Brussels can say what Washington will do next, a NATO envoy complained.",
        ],
        "against": [
            "America's position is perfectly clear, Vance said.",
        ],
    },
    "us-tariffs-on-allies": {
        "for": [
            "Trump threatened to slap 30 per cent tariffs on the EU.",
            "Spain will pay double on trade, he vowed.",
            "Trump said he would hit Canada with 25 percent tariffs on day one.",
            "Trump announced duties of 20 percent on goods from the EU.",
        ],
        "against": [
            "A trade war between allies makes no sense, Macron said.",
            "Tariffs against friends only help Putin, the Canadian prime minister said.",
            "Von der Leyen said she deeply regretted the US decision to impose tariffs on Europe.",
            "Carney called the duties on Canadian steel unjustified.",
        ],
    },
    "pause-ukraine-aid": {
        "for": [
            "Trump suspended all military aid to Ukraine.",
            "Not a penny more for Kyiv, Greene said.",
            "He warned that support for Zelensky would end unless he came to the table.",
            "The Pentagon halted deliveries of some air-defence missiles to Kyiv.",
        ],
        "against": [
            "Halting weapons deliveries to Ukraine would be a disaster, Shaheen said.",
            "We will keep arming Ukraine for as long as it takes, Biden promised.",
            "Cutting off Ukraine now would hand Putin a victory, McConnell said.",
            "Democrats demanded that the flow of arms to Ukraine be restored.",
        ],
    },
}
SILENT = [
    "Macron paid a visit to the troops and praised their courage.",
    "The EU will stop the sale of plastic straws, the commissioner announced.",
    "The prime minister said the trains would run on time.",
    "NATO held an exercise in Norway, its spokeswoman said.",
    "The minister left the party in protest over housing.",
    "Stoltenberg congratulated Finland on its accession.",
    "He said he had spoken with the family of the victim.",
    "The bank raised interest rates by half a point.",
    "Prices could rise by 3 percent next year, the central bank's governor warned.",
    "The United Nations marked its anniversary with a concert, organisers said.",
    "The carmaker will close its plant in Germany, the union said.",
    "I am proud of my country and its people, she told the crowd.",
    "Members of the committee asked about the contract.",
    "Senators confirmed the ambassador by 52 votes to 48.",
    "Germany won by three goals to two, the coach beamed.",
    "The chancellor said he would visit Kyiv in May.",
    "The UN's weather agency warned of record heat.",
    "NATO's new headquarters cost more than planned, auditors said.",
    "The senator said his mother had taught him to work hard.",
    "Russia said it had taken two villages.",
    "UNESCO added the site to its list, the mayor said.",
    "Tourism to America fell by 5 percent, the agency said.",
    "The defence minister said the helicopter had crashed in fog.",
    "The White House said the president was in good health.",
    "The EU wants cleaner rivers by 2030, the commissioner said.",
]
CASES = [
    (slug, stance, text)
    for slug, stances in SAID.items()
    for stance, texts in stances.items()
    for text in texts
]


@pytest.mark.parametrize(("slug", "stance", "text"), CASES)
def test_a_position_is_read_in_plain_words(slug: str, stance: str, text: str) -> None:
    context, _, sentence = text.rpartition(" >> ")
    assert position(sentence, context) == (slug, stance)


@pytest.mark.parametrize("text", SILENT)
def test_other_matters_take_no_side(text: str) -> None:
    assert position(text) == (None, "none")
