"""The name tagger: tokens and features in, labelled spans out."""
