"""How much of a page is read as its article: plainly, and as trafilatura chooses.

Ten pages in the shape of real ones (tests/reading/pages) mark what is the article's own. The floor
is every word of the page.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from timing import median

from burdenshare.reading.read import read_document

PAGES = sorted((Path(__file__).parents[1] / "tests" / "reading" / "pages").glob("*.html"))
OWN = re.compile(r"<(\w+)[^<>]* data-own>(.*?)</\1>", re.S)
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"\w+")

Read = Callable[[str], str]
READERS: dict[str, Read] = {
    "every word (the floor)": lambda raw: html.unescape(TAG.sub(" ", raw)),
    "plain": lambda raw: read_document(raw, None, True, "plain").text,
    "trafilatura": lambda raw: read_document(raw, None, True, "trafilatura").text,
}


def f1(read: str, own: str) -> tuple[float, float, float]:
    found, wanted = Counter(WORD.findall(read)), Counter(WORD.findall(own))
    shared = sum((found & wanted).values())
    precision, recall = shared / sum(found.values()), shared / sum(wanted.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    raws = [path.read_text("utf-8") for path in PAGES]
    owns = [html.unescape(TAG.sub(" ", " ".join(m[2] for m in OWN.finditer(r)))) for r in raws]
    pages = [raw.replace(" data-own", "") for raw in raws]
    print(f"{len(PAGES)} pages: means over pages of the words read as the article's")
    print(f"{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}{'ms a page':>12}")
    for name, read in READERS.items():
        scores = [f1(read(page), own) for page, own in zip(pages, owns, strict=True)]
        means = [sum(each) / len(each) for each in zip(*scores, strict=True)]
        seconds = median(lambda read=read: [read(page) for page in pages]) / len(pages)
        print(
            f"{name:<24}" + "".join(f"{each:>10.2f}" for each in means) + f"{1e3 * seconds:>12.1f}"
        )


if __name__ == "__main__":
    main()
