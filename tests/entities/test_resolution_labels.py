"""Mentions of sixteen reports labelled by hand with who or what is meant: pairs that share an entity must be found."""

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest

from assets.entities.articles.resolution import resolve_article
from assets.entities.linking.link import link_entities
from assets.entities.linking.overrides import read_overrides
from assets.entities.schema import ARTICLE_MENTIONS

LABELS = Path(__file__).with_name("resolution_labels.csv")


def pairs(sizes: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


@pytest.mark.shared
def test_pairs_of_mentions_that_mean_the_same(shared: Path) -> None:
    labels: dict[str, dict[tuple[int, int], tuple[str, str]]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            labels[row["doc_id"]][int(row["start"]), int(row["end"])] = row["kind"], row["entity"]
    rows = []
    with (shared / "eval/entities/newswire_dev.jsonl").open(encoding="utf-8") as file:
        for document in map(json.loads, file):
            marked = labels.get(document["doc_id"], {})
            spans = [(start, end, kind) for (start, end), (kind, _) in sorted(marked.items())]
            for m in resolve_article(document["text"], spans):
                rows.append((document["doc_id"], m.start, m.end, m.text, m.kind, m.name, m.cluster))
    mentions = pl.DataFrame(rows, schema=ARTICLE_MENTIONS.polars_schema, orient="row")
    linked = link_entities(mentions, read_overrides())
    found, meant, both = Counter[object](), Counter[object](), Counter[object]()
    for article_id, entity_id, start, end in linked.mentions.select("article_id", "entity_id", "start", "end").rows():
        if (start, end) in labels[article_id]:
            entity = labels[article_id][start, end]
            found[entity_id] += 1
            meant[entity] += 1
            both[entity_id, entity] += 1
    precision, recall = pairs(both) / pairs(found), pairs(both) / pairs(meant)
    assert meant.total() == sum(map(len, labels.values()))
    assert precision >= 0.98, f"precision {precision:.4f}, recall {recall:.4f}"
    assert recall >= 0.92, f"precision {precision:.4f}, recall {recall:.4f}"
