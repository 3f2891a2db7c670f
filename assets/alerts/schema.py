"""What ``core.alert_rules`` holds."""

from pipeline.schema import Column, Table

WATCHES = ("said", "printed", "left-out", "altered")

ALERT_RULES = Table(
    "core",
    "alert_rules",
    "one row per alert that the user has set",
    (
        Column("rule", "text", "Its name."),
        Column("watch", "text", "What it watches for: words that somebody says; words in an article; an outlet that leaves out what others carry; an altered quotation.", values=WATCHES),
        Column("speaker", "text", "Only what this speaker says, in any spelling of the name.", nullable=True),
        Column("outlet", "text", "Only what this outlet prints, or leaves out.", nullable=True),
        Column("phrase", "text", "Only where these words stand together; capitals, accents and punctuation do not count.", nullable=True),
        Column("carried_by", "integer", "Of what is left out: how many other outlets must carry it.", nullable=True),
    ),
    key=("rule",),
)  # fmt: skip
