"""Fit who a pronoun stands for and how sure a name is, and cross-validate both by article.

usage: python -m training.speakers EVAL_FOLDER [--out]

Reads ``quotes/ggt_dev.jsonl``, where every speaker has a full name, and ``quotes/polnear_dev.jsonl``, where names are mentions.
With ``--out`` it writes ``person_weights.csv`` and ``name_weights.csv`` of ``assets/quotes/resolution``. No chance is in it: the
same files come out every time. Prints what cross-validation finds.
"""

import argparse
import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.entities.extract import extract_mentions
from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.attribution.mention_types import NAME, NAME_POSSESSIVE
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution import pronouns, speakers, sureness
from assets.quotes.resolution.article_names import Article, Speaker
from assets.quotes.rows import FoundQuote
from assets.text.characters import trimmed

FOLDS = 10
DECAY = 1.0  # of the weights of the pronouns' model
DECAY_OF_NAMES = 0.5
# Where the labelled articles do not tell: a pronoun means the subject of its own sentence (Ida Roe wept as she spoke).
PRIOR = {"subject of the same sentence": 2.5}
STEPS = 50
Floats = NDArray[np.float64]


class Resolved(NamedTuple):
    """A quotation whose speaker the annotators name: its article, how the name was found, whether it is right."""

    article: str
    features: tuple[float, ...]
    right: bool
    direct: bool
    named: bool
    weighed: tuple[tuple[tuple[float, ...], bool], ...]  # the people a pronoun was weighed among, and which is right


