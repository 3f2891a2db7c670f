"""Five weeks of a harbour town's news, in which stories run from one week into the next; and an article of which no day is known."""

import json
from pathlib import Path

WEEKS = ["2026-02-02", "2026-02-09", "2026-02-16", "2026-03-02", "2026-03-09"]
"""Their Mondays; nothing was published in the week of 23 February."""

QUAY = (
    "“We have waited long enough, and the wall has not waited for us,” said Ada Brook, who chairs the works committee."
)
FERRY = (
    "“A ferry that sails twice a day is a ferry that nobody can rely on,” said Tobias Renn of the passengers’ union."
)
SCHOOL = "“Forty children cannot learn under a roof that lets in the rain,” said the headteacher, Maud Ellery."
TOLD = {
    "Quay wall of Port Averley to be rebuilt": (QUAY, "2026-02-06", "2026-02-08", "2026-02-09"),
    "Averley ferry halves its winter timetable": (FERRY, "2026-02-10", "2026-02-15", "2026-02-16"),
    "School roof in Averley fails again": (SCHOOL, "2026-02-17", "2026-03-03", "2026-03-08", "2026-03-09"),
}
OUTLETS = ["Averley Courier", "Harbour Gazette", "Estmere Echo", "Northern Packet"]


def write_news(inbox: Path) -> None:
    inbox.mkdir(parents=True)
    records = []
    for title, (said, *days) in TOLD.items():
        for outlet, day in zip(OUTLETS, days, strict=False):
            record = {
                "title": f"{title}, {outlet} reports" if outlet != OUTLETS[0] else title,
                "source": outlet,
                "published": f"{day}T09:30:00Z",
                "text": f"{title}: that is what the council of Port Averley was told on the {day[-2:]}th, after a meeting of three hours.\n\n"
                f"{said}\n\nThe {outlet} was shown the plans, which cost the town two million crowns and are to be done by the autumn.",
            }
            records.append(record)
    undated = {key: value for key, value in records[-1].items() if key != "published"}
    records.append({**undated, "source": "Lower Averley Sheet", "title": "Roof of the school in Averley"})
    (inbox / "news.jsonl").write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
