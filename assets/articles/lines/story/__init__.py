"""From scores of single lines to the story that they make."""