class Recorder:
    """Keeps what the resolver saw, as it resolves."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, int], dict[str, tuple[float, ...]]] = {}
        self.named: list[tuple[str, FoundQuote, Speaker, tuple[float, ...]]] = []

    def weigh(self, found: Callable[..., dict[str, tuple[float, ...]]]) -> Callable[..., dict[str, tuple[float, ...]]]:
        def recorded(article: Article, place: int, *rest: Any) -> dict[str, tuple[float, ...]]:
            people = found(article, place, *rest)
            self.people[article.body, place] = people
            return people

        return recorded

    def judge(self, article: Article, quote: FoundQuote, speaker: Speaker) -> None:
        mention = article.body[quote.mention.start : quote.mention.end]
        known = sureness.features(speaker, mention, quote.confidence, quote.rule)
        values = tuple(known.get(feature, 0.0) for feature in sureness.FEATURES)
        self.named.append((article.body, quote, speaker, values))


def record(documents: Sequence[dict[str, Any]]) -> Recorder:
    """What the resolver finds in the documents."""
    recorder = Recorder()
    rows = [(document["doc_id"], "", "", document["text"], "en") for document in documents]
    articles = pl.DataFrame(rows, schema=["article_id", "source_id", "title", "body", "language"], orient="row")
    original = pronouns.people_before
    pronouns.people_before = recorder.weigh(original)
    speakers.on_named = recorder.judge
    try:
        extract_quotes(articles, extract_mentions(articles))
    finally:
        pronouns.people_before = original
        speakers.on_named = None
    return recorder


def resolved(documents: Sequence[dict[str, Any]], same: Callable[[str | None, str | None], bool]) -> list[Resolved]:
    """The named quotations of the documents that the annotators give a speaker."""
    recorder = record(documents)
    document_of = {document["text"]: document for document in documents}
    found: list[Resolved] = []
    for body, quote, speaker, values in recorder.named:
        document = document_of[body]
        gold = _label(document, quote)
        if gold is None:
            continue
        true = gold.get("speaker_canonical")
        if true is None and not _is_name(quote, gold):
            continue
        right = same(speaker.full_name, true) if true else _names(speaker.full_name, quote, gold)
        people = recorder.people.get((body, quote.mention.start), {}) if speaker.how in ("pronoun", "later") else {}
        weighed = tuple((features, same(name, true)) for name, features in people.items()) if true else ()
        found.append(
            Resolved(
                document["doc_id"],
                values,
                right,
                quote.rule != IN_REPORT,
                speaker.full_name is not None,
                weighed,
            )
        )
    return found


def _is_name(quote: FoundQuote, gold: dict[str, Any]) -> bool:
    """Where only the mention is labelled, a name tells who it is; a pronoun does not."""
    return quote.mention.type in (NAME, NAME_POSSESSIVE) and gold["speaker_start"] is not None


def _names(name: str | None, quote: FoundQuote, gold: dict[str, Any]) -> bool:
    """Whether a name is that of the labelled mention: the mention found is the same, and it has the last word of the name."""
    same = quote.mention.start < gold["speaker_end"] and gold["speaker_start"] < quote.mention.end
    return same and name is not None and name.split(" ")[-1].strip(".,") in (gold["speaker"] or "")


def _label(document: dict[str, Any], quote: FoundQuote) -> dict[str, Any] | None:
    """The annotation that covers a quotation, or most of it."""
    text = document["text"]
    start, end = trimmed(text, *quote.span)
    best: tuple[float, dict[str, Any]] | None = None
    other = "direct" if quote.rule == IN_REPORT else "indirect"
    for label in document["quotes"]:
        a, b = trimmed(text, label["start"], label["end"])
        common = min(end, b) - max(start, a)
        if common <= 0 or not (label.get("speaker") or label.get("speaker_canonical")):
            continue
        share = common / (max(end, b) - min(start, a))
        if a <= start and end <= b:
            share = max(share, 0.5)
        if label.get("type") == other:
            share -= 0.4  # a report around the words may be another's
        if share >= 0.5 and (best is None or share > best[0]):
            best = share, label
    return best[1] if best else None


def fit_people(rows: Sequence[Resolved]) -> Floats:
    """Weights of a conditional logit, by Newton's method with a ridge."""
    cases = [
        (np.array([features for features, _ in row.weighed]), np.array([right for _, right in row.weighed]))
        for row in rows
        if any(right for _, right in row.weighed) and len(row.weighed) > 1
    ]
    n = len(pronouns.FEATURES)
    prior = np.array([PRIOR.get(feature, 0.0) for feature in pronouns.FEATURES])
    weight = prior.copy()
    for _ in range(STEPS):
        gradient, curvature = DECAY * (prior - weight), DECAY * np.eye(n)
        for values, right in cases:
            p = np.exp(values @ weight - (values @ weight).max())
            p /= p.sum()
            target = np.where(right, p, 0) / p[right].sum()
            gradient += (target - p) @ values
            centred = values - p @ values
            curvature += centred.T @ (centred * p[:, None])
        step = np.linalg.solve(curvature, gradient)
        weight = weight + step
        if np.abs(step).max() < 1e-9:
            break
    return weight


def fit_names(rows: Sequence[Resolved]) -> Floats:
    """Weights of a logistic regression, by Newton's method with a ridge."""
    rows = [row for row in rows if row.named]
    values = np.array([row.features for row in rows])
    right = np.array([row.right for row in rows], np.float64)
    weight = np.zeros(values.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-values @ weight))
        gradient = values.T @ (right - p) - DECAY_OF_NAMES * weight
        curvature = (values.T * (p * (1 - p))) @ values + DECAY_OF_NAMES * np.eye(len(weight))
        step = np.linalg.solve(curvature, gradient)
        weight = weight + step
        if np.abs(step).max() < 1e-9:
            break
    return weight


def folds_of(rows: Sequence[Resolved]) -> list[list[int]]:
    """Rows by fold; an article is in one of them."""
    articles = {article: number for number, article in enumerate(sorted({row.article for row in rows}))}
    return [[i for i, row in enumerate(rows) if articles[row.article] % FOLDS == fold] for fold in range(FOLDS)]


def held_out(
    rows: Sequence[Resolved], fit: Callable[[Sequence[Resolved]], Floats], use: Callable[[Floats, Resolved], float]
) -> Floats:
    """What models fitted on the other articles say of each row."""
    answers = np.full(len(rows), np.nan)
    for fold in folds_of(rows):
        inside = set(fold)
        weight = fit([row for i, row in enumerate(rows) if i not in inside])
        for i in fold:
            answers[i] = use(weight, rows[i])
    return answers


