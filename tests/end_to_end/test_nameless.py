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
