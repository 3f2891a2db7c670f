"""Texts as no newsroom writes them: our sample articles cut and shuffled, signs alone, letters of every kind."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "articles"

SIGNS = "=-–—_*.…,:;!?'\"’‘“”«»„‟`´()[]{}<>/\\|@#&%+~^$€£°•·№©\t\xa0\u200b\u200e\u202a\ufeff\u0301\u20dd\ufffd"
MARKS = "\"\"''“”‘’«»„‟‹›「」『』＂``''"
SEPARATORS = ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r", "\r\n", "\n\n\n", "\x1c", "\x00", "\ufeff"]
LETTERS = {
    "ligatures": "ﬀﬁﬂﬃﬄﬅﬆĳǆœæß",
    "astral": "𝒜𝓑𝔠𝟗𐐀𐐨𠮷𝕏😀🏴👩‍👩‍👧🇫🇷\U0010ffff\U000e0041",
    "combining": "e\u0301a\u0308o\u0328\u0345n\u20e3\u0ec8\u3099",
    "right-to-left": "שלום مرحبا ﷺ ﺵ \u202bابن\u202c \u2067א\u2069",
    "wide": "船员说：「不行」。ひカ船한국ｗｉｄｅ　",
    "cased oddly": "ǅǈİıſKÅẞΣςᾈⅣⓐꭰᏸ",
    "digits": "0٣４߅௧²½Ⅷ🄁",
    "not assigned": "\ue000\uf8ff\ufdd0\ufffe\uffff\u0378\U0001fffe",
    "beside the tables": "\u20ff\u2100\u2fff\u3000\u3001\uffff\U00010000",
}
PIECES = [
    "'", "’", "'s", "’ﬁ", "d’", "''", "“", "”", '"', " said ", " said", "said the ", ", who ", " according to ", "Mr. ", "Dr ", "Sen.",
    "U.S.", "A.B.C.", " Jr.", ", Jr.", " & ", " of ", "--", "...", "…", "——", " (", ")", ": ", ":\n", "\n", "\n\n", "\n- ", "—", "@", "#", "1.5", "6'2\"",
    "12:30", "2031-05-04", "I", "WE ", "HE", "whom ", "the minister ", "Minister ", "told ", "asked", "not ", "that ", "would ", "spokesman ",
    "“I ", "“We will”", "(Reuters) - ", "By ", "Q: ", "A: ", "http://a.example/", "<b>", "&amp;", "|", "\t",
]  # fmt: skip
NAMES = [
    "Ada",
    "Brennick",
    "Odo",
    "Quill",
    "Ines",
    "Varga",
    "Torrey",
    "Isles",
    "Port",
    "Averley",
    "NATO",
    "UN",
    "Estmere",
    "Council",
    "van",
    "der",
    "Roe",
    "O’Dell",
    "al-Sorrane",
    "Jean-Luc",
]

Make = Callable[[random.Random], str]


@cache
def articles() -> list[str]:
    """The texts of the sample corpus; pages as their source."""
    found = (path.read_bytes() for path in sorted(SAMPLE.rglob("*")) if path.suffix in (".txt", ".html"))
    return [data.decode("utf-8", "replace") for data in found if data and b"\x00" not in data]


def make_text(seed: int, number: int) -> str:
    """The text of this number: one kind of oddity, sometimes two, seldom more."""
    rng = random.Random(f"{seed} text {number}")
    text = rng.choice(KINDS)(rng)
    while rng.random() < 0.3:
        other = rng.choice(KINDS)(rng)
        text = rng.choice([text + other, text + "\n" + other, _inserted(rng, text, other)])
    return text[: rng.choice([2_000, 4_000, 8_000, 60_000])]


def signs_alone(rng: random.Random) -> str:
    return _drawn(rng, SIGNS, rng.choice([1, 7, 60, 900]))


def one_sign(rng: random.Random) -> str:
    signs = [*SIGNS, *MARKS, *"aA0.\n ", *SEPARATORS, *"".join(LETTERS.values()), *PIECES]
    return rng.choice(signs) * rng.choice([1, 2, 999, 1000, 3000])


def pair_of_signs(rng: random.Random) -> str:
    return (rng.choice(SIGNS + "aA0\n") + rng.choice(SIGNS + "aA0\n ")) * rng.choice([3, 500, 1500])


def cut(rng: random.Random) -> str:
    article = rng.choice(articles())
    parts = [article[(at := rng.randrange(len(article))) : at + rng.randrange(1500)] for _ in range(rng.randint(1, 4))]
    return "".join(parts)


def whole(rng: random.Random) -> str:
    return rng.choice(articles())


def shuffled_lines(rng: random.Random) -> str:
    lines = [line for article in rng.sample(articles(), 2) for line in article.split("\n")]
    return "\n".join(rng.sample(lines, min(len(lines), rng.randint(1, 40))))


def shuffled_words(rng: random.Random) -> str:
    words = cut(rng).split(" ")
    rng.shuffle(words)
    return " ".join(words)


def salted(rng: random.Random) -> str:
    text = cut(rng)
    for _ in range(rng.choice([1, 5, 40])):
        text = _inserted(rng, text, _oddity(rng))
    return text


def letters_exchanged(rng: random.Random) -> str:
    letters = rng.choice(list(LETTERS.values()))
    share = rng.choice([0.01, 0.1, 0.6])
    return "".join(rng.choice(letters) if c.isalpha() and rng.random() < share else c for c in cut(rng))


def marks_mixed(rng: random.Random) -> str:
    share = rng.choice([0.2, 1.0])
    return "".join(rng.choice(MARKS) if c in MARKS and rng.random() < share else c for c in cut(rng))


def other_separators(rng: random.Random) -> str:
    found = rng.sample(SEPARATORS, 2)
    return "".join(rng.choice(found) if c in "\n " and rng.random() < 0.2 else c for c in cut(rng))


def one_long_line(rng: random.Random) -> str:
    return cut(rng).replace("\n", " ") * rng.choice([1, 4, 20])


def pieces(rng: random.Random) -> str:
    return "".join(rng.choice(PIECES + NAMES) + rng.choice(["", "", " "]) for _ in range(rng.choice([3, 30, 300])))


def speeches(rng: random.Random) -> str:
    """Sentences of the shapes that reports of speech have, in an order that no reporter would choose."""
    said = ["said", "told Ada Roe", "asked whether", "added that", "according to", "warned", "’s", "tweeted", "says"]
    written = []
    for _ in range(rng.choice([2, 12, 80])):
        words = " ".join(rng.choice(NAMES + PIECES + said) for _ in range(rng.randint(0, 9)))
        opened, closed = rng.choice(
            [*zip("“\"‘«„'“", "”\"’»“'“", strict=True), ("“", ""), ("", "”"), ("—", ""), ("", "")]
        )
        parts = [opened + words + rng.choice([",", ".", "", "!"]) + closed, rng.choice(said), rng.choice(NAMES)]
        rng.shuffle(parts)
        written.append(" ".join(parts) + rng.choice([". ", "\n", ", ", ": ", ""]))
    return "".join(written)


def names_alone(rng: random.Random) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    made = (
        "".join([rng.choice(letters), *rng.choices("aeioumnr", k=rng.choice([0, 1, 5]))])
        for _ in range(rng.choice([9, 900]))
    )
    return "".join(name + rng.choice([" ", " ", " ", "\n", ", ", ". ", "-"]) for name in made)


def any_code_points(rng: random.Random) -> str:
    top = rng.choice([0x80, 0x250, 0x3100, 0x10000, 0x110000])
    drawn = (rng.randrange(top) for _ in range(rng.choice([5, 100, 1500])))
    return "".join(chr(code) for code in drawn if not 0xD800 <= code < 0xE000)


def letters_of_a_kind(rng: random.Random) -> str:
    return _drawn(rng, rng.choice(list(LETTERS.values())) + " .’'\n", rng.choice([4, 80, 1200]))


def nothing(rng: random.Random) -> str:
    return _drawn(rng, " \n\t\xa0\u3000\u2028", rng.choice([0, 1, 50]))


def with_nuls(rng: random.Random) -> str:
    return "".join(c + "\x00" if rng.random() < 0.1 else c for c in cut(rng))


def _drawn(rng: random.Random, alphabet: str, length: int) -> str:
    return "".join(rng.choices(alphabet, k=length))


def _inserted(rng: random.Random, text: str, piece: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + piece + text[at:]


def _oddity(rng: random.Random) -> str:
    return rng.choice([*SIGNS, *MARKS, *SEPARATORS, *PIECES, *LETTERS.values(), *"".join(LETTERS.values())])


KINDS: tuple[Make, ...] = (
    signs_alone, one_sign, pair_of_signs, cut, whole, shuffled_lines, shuffled_words, salted, salted, salted, letters_exchanged,
    letters_exchanged, marks_mixed, marks_mixed, other_separators, one_long_line, pieces, pieces, speeches, speeches, names_alone,
    any_code_points, letters_of_a_kind, nothing, with_nuls,
)  # fmt: skip
