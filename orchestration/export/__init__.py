"""Taking the warehouse along: its tables as files that describe themselves, its quotations as web annotations."""
