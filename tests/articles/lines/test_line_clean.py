"""What a pasted page becomes: its story, and every other line with the reason it went."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.articles.lines.clean import CleanedText, clean_text, clean_texts
from assets.articles.schema import LINE_REASONS

MENU = ["Home", "News", "Politics", "Business", "Sport", "Weather", "Sign in", "Subscribe to our newsletter"]
TITLE = "Velm to rebuild old ferry pier before the winter storms"
STORY = [
    "The harbour council of Velm voted on Tuesday to rebuild the old ferry pier before the winter storms arrive, ending four years of argument over who should pay for it.",
    "“We have waited long enough, and so have the people who cross here every morning,” said Marta Ilves, who has chaired the council since spring. “Work begins on Monday.”",
    "The pier has been closed since a barge struck it in a fog, and commuters have had to walk an extra two kilometres to the coal quay, where there is no shelter.",
    "A second chance for the ferry",
    "The owners of the ferry said they had kept the boat ready. Their last crossing carried eleven passengers and a piano, according to the log book kept at the harbour office.",
    "“Nobody believed us when we said we would be back,” said the skipper, Toomas Rand, as he showed visitors the freshly painted wheelhouse.",
    "The council will meet again in September to decide on the price of a ticket, which has not changed in nineteen years.",
]
AFTER = [
    "Related stories", "Storm takes the roof of the grain hall", "Fishermen ask for a longer season", "Ten years of the lighthouse museum",
    "Follow us on Facebook", "Comments", "About us", "Contact us", "Privacy policy", "© The Velm Courier. All rights reserved.",
]  # fmt: skip
PAGE = [*MENU, TITLE, "By Kaarel Tamm", "12 August 2031, 09:40", *STORY, *AFTER]


@pytest.fixture(scope="module")
def cleaned() -> CleanedText:
    return clean_text("\n".join(PAGE))


def test_the_body_is_the_story(cleaned: CleanedText) -> None:
    assert cleaned.body.split("\n") == STORY


def test_title_byline_and_date_are_handed_on(cleaned: CleanedText) -> None:
    assert cleaned.title == TITLE
    assert cleaned.byline_lines == ("By Kaarel Tamm",)
    assert cleaned.date_lines == ("12 August 2031, 09:40",)


def test_a_subhead_keeps_its_role(cleaned: CleanedText) -> None:
    assert {role.role for role in cleaned.roles if role.text == STORY[3]} == {"subhead"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Home", "navigation"),
        ("Subscribe to our newsletter", "newsletter"),
        (TITLE, "title"),
        ("By Kaarel Tamm", "byline"),
        ("12 August 2031, 09:40", "date"),
        ("Related stories", "related"),
        ("Follow us on Facebook", "share"),
        ("Comments", "comments"),
        ("Privacy policy", "footer"),
        ("© The Velm Courier. All rights reserved.", "footer"),
    ],
)
def test_each_removed_line_says_why(cleaned: CleanedText, line: str, reason: str) -> None:
    assert {why for _, text, why in cleaned.removed() if text == line} == {reason}


@pytest.mark.parametrize(
    "credit", ["PHOTO: VELM COURIER", "Photo: Anna Saar", "Foto: Anna Saar", "(Image: Harbour Office)"]
)
def test_the_line_above_a_picture_credit_is_a_caption(credit: str) -> None:
    caption = "The pier at Velm, seen from the coal quay in the spring of last year."
    page = [*MENU, TITLE, caption, credit, *STORY, *AFTER]
    cleaned = clean_text("\n".join(page))
    assert cleaned.body.split("\n") == STORY
    reasons = {text: reason for _, text, reason in cleaned.removed()}
    assert reasons[caption] == "caption"


def test_an_agency_glued_to_the_last_line_is_cut_and_reported() -> None:
    last = "The council will meet again in September to decide on the price of a ticket."
    cleaned = clean_text("\n".join([*STORY[:-1], f"{last} REUTERS"]))
    assert cleaned.body.endswith(last)
    assert cleaned.credit_lines == ("REUTERS",)
    assert (len(STORY) - 1, "REUTERS", "credit") in list(cleaned.removed())


def test_an_agency_in_a_sentence_stays() -> None:
    last = "He had spoken to nobody but REUTERS"
    assert clean_text("\n".join([*STORY[:-1], last, STORY[-1]])).body.split("\n")[-2:] == [last, STORY[-1]]


def test_nothing_after_the_closing_credit_is_the_story() -> None:
    credit = "(Reporting by Anna Saar in Velm; Editing by Toomas Kask)"
    question = "What does the council want? The council wants to rebuild the pier before the winter storms arrive."
    cleaned = clean_text("\n".join([*MENU, TITLE, *STORY, credit, "Frequently asked questions", question, *AFTER]))
    assert cleaned.body.split("\n") == STORY
    assert credit in cleaned.credit_lines


def test_an_embedded_post_keeps_its_author_line() -> None:
    post = "Work on the pier begins on Monday, and the first ferry will leave before the leaves are down."
    author = "— Marta Ilves (@martailves_velm) August 12, 2031"
    cleaned = clean_text("\n".join([*MENU, TITLE, *STORY[:5], post, author, *STORY[5:], *AFTER]))
    assert f"{post}\n{author}" in cleaned.body
    assert {role.role for role in cleaned.roles if role.text in (post, author)} == {"post", "post_author"}


@pytest.mark.parametrize(
    "story",
    [
        [
            "Der Hafenrat von Velm hat am Dienstag beschlossen, den alten Fähranleger noch vor den Winterstürmen neu zu bauen und damit einen Streit von vier Jahren zu beenden.",
            "„Wir haben lange genug gewartet, und die Leute, die hier jeden Morgen übersetzen, auch“, sagte Marta Ilves, die dem Rat seit dem Frühjahr vorsitzt.",
            "Der Anleger ist gesperrt, seit ihn ein Lastkahn im Nebel gerammt hat. Pendler müssen seither zwei Kilometer weiter zum Kohlenkai laufen.",
            "Die Besitzer der Fähre sagten, sie hätten das Schiff bereitgehalten. Auf der letzten Fahrt waren elf Reisende und ein Klavier an Bord.",
        ],
        [
            "Портовый совет города Вельм решил во вторник заново построить старый паромный причал до начала зимних штормов, завершив четырёхлетний спор о деньгах.",
            "«Мы ждали достаточно долго, как и люди, которые переправляются здесь каждое утро», — сказала Марта Ильвес, возглавляющая совет с весны.",
            "Причал закрыт с тех пор, как в тумане в него врезалась баржа, и жителям приходится идти лишние два километра до угольной пристани.",
            "Владельцы парома заявили, что держали судно наготове. Последний рейс перевёз одиннадцать пассажиров и пианино.",
        ],
        [
            "ヴェルムの港湾評議会は火曜日、冬の嵐が来る前に古いフェリー桟橋を再建することを決め、費用をめぐる四年間の議論に終止符を打った。",
            "「私たちは十分に待ちました。毎朝ここを渡る人たちも同じです」と、春から評議会の議長を務めるマルタ・イルベス氏は述べた。",
            "桟橋は霧の中で荷船が衝突して以来閉鎖されており、通勤客は屋根のない石炭埠頭まで余分に二キロ歩かなければならなかった。",
            "フェリーの所有者は船をいつでも出せる状態に保ってきたと語った。最後の航海では十一人の乗客とピアノ一台を運んだという。",
        ],
        [
            "قرر مجلس ميناء فيلم يوم الثلاثاء إعادة بناء رصيف العبّارات القديم قبل وصول عواصف الشتاء، منهيًا بذلك جدلًا دام أربع سنوات حول من يدفع التكاليف.",
            "وقالت مارتا إلفيس التي ترأس المجلس منذ الربيع: «لقد انتظرنا طويلًا، وكذلك الناس الذين يعبرون من هنا كل صباح».",
            "والرصيف مغلق منذ أن صدمته بارجة في الضباب، واضطر الركاب إلى السير كيلومترين إضافيين حتى رصيف الفحم حيث لا يوجد مأوى.",
            "وقال أصحاب العبّارة إنهم أبقوا القارب جاهزًا، وإن رحلته الأخيرة نقلت أحد عشر راكبًا وآلة بيانو.",
        ],
    ],
    ids=["German", "Russian", "Japanese", "Arabic"],
)
def test_languages_other_than_english_are_not_lost(story: list[str]) -> None:
    cleaned = clean_text("\n".join([*MENU, *story, *AFTER]))
    assert cleaned.body.split("\n") == story


def test_a_bare_story_stays_whole() -> None:
    assert clean_text("\n\n".join(STORY)).body.split("\n") == STORY


@pytest.mark.parametrize("text", ["", "\n\n \n", "\u00a0\n", "Home\nNews\nSport"])
def test_a_page_without_a_story_has_no_body(text: str) -> None:
    assert clean_text(text).body == ""


def test_one_title_a_text() -> None:
    with pytest.raises(ValueError, match="2 texts but 1 titles"):
        clean_texts(["a", "b"], titles=["River over the wall"])


PAGES = st.lists(
    st.sampled_from(
        [*PAGE, "", "   ", "\t", "“", "…", "© 2031", "𝕏", "https://velm.example/a?b=c", "\ud800 lone", "e\u0301" * 40]
    ),
    max_size=40,
).map("\n".join)


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_every_line_is_kept_blank_or_removed_for_a_reason(text: str) -> None:
    cleaned = clean_text(text)
    assert [role.text for role in cleaned.roles] == text.splitlines()
    assert [role.line_no for role in cleaned.roles] == list(range(len(cleaned.roles)))
    for role in cleaned.roles:
        if role.role == "blank":
            assert (role.keep, role.reason) == (False, None)
            assert not role.text.strip()
        elif role.keep:
            assert (role.reason is None) == (role.cut == "")
        else:
            assert role.reason in LINE_REASONS


@settings(deadline=None, max_examples=30)
@given(st.lists(PAGES, max_size=5))
def test_a_page_is_cleaned_the_same_alone_and_in_a_batch(texts: list[str]) -> None:
    assert clean_texts(texts) == [clean_text(text) for text in texts]
