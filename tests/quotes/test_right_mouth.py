"""Who said it, in shapes that people send in: each case stands for a kind."""

import pytest

from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from tests.quotes.conftest import articles_of


def speakers(body: str) -> dict[str, str | None]:
    """Speaker by the words of each quotation of an article, names found as in a run."""
    articles = articles_of([body])
    return dict(extract_quotes(articles, extract_mentions(articles)).select("text", "speaker_name").iter_rows())


# kind, text, words, full name of the speaker
CASES = [
    ("who goes by a name", "“Nobody knocked,” said a woman with two dogs who goes by the name “Thistle.” Rain fell.", "Nobody knocked,", "Thistle"),
    ("identified only as", "“I saw the lorry,” said a baker who asked to be identified only as Petra. The lorry was found.", "I saw the lorry,", "Petra"),
    ("pronoun of who goes by a name", "A man called Pebble, who sleeps at the pier, said that he was cold. “I have one blanket,” he said.\n\n“We have forty,” said Ursula Penn, who keeps the store.", "I have one blanket,", "Pebble"),
    ("nickname in marks", "Conrad “The Anvil” Lund, a smith who mends the gates, was hurt. “It is nothing,” Lund said.", "It is nothing,", "Conrad “The Anvil” Lund"),
    ("sister in apposition", "The pilot, Gerda Holm, spoke on Friday. “I saw the buoy,” she said.\n\nHer sister, Anneke, waited at the gate. “She has not eaten,” she said.", "She has not eaten,", "Anneke"),
    ("lawyer of somebody", "Holm stood trial on Friday. “I saw the buoy,” Gerda Holm said.\n\nHolm’s lawyer, Sylvia Marden, asked for time. “My client is ill,” she said.", "My client is ill,", "Sylvia Marden"),
    ("wife of somebody", "Judge Helen Thorpe sent Colin Ashby to prison. Ashby’s wife, Nora, called the sentence “a shame”. She said that the judge “had not listened”.", "had not listened", "Nora"),
    ("apposition in a later clause", "The firm kept silent, but its former manager, Conrad Lund, did not. “Clara ran the boat and I ran the books,” he said. Clara Penn laughed.", "Clara ran the boat and I ran the books,", "Conrad Lund"),
    ("signed before", "The board named Ida Holm as its warden.\n\nFrom the desk of Conrad Lund, senior analyst, Tidewater Research.\n\n“The choice shows that the board means to spend money on gates.”\n\n“I am glad of it.” — Ida Holm, Warden", "The choice shows that the board means to spend money on gates.", "Conrad Lund"),
    ("signed after", "The board named Ida Holm as its warden.\n\n“Ida knows every gate on this coast.” -Commissioner Conrad Lund\n\nAnd from Chairwoman Sylvia Marden:\n\n“Ida brings thirty years of work.”", "Ida brings thirty years of work.", "Sylvia Marden"),
    ("its organisation", "The Tidewater Board met on Monday. It said the gates “will hold”.", "will hold", "Tidewater Board"),
    ("statement of an organisation", "In a statement, the Tidewater Board refused to comment on the gates. The statement said the gates “will hold”.", "will hold", "Tidewater Board"),
    ("her letter", "Ida Holm resigned on Monday. Her letter said the board had “lost its nerve”.", "lost its nerve", "Ida Holm"),
    ("post, place and name", "The count went on in the gym. The clerk of Tidewater County, Perrin Lund, said the boxes were dry.", "the boxes were dry", "Perrin Lund"),
    ("post, place and name before the words", "The clerk of Tidewater County, Perrin Lund, said: “We counted every box twice.”", "We counted every box twice.", "Perrin Lund"),
    ("post, place and name after the words", "“We counted every box twice,” the clerk of Tidewater County, Perrin Lund, said on Friday.", "We counted every box twice,", "Perrin Lund"),
    ("said the post, the place and the name", "“We counted every box twice,” said the clerk of Tidewater County, Perrin Lund.", "We counted every box twice,", "Perrin Lund"),
    ("spokeswoman of a board", "The Tidewater Board met on Monday. Tidewater Board spokeswoman Sylvia Marden hit back on Tuesday, saying the gates “will hold for a year”.", "will hold for a year", "Sylvia Marden"),
    ("editor who asks", "Rather than the plan of the members who sit in rows, asks Harbour Review editor Ida Holm, “has anyone ever tried other designs for the hall?”", "has anyone ever tried other designs for the hall?", "Ida Holm"),
    ("organisation after its statement", "In a statement, the Tidewater Board would not say more, but said “the board has duties to the towns on the coast”.", "the board has duties to the towns on the coast", "Tidewater Board"),
    ("said of somebody", "“They made him our burden,” Tidewater clerk Sylvia Marden said of 47-year-old Conrad Lund, who broke the lock.", "They made him our burden,", "Sylvia Marden"),
    ("what else it is called", "Tidewater Power has lost forty lines. Tidewater Power sent out its crews. “Every crew is out,” the utility said.", "Every crew is out,", "Tidewater Power"),
    ("he before the name in the sentence", "Dennis Holm has slept by the canal since May. He has a son of 28.\n\nAsked what he would tell Mayor Conrad Lund about the canal, he said: “Just listen to us. We are people.”", "Just listen to us. We are people.", "Dennis Holm"),
    ("a given name of either gender", "Conrad Lund praised the rule on his blog.\n\nLee Marden, who teaches at the Tidewater school, said she is unsure which way the schools will go. “We will go on for now,” she said.", "We will go on for now,", "Lee Marden"),
    ("she is not the man who asks of her", "Janet Marden told the board what she saw.\n\nHugh Lund asked what happened when she reported it. “I was told that I was tired,” she replied.", "I was told that I was tired,", "Janet Marden"),
    ("degrees are no part of a name", "“No,” said Tansy Quorrel KC, who spoke for the port.", "No,", "Tansy Quorrel"),
    ("a monologue", "“The gates are old,” Ida Holm told the board.\n\n“They were built when my mother was a girl, and nobody has painted them since.\n\n“They were never meant for floods such as these.\n\n“I say that we build new ones,” Holm said.", "They were never meant for floods such as these.", "Ida Holm"),
    ("by where he comes from", "Goalkeeper Lars Holm signed on Friday. “I felt at home from the first day,” the young Norwegian said.", "I felt at home from the first day,", "Lars Holm"),
    ("a surname that is a demonym", "Clara French came late. “The lock was open,” French said.", "The lock was open,", "Clara French"),
    ("whom an actress plays", "Mia Farrow-Holm left on Friday. “I want to sail,” the 34-year-old actress, who plays landlady Dee Quill, said.", "I want to sail,", "Mia Farrow-Holm"),
    ("a participle with a hyphen", "Ida Holm was calm. Cross-examining, Conrad Lund KC suggested that she was “mistaken about the hour”.", "mistaken about the hour", "Conrad Lund"),
    ("minister for", "Minister for Irrigation S. Ravel, who met the crowd, said the gates were “nearly ready”.", "nearly ready", "S. Ravel"),
    ("minister for this and that", "The gates were shut. “The gates are ready for the winter,” the Minister for Water and Forests, Conrad Lund, said on Friday.", "The gates are ready for the winter,", "Conrad Lund"),
    ("collector", "Collector Meena Ravel met the crowd. “Nobody was hurt,” the Collector said.", "Nobody was hurt,", "Meena Ravel"),
    ("by the age given with a name", "Conrad Lund, 47, runs the lock. “The gate leaks,” Ida Holm said.\n\n“I sleep well,” the 47-year-old said.", "I sleep well,", "Conrad Lund"),
    ("by the years that a word tells", "Conrad Lund, 17, keeps the nets. Ida Holm, 42, watched him. “The gate leaks,” Holm said.\n\n“I sleep well,” the teenager said.", "I sleep well,", "Conrad Lund"),
    ("who in apposition to a description", "Conrad Lund, 47, runs the lock. “The gate leaks,” Ida Holm said.\n\nThe 47-year-old, who came in May, added: “I sleep well.”", "I sleep well.", "Conrad Lund"),
    ("a participle before a description", "Conrad Lund came late. “The gate leaks,” the retired machinist said.", "The gate leaks,", "Conrad Lund"),
    ("a post for what it is", "Superintendent of Police Arvind Ravel said the crowd “went home at noon”.", "went home at noon", "Arvind Ravel"),
    ("leader of a side", "Leader of the Opposition R. V. Ravel called the plan “a leak”.", "a leak", "R. V. Ravel"),
    ("the minister with a degree", "Health Minister Dr Conrad Lund came late. Asked whether he would go, the minister laughed. “Over what?” the minister said.", "Over what?", "Conrad Lund"),
    ("the minister for something", "Minister for Irrigation S. Ravel, who met the crowd, left early. “Show me one drop,” the Minister said.", "Show me one drop,", "S. Ravel"),
    ("a rank in letters", "Detective Chief Inspector Sylvia Marden sealed the quay. “Nothing is too small,” DCI Marden said.", "Nothing is too small,", "Sylvia Marden"),
    ("apposition to that post", "Ida Holm sings. “We were young,” Holm said.\n\nThat teacher, the veteran Conrad Lund, remembers it otherwise. “They were late,” he said.", "They were late,", "Conrad Lund"),
    ("subject of a report without that", "The singers met the Tidewater Union. Its regional secretary, Sylvia Marden, said workers found out from a notice.", "workers found out from a notice", "Sylvia Marden"),
    ("an organisation in apposition", "The quay was shut. The company, Blue Tidewater Ferries, said it was unaware of the notice until it read of it.", "it was unaware of the notice until it read of it", "Blue Tidewater Ferries"),
    ("who after a member of a body", "Analysts were split, according to Conrad Lund of Tidewater Asset Management, who noted that rents were high.", "that rents were high", "Conrad Lund"),
    ("the senator is Sen.", "An aide to Sen. Conrad Lund resigned on Friday. Ida Holm ran the desk.\n\n“She made a joke,” the senator told the Tidewater Gull.", "She made a joke,", "Conrad Lund"),
    ("mother in apposition, a sentence later", "The judge, Ida Holm, said on Friday that the jail was “chaotic”.\n\nMr Lund’s mother, Oona, wept as it was read. Outside the court in Tidewater she said her son had been “let down”.", "let down", "Oona"),
    ("who spoke to an outlet", "Speaking to The Tidewater Times, Water Minister Conrad Lund said the port was “ready”.", "the port was “ready", "Conrad Lund"),
    ("the family's somebody", "The gate was shut. The family’s MP, Ida Holm, has called for a public inquiry.", "a public inquiry", "Ida Holm"),
    ("a lawsuit of who sues", "Actor Ida Holm is suing Tidewater Pictures.\n\nThe lawsuit, filed on Thursday, says Tidewater “took a part she never gave.” Rain fell.", "took a part she never gave.", "Ida Holm"),
    ("a rank of two letters", "Detective Constable Conrad Marden drove. He told the court that Holm rang. “I know not how,” DC Marden said.", "I know not how,", "Conrad Marden"),
    ("she is not who asks her", "Sylvia Marden saw the car first. “He waved,” Marden said.\n\nElias Quill asked her what happened next. “He drove off,” she said.", "He drove off,", "Sylvia Marden"),
    ("whose life it is", "Ida Holm, the cook, died on Saturday. Ms Holm was 91.\n\n“She swore,” said Sylvia Marden, who cut her films.\n\nBorn in a village by the sea, she left school at 13. “I could clean fish,” she told a reader in 1989.", "I could clean fish,", "Ida Holm"),
    ("a role that is a surname", "Farmer Lindsay Croke has lost his herd. “I counted forty,” Croke said.", "I counted forty,", "Lindsay Croke"),
    ("her husband", "Joan Tibbs would not go. Her husband, Dale, was less sure. “Let us see the gym first,” he said.", "Let us see the gym first,", "Dale"),
    ("a letter to an outlet", "In an email to The Herald, Rep. Connie Holm, R-Tidewater, wrote that she was “heartbroken but not surprised.”", "heartbroken but not surprised.", "Connie Holm"),
    ("shares in a firm", "HULL BAY — Shares in Tidewater Power fell after Tidewater Power cut its outlook, citing “stubborn delays” at the plant.", "stubborn delays", "Tidewater Power"),
    ("mother of three", "Ida Holm came late. When she was asked about the gates, the mother of three replied, “They leak as they always have.”", "They leak as they always have.", "Ida Holm"),
    ("signed with a hard space", "The board asked its members.\n\n“The gates have leaked for as long as I have lived on this coast.” ―\u00a0Conrad Lund", "The gates have leaked for as long as I have lived on this coast.", "Conrad Lund"),
    ("who goes on about it", "As Conrad Lund went on about “the price of every single gate” and “the men who never paint them,” Ida Holm said yes.", "the men who never paint them,", "Conrad Lund"),
    ("subject of the same sentence", "Defence lawyer Ranjit Lund said that the case was thin.\n\nConst. Mary Penn, the first on the pier, wept as she told of the flood. Under questions by Lund, she agreed that the gate was shut. “Solid,” she said.", "Solid,", "Mary Penn"),
    ("a chief with a number, not the reporter", "From Emmanuel Lund, Tidewater\n\nSpeaking to the Daily Gull, the chairman of the Tidewater fishers, Nana Kwabena Holm II, noted that nobody was asked. “They taxed us,” he lamented.", "They taxed us,", "Nana Kwabena Holm II"),
    ("gave her name", "Dr Tansy Penn, the MP for Hull West, was brief. One sister, who gave her name only as Bernadette, laughed at the plan. “Which plan?” she said.", "Which plan?", "Bernadette"),
    ("what somebody does before the name", "Addressing delegates in Tidewater, Dame Harriet Holm said her members were “running on toast”.", "running on toast", "Harriet Holm"),
    ("who is where", "Ida Holm of the Tidewater Board came late. Dockers marching past the gates chanted “What gates?” until noon.", "What gates?", None),
    ("who has a message", "Ida Holm has found a new and more homely family message: “It’s our gate.”", "It’s our gate.", "Ida Holm"),
    ("a spokesperson named", "A spokesperson for the port, Conrad Lund, said the list was “not final”.", "not final", "Conrad Lund"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words", "name"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_right_mouth(body: str, words: str, name: str | None) -> None:
    assert speakers(body)[words] == name


DESCRIBED = [
    ("an unnamed person", "“The bridge is shut,” a porter said.", "The bridge is shut,"),
    ("a document of nobody", "A report found the bridge “beyond repair”, the paper said.", "beyond repair"),
    ("analysts at a bank", "Orrery sold more than it had. Analysts at Tidewater Prime called the cuts “overdue.”", "overdue."),
    ("who is no name before", "The play opens at the Lindenhall on Friday. Critics who have seen it speak of “a feast for the eyes”.", "a feast for the eyes"),
    ("a spokesperson of a body", "The wards are full. A Department of Health spokesperson said: “We are grateful to all, and the plan is working.”", "We are grateful to all, and the plan is working."),
    ("what somebody calls it", "Tidewater called its envoy home on Sunday after talks broke down in what one diplomat termed “a slow crash”.", "a slow crash"),
    ("somebody for a minister", "A spokesman for Water Minister Conrad Lund said the plan was “sound and finished”.", "sound and finished"),
    ("somebody of another age", "Ida Holm, 62, opened the gate. “I sleep well,” the 47-year-old said.", "I sleep well,"),
    ("somebody's brother", "Ida Holm came late. Holm’s brother said the bridge was “a ruin”.", "a ruin"),
    ("a group without a name", "The label has twice denied it. Ida Holm heard of it. The company was small. “We never agreed,” two singers said.", "We never agreed,"),
    ("people of a country", "Ida Holm heard of it. The talks went on. “We will sign,” the Norwegians said.", "We will sign,"),
    ("somebody of a country", "The talks went on in a hall by the sea. “We will sign,” a Norwegian said.", "We will sign,"),
    ("he who was left unnamed", "Conrad Lund lost the vote. “I am calm,” Lund said.\n\nA spokesman for the port denied this. “Nobody was asked,” he said.", "Nobody was asked,"),
    ("she who was left unnamed and found something", "Ida Holm was missed. Holm’s sister Clara said: “She was loved.”\n\nA walker who found the lamp, and who did not give her name, said she had thought at first it was a gull. “Then I saw the light,” she said.", "Then I saw the light,"),
    ("she of the clause behind an aide", "A top aide to Sen. Conrad Lund resigned on Friday, a day after the Tidewater Gull printed a memo in which she referred to herders as “goats who vote”.", "goats who vote"),
    ("what somebody described so", "Minister Conrad Lund said that bakers wept, remarks that one former clerk described as “unhelpful, bordering on rude”.", "unhelpful, bordering on rude"),
    ("who did not want to be named", "Ida Holm wrote that progress is a light. I thought of that as a boy pressed the button.\n\nA nurse, who didn’t want to be named, saw me writing. “He asked me where the lady was,” she said.", "He asked me where the lady was,"),
    ("an agent without a name", "Ida Holm was pleased. They were criticised by the examiner because “their use of money is not consistent”.", "their use of money is not consistent"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), [case[1:] for case in DESCRIBED], ids=[case[0] for case in DESCRIBED])
def test_a_description_is_no_name(body: str, words: str) -> None:
    articles = articles_of([body])
    rows = extract_quotes(articles, extract_mentions(articles)).filter(text=words).rows(named=True)
    assert [(row["speaker_name"], row["speaker_confidence"]) for row in rows] == [(None, None)] * len(rows)
    assert rows
    assert all(row["speaker_text"] for row in rows)


NOBODYS = [
    ("what it is known as", "Conrad Lund, the forester, told of gold dug without leave, popularly known as “galamba.”"),
    ("a nickname", 'The leader of the crane drivers, Teresa "Tess" Lund, came late. Lund said so.'),
    ("a motto", "Lund’s motto has long been “spend first, count later”."),
    ("a book's title", "Lund has written much. His new book is called “The Tide Tables”."),
    ("a book's title beside it", "In her 2002 book, “The Long Quay at Dusk,” Ida Holm argued that the gates should open."),
    ("a treaty by its year", "Mayor Ida Holm praised the port’s share in his 1994 “Pact of the Northern Ports.”"),
    ("a meeting by its name", "Conrad Lund argued for the gates in the hall. Lund claimed during a “Harbour Voices” evening that nobody paints."),
    ("what is left of markup", 'The page holds a note="that the gates would open on Monday" and Ida Holm said so.'),
    ("what somebody seemed to think", "“Why am I even here?” the clerk in the back row seemed to think."),
    ("what nobody had cause to say", "Secretary Conrad Lund argued that islanders never have occasion to say “Mind the gap, sunshine.”"),
]  # fmt: skip


@pytest.mark.parametrize("body", [case[1] for case in NOBODYS], ids=[case[0] for case in NOBODYS])
def test_words_that_nobody_said(body: str) -> None:
    articles = articles_of([body])
    found = extract_quotes(articles, extract_mentions(articles))
    assert found.filter(found["kind"] != "indirect").is_empty()


def test_what_is_heard_in_the_hall_is_not_part_of_the_speech() -> None:
    body = "Ida Holm told the hall: “We will mend the gates.\n\n“(Laughter.)\n\n“They will hold for a hundred years,” Holm said."
    assert set(speakers(body)) == {"We will mend the gates.", "They will hold for a hundred years,"}


def test_a_fragment_and_the_report_around_it_have_one_speaker() -> None:
    body = "Ida Holm’s forerunner, Conrad Lund, wrote of the gates. His successor called the letter “unhelpful”."
    articles = articles_of([body])
    rows = extract_quotes(articles, extract_mentions(articles)).rows(named=True)
    about = [row for row in rows if "unhelpful" in row["text"]]
    assert len({row["speaker_name"] for row in about}) == 1


def test_the_place_of_a_dateline_is_not_the_source() -> None:
    body = "FORT HOLM, O.T. - The chief of the river council says that her people will not talk to the mine."
    assert set(speakers(body).values()) <= {None}


def test_nobody_is_the_source_of_a_report_that_tells_of_him() -> None:
    assert set(speakers("Ida Holm, who has led the board since May, laughed when told of the vote.").values()) <= {None}


def test_an_agent_speaks_not_whom_it_is_spoken_to() -> None:
    body = "The engineers were criticised by Conrad Lund because “their use of money is not consistent”."
    assert speakers(body)["their use of money is not consistent"] == "Conrad Lund"


def test_the_source_of_a_report_is_the_head_of_its_phrase() -> None:
    body = "Canadian singer Ida Holm said that the gates of the harbour would be opened on Monday."
    assert set(speakers(body).values()) == {"Ida Holm"}


def test_a_doubtful_name_is_less_sure_than_the_words() -> None:
    body = "Ida Holm met Clara Penn and Sylvia Marden at the port on Monday. They talked for an hour. “I will come back,” she said."
    articles = articles_of([body])
    (row,) = extract_quotes(articles, extract_mentions(articles)).filter(kind="direct").rows(named=True)
    sure = extract_quotes(
        articles_of(["“I will come back,” Ida Holm said."]),
        extract_mentions(articles_of(["“I will come back,” Ida Holm said."])),
    ).rows(named=True)[0]
    assert row["speaker_confidence"] < 0.9 < sure["speaker_confidence"]
