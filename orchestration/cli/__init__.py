"""The command line ``verbatim``: the same job and the same functions as in Dagster, from a terminal."""


def main() -> None:
    """Entry point of the command; nothing is imported before it is called."""
    from pipeline.garbage import collect_rarely
    from pipeline.memory import keep_frames_briefly

    collect_rarely()
    keep_frames_briefly()
    from orchestration.cli.app import app

    app()
