"""Dates as records, exports and pages write them, in any language of the news."""
