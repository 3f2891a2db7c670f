"""Lines that say themselves what they are, and sentences that only begin like one."""

import pytest

from assets.articles.lines.named import named_line, named_lines


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Lesen Sie auch: Drei Fähren in vier Jahren", "related"),
        ("» Lees ook: Drie veerboten in vier jaar", "related"),
        ("À lire aussi : Trois bacs en quatre ans", "related"),
        ("Lire la suite après la publicité", "related"),
        ("Читайте также: Три парома за четыре года", "related"),
        ("İlginizi çekebilir: Dört yılda üç vapur", "related"),
        ("اقرأ أيضا: ثلاث عبارات في أربع سنوات", "related"),
        ("Anzeige", "advertisement"),
        ("- Publicidad -", "advertisement"),
        ("Mit Material von dpa", "credit"),
        ("(Con información de EFE)", "credit"),
        ("Źródło: PAP", "credit"),
        ("Autorin: Henrike von Loeh", "byline"),
        ("Текст: Елена Лоева, Фото: Глеб Викин", "byline"),
        ("Etiketler: köprü, liman", "related"),
        ("ALSO READ | Three ferries in four years", "related"),
        ("With reporting by AFP.", "credit"),
        ("(Reporting by Ida Roe; Editing by Tom Quill)", "credit"),
        ("Mit Material von dpa.", "credit"),
        # Sentences of a story.
        ("Anzeige gegen den Bürgermeister erstattete am Montag ein Nachbar.", None),
        ("Publicidad hubo poca, y la que hubo no la leyó nadie.", None),
        ("Avec douze voix d'avance, la maire garde son siège.", None),
        ("Leer más libros es bueno, dijo la maestra.", None),
        ("Autor: Ja, so war es damals.", None),
        ("Quelle heure est-il ? demanda la maire.", None),
        ("Read more: How the town lost three ferries", None),
        ("With reporting by the harbour office the town learned of the cracks.", None),
    ],
)
def test_a_line_is_named_by_its_first_words(line: str, reason: str | None) -> None:
    assert named_line(line) == reason


def test_a_heading_within_the_story_takes_its_links_along_and_one_above_it_does_not() -> None:
    paragraph = "Die Stadt hat die Alte Brücke am Dienstag gesperrt, nachdem Taucher im mittleren Pfeiler Risse von mehr als einem Meter gefunden hatten."
    lines = [
        "Mehr zum Thema",
        "Stadt sperrt Brücke",
        paragraph,
        "Mehr zum Thema",
        "Drei Angebote",
        "Fähre fährt wieder",
        paragraph,
    ]
    assert named_lines(lines) == ["related", None, None, "related", "related", "related", None]
