"""In which week's news an article belongs of which no day is known.

With what it shares text with, where that has a day. Otherwise in the week whose articles most likely hold the words that it holds, as
documents are dated by the language of their time (de Jong, Rode and Hiemstra, 2005, "Temporal language models for the disclosure
of historical text"). It is no more than where its story is looked for: the article stays without a date.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl

from assets.stories.terms import BACKGROUND, Held, terms_held

Weeks = Iterable[tuple[int, Held]]


def likely_weeks(prints: pl.DataFrame, named: pl.DataFrame, weeks: Weeks) -> pl.DataFrame:
    """The likeliest of some weeks for each article (article_id, week), the earlier of two as likely; arguments as of ``held_by``."""
    held_terms, rows = terms_held(prints, named)
    terms, place = np.unique(held_terms, return_inverse=True)
    numbers, sizes, holders = [], [], []
    for week, held in weeks:
        row = np.searchsorted(held.terms, terms)
        known = row < len(held.terms)
        known[known] = held.terms[row[known]] == terms[known]
        n_holders = np.zeros(len(terms), np.int32)
        n_holders[known] = held.n_holders[row[known]]
        numbers.append(week)
        sizes.append(held.n_articles)
        holders.append(n_holders)
    n_usual = np.sum(np.array(holders), axis=0)
    # What no article with a day holds says nothing of the day.
    usual = np.where(n_usual > 0, n_usual, np.nan) / sum(sizes)
    best, likeliest = np.full(prints.height, -np.inf), np.full(prints.height, numbers[0], np.int32)
    for week, size, n_holders in zip(numbers, sizes, holders, strict=True):
        ratio = np.nan_to_num(np.log((n_holders + BACKGROUND * usual) / (size + BACKGROUND) / usual))
        likelihood = np.bincount(rows, ratio[place], minlength=prints.height)
        likeliest[likelihood > best] = week
        best = np.maximum(best, likelihood)
    return pl.DataFrame({"article_id": prints["article_id"], "week": likeliest})
