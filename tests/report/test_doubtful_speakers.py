"""The page of an article says of which speakers it is not sure."""

import polars as pl
import pytest

from assets.report.articles import quote_rows


@pytest.mark.parametrize(("sure", "doubtful"), [(0.95, False), (0.8, False), (0.79, True), (None, False)])
def test_a_doubtful_speaker_is_marked(sure: float | None, doubtful: bool) -> None:
    frame = pl.DataFrame(
        {
            "page": ["a1"],
            "quote_id": ["q1"],
            "text": ["We wait."],
            "kind": ["direct"],
            "speaker_text": ["she"],
            "speaker_name": ["Ida Holm"],
            "speaker_id": ["e1"],
            "speaker_confidence": pl.Series([sure], dtype=pl.Float64),
            "rule": ["said_after"],
            "confidence": ["0.97"],
            "address": ["statements/s1.html"],
            "has_page": [True],
            "n_carried": [1],
        }
    )
    (rows,) = quote_rows(frame)["quotes"]
    assert ("doubtful" in rows) == doubtful
