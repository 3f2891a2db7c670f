"""Why the work cannot be done by the engine that the settings name."""


class EngineError(RuntimeError):
    """The message says what is wrong with the cluster, and what to do."""
