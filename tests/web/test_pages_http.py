"""What the pages send: whole, small, strict, and safe from what is sent to them."""

import gzip
import json
import re
import time
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.ledger import outbox
from burdenshare.checking.ledger.base import Base
from burdenshare.checking.ledger.place import ledger_place
from burdenshare.checking.ledger.store import take_in
from burdenshare.showing.web.pages.check import MOST, packed
from burdenshare.whatif.answer import run_answer
from burdenshare.whatif.worlds import World
from burdenshare.world.dates import Day

PAGES = (
    "/",
    "/about",
    "/sources",
    "/sources/imf-weo",
    "/what-if",
    "/what-if/us-leaves-un",
    "/what-if/us-leaves-nato?draws=200&view=debt",
    "/what-if/us-leaves-nato?draws=200&view=sure",
    "/what-if/us-leaves-nato?draws=200&view=assumed",
    "/compare?first=nothing-changes&second=hague-kept",
    "/figures/share_gdp",
    "/figures/NGDPD?country=MLT,ISL&year=2020..2022",
    "/exit/nato",
    "/exit/unesco?country=USA&decided=2025-07-22",
    "/check",
    "/who-said-what",
    "/embed/exit/nato",
    "/embed/figures/share_gdp?chart=counts",
    "/embed/what-if/us-leaves-un?chart=bill-1",
)
BAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Seen(HTMLParser):
    """What a page has that a strict policy would stop, and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.wrong += [f"{tag} {n}" for n in given if n.startswith("on") or n == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.wrong.append(tag)
        if tag in ("script", "img", "iframe"):
            self.loaded.append(given.get("src") or "")
        if tag == "link":
            self.loaded.append(given.get("href") or "")
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_strict(path: str, site: httpx.Client) -> None:
    found = site.get(path)
    assert found.status_code == 200
    policy = found.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors *" in policy if path.startswith("/embed") else "'none'" in policy
    assert "set-cookie" not in found.headers
    seen = Seen(found.text)
    assert seen.wrong == []
    assert all(each.startswith("/") for each in seen.loaded)
    assert len(re.findall("<h1", found.text)) == 1


def test_links_inside_lead_somewhere(site: httpx.Client) -> None:
    seen = {
        link.partition("#")[0]
        for path in ("/", "/about", "/what-if", "/exit/nato", "/figures/share_gdp", "/sources")
        for link in Seen(site.get(path).text).links
        if link.startswith("/") and not link.startswith("/api/v1/facts")
    }
    assert len(seen) > 40
    for link in sorted(seen):
        assert site.head(link).status_code == 200, link


def test_the_first_view_is_small(site: httpx.Client) -> None:
    for path in ("/", "/what-if/us-leaves-nato", "/figures/share_gdp", "/exit/nato", "/check"):
        sent = [site.get(each) for each in (path, "/static/app.css", "/static/app.js")]
        assert all(each.headers["content-encoding"] == "gzip" for each in sent)
        assert sum(len(gzip.compress(each.content, 4)) for each in sent) < 150_000


def test_files_are_not_sent_twice(site: httpx.Client) -> None:
    for name in ("app.css", "app.js", "vega.js"):
        first = site.get(f"/static/{name}")
        again = site.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_what_if_says_what_the_library_says(site: httpx.Client) -> None:
    answer = run_answer(
        World(), "pay-or-no-protection", draws=200, overrides=["condition.threshold=3"]
    )
    page = site.get("/what-if/pay-or-no-protection?draws=200&set.condition.threshold=3")
    query = parse_qs(urlsplit(str(page.url)).query)
    assert query["set"] == ["condition.threshold=3"]
    assert query["world"] == [World().hash]
    shown = page.text.replace("&#39;", "'").replace("&#34;", '"')
    assert answer.json["headline"] in shown
    assert "--set condition.threshold=3" in shown
    assert "set=[&#39;years=2026..2035&#39;, &#39;condition.threshold=3&#39;]" in page.text


def test_what_is_not_slow_is_the_same_answer() -> None:
    world = World()
    whole = run_answer(world, "us-leaves-nato", draws=200).json
    quick = run_answer(world, "us-leaves-nato", draws=200, slow=()).json
    assert whole.pop("debt")
    assert quick.pop("debt") is None
    parts = whole.pop("uncertainty"), quick.pop("uncertainty")
    assert [each["both"] for each in parts[0]] == [each["both"] for each in parts[1]]
    assert [each["assumptions"] for each in parts[1]] == [[]] * len(parts[1])
    assert whole == quick


def test_a_link_gives_the_same_figures_or_says_what_changed(site: httpx.Client) -> None:
    page = site.get("/what-if/us-leaves-nato?draws=200").text
    [link] = set(re.findall(r'href="([^"]*&amp;result=[^"]*)"', page))
    link = link.replace("&amp;", "&")
    assert "Used now and not then" not in site.get(link).text
    assert "since this link was made" not in site.get(link).text
    other = re.sub("world=[0-9a-f]+", "world=0123456789abcdef", link)
    assert "The same figures as when this link was made" in site.get(other).text
    changed = re.sub("result=[0-9a-f]+", "result=0123456789ab", link)
    assert "The figures have changed" in site.get(changed).text
    # Eight letters of a mark: three for the day, five of the hash of the release.
    mark = re.search("sources=([0-9a-z]{8})", link)
    assert mark
    less = changed.replace(mark[1], "", 1)
    assert "Used now and not then: World Economic Outlook" in site.get(less).text
    more = changed.replace("sources=", "sources=mz3abcde", 1)
    assert "Used then and not now: a release of 2026-07-10 (hash abcde…)" in site.get(more).text


def test_figures_and_exit_links_hold(site: httpx.Client) -> None:
    for path in ("/figures/share_gdp?look=2024", "/exit/un?country=USA"):
        page = site.get(path).text
        [link] = set(re.findall(r'href="([^"]*&amp;result=[^"]*)"', page))
        again = site.get(link.replace("&amp;", "&"))
        assert again.status_code == 200
        assert "since this link was made" not in again.text


def test_what_was_known_on_a_day(site: httpx.Client) -> None:
    # NATO on 17 June 2024: 23 allies at 2 % or more in 2024, the United States at 3.38 %.
    page = site.get("/figures/share_gdp?asOf=2025-03-02&look=2024&country=USA").text
    assert "The United States, 2024: 3.38 % of GDP, as published on 17 June 2024" in page
    assert ">23<" in page
    assert "Annual report 2024" not in page


def test_mistakes_are_told_with_what_to_write(site: httpx.Client) -> None:
    for path, status, said in (
        ("/what-if/us-leave-nato", 404, "did you mean"),
        ("/what-if/../../etc/passwd", 404, ""),
        ("/what-if/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404, ""),
        ("/what-if/us-leaves-nato?draws=20001", 400, "from 1 to 20000"),
        ("/what-if/us-leaves-nato?set=years=2026..2100", 400, "at most 50 years"),
        ("/what-if/us-leaves-nato?set=exit.whom=USA", 400, "did you mean"),
        ("/what-if/us-leaves-nato?asOf=yesterday", 400, "yesterday"),
        ("/figures/share-gdp", 404, "did you mean"),
        ("/figures/share_gdp?year=20", 400, "four digits"),
        ("/figures/share_gdp?atLeast=much", 400, "a number"),
        ("/exit/natto", 404, "did you mean"),
        ("/exit/nato?country=JPN", 400, "Japan"),
        ("/compare?first=nobody", 404, "unknown"),
        ("/who-said-what?since=2025", 400, "2025"),
        ("/sources/imf-weoo", 404, "did you mean"),
        ("/check?a=zzzz", 400, "no article"),
    ):
        found = site.get(path)
        assert found.status_code == status, path
        assert said in found.text, path
        assert "Traceback" not in found.text


@pytest.mark.parametrize(
    "path",
    [
        "/what-if/us-leaves-nato?set={}",
        "/what-if/us-leaves-nato?set.exit.who={}",
        "/what-if/us-leaves-nato?view={}&draws=200",
        "/what-if/{}",
        "/figures/share_gdp?country={}",
        "/figures/{}",
        "/exit/nato?gate={}",
        "/exit/{}",
        "/who-said-what?person={}",
        "/who-said-what?outlet={}",
        "/compare?first={}",
        "/check?date={}&a=" + packed("?an article"),
        "/check?world={}&a=" + packed("?an article"),
        "/embed/exit/nato?chart={}",
    ],
)
def test_nothing_sent_becomes_markup(path: str, site: httpx.Client) -> None:
    found = site.get(path.format(httpx.QueryParams({"q": BAD}).get("q")))
    assert found.status_code in (200, 400, 404)
    assert "<script>alert" not in found.text
    assert "<img" not in found.text
    assert Seen(found.text).wrong == []


def test_an_article_in_a_link_is_marked_and_escaped(site: httpx.Client) -> None:
    text = f"NATO's 32 members met. {BAD} “Pay up,” Donald Trump said."
    found = site.post("/check", data={"text": text, "date": "2025-03-07"})
    assert found.history[0].status_code == 303
    assert "1 claim found" in found.text
    assert "<script>alert" not in found.text
    assert Seen(found.text).wrong == []


def test_an_article_too_long_for_a_link_is_shown_all_the_same(site: httpx.Client) -> None:
    words = " ".join(f"w{number * 7919 % 100_003}" for number in range(6000))
    found = site.post("/check", data={"text": f"NATO's 32 members met. {words}"})
    assert (found.status_code, found.history) == (200, [])
    assert "too long for a link" in found.text


def test_files_are_read_and_what_cannot_be_is_refused(site: httpx.Client) -> None:
    page = "<html><body><p>NATO's 32 members met in Vilnius.</p></body></html>"
    for name, data, status, said in (
        ("a.html", page.encode(), 200, "1 claim found"),
        ("a.txt", "NATO’s 32 members met.".encode(), 200, "1 claim found"),
        ("a.txt", "NATO’s 32 members met.".encode("cp1252"), 400, "not UTF-8"),
        ("a.bin", b"PK\0\0", 400, "binary"),
        ("a.txt", b"", 400, "no article"),
        ("a.txt", b"a " * MOST, 400, "at most"),
    ):
        found = site.post("/check", files={"file": (name, data)}, data={"date": "2025-03-07"})
        assert (found.status_code, said in found.text) == (status, True), name


def test_a_bomb_in_a_link_does_nothing(site: httpx.Client) -> None:
    bomb = urlsafe_b64encode(zlib.compress(b"a" * 8_000_000, 9)).decode()
    begun = time.process_time()
    found = site.get("/check", params={"a": bomb})
    assert found.status_code == 400
    assert "no article" in found.text
    assert time.process_time() - begun < 5


def test_downloads_are_what_the_command_writes(site: httpx.Client) -> None:
    given = {"text": "NATO's 32 members met in Vilnius.", "date": "2025-03-07", "kind": "t"}
    answer = Checker(World()).check(given["text"], Day(2025, 3, 7), "article").as_dict()
    found = {
        form: site.post("/check", data={**given, "form": form})
        for form in ("json", "csv", "claimreview", "html")
    }
    assert json.loads(found["json"].text) == json.loads(json.dumps(answer, default=str))
    assert found["csv"].text.splitlines()[0].startswith("id,start,end,text,kind,verdict,why")
    [review] = json.loads(found["claimreview"].text)["@graph"]
    assert review["reviewRating"]["alternateName"] == "Supported"
    assert "attachment" in found["html"].headers["content-disposition"]


def test_who_said_what_shows_the_ledger(site: httpx.Client) -> None:
    text = "“It is time to leave NATO,” Senator Mike Lee of Utah said on Monday."
    check = Checker(World()).check(text, Day(2025, 3, 4), "a.txt")
    place = ledger_place()
    assert place is not None
    outbox.put(place.outbox, [outbox.entry(check, "The Evening Post")])
    with Base(place) as base:
        take_in(base)
    page = site.get("/who-said-what?person=Lee").text
    assert "It is time to leave NATO" in page
    assert "The Evening Post" in page
    assert "Mike Lee" in page
    assert "--person &#39;Lee&#39;" in page
