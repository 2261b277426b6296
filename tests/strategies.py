"""Texts for property tests: anything at all, and what looks like an article or a page."""

from hypothesis import strategies as st

PIECES = (
    "NATO", "allies", "the allies’ budgets", "Trump‘s", "Mr. Lee", "U.S.", "it’s", "may", "march",
    "second", "half", "a third of", "two-thirds", "double", "2", "2%", "2.50 per cent", "of GDP",
    "$6billion", "€150 billion", "($160.5 billion)", "301-115", "40 to 60 percent", "1,234.5",
    "2024",
    "2014-2024", "March 1", "4 April 1949", "last month", "on Tuesday", "'90s", "F-35", "Article 5",
    "“", "”", "‘", "’", '"', "'", "«", "»", "„", ".", "!", "?", "…", ",", ":", "–", "(", ")", "\n",
    "\n\n", "• ", "Home/", "Advertisement", "Pictured: X (left)", "© 2025", "²", "½", "İ", "\u2028",
)  # fmt: skip
MARKUP = (
    "<p>", "</p>", "<br>", "<script>", "</script>", "<nav>", "</nav>", "<header>", "</header>",
    "<article>", "</article>", "<!--", "-->", "<a href='x'>", '<img alt="a > b', "</", "<", ">",
    "&amp;", "&#8217;", "&nbsp;", "&", "<figcaption>", "</figcaption>", "<pre>", "</pre>", "=\"",
)  # fmt: skip

# Any text that can be written to a file: no lone halves of characters.
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
newslike = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
tight = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
articles = st.one_of(any_text, newslike, tight)
pages = st.lists(st.one_of(st.sampled_from(MARKUP), newslike), max_size=30).map("".join)
days = st.dates()
