"""Other taggers give the same kind of spans; what is missing is said with what to install."""

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.entities.extract import extract_mentions
from assets.entities.tagger.engines import load_engine, windows

TEXT = "Orla Venn of the Harbour Guild spoke in Port Ellery on Monday."


def test_the_default_engine_needs_nothing_installed() -> None:
    spans = load_engine()([TEXT])
    assert all(0 <= start < end <= len(TEXT) for start, end in zip(spans.starts, spans.ends, strict=True))


@pytest.mark.parametrize("name", ["", "stanza:en", "spacy", "gliner:", "crf:large"])
def test_an_unknown_engine_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="spacy:PIPELINE"):
        load_engine(name)


@pytest.mark.parametrize(
    ("engine", "install"), [("spacy", "pip install 'verbatim\\[spacy"), ("gliner", "pip install 'verbatim\\[gliner")]
)
def test_a_missing_package_says_what_to_install(engine: str, install: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, engine, None)  # as if it were not installed
    with pytest.raises(ImportError, match=f"needs a package that is not installed: {install}"):
        load_engine(f"{engine}:anything")


def mentions_by(engine: str, body: str) -> list[tuple[object, ...]]:
    articles = pl.DataFrame({"article_id": ["a"], "title": [""], "body": [body], "language": ["en"]})
    mentions = extract_mentions(articles, load_engine(engine))
    assert all(body[start:end] == text for start, end, text in mentions.select("start", "end", "text").rows())
    return mentions.select("text", "kind").rows()


def test_a_spacy_pipeline_finds_what_it_knows(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Orla Venn"},
            {"label": "ORG", "pattern": "the Harbour Guild"},
            {"label": "GPE", "pattern": "Port Ellery"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    pipeline.max_length = 100  # a longer article is read all the same
    pipeline.to_disk(tmp_path / "small")
    found = [("Orla Venn", "person"), ("Harbour Guild", "organisation"), ("Port Ellery", "place")]
    assert mentions_by(f"spacy:{tmp_path / 'small'}", TEXT) == found
    assert mentions_by(f"spacy:{tmp_path / 'small'}", f"{TEXT}\n" * 40) == found * 40


def test_a_missing_spacy_pipeline_says_how_to_get_it() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(OSError, match="spacy download no_such_pipeline"):
        load_engine("spacy:no_such_pipeline")


def test_a_spacy_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.to_disk(tmp_path / "sentences")
    with pytest.raises(ValueError, match="finds no entities: it has sentencizer"):
        load_engine(f"spacy:{tmp_path / 'sentences'}")


class KnowsThree:
    """Behaves as GLiNER does: reads ``max_len`` words of each text, answers with one list of dictionaries a text."""

    known = {"Orla Venn": "person", "Harbour Guild": "organization", "Port Ellery": "location"}  # noqa: RUF012
    config = SimpleNamespace(max_len=20)

    @classmethod
    def from_pretrained(cls, model_id: str, **_options: object) -> "KnowsThree":
        if model_id != "small":
            raise FileNotFoundError(model_id)
        return cls()

    def inference(
        self,
        texts: list[str],
        labels: list[str],
        flat_ner: bool = True,
        threshold: float = 0.5,
        multi_label: bool = False,
        batch_size: int = 8,
    ) -> list[list[dict[str, object]]]:
        answers = []
        for text in texts:
            words = [match.end() for match in re.finditer(r"\w+|\S", text)]
            seen = text[: words[min(len(words), self.config.max_len) - 1]]
            answers.append(
                [
                    {"start": match.start(), "end": match.end(), "text": name, "label": label, "score": 0.9}
                    for name, label in self.known.items()
                    if label in labels
                    for match in re.finditer(name, seen)
                ]
            )
        return answers


@pytest.fixture
def gliner(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("gliner")
    module.GLiNER = KnowsThree  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner", module)


@pytest.mark.usefixtures("gliner")
@pytest.mark.parametrize("times", [1, 7])
def test_gliner_reads_all_of_a_text_longer_than_it_can_see(times: int) -> None:
    found = [("Orla Venn", "person"), ("Harbour Guild", "organisation"), ("Port Ellery", "place")]
    assert mentions_by("gliner:small", f"{TEXT}\n" * times) == found * times


@pytest.mark.usefixtures("gliner")
def test_a_missing_gliner_model_says_what_to_write() -> None:
    with pytest.raises(OSError, match="no model 'other': write a folder"):
        load_engine("gliner:other")


def test_a_gliner_model_from_disk_is_run(tmp_path: Path) -> None:
    """With the package itself, where it is installed: a model of sixteen dimensions, random, so it calls most words names."""
    package = pytest.importorskip("gliner")
    tokenizers, transformers, torch = map(pytest.importorskip, ("tokenizers", "transformers", "torch"))
    words = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    special = {
        name: f"[{name[:-6].upper()}]" for name in ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    }
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(tmp_path / "encoder")
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    encoder = transformers.BertModel(transformers.BertConfig(vocab_size=len(words), **sizes))
    encoder.save_pretrained(tmp_path / "encoder")
    config = package.GLiNERConfig(
        model_name=str(tmp_path / "encoder"), hidden_size=16, max_width=4, max_len=20, dropout=0.0
    )
    package.GLiNER.from_config(config).save_pretrained(tmp_path / "model")
    spans = load_engine(f"gliner:{tmp_path / 'model'}")([TEXT, "", f"{TEXT}\n" * 20])
    assert all(spans.ends > spans.starts)
    assert max(spans.ends[spans.documents == 2]) > 19 * len(TEXT), "the end of a long text is not read"
    with pytest.raises(OSError, match="no model"):
        load_engine(f"gliner:{tmp_path / 'nothing'}")


@given(st.text(alphabet="ab .\n-é", max_size=80), st.integers(1, 9))
def test_windows_hold_every_word_once(text: str, most: int) -> None:
    parts = list(windows(text, most))
    word = re.compile(r"\w+(?:[-_]\w+)*|\S")
    assert [w for start, end in parts for w in word.findall(text[start:end])] == word.findall(text)
    assert all(1 <= len(word.findall(text[start:end])) <= most for start, end in parts)


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("One two\nthree four five", 4, ["One two", "three four five"]),
        ("One. Two three four", 3, ["One.", "Two three four"]),
        ("one two three four", 3, ["one two three", "four"]),
        ("", 3, []),
    ],
)
def test_windows_end_where_a_line_or_a_sentence_does(text: str, most: int, parts: list[str]) -> None:
    assert [text[start:end] for start, end in windows(text, most)] == parts
