"""Verdicts as ClaimReview: what must be there, names that never change, and words that are safe."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from burdenshare.checking.article import Checker
from burdenshare.checking.results import Check
from burdenshare.cli import main
from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.showing.claimreview import Review, claim_reviews, claim_urn, script_json
from burdenshare.world.dates import Day
from burdenshare.world.load import World

EXAMPLE = CONTENT / "examples" / "summit.txt"
DAY = Day(2025, 3, 2)
# 1.28 in the release of 2024-06-17, 1.42 in that of 2026-07-10; 32 members since 2024-03-07.
SPAIN = "Spain (1.28 percent of GDP) came last in NATO's table."
MIXED = (
    "NATO's 32 members met in Vilnius. NATO's 34 members met in Vilnius. "
    f"{SPAIN} Spain will spend 7 percent of GDP on defence in 2031."
)
# What schema.org and Google's guide to ClaimReview ask for.
REQUIRED = {"claimReviewed", "reviewRating", "url"}
RECOMMENDED = {"author", "datePublished", "itemReviewed"}


@pytest.fixture(scope="module")
def checker() -> Checker:
    """Return what checks articles."""
    return Checker(World(), charts=False, reader="plain")


@pytest.fixture(scope="module")
def example(checker: Checker) -> Check:
    """Return the article that ships, checked."""
    return checker.check(EXAMPLE.read_text("utf-8"), Day(2025, 3, 14))


def reviews(*checks: Check, review: Review | None = None) -> list[dict[str, Any]]:
    """Return the reviews of articles, as a program reads them."""
    found = json.loads(script_json(claim_reviews(checks, review)))
    assert list(found) == ["@context", "@graph"]
    assert found["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = found["@graph"]
    return graph


def test_what_is_required_is_there(example: Check) -> None:
    found = reviews(example)
    assert len(found) == sum(claim.verdict != "unchecked" for claim in example.claims) > 10
    for review in found:
        assert review["@type"] == "ClaimReview"
        assert set(review) >= REQUIRED | RECOMMENDED
        assert review["author"] == {"@type": "Organization", "name": "burdenshare"}
        assert Day.fromisoformat(review["datePublished"]) == example.now
        rating = review["reviewRating"]
        assert rating["@type"] == "Rating"
        assert rating["alternateName"]
        claim = review["itemReviewed"]
        assert claim["@type"] == "Claim"
        assert claim["datePublished"] == "2025-03-14"
        assert claim["appearance"]["@type"] == "NewsArticle"
        assert review["reviewBody"]
        assert all(each["@type"] == "CreativeWork" for each in review["isBasedOn"])


def test_only_right_and_wrong_have_numbers(checker: Checker) -> None:
    found = reviews(checker.check(MIXED, DAY))
    scale = {"bestRating": 5, "worstRating": 1}
    ratings = {each["claimReviewed"]: each["reviewRating"] for each in found}
    right, wrong, past = (
        next(rating for words, rating in ratings.items() if start in words)
        for start in ("32 members", "34 members", "1.28 percent")
    )
    assert right == {
        "@type": "Rating",
        "alternateName": "Supported",
        "ratingValue": 5,
        **scale,
    }
    assert wrong == {
        "@type": "Rating",
        "alternateName": "Contradicted",
        "ratingValue": 1,
        **scale,
    }
    assert past == {
        "@type": "Rating",
        "alternateName": "Superseded: held on its day, not by what is known now",
    }
    assert not [words for words in ratings if "2031" in words]


def test_a_part_of_a_sentence_is_shown_in_it(checker: Checker) -> None:
    [review] = reviews(checker.check(SPAIN, DAY))
    words = review["claimReviewed"]
    assert words.startswith("“Spain (1.28 percent of GDP")
    assert words.endswith(f"”, in: {SPAIN}")


def test_the_sources_are_named_with_their_days(checker: Checker) -> None:
    [review] = reviews(checker.check(SPAIN, DAY))
    assert [each["datePublished"] for each in review["isBasedOn"]] == ["2024-06-17", "2026-07-10"]


def test_who_said_it_is_its_author(checker: Checker) -> None:
    text = "“Spain spent 1.28 percent of GDP on defence,” Mark Rutte told reporters on Sunday."
    found = reviews(checker.check(text, DAY), review=Review(outlet="The Courier"))
    author = found[0]["itemReviewed"]["author"]
    assert (author["@type"], author["name"]) == ("Person", "Mark Rutte")
    publisher = {"@type": "Organization", "name": "The Courier"}
    assert found[0]["itemReviewed"]["appearance"]["publisher"] == publisher
    [own] = reviews(checker.check(SPAIN, DAY), review=Review(outlet="The Courier"))
    assert own["itemReviewed"]["author"] == publisher
    [bare] = reviews(checker.check(SPAIN, DAY))
    assert "author" not in bare["itemReviewed"]


def test_the_page_gives_its_address(checker: Checker) -> None:
    head = '<link rel="canonical" href="https://example.org/a?b=1&amp;c=2">'
    raw = f"<html><head>{head}</head><body><p>{SPAIN}</p></body></html>"
    [review] = reviews(checker.check(raw, DAY))
    assert review["itemReviewed"]["appearance"]["url"] == "https://example.org/a?b=1&c=2"
    bad = raw.replace("https://", "javascript:")
    [review] = reviews(checker.check(bad, DAY))
    assert "url" not in review["itemReviewed"]["appearance"]


def test_the_name_of_a_claim_is_its_own_and_stays(example: Check, checker: Checker) -> None:
    names = [review["@id"] for review in reviews(example)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"urn:sha256:[0-9a-f]{64}", name) for name in names)
    text = EXAMPLE.read_text("utf-8")
    again = checker.check(text, Day(2025, 3, 14), path="another/name.txt")
    assert [review["@id"] for review in reviews(again)] == names
    longer = checker.check(text + "\nMore.", Day(2025, 3, 14))
    assert not {review["@id"] for review in reviews(longer)} & set(names)


def test_the_name_is_the_same_in_another_process(checker: Checker) -> None:
    check = checker.check(SPAIN, DAY)
    code = (
        "from burdenshare.showing.claimreview import claim_urn\n"
        "from burdenshare.checking.article import check_text\n"
        "from burdenshare.world.dates import Day\n"
        f"check = check_text({SPAIN!r}, Day(2025, 3, 2))\n"
        "print(claim_urn(check, check.claims[0]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == claim_urn(check, check.claims[0])


HOSTILE = "</script><script>alert(1)</script><!-- \x1b[31m \u2028 \u202e &amp;"


def test_words_never_leave_the_script_they_stand_in(checker: Checker) -> None:
    check = checker.check(f"{HOSTILE} {SPAIN}", DAY, html=False)
    review = Review(author=f"N {HOSTILE}", outlet=f"O {HOSTILE}")
    text = script_json(claim_reviews([check], review))
    assert not re.search("[<>&\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", text)
    [found] = json.loads(text)["@graph"]
    assert "</script><script>alert(1)</script>" in found["author"]["name"]


@pytest.mark.parametrize(
    "url",
    [
        "x",
        "ftp://x.example/",
        "https://",
        "https://[",
        "javascript:alert(1)",
        "https://a b.example",
    ],
)
def test_an_address_that_no_browser_opens_is_refused(url: str) -> None:
    with pytest.raises(UserError, match=r"--review-url is .*: write a whole address"):
        Review(url=url)


def test_the_command_prints_one_graph_of_all_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(SPAIN, "utf-8")
    other.write_text("NATO's 32 members met in Vilnius.", "utf-8")
    argv = ["check", str(one), str(other), "--date", "2025-03-02", "--format", "claimreview"]
    options = ["--reviewer", "The Desk", "--review-url", "https://desk.example/r#top"]
    assert main([*argv, *options, "--outlet", "The Courier"]) == 0
    found = json.loads(capsys.readouterr().out)["@graph"]
    anchors = [each["@id"].removeprefix("urn:sha256:")[:12] for each in found]
    assert [each["url"] for each in found] == [
        f"https://desk.example/r#claim-{anchor}" for anchor in anchors
    ]
    assert {each["author"]["name"] for each in found} == {"The Desk"}
    assert found[0]["itemReviewed"]["appearance"]["publisher"]["name"] == "The Courier"
    assert main(argv) == 0
    found = json.loads(capsys.readouterr().out)["@graph"]
    assert all(each["url"] == each["@id"] for each in found)
