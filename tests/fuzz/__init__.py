"""Generated and mutated inputs for every reader and every extraction function, with array bounds checked.

``python -m tests.fuzz --seed S --count N`` (``make fuzz``); each input depends on the seed and its number alone.
"""
