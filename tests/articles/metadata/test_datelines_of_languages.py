"""Datelines as the agencies and papers of many languages write them."""

import pytest

from assets.articles.metadata.credits import agency_in
from assets.articles.metadata.dateline import find_dateline
from assets.sources.registry import default_registry

STORY = {
    "latin": "The council of the town has closed the bridge over the river for the whole of the winter.",
    "cyrillic": "Городской совет закрыл мост через реку на всю зиму.",
    "arabic": "أغلق مجلس المدينة الجسر فوق النهر طوال الشتاء.",
}


@pytest.mark.parametrize(
    ("printed", "place", "agency"),
    [
        ("BRENNAU (dpa) – ", "BRENNAU", "dpa"),
        ("Brénoy (AFP) – ", "Brénoy", "AFP"),
        ("Brenoya, 3 mar (EFE).- ", "Brenoya", "EFE"),
        ("BRENOYA, 3 de marzo.- ", "BRENOYA", None),
        ("ARVEN (Sauvenne), 11 de septiembre.- ", "ARVEN (Sauvenne)", None),
        ("Brenova, 3 mar. (ANSA) - ", "Brenova", "ANSA"),
        ("(ANSA) - BRENOVA, 03 MAR - ", "BRENOVA", "ANSA"),
        ("(Adnkronos) - ", "", "Adnkronos"),
        ("Brenova, 3 mar 2026 (Lusa) – ", "Brenova", "Lusa"),
        ("DEN BRENN (ANP) - ", "DEN BRENN", "ANP"),
        ("Brenów (PAP) – ", "Brenów", "PAP"),
        ("BRENNAU dpa | ", "BRENNAU", "dpa"),
        ("БРЕНОВ, 3 марта. /ТАСС/. ", "БРЕНОВ", "TASS"),
        ("БРЕНОВ, 3 мар — РИА Новости. ", "БРЕНОВ", "RIA Novosti"),
        ("Малый Вельм. 7 марта. ИНТЕРФАКС – ", "Малый Вельм", "Interfax"),
        ("БРЕНІВ. Укрінформ. ", "БРЕНІВ", "Ukrinform"),
        ("ÇINARLI (AA) - ", "ÇINARLI", "Anadolu Agency"),
        ("ÇINARLI, (DHA) - ", "ÇINARLI", "DHA"),
        ("برينوفا (أ ف ب) - ", "برينوفا", "AFP"),
        ("برينوفا في 3 مارس/ وام / ", "برينوفا", "WAM"),
        ("برينوفا/ الأناضول - ", "برينوفا", "Anadolu Agency"),
        ("ARVEN, Sauvenne — ", "ARVEN, Sauvenne", None),
    ],
)
def test_a_dateline_is_cut_with_its_agency(printed: str, place: str, agency: str | None) -> None:
    script = "arabic" if printed[0] > "\u0600" else "cyrillic" if printed[0] > "\u0400" else "latin"
    found = find_dateline(printed + STORY[script])
    assert found
    assert (found.place, found.end) == (place, len(printed))
    source = agency_in(found.credit, default_registry())
    assert (source.name if source else None) == agency


@pytest.mark.parametrize(
    "body",
    [
        "Последние новости. Внимание. Городской совет закрыл мост.",
        "Advertising (sponsored) has nothing to do with it, the council of the town said on Monday.",
        "أغلق مجلس المدينة (البلدية) الجسر فوق النهر طوال الشتاء.",
        "Ein Brand. Der Stadtrat hat die Brücke über den Fluss für den ganzen Winter gesperrt, hieß es.",
    ],
)
def test_what_only_looks_like_one_stays(body: str) -> None:
    assert find_dateline(body) is None
