"""The filter ``verbatim extract``: a line in, a line out, without a warehouse."""
