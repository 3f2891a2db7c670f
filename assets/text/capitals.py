"""Capital letters, to go between square brackets of a pattern."""

import unicodedata

# Latin, Greek, Cyrillic and Armenian, and the Latin ones of Vietnam and Wales.
CAPITALS = "".join(
    character
    for character in map(chr, (*range(0x0041, 0x0557), *range(0x1E00, 0x1F00)))
    if unicodedata.category(character) == "Lu"
)
