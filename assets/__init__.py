"""The product, room by room: one folder per table that Python makes, in the order in which a news file passes through."""
