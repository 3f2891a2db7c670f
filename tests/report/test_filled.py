"""A template that is filled by column: values escaped, parts only where there is a value, no question that it could not answer."""

import polars as pl
import pytest
from jinja2 import Environment, Template

from assets.report.written import filled as module
from assets.report.written.filled import filled

PAGES = pl.DataFrame(
    {"page": ["a", "b"], "title": ["A & B", "C"], "who": ["<Ada>", None], "rows": ["<tr></tr>", ""], "n": [3, 0]}
)


def shown(monkeypatch: pytest.MonkeyPatch, source: str) -> list[str]:
    """What stands between the marks of the template, page by page."""

    def template(name: str) -> Template:
        return Environment(autoescape=True).from_string(source)

    monkeypatch.setattr(module, "template", template)
    module.pieces.cache_clear()
    try:
        pages = list(
            filled("any.html", PAGES, {"who": pl.col("who")}, {"rows": pl.col("rows"), "n": pl.col("n")}, "some")
        )
    finally:
        module.pieces.cache_clear()
    assert [(page.path, page.of) for page in pages] == [("some/a.html", "a"), ("some/b.html", "b")]
    assert b"<title>A &amp; B \xc2\xb7 Verbatim</title>" in pages[0].content
    return [page.content.decode().split("[")[1].split("]")[0] for page in pages]


@pytest.mark.parametrize(
    ("source", "pages"),
    [
        ("[{{ who }}: {{ n }}]", ["&lt;Ada&gt;: 3", ": 0"]),
        ("[{{ rows }}{{ rows }}]", ["<tr></tr><tr></tr>", ""]),
        ("[{% call given('who') %}by {{ who }}{% endcall %}]", ["by &lt;Ada&gt;", ""]),
        ("[{% call without('who') %}by nobody{% endcall %}!]", ["!", "by nobody!"]),
        (
            "[{% call given('rows') %}{{ n }}{% call without('who') %}?{% endcall %}{% endcall %} of {{ root }}]",
            ["3 of ../", " of ../"],
        ),
        ("[{{ '<' }}]", ["&lt;", "&lt;"]),
    ],
    ids=["escaped", "put in as it is", "given", "without", "one in another", "the template's own words"],
)
def test_a_page_for_each_row(monkeypatch: pytest.MonkeyPatch, source: str, pages: list[str]) -> None:
    assert shown(monkeypatch, source) == pages


@pytest.mark.parametrize("source", ["[{% if who %}by {{ who }}{% endif %}]", "[{{ who or 'nobody' }}]"])
def test_a_template_that_asks_for_a_value_is_told_how(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    with pytest.raises(TypeError, match=r"use given\('who'\)"):
        shown(monkeypatch, source)
