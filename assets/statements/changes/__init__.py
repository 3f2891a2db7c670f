"""What of the statements has come to be otherwise, so that only that is done again."""
