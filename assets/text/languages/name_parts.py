"""Small parts of people's names, which cross languages with the people who have them."""

from assets.text.languages.language import words

# Words that belong to the surname after them.
PARTICLES = words("""
    de da do dos das di del della du des la las le los van von vom der den ter ten zu af av al el bin ibn bint ben abu ould
    st
""")
# They join two surnames (Ortega y Gasset); alone they are as often an initial.
JOINTS = words("y e")
# A pattern for both: what people's names may have in small letters.
SMALL_WORDS = "|".join(sorted(PARTICLES | JOINTS))
GENERATIONS = words("jr sr ii iii iv")
# Degrees and memberships that follow a name.
DEGREES = words("phd md mp mep esq qc kc obe mbe cbe sj")
