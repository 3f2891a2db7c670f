"""Which full name a speaker's mention stands for within its article."""

import re

from assets.entities.names.titles import without_degrees
from assets.quotes.attribution.mention_types import (
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    OBJECT_PRONOUN,
    POSSESSIVE_PRONOUN,
    RELATIVE_PRONOUN,
    SUBJECT_PRONOUN,
)
from assets.quotes.resolution import unnamed
from assets.quotes.resolution.acronyms import spelled_out
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Named, Speaker
from assets.quotes.resolution.epithets import one_of_a_people
from assets.quotes.resolution.nominals import nominal
from assets.quotes.resolution.posts import person_behind
from assets.quotes.resolution.pronouns import person
from assets.quotes.resolution.things import thing
from assets.quotes.resolution.titles import clean
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.rows import Mention
from assets.quotes.tokens.lexicon import POST, ROLE
from assets.text.languages.registry import language

_EN = language("en")
ONE_BEFORE = re.compile(r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he) (?:\w+ )?$")
ONE_OF = re.compile(
    r" (?:\w+ )?(?:spokes(?:man|woman|person)|official|source|insider|aide|lawyer|representative)\b(?! [A-Z])"
)
ONE_OF_MANY = re.compile(rf"(?:{'|'.join(unnamed.ONE_OF_MANY)}) ", re.I)
WHO_REACH = 60  # code points before "who"
# The 51-year-old, who …: a sentence that opens with a description.
WHO_IS = re.compile(r"(?:^|[.!?\n”\"] ?)((?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){0,3}[\w’'-]+),? $")
# From a name to its "who": nothing, a party in brackets, an apposition.
BEFORE_WHO = re.compile(r"(?: \([^()\n]{1,30}\))?,? |,[^.!?;“”\"\n]{1,60}")
MEMBER = re.compile(r" (?:of|at|from|with|for) (?:the )?")
DESCRIPTION_WORDS = 3  # between the name of an organisation and that of its spokesman
ASKED_BY = re.compile(
    r"\b(?:by|(?:talk|speak)(?:s|ed|ing)? (?:to|with)|spoke (?:to|with)|told|tells|sat down with|joins?|interviewed by) (?:the )?(?:\w+['’]s )?$",
    re.I,
)


