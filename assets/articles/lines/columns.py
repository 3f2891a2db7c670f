"""The columns of what is measured of a line, by number and by name; the shipped trees know them by their numbers."""

from assets.articles.lines.lexicon import KINDS

(
    LENGTH, WORDS, WORD_LENGTH, LONGEST_WORD, CAPITALISED, ALL_CAPS, LOWER_WORDS, DIGITS, MARKS, SENTENCE_BREAKS,
    COMMAS, QUOTES, ENDS_STOP, ENDS_COLON, ENDS_COMMA, ENDS_QUESTION, ENDS_ELLIPSIS, ENDS_QUOTE, STARTS_LOWER,
    STARTS_DIGIT, STARTS_QUOTE, STARTS_MARK, STARTS_BRACKET, GLUED, BULLETS, SLASHES, COLONS, BRACKETS, HANDLES,
    RIGHTS, SPACED_DASHES, ADDRESS, YEARS, TIMES, WIDE, CASELESS, SHORT_WORDS,
) = range(37)  # fmt: skip
_BY_ITSELF = (
    "length", "words", "word_length", "longest_word", "capitalised", "all_caps", "lower_words", "digits", "marks", "sentence_breaks",
    "commas", "quotes", "ends_stop", "ends_colon", "ends_comma", "ends_question", "ends_ellipsis", "ends_quote", "starts_lower",
    "starts_digit", "starts_quote", "starts_mark", "starts_bracket", "glued", "bullets", "slashes", "colons", "brackets", "handles",
    "rights", "spaced_dashes", "address", "years", "times", "wide", "caseless", "short_words",
)  # fmt: skip
# How many words of each kind of boilerplate the line has.
FIRST_KIND = len(_BY_ITSELF)
N_KINDS = len(KINDS)
COPIES, SAME_AS_BEFORE, KNOWN_WORDS, KNOWN_SHARE, PLACE, FROM_START, FROM_END, COPIED, LIKE_BEFORE, LIKE_AFTER = range(
    FIRST_KIND + N_KINDS, FIRST_KIND + N_KINDS + 10
)
_ON_ITS_PAGE = (
    "copies", "same_as_before", "known_words", "known_share", "place", "from_start", "from_end", "copied", "like_before", "like_after",
)  # fmt: skip
LOCAL_FEATURES = (*_BY_ITSELF, *KINDS, *_ON_ITS_PAGE)
N_LOCAL = len(LOCAL_FEATURES)
