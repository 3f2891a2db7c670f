"""A document that ends every process that works on it costs that document and no other; what, where and why is said."""

import os
from pathlib import Path

import pytest

from assets.documents.read import MOST_BYTES
from tests.running import all_tables, published, verbatim

DEADLY = '''
"""Lets processes die of documents that hold a word, as a fault in a library or too little memory would."""
import functools, importlib.machinery, os, signal, sys

WORDS = {
    ("assets.articles.extract", "extract_articles"): "cleaningquake",
    ("assets.entities.extract", "mentions_by"): "namequake",
    ("assets.quotes.extract", "extract_quotes"): "quotequake",
    ("assets.documents.read", "read_documents"): "readingquake",
}

def dying(function, word):
    @functools.wraps(function)
    def deadly(given, *arguments, **options):
        held = " ".join(str(file.path) for file in given) if word == "readingquake" else str(given.to_dicts())
        if word in held:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(given, *arguments, **options)
    return deadly

class Finder:
    def find_spec(self, name, path=None, target=None):
        wanted = {function: word for (module, function), word in WORDS.items() if module == name}
        if not wanted:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            for function, word in wanted.items():
                setattr(module, function, dying(getattr(module, function), word))
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Finder())
'''
STORY = """{outlet} | 3 March 2026

Harbour board looks at the {word}

Dock master Ilse Varga said on Tuesday that the {word} had been seen from the pier. "We count every one of them," she told
the harbour board of Port Elm. The board meets again in April.
"""


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "hooks"), os.environ.get("PYTHONPATH", "")]))


MORE_THAN_A_WORKER_GIVES_BACK = MOST_BYTES + 1


def put(corpus: Path, *words: str) -> None:
    (corpus / "readingquake-at-length.txt").write_bytes(b"." * MORE_THAN_A_WORKER_GIVES_BACK)
    for word in words:
        name = "readingquake.txt" if word == "readingquake" else f"about-{word[0]}.txt"
        (corpus / name).write_text(STORY.format(outlet="Port Elm Courier", word=word), encoding="utf-8")


@pytest.mark.usefixtures("deadly")
def test_what_nobody_survives_is_left_out_and_all_else_is_as_without_it(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    put(corpus, "readingquake", "cleaningquake", "quotequake")
    data = tmp_path / "data"
    assert verbatim("run", corpus, data=data).returncode == -9, "so few files are read by the run itself"
    second = verbatim("run", corpus, data=data)
    assert "each process that looked for the quotations of" in second.stderr
    assert "about-q.txt has died, 3 times with nothing beside it; run again: " in second.stderr
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("crashed", "readingquake.txt", "about-c.txt", "about-q.txt"))
    left_out = published(data, "SELECT path, detail FROM raw.rejects WHERE reason = 'crashed'")
    names = sorted(path.rpartition("/")[2] for path in left_out["path"])
    assert names == ["readingquake-at-length.txt", "readingquake.txt"]
    no_articles = published(data, "SELECT detail FROM core.non_articles WHERE reason = 'crashed' ORDER BY detail")
    assert [detail.partition(" ended")[0] for detail in no_articles["detail"]] == [
        "Looking for its quotations",
        "Looking for its story",
    ]
    found, expected = all_tables(data), all_tables(undisturbed)
    for table in ("core.articles", "core.mentions", "core.quotes", "core.statements", "marts.quote_coverage"):
        assert found[table].equals(expected[table]), table
