"""What several readers need: labelled fields, bylines, paragraphs, XML items."""
