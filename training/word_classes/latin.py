"""Classes of words of the languages in Latin letters by how often they are written, from wordfreq (CC BY-SA 4.0)."""

from collections.abc import Sequence

from wordfreq import get_frequency_dict, zipf_frequency

LANGUAGES = ("es", "fr", "it", "nl", "pl", "pt", "tr")
RAREST = 2e-6
STEPS = 2  # of a power of ten
LEVELS = 16  # more than there are


def frequency_classes(languages: Sequence[str] = LANGUAGES) -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of lower-cased words: the language that has the word most often with its frequency twice, and the frequency alone."""
    best: dict[str, tuple[int, int]] = {}
    for number, language in enumerate(languages):
        for word, frequency in get_frequency_dict(language, "best").items():
            if frequency < RAREST or not word.isalpha():
                continue
            level = int(zipf_frequency(word, language, "best") * STEPS)
            if word not in best or best[word][0] < level:
                best[word] = level, number
    return {
        word: (1 + number * LEVELS + level, 1 + number * LEVELS + level, 1 + level)
        for word, (level, number) in best.items()
    }
