"""What every room knows of written language: words by language, and how dates are written."""
