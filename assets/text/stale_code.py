"""Which compiled code on disk is still of the sources as they are.

Numba looks only at a function's own file, and would go on with a caller into which an older callee was compiled. Here a
function is dropped as soon as a file has changed that its own file imports, directly or through others.
"""

import ast
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path


def forget_stale_code(sources: Path, kept: Path) -> None:
    """Drop what was compiled from other sources than these.

    ``sources`` is the folder of the package that is compiled, ``kept`` the one below which compiled code lies; where that cannot be
    written, nothing of ours is in it. As long as no file has another time or size, none is read.
    """
    mark = kept / "compiled-from"
    files = sorted(sources.rglob("*.py"))
    glance = _digest(f"{path.relative_to(sources)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    with suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        known = mark.read_text(encoding="utf-8").splitlines() if mark.is_file() else []
        if known[:1] == [glance]:
            return
        made_of = closures(sources, files)
        # Numba names what it keeps after the last part of the module's name.
        changed = {line.rpartition("/")[2].partition(".")[0] for line in made_of.symmetric_difference(known[1:])}
        for index in kept.rglob("*.nbi"):
            if not known or index.name.partition(".")[0] in changed:
                index.unlink(missing_ok=True)
        mark.write_text("\n".join([glance, *sorted(made_of)]) + "\n", encoding="utf-8")


def closures(sources: Path, files: list[Path]) -> set[str]:
    """For each file a line ``path/in/sources.py digest``, of its text and of those that it imports from ``sources``, in turn."""
    texts = {path.relative_to(sources).as_posix(): path.read_text(encoding="utf-8") for path in files}
    imports = {name: _imported(text, sources.name) & texts.keys() for name, text in texts.items()}
    return {f"{name} {_digest(texts[each] for each in sorted(_reached(name, imports)))}" for name in texts}


def _imported(text: str, package: str) -> set[str]:
    """Files that a module of the package imports, if they are there: ``from a.b import c`` may mean a/b.py or a/b/c.py."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    inside = [
        module.removeprefix(f"{package}.").replace(".", "/") for module in modules if module.startswith(f"{package}.")
    ]
    return {file for path in inside for file in (f"{path}.py", f"{path}/__init__.py")}


def _reached(name: str, imports: dict[str, set[str]]) -> set[str]:
    reached, waiting = {name}, [name]
    while waiting:
        new = imports[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    return reached


def _digest(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
