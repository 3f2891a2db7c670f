"""What a user may set about reading files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True)
class ReadOptions:
    """Limits and names for :func:`assets.documents.read.read_documents`; sizes are bytes after decompression.

    ``max_file_bytes`` bounds one document: a file that is one document, or one record of a file that holds many.
    A file of many records is read as a stream and may be of any size.
    """

    max_file_bytes: int = 64 * MIB
    # An archive inside an archive counts as one level more; a compressed single file does not.
    max_archive_depth: int = 3
    max_archive_members: int = 1_000_000
    max_expanded_bytes: int = 256 * 1024 * MIB
    # Expanded over compressed size; text seldom passes 20, a bomb has 1,000 and more. Small files are never judged by it.
    max_expansion_ratio: int = 200
    # The user's own names for fields: role (text, html, url, outlet, title, published, authors) to column.
    mapping: Mapping[str, str] = field(default_factory=dict)
    batch_rows: int = 1_000
    batch_bytes: int = 32 * MIB

    def __post_init__(self) -> None:
        from assets.documents.columns import ROLES

        unknown = sorted(set(self.mapping) - set(ROLES))
        if unknown:
            raise ValueError(
                f"the column mapping names {', '.join(unknown)}; it can name only {', '.join(ROLES)}: "
                "write it as role = column of your file"
            )
        object.__setattr__(self, "mapping", dict(sorted(self.mapping.items())))
