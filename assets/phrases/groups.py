"""From the corpus to its closed phrases: partition by partition, on all cores."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assets.phrases import walk
from assets.phrases.corpus import Corpus, n_workers
from assets.phrases.windows import ALL, Bools, Int32s, Int64s, bucket_bits, bucket_sizes, bucketed, partitions
from assets.text.compiled import compiled

UInt32s = npt.NDArray[np.uint32]

CAPACITY = 1 << 20  # places written before they are put aside


@dataclass(frozen=True)
class Found:
    """``counts`` has a row of tokens, texts, outlets, places for each phrase; ``places`` their positions, end to end."""

    counts: Int32s
    places: UInt32s

    @property
    def n_tokens(self) -> Int32s:
        return self.counts[:, 0]

    @property
    def n_articles(self) -> Int32s:
        return self.counts[:, 1]

    @property
    def n_outlets(self) -> Int32s:
        return self.counts[:, 2]

    @property
    def n_places(self) -> Int32s:
        return self.counts[:, 3]

    @property
    def first_places(self) -> Int64s:
        """Where each phrase's places begin."""
        return np.cumsum(self.n_places, dtype=np.int64) - self.n_places

    def taken(self, order: Int64s) -> "Found":
        """The phrases in another order."""
        places = np.empty_like(self.places)
        _take(self.places, self.first_places, self.n_places, order, places)
        return Found(self.counts[order], places)


def find_groups(corpus: Corpus, chosen: Bools = ALL) -> Found:
    """All closed phrases, in no promised order; the places of each ascend.

    ``chosen`` limits them to those that begin with a window at the positions it marks: for every window,
    all of its positions or none.
    """
    bits = bucket_bits(len(corpus.codes))
    sizes = bucket_sizes(corpus.codes, bits, chosen)
    with ThreadPoolExecutor(n_workers()) as pool:
        found = list(pool.map(lambda span: _find(corpus, bits, sizes, chosen, *span), partitions(sizes)))
    nothing = Found(np.empty((0, 4), np.int32), np.empty(0, np.uint32))
    parts = [nothing, *(part for parts in found for part in parts)]
    return Found(np.concatenate([part.counts for part in parts]), np.concatenate([part.places for part in parts]))


def _find(corpus: Corpus, bits: int, sizes: Int64s, chosen: Bools, first: int, after: int) -> list[Found]:
    """Phrases that begin with a window of buckets ``first`` to ``after - 1``."""
    entries, offsets = bucketed(corpus.codes, bits, first, after, sizes, chosen)
    largest = int(sizes[first:after].max())
    memory = walk.memory_for(largest, corpus.n_forms, int(corpus.outlets.max(initial=0)) + 1)
    texts = walk.Texts(corpus.codes, corpus.text_offsets, corpus.text_of_block, corpus.outlets)
    output = walk.Output(np.empty((CAPACITY // 4, 4), np.int32), np.empty(max(CAPACITY, largest), np.uint32))
    parts: list[Found] = []
    done = False
    while not done:
        done = walk.find(texts, entries, offsets, memory, output)
        n_phrases, n_places = memory.state[walk.N_PHRASES], memory.state[walk.N_PLACES]
        parts.append(Found(output.phrases[:n_phrases].copy(), output.places[:n_places].copy()))
    return parts


@compiled
def _take(places: UInt32s, firsts: Int64s, n_places: Int32s, order: Int64s, taken: UInt32s) -> None:
    row = 0
    for phrase in order:
        for place in range(firsts[phrase], firsts[phrase] + n_places[phrase]):
            taken[row] = places[place]
            row += 1