class Resolver:
    """Resolves speakers of one article in reading order; remembers who spoke last."""

    def __init__(self, article: Article, title: str = "") -> None:
        self.article = article
        self.title = title
        self.resolved: dict[tuple[int, int], Speaker] = {}

    def resolve(self, mention: Mention) -> Speaker:
        """The speaker of a mention; a fragment and the report around it, which share one, have one speaker."""
        place = mention.start, mention.end
        if place not in self.resolved:
            self.resolved[place] = self._resolve(*mention)
        return self.resolved[place]

    def _resolve(self, start: int, end: int, kind: int, sentence: int, paragraph: int) -> Speaker:
        text = self.article.body[start:end]
        word = text.lower().rstrip("'’s") if kind in (POSSESSIVE_PRONOUN,) and len(text) > 5 else text.lower()
        if kind in (NAME, NAME_POSSESSIVE):
            return one_of_a_people(self.article, start, end, sentence, paragraph) or self._name(start, end, text)
        if kind == RELATIVE_PRONOUN or word in _EN.relative_pronouns:
            return self._relative(start, sentence, paragraph)
        if kind in (SUBJECT_PRONOUN, OBJECT_PRONOUN, POSSESSIVE_PRONOUN):
            if word in _EN.masculine_pronouns:
                return self._person(start, sentence, paragraph, "m")
            if word in _EN.feminine_pronouns:
                return self._person(start, sentence, paragraph, "f")
            if word in _EN.thing_pronouns or word in _EN.plural_pronouns:
                return thing(self.article, start, sentence, paragraph, word in _EN.plural_pronouns)
            return Speaker(None, "first_person", 0.0)
        speaker = nominal(self.article, start, end, text, kind, sentence, paragraph)
        if speaker.how == DESCRIPTION and kind == NOMINAL and ONE_OF_MANY.match(text) and not text.endswith("s"):
            one = Named(start, end, sentence, paragraph, "person", text, True, False, True, True, False, False)
            self.article.left_unnamed(one)
        return speaker

    def _person(self, start: int, sentence: int, paragraph: int, gender: str) -> Speaker:
        """He or she: whom the sentence before leaves without a name, else who of those named fits best."""
        one = unnamed.before(self.article, start, sentence, paragraph, gender)
        if one is None:
            return person(self.article, start, sentence, paragraph, gender)
        text = self.article.body[one.start : one.end]
        return nominal(self.article, one.start, one.end, text, one.type, one.sentence, one.paragraph)

    def interviewee(self, place: int) -> str | None:
        """Whose answers begin at ``place``: of the people named before, whom the title names, else whom the article names most.

        Not who put the questions: by Ida Roe, talks to Ida Roe.
        """
        named = [
            one for one in self.article.named
            if one.kind == "person" and one.start < place and not one.aside and not ASKED_BY.search(self.article.body[max(0, one.start - 40) : one.start])
        ]  # fmt: skip
        if not named:
            return None
        return max(
            named,
            key=lambda one: (
                one.name.split(" ")[-1] in self.title,
                self.article.counts[one.name],
                one.subject,
                -one.start,
            ),
        ).name

    def spoke(self, speaker: Speaker, paragraph: int, end: int) -> None:
        """Remember who spoke the quotation that ends at ``end``, in this paragraph."""
        if speaker.name is not None:
            self.article.last, self.article.last_paragraph, self.article.last_end = speaker, paragraph, end

    def _name(self, start: int, end: int, text: str) -> Speaker:
        named = self._named_within(start, end)
        if named is None or "," in named.name:
            name = spelled_out(self.article.body, without_degrees(clean(text)))
            return Speaker(name, "name", 0.8)
        if named.kind != "person":
            described = self._described_by(named)
            if described is not None:
                return Speaker(described.name, "name", 0.9)
            if ONE_OF.match(self.article.body, end) and ONE_BEFORE.search(
                self.article.body[max(0, start - 20) : start]
            ):
                return Speaker(clean(text), DESCRIPTION, 0.7)  # a Department of Health spokesperson
            last = text.rsplit(" ", 1)[-1]
            if named.end < end and class_bits(last.lower()) & (POST | ROLE):
                # A post that the name of a place or a body only describes: U.S. Attorney for the North Ida Roe.
                behind = person_behind(self.article, end, last)
                return Speaker(behind, "name", 0.9) if behind else Speaker(clean(text), DESCRIPTION, 0.7)
            return Speaker(spelled_out(self.article.body, named.name), "thing", 0.9)
        partner = self._coordinated(named)
        name = f"{partner} and {named.name}" if partner else named.name
        return Speaker(name, "name", 0.95 if " " in named.name else 0.85)

    def _named_within(self, start: int, end: int) -> Named | None:
        """The name in ``body[start:end]``: a person rather than a place, the last rather than the first."""
        article = self.article
        index = article.index_before(end)
        best: Named | None = None
        while index >= 0 and article.named[index].end > start:
            named = article.named[index]
            if best is None or (named.kind == "person") > (best.kind == "person"):
                best = named
            index -= 1
        return best

    def _described_by(self, named: Named) -> Named | None:
        """The person whom the name of an organisation or a place describes: Tidewater Board spokeswoman Ida Roe."""
        article = self.article
        index = article.index_before(named.end) + 1
        if index >= len(article.named) or article.named[index].kind != "person":
            return None
        words = article.body[named.end : article.named[index].start].split(" ")
        between = [word for word in words if word]
        beside = 0 < len(between) <= DESCRIPTION_WORDS and words[0] == words[-1] == ""
        of_person = beside and between[-1].islower() and class_bits(between[-1]) & (ROLE | POST)
        return article.named[index] if of_person and all(map(str.islower, between)) else None

    def _of_a_body(self, index: int) -> Named:
        """Whom a name means before its "who": Ida Roe of the Tidewater Board, who …"""
        named, before = self.article.named[index], self.article.named[max(index - 1, 0)]
        belongs = named.kind != "person" and before.kind == "person"
        return before if belongs and MEMBER.fullmatch(self.article.body, before.end, named.start) else named

    def _coordinated(self, named: Named) -> str | None:
        """A and B said: the name of A, where both are the subject of the sentence."""
        article = self.article
        index = article.index_before(named.start)
        if index < 0 or not named.subject:
            return None
        before = article.named[index]
        joined = article.body[before.end : named.start] == " and " and before.kind == "person" and before.first
        return before.name if joined and before.name != named.name else None

    def _relative(self, start: int, sentence: int, paragraph: int) -> Speaker:
        """ "Who": the name or phrase that ends right before it."""
        article = self.article
        phrase = WHO_IS.search(article.body, max(0, start - WHO_REACH), start)
        index = article.index_before(start)
        if phrase is not None and (index < 0 or article.named[index].start < phrase.start(1)):
            return nominal(article, phrase.start(1), phrase.end(1), phrase[1], NOMINAL, sentence, paragraph)
        if index >= 0 and BEFORE_WHO.fullmatch(article.body, article.named[index].end, start):
            return Speaker(self._of_a_body(index).name, "name", 0.8)
        return Speaker(None, "relative", 0.0)
