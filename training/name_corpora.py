"""Reads the open corpora in which names are marked, for training/names_of_languages.py: all become documents of one form.

Their folders, licences and what each is used for are in docs/entities.md. A document has ``text``, ``entities`` (start, end,
label) and ``language``. Corpora come as words: texts are put together again, with the spaces that print has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

Document = dict[str, Any]
Labelled = list[tuple[str, str]]  # words, each with B-, I- and a label or O

SENTENCES_A_LINE = 3
PRINTED_SENTENCE = 30  # words at least, where sentences are cut at full stops alone
KINDS = {
    "PER": "Person", "PERSON": "Person", "nam_liv_person": "Person",
    "LOC": "Location", "GPE": "Location", "FAC": "Location", "nam_loc": "Location", "nam_fac": "Location",
    "ORG": "Organization", "nam_org": "Organization", "nam_pro_media": "Organization",
    "NORP": "NORP", "nam_adj": "NORP", "nam_org_nation": "NORP", "nam_liv_habitant": "NORP",
    "LOCderiv": "NORP", "ORGderiv": "NORP", "PERderiv": "NORP", "OTHderiv": "NORP", "LANGUAGE": "NORP",
    "OTH": "Misc", "nam_pro": "Misc", "nam_eve": "Misc", "EVENT": "Misc", "WORK_OF_ART": "Misc", "PRODUCT": "Misc",
    "LOCpart": "Misc", "ORGpart": "Misc", "PERpart": "Misc", "OTHpart": "Misc",
}  # fmt: skip
"""What the corpora call the kinds; one with further words after an underline is found by its longest beginning here."""

WIKIANN = ("de", "en", "fr", "nl", "pt")
FACT_KINDS = {"Person": "Person", "LocOrg": "Location", "Location": "Location", "Org": "Organization"}
_NO_SPACE_BEFORE = re.compile(r"[.,;:!?)\]}%»”…’]+|['’]\w+|-$")
_NO_SPACE_AFTER = re.compile(r"[(\[{«„“¿¡]|\w+['’]")
_APOSTROPHE_ENDING = re.compile(r"(?<=\w)['’]\w+$")
_DUTCH_ADJECTIVE = re.compile(r"[A-Z][\w-]+se")
# Portuguese treebanks take contractions apart: de + o.
_CONTRACTED = {"de": "d", "em": "n", "a": "a", "por": "pel"}
_CONTRACTING = re.compile(r"(?:[oa]s?|est[ea]s?|ess[ea]s?|aquel[ea]s?|isto|isso|aquilo|el[ea]s?)")


class Line(NamedTuple):
    text: str
    entities: list[tuple[int, int, str]]


def kind_of(label: str) -> str | None:
    """The label of a document's entity for one of a corpus, None for what is no name here."""
    while label:
        if label in KINDS:
            return KINDS[label]
        label = label.rpartition("_")[0]
    return None


def printed(words: Labelled) -> Line:
    """A sentence as it is printed, with its names."""
    text = ""
    entities: list[tuple[int, int, str]] = []
    for number, (word, tag) in enumerate(words):
        spaced = text and not _NO_SPACE_BEFORE.fullmatch(word) and not _NO_SPACE_AFTER.fullmatch(words[number - 1][0])
        text += " " + word if spaced else word
        kind = kind_of(tag[2:])
        if kind is None:
            continue
        end = len(text)
        if tag[0] == "I" and entities and number and words[number - 1][1][2:] == tag[2:]:
            entities[-1] = (entities[-1][0], end, kind)
        else:
            entities.append((end - len(word), end, kind))
    return Line(text, entities)


def document(sentences: Sequence[Labelled], language: str, a_line: int = SENTENCES_A_LINE) -> Document:
    """A document of sentences, some on each line."""
    text = ""
    entities = []
    for number, sentence in enumerate(sentences):
        text += ("\n" if number % a_line == 0 else " ") if number else ""
        line = printed(sentence)
        entities += [
            {"start": len(text) + start, "end": len(text) + end, "label": label} for start, end, label in line.entities
        ]
        text += line.text
    return {"text": text, "entities": entities, "language": language}


