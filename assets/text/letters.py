"""Latin letters that no accent makes of others, and how they are written without them."""

PLAIN_LETTERS = {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"}