def picks_right(weight: Floats, row: Resolved) -> float:
    if not row.weighed:
        return float("nan")
    scores = [float(np.dot(weight, features)) for features, _ in row.weighed]
    return float(row.weighed[int(np.argmax(scores))][1])


def as_if_unseen(rows: Sequence[Resolved]) -> list[Resolved]:
    """The rows as they would be had the pronouns' weights not seen their articles: whom these choose, how likely, whether rightly."""
    place = sureness.FEATURES.index("chance of the person")
    judged = list(rows)
    for fold in folds_of(rows):
        inside = set(fold)
        weight = fit_people([row for i, row in enumerate(rows) if i not in inside])
        for i in fold:
            row = rows[i]
            if not row.weighed:
                continue
            scores = np.array([features for features, _ in row.weighed]) @ weight
            chances = np.exp(scores - scores.max())
            best = int(np.argmax(chances))
            features = list(row.features)
            features[place] = sureness.log_odds(float(chances[best] / chances.sum()))
            judged[i] = row._replace(features=tuple(features), right=bool(row.weighed[best][1]))
    return judged


def says(weight: Floats, row: Resolved) -> float:
    return float(1 / (1 + np.exp(-np.dot(weight, row.features)))) if row.named else float("nan")


def reliability(chances: Floats, right: Floats) -> None:
    for tenth in range(10):
        inside = (chances >= tenth / 10) & (chances < (tenth + 1) / 10 + (tenth == 9))
        if inside.any():
            print(
                f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}: {int(inside.sum()):4} rows, mean {100 * chances[inside].mean():5.1f} %, right {100 * right[inside].mean():5.1f} %"
            )
    sure = chances >= 0.9
    print(f"  from 0.9 on {100 * sure.mean():.1f} % of the rows, {100 * right[sure].mean():.1f} % right")


def write(path: Path, names: Sequence[str], weight: Floats) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("feature", "weight"))
        table.writerows((name, f"{value:.4f}") for name, value in zip(names, weight, strict=True))


def scorer(folder: Path) -> Callable[[str | None, str | None], bool]:
    """The rule of the evaluation folder for two names of one person."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_quotes", folder / "score_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.same  # type: ignore[no-any-return]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", action="store_true")
    options = parser.parse_args()
    same = scorer(options.folder)

    def read(name: str) -> list[dict[str, Any]]:
        lines = (options.folder / "quotes" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    ggt = read("ggt_dev")
    rows = resolved(ggt, same)
    picks = held_out(rows, fit_people, picks_right)
    shipped = np.array(pronouns.weights())
    now = np.array([picks_right(shipped, row) for row in rows])
    known = ~np.isnan(picks)
    print(
        f"pronouns: {int(known.sum())}, right {100 * picks[known].mean():.1f} % in cross-validation, {100 * now[known].mean():.1f} % as shipped"
    )
    if options.out:
        write(pronouns.WEIGHTS, pronouns.FEATURES, fit_people(rows))
        pronouns.weights.cache_clear()
        rows = resolved(ggt, same)
    rows = [*as_if_unseen(rows), *resolved(read("polnear_dev"), same)]
    chances = np.nan_to_num(held_out(rows, fit_names, says))
    right = np.array([row.right for row in rows], np.float64)
    of_ggt = np.array([row.article in {document["doc_id"] for document in ggt} for row in rows])
    direct = np.array([row.direct for row in rows])
    for title, chosen in (("all", of_ggt | True), ("GGT", of_ggt), ("GGT, in marks", of_ggt & direct)):
        print(f"names, {title}: {int(chosen.sum())} rows, {100 * right[chosen].mean():.1f} % right")
        reliability(chances[chosen], right[chosen])
    if options.out:
        write(sureness.WEIGHTS, sureness.FEATURES, fit_names(rows))


if __name__ == "__main__":
    main()