def sentences_of(path: Path, word: int, tag: int, separator: str | None = "\t") -> Iterator[tuple[list[str], Labelled]]:
    """Sentences of a file with a word a line and a blank line between them, each after its lines of comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        if blank:
            continue
        rows = list(group)
        words = [row.split(separator) for row in rows if not row.startswith(("#\t", "# ", "-DOCSTART"))]
        comments = [row for row in rows if row.startswith(("#\t", "# ", "-DOCSTART"))]
        yield comments, [(cells[word], cells[tag]) for cells in words if len(cells) > tag]


def wikiann(folder: Path, language: str) -> Iterator[Document]:
    """WikiANN: sentences of Wikipedia."""
    return together(_wikiann_prose(folder, language), language)


def together(sentences: Iterable[Labelled], language: str) -> Iterator[Document]:
    """Sentences that were drawn singly, some on a line, so that the end of one before the next is learnt, too."""
    some: list[Labelled] = []
    for sentence in sentences:
        some.append(sentence)
        if len(some) == SENTENCES_A_LINE:
            yield document(some, language)
            some = []
    if some:
        yield document(some, language)


def _wikiann_prose(folder: Path, language: str) -> Iterator[Labelled]:
    """Headings and redirections say nothing about prose."""
    for split in ("train", "dev", "test"):
        for _, words in sentences_of(folder / "NER-datasets/WikiANN" / language / split, 0, 1):
            sentence = [(word.removeprefix(f"{language}:"), tag) for word, tag in words]
            sentence = [(word, tag) for word, tag in sentence if word.strip("'*=|")]
            if _is_prose(sentence):
                yield list(_without_links(sentence, language))


def _without_links(sentence: Labelled, language: str) -> Iterator[tuple[str, str]]:
    """The names alone: WikiANN marks what is linked, brackets that only tell articles apart ("Hull (city)") and Dutch adjectives, too."""
    inside = False
    for number, (word, tag) in enumerate(sentence):
        inside = tag[0] == "I" and (inside or word == "(")
        single = tag[0] == "B" and (number + 1 == len(sentence) or sentence[number + 1][1][0] != "I")
        if inside:
            yield word, "O"
        elif language == "nl" and single and _DUTCH_ADJECTIVE.fullmatch(word) and tag[2:] != "PER":
            yield word, "B-NORP" if tag[2:] == "LOC" else "O"
        else:
            yield word, tag


def headings(folder: Path) -> Iterator[tuple[str, str]]:
    """Names that WikiANN marks outside prose, and which list they belong on."""
    for language in WIKIANN:
        for _, words in sentences_of(folder / "NER-datasets/WikiANN" / language / "train", 0, 1):
            sentence = [(word.removeprefix(f"{language}:"), tag) for word, tag in words]
            if not _is_prose(sentence):
                line = printed(sentence)
                for start, end, label in line.entities:
                    yield line.text[start:end], f"known_{label.lower().replace('z', 's').replace('location', 'place')}"


def _is_prose(sentence: Labelled) -> bool:
    outside = sum(tag == "O" and word.islower() for word, tag in sentence)
    return len(sentence) > 5 and outside * 3 > len(sentence)


def germeval(folder: Path) -> Iterator[Document]:
    """GermEval 2014: sentences of German news and Wikipedia."""
    paths = [folder / "NER-datasets/GermEval2014" / name for name in ("NER-de-dev.tsv", "NER-de-test.tsv")]
    return together((words for path in paths for _, words in sentences_of(path, 1, 2)), "de")


def europeana(folder: Path, name: str, language: str) -> Iterator[Document]:
    """Europeana Newspapers: pages of old newspapers as machines read them, line by line without ends of sentences."""
    words = [
        (cells[0], cells[-1])
        for line in (folder / "Europeana" / name).read_text(encoding="utf-8").splitlines()
        if len(cells := line.split()) > 1
    ]
    sentence: Labelled = []
    sentences: list[Labelled] = []
    for word, tag in words:
        sentence.append((word, tag))
        if len(sentence) >= PRINTED_SENTENCE and word in tuple(".!?"):
            sentences.append(sentence)
            sentence = []
    return together([*sentences, *([sentence] if sentence else [])], language)


def universal_ner(path: Path, language: str) -> Iterator[Document]:
    """Universal NER: treebanks, document by document."""
    for sentences in documents_of(path):
        yield document([contracted(words) if language == "pt" else words for words in sentences], language)


def documents_of(path: Path) -> Iterator[list[Labelled]]:
    """The sentences of each document of Universal NER."""
    sentences: list[Labelled] = []
    for comments, words in sentences_of(path, 1, 2):
        if any(comment.startswith("# newdoc") for comment in comments) and sentences:
            yield sentences
            sentences = []
        sentences.append(words)
    yield sentences


def contracted(words: Labelled) -> Labelled:
    """Portuguese words as they are written: do, na, pelo."""
    result: Labelled = []
    for word, tag in words:
        before = result[-1] if result else ("", "")
        joint = _CONTRACTED.get(before[0].lower())
        if joint and _CONTRACTING.fullmatch(word.lower()) and tag[:1] != "B" and (before[1] == "O") == (tag == "O"):
            beginning = joint if before[0].islower() else joint.capitalize()
            whole = {"ao": "ao", "aa": "à", "aos": "aos", "aas": "às"}.get(joint + word.lower())
            result[-1] = (whole or beginning + word, before[1])
        else:
            result.append((word, tag))
    return result


def kpwr(folder: Path) -> Iterator[Document]:
    """The Polish corpus KPWr."""
    sentences: list[Labelled] = []
    for comments, words in sentences_of(folder / "KPWr/kpwr-ner-n82-test.iob", 0, 3):
        if comments and sentences:
            yield document(sentences, "pl")
            sentences = []
        sentences.append(words)
    yield document(sentences, "pl")


def turkish_wiki(folder: Path) -> Iterator[Document]:
    """Sentences of the Turkish Wikipedia; an ending after an apostrophe is no part of a name."""
    paths = [folder / "Turkish-Wiki-NER-Dataset" / f"{split}.conll" for split in ("train", "dev", "test")]
    return together((list(_endings_apart(words)) for path in paths for _, words in sentences_of(path, 0, 1)), "tr")


def _endings_apart(words: Labelled) -> Iterator[tuple[str, str]]:
    for word, tag in words:
        ending = _APOSTROPHE_ENDING.search(word)
        if ending and tag != "O":
            yield word[: ending.start() + 1].rstrip("'’"), tag
            yield ending.group(), "O"
        else:
            yield word, tag


def fact_ru_eval(folder: Path) -> Iterator[Document]:
    """factRuEval-2016: Russian news."""
    for marked in sorted(folder.glob("factRuEval-2016/*/*.objects")):
        path = marked.with_suffix(".txt")
        text = path.read_text(encoding="utf-8")
        spans = {cells[0]: (cells[1], int(cells[2]), int(cells[3])) for cells in _cells(path.with_suffix(".spans"))}
        found: list[tuple[int, int, str]] = []
        for _, kind, *numbers in _cells(marked):
            parts = sorted(
                (start, start + length, part) for part, start, length in (spans[n] for n in numbers if n in spans)
            )
            if kind in FACT_KINDS and (name := _name_in(text, parts, kind)):
                found.append((*name, FACT_KINDS[kind]))
        yield {
            "text": text,
            "entities": [{"start": s, "end": e, "label": kind} for s, e, kind in outermost(found)],
            "language": "ru",
        }


def _name_in(text: str, parts: Sequence[tuple[int, int, str]], kind: str) -> tuple[int, int] | None:
    """Where the name is in a mention: without what is said of it in small letters before it (компания, село)."""
    if kind == "Person":
        parts = [part for part in parts if part[2] in ("name", "surname", "patronymic")]
    first = next(
        (number for number, part in enumerate(parts) if text[part[0]].isupper() or text[part[0]].isdigit()), None
    )
    if first is None or all(part[2].endswith("_descr") and text[part[0]].islower() for part in parts):
        return None
    return parts[first][0], max(end for _, end, _ in parts[first:])


def _cells(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line.split("#")[0].split()


def russian_wikinews(folder: Path) -> Iterator[str]:
    """Texts of the Russian Wikinews, without marks."""
    for path in sorted(folder.glob("RuNNE/data/*/*.txt")):
        yield path.read_text(encoding="utf-8")


def outermost(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that are in no other, in order."""
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(set(spans), key=lambda span: (span[0], -span[1], span[2])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
    return kept
