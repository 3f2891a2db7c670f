"""Company kept: which other names an entity is mentioned with."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Protocol

Key = tuple[str, str]


class Named(Protocol):
    """What is needed of a cluster: the article it stands in."""

    @property
    def article(self) -> str: ...


class Company:
    """How much company a cluster shares with an entity: their common companions, rare ones counting more."""

    # Two companions that one article in a hundred names, or one that almost no other does.
    least = 8.0

    def __init__(self, clusters: Sequence[Named], keys: Sequence[Key]) -> None:
        self._own = list(keys)
        self._articles = [cluster.article for cluster in clusters]
        self._of_article: dict[str, set[Key]] = defaultdict(set)
        for article, key in zip(self._articles, keys, strict=True):
            self._of_article[article].add(key)
        self._articles_of: dict[Key, set[str]] = defaultdict(set)
        for article, names in self._of_article.items():
            for key in names:
                self._articles_of[key].add(article)
        self._companions: dict[Key, Counter[Key]] = {}

    def shared(self, at: int, candidate: Key) -> float:
        """Sum of the rarity (in bits) of the companions that cluster ``at`` and the entity ``candidate`` have in common."""
        article = self._articles[at]
        theirs = self._companions_of(candidate)
        own = self._own[at]
        total = len(self._of_article)
        here = article in self._articles_of[candidate]
        # The article itself is no evidence about the others. An exact sum is the same in any order, as a set has none.
        return math.fsum(
            math.log2((total + 1) / len(self._articles_of[key]))
            for key in self._of_article[article]
            if key not in (own, candidate) and theirs[key] - here > 0
        )

    def _companions_of(self, key: Key) -> Counter[Key]:
        if key not in self._companions:
            counts: Counter[Key] = Counter()
            for article in self._articles_of[key]:
                counts.update(self._of_article[article])
            self._companions[key] = counts
        return self._companions[key]
