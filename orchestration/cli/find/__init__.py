"""Commands that find things in what was published, and show them: ``search`` and ``compare``."""
