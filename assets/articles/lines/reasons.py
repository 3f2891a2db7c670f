"""Why a line is not in the body, by its words and its shape, for all lines of a batch at once."""

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.columns import LOCAL_FEATURES

_AT = {name: number for number, name in enumerate(LOCAL_FEATURES)}
_REASON_OF = {
    "month": "date", "clock": "date", "byline": "byline", "picture": "caption", "newsletter": "newsletter", "share": "share",
    "advertisement": "advertisement", "related": "related", "comments": "comments", "legal": "footer", "credit": "credit",
}  # fmt: skip
# Earlier kinds win a draw: a word of advertising says more than a word of sharing, that more than "more" or "by".
_ORDER = (
    "advertisement",
    "newsletter",
    "comments",
    "share",
    "legal",
    "picture",
    "related",
    "month",
    "clock",
    "credit",
    "byline",
)
REASONS = ("navigation", "other", "markup", "disclaimer", "related", *(_REASON_OF[kind] for kind in _ORDER))
_NAVIGATION, _OTHER, _MARKUP, _DISCLAIMER, _RELATED, _FIRST_KIND = range(6)
SHORT, LONG = np.log1p(60), np.log1p(150)
MIN_DENSITY = 0.3


def line_reasons(local: NDArray[np.float32]) -> NDArray[np.int64]:
    """Index into REASONS for each line of ``local`` (LineFeatures.local), as if none were kept."""
    words = np.maximum(np.expm1(local[:, _AT["words"]]), 1.0)
    counts = local[:, [_AT[kind] for kind in _ORDER]].astype(np.float64)
    number_like = (local[:, _AT["years"]] > 0) | (local[:, _AT["times"]] > 0) | (local[:, _AT["digits"]] > 0.12)
    when = [_ORDER.index("month"), _ORDER.index("clock")]
    counts[:, when] *= np.where(number_like, 2.0, 0.4)[:, None]
    counts[:, _ORDER.index("byline")] *= np.where((words <= 12) & (local[:, _AT["capitalised"]] >= 0.4), 1.0, 0.0)
    counts -= np.arange(len(_ORDER)) * 1e-3
    best = counts.argmax(axis=1)
    strength = counts[np.arange(len(counts)), best] / np.sqrt(words)
    length = local[:, _AT["length"]]
    reasons = np.where(strength > MIN_DENSITY, best + _FIRST_KIND, np.where(length <= SHORT, _NAVIGATION, _OTHER))
    legal = best == _ORDER.index("legal")
    reasons[(reasons == _FIRST_KIND + _ORDER.index("legal")) & legal & (length > LONG)] = _DISCLAIMER
    headline = (reasons == _OTHER) & (local[:, _AT["ends_stop"]] == 0) & (length < LONG)
    reasons[headline] = _RELATED
    reasons[(local[:, _AT["words"]] == 0) | (local[:, _AT["address"]] > 0)] = _MARKUP
    return reasons


def may_be_date(local: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Lines worth reading for a date: they hold a word of time or digits, and are short."""
    told = (local[:, _AT["month"]] > 0) | (local[:, _AT["clock"]] > 0) | (local[:, _AT["digits"]] > 0.2)
    short: NDArray[np.bool_] = local[:, _AT["length"]] < np.log1p(120)
    return short & told


def may_be_byline(local: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Lines worth reading for a byline."""
    short: NDArray[np.bool_] = local[:, _AT["length"]] < np.log1p(120)
    return short & (local[:, _AT["byline"]] > 0)
