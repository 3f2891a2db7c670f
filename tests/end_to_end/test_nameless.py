"""A corpus in which nobody is named is published like any other."""

from pathlib import Path

from tests.running import published, verbatim


def test_quotations_without_any_name_in_the_corpus_are_published(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.jsonl").write_text(
        '{"title": "wall to be rebuilt", "text": "the wall will be rebuilt. “we will not build it twice,” the company said."}\n'
    )
    done = verbatim("run", tmp_path / "inbox", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "data", "SELECT count(*), count(speaker_id) FROM core.quotes").rows() == [(1, 0)]
    assert published(tmp_path / "data", "SELECT count(*) FROM core.entities").item() == 0


def test_an_article_in_a_language_that_is_not_read_is_published_with_its_quotations(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.jsonl").write_text(
        '{"title": "Ѕидот", "text": "Советот на Велм одлучи вчера ѕидот повторно да се изгради пред зимските бури. '
        '„Нема да го градиме двапати и никој не нè праша за тоа“, рече градоначалничката Ада Квил."}\n',
        encoding="utf-8",
    )
    done = verbatim("run", tmp_path / "inbox", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "data", "SELECT language, supported FROM core.articles").rows() == [("mk", False)]
    rows = published(tmp_path / "data", "SELECT rule, speaker_name, confidence FROM core.quotes").rows()
    assert rows == [("unread", None, None)]
