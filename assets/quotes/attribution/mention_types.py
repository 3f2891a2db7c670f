"""What a candidate speaker's mention is."""

(
    NAME,
    NAME_POSSESSIVE,
    SUBJECT_PRONOUN,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    NOMINAL,
    INDEFINITE_PRONOUN,
) = range(8)
