"""Pages shown in place of the article: consent dialogs, browser challenges, refusals, error pages, subscription offers.

Each kind is recognised by what such pages say in the languages of the news pages (en de fr es it nl pl pt), never by one word:
a story about cookies has sentences of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import polars as pl

LONGEST_WALL = 6000  # characters of a body that may be a wall whole
WALL_SHARE = 0.6  # of the body's characters: lines that speak of consent
LONGEST_NOTICE = 1500  # characters of a page that holds a challenge or an error
ERROR_NOTICE, SHORT_NOTICE = 700, 300
LONGEST_TEASER = 1200  # characters of a body above an offer: more is the story
WORD = re.compile(r"\w+")


def _holds(low: str, hints: Sequence[str]) -> bool:
    """Does a line, in lower case, hold one of these pieces of words?"""
    for hint in hints:  # noqa: SIM110 - a generator costs more than what it looks for
        if hint in low:
            return True
    return False


def _least(hints: Sequence[str]) -> tuple[str, ...]:
    """Those that hold no other: the others are found with them."""
    return tuple(hint for hint in dict.fromkeys(hints) if not any(other in hint for other in hints if other != hint))


class _Phrases:
    """Patterns, and pieces of words without one of which none of them matches: most lines are done with those."""

    def __init__(self, hints: str, *patterns: str) -> None:
        self.hints = _least(hints.split())
        self._patterns = patterns

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a line asks for it: that takes as long as cleaning a hundred articles."""
        return re.compile("|".join(self._patterns), re.IGNORECASE)

    def are_in(self, line: str) -> bool:
        """Does the line hold one of the phrases?"""
        return _holds(line.lower(), self.hints) and self.pattern.search(line) is not None

    def found_in(self, line: str) -> set[str]:
        """The phrases of the line, in lower case."""
        return {match[0].lower() for match in self.pattern.finditer(line)} if self.are_in(line) else set()


# What only a consent dialog says.
CONSENT = _Phrases(
    "cookie partner privac privat privée prywatn akzeptier ablehn werb accept reject accett rifiut acept rechaz aceit rejeit refus weiger afwijz akcept odrzuć click choos klick cliqu clic klik legitim légitim interes consent continue vendor pur-abo werbe partenaires parceir socios afwijzen belang",
    r"\bwe (?:value|respect|care about) your privacy", r"\byour privacy (?:choices|settings|matters|preferences)\b", r"\b(?:manage|update) (?:your )?(?:cookie|privacy|consent) (?:preferences|settings|choices)",
    r"\b(?:we|our)\b.{0,40}\bpartners\b.{0,80}\b(?:process|store|access)\b.{0,40}\b(?:data|information|device)", r"\b(?:accept|reject) (?:all|and (?:continue|close))\b", r"\bby (?:clicking|choosing|selecting|pressing)\b.{0,60}\b(?:agree|consent)\b",
    r"\b(?:agree|consent) to (?:our|the) use of cookies", r"\bcookies are (?:small|text) ", r"\blegitimate interest\b.{0,60}|\bvendors? list\b", r"\bbefore you continue to\b",
    r"\bwir (?:schätzen|respektieren) ihre privatsphäre", r"\bihre (?:privatsphäre|datenschutz-?einstellungen)\b", r"\balle (?:cookies )?(?:akzeptieren|ablehnen)\b", r"\bmit (?:einem )?klick auf\b.{0,60}\b(?:zu|ein|einverstanden)\b", r"\b(?:partner|drittanbieter)\b.{0,80}\b(?:verarbeiten|cookies|endgerät)", r"\bberechtigt\w* interesse", r"\bmit werbung (?:weiter|und tracking)\w*|\bwerbefrei lesen\b|\bpur-abo\b", r"\bcookies sind kleine\b",
    r"\b(?:le respect de |nous (?:respectons|accordons|tenons))\b.{0,60}\bvie privée", r"\b(?:tout accepter|tout refuser|accepter et (?:fermer|continuer)|continuer sans accepter)\b", r"\ben cliquant sur\b.{0,80}\b(?:acceptez|consentez)", r"\bnos (?:\d+ )?partenaires\b.{0,120}\b(?:données|cookies|terminal|traceurs)", r"\bintérêts? légitimes?\b", r"\bles cookies sont des petits\b",
    r"\b(?:valoramos|respetamos|nos importa|cuidamos) (?:tu|su) privacidad", r"\b(?:aceptar|rechazar) (?:todo|todas|y (?:continuar|cerrar))\b", r"\b(?:al hacer|haciendo) clic en\b.{0,80}\b(?:acepta|consiente)", r"\bnuestros (?:\d+ )?socios\b.{0,120}\b(?:datos|cookies|dispositivo)", r"\binterés legítimo\b", r"\blas cookies son pequeños\b",
    r"\b(?:teniamo|rispettiamo|diamo valore)\b.{0,30}\b(?:tua|vostra|sua) privacy|\bla (?:tua|vostra) privacy\b.{0,30}\b(?:importante|a cuore)", r"\b(?:accetta|rifiuta) (?:tutto|tutti|e (?:chiudi|continua))\b", r"\bcliccando (?:su|sul)\b.{0,80}\b(?:accett|acconsent)", r"\b(?:noi e )?(?:i )?nostri (?:\d+ )?partner\b.{0,120}\b(?:dati|cookie|dispositivo)", r"\binteresse legittimo\b|\blegittimo interesse\b", r"\bi cookie sono (?:piccoli|file)",
    r"\b(?:wij|we) (?:respecteren|waarderen|hechten)\b.{0,30}\bprivacy", r"\balles (?:accepteren|weigeren|afwijzen)\b", r"\bdoor op\b.{0,60}\bte klikken\b.{0,60}\b(?:akkoord|toestemming)", r"\b(?:onze )?(?:\d+ )?partners\b.{0,80}\b(?:gegevens|cookies|apparaat)", r"\bgerechtvaardigd belang\b", r"\bcookies zijn kleine\b",
    r"\b(?:szanujemy|cenimy|dbamy o) (?:twoją|państwa) prywatność", r"\b(?:akceptuj[ęe]?|zaakceptuj|odrzuć) (?:wszystk\w+|i (?:zamknij|przejdź))", r"\bklikając\b.{0,80}\b(?:zgod\w+|wyrażasz|akceptujesz)", r"\b(?:nasi|naszych|zaufan\w+) (?:\d+ )?partner\w+\b.{0,120}\b(?:dan\w+|cookies|urządzeni\w+)", r"\bprawnie uzasadnion\w+ interes", r"\bpliki cookies? (?:to|są) małe",
    r"\b(?:valorizamos|respeitamos|damos valor) (?:à |a )?sua privacidade|\ba sua privacidade é importante", r"\b(?:aceitar|rejeitar) (?:tudo|todos|e (?:continuar|fechar))\b", r"\bao clicar em\b.{0,80}\b(?:concorda|aceita|consente)", r"\bnossos (?:\d+ )?parceiros\b.{0,120}\b(?:dados|cookies|dispositivo)", r"\binteresse legítimo\b|\blegítimo interesse\b", r"\bos cookies são pequenos\b",
)  # fmt: skip
# Words that each line of a consent dialog has one of.
CONSENT_TOPIC = _Phrases(
    "cookie consen priva datenschutz einwillig confidentialité prywatn toestemming zgod track traceur personal persön dados datos dati données gegevens osobow partner partenaires parceir socios device gerät terminal dispositiv apparaat urządzeni",
    r"\bcookies?\b", r"\bconsen\w+", r"\bprivacy\b", r"\bdatenschutz\w*", r"\beinwillig\w+", r"\bconfidentialité\b", r"\bprivacidad\w?\b", r"\bprywatnoś\w+", r"\btoestemming\b", r"\bzgod[ayęe]\b", r"\btrackers?\b|\btracking\b|\btraceurs?\b",
    r"\bpersonali[sz]ed (?:ads|advertising|content)", r"\bpersonalisierte\w*\b", r"\b(?:publicités?|contenus?) personnalisé", r"\bpublicidad personalizada|\bpublicidade personalizada|\bpubblicità personalizzat", r"\bpersonal data\b|\bdados pessoais\b|\bdatos personales\b|\bdati personali\b|\bdonnées personnelles\b|\bpersoonsgegevens\b|\bdan\w+ osobow\w+",
    r"\bpartners?\b|\bpartenaires\b|\bparceiros\b|\bsocios\b|\bpartnerzy\b", r"\b(?:your|ihr\w*|votre|su|tuo|uw|twoje|seu) (?:device|gerät|terminal|dispositivo|apparaat|urządzeni\w+)",
)  # fmt: skip
CONSENT_HINTS = _least((*CONSENT.hints, *CONSENT_TOPIC.hints))
# Browser challenges and refusals: the line says it all.
CHALLENGE = _Phrases(
    "javascript robot robô bot human humain mensch człowiek umano captcha blocked denied browser secure cloudflare incapsula incident reference unusual interruption permission hold verweigert refusé interdit denegado negat vietat geweigerd odmowa zabronion negado mens navigateur ray",
    r"\bchecking (?:if the site connection is secure|your browser)\b", r"\b(?:enable|turn on|activate) javascript\b", r"\bjavascript (?:is|has been|seems to be) (?:disabled|blocked|required)", r"\bverif(?:y|ying|ication)\b.{0,20}\byou(?:'re| are| aren't| are not)?\b.{0,15}\b(?:human|robot|bot)\b", r"\b(?:are|you're|you are) (?:you )?(?:not )?a (?:robot|bot|human)\b", r"\bnot a (?:robot|bot)\b",
    r"\bunusual (?:traffic|activity) from your\b", r"\byou have been blocked\b", r"\byou don't have permission to access\b", r"\bperformance (?:&|and) security by cloudflare\b", r"\b(?:cloudflare )?ray id\b", r"\bincapsula incident id\b", r"\breference\s?#?\s?\d+\.[0-9a-f.]+", r"\bpress (?:&|and) hold\b", r"\bpardon our interruption\b", r"\bcomplete the (?:security check|captcha)\b|\bcaptcha\b", r"\byour browser (?:is|version is) (?:out of date|not supported|outdated|no longer supported)",
    r"\bjavascript (?:ist )?(?:deaktiviert|aktivieren)|\baktivieren sie (?:bitte )?javascript", r"\b(?:sind sie|ich bin) (?:ein|kein) (?:mensch|roboter)", r"\bihr browser wird (?:überprüft|geprüft)|\büberprüf\w+\b.{0,30}\bmensch\b", r"\bzugriff verweigert\b",
    r"\bactive[rz] javascript\b|\bjavascript (?:est )?désactivé", r"\b(?:êtes-vous|je ne suis pas|vous n'êtes pas) un (?:robot|humain)", r"\bvérification (?:de votre navigateur|que vous êtes)", r"\baccès (?:refusé|interdit)\b",
    r"\b(?:habilite|active|activa) javascript\b|\bjavascript (?:está )?(?:desactivado|deshabilitado)", r"\b(?:eres|es usted|no soy) un (?:robot|humano)", r"\bverific\w+ que (?:eres|es) (?:un )?humano", r"\bacceso denegado\b",
    r"\b(?:abilita|attiva)(?:re)? javascript\b|\bjavascript (?:è )?disabilitato", r"\b(?:sei|non sono) un (?:robot|umano)", r"\baccesso (?:negato|vietato)\b",
    r"\b(?:schakel|zet) javascript\b|\bjavascript (?:is )?uitgeschakeld", r"\b(?:bent u|ben je|ik ben) (?:g?een) (?:robot|mens)", r"\btoegang geweigerd\b",
    r"\b(?:włącz|włączyć) (?:obsługę )?javascript\b|\bjavascript jest wyłączon", r"\b(?:jesteś|nie jestem) (?:robotem|człowiekiem)", r"\b(?:odmowa dostępu|dostęp zabroniony)\b",
    r"\b(?:ative|habilite) o? ?javascript\b|\bjavascript (?:está )?desativado", r"\b(?:você é|não sou) um (?:robô|robot|humano)", r"\bacesso negado\b",
)  # fmt: skip
# The whole of a headline of such a page.
WALL_TITLE = re.compile(
    r"\W*(?:just a moment|one moment,? please|please wait|access (?:to this page has been )?denied|attention required!?.{0,20}|are you a (?:robot|human)\??|(?:robot|bot|security|human|browser) (?:check|verification|challenge)|client challenge|pardon our interruption"
    r"|(?:error )?(?:401|403|404|410|429|451|500|502|503|504)(?:[ :–—-]+.{0,40})?|(?:403 )?forbidden|(?:page|seite|artikel) (?:not|nicht) (?:found|gefunden)|this page (?:is not available|could not be found|doesn.t exist)|too many requests|service unavailable|bad gateway"
    r"|einen moment(?: bitte)?|zugriff verweigert|seite nicht gefunden|un instant.{0,20}|accès refusé|page (?:introuvable|non trouvée)|un momento.{0,15}|acceso denegado|página no encontrada|accesso negato|pagina non trovata|een moment.{0,20}|toegang geweigerd|pagina niet gevonden|chwileczkę|dostęp zabroniony|nie znaleziono strony|strona nie (?:istnieje|została znaleziona)|um momento.{0,20}|acesso negado|página não encontrada)\W*",
    re.IGNORECASE,
)  # fmt: skip
# A story that goes on for subscribers.
OFFER = _Phrases(
    "subscri reading read member limit article story weiter freischalt abonn abo lesen mitglied plus réserv disponible reste suite suscri leyendo exclusiv solo abbona riserv lees lezen alleen leden prenumer subskryb czyta artykuł assin lendo leitura leia subscritor registr",
    r"\b(?:to )?(?:continue|keep|finish) reading\b.{0,60}|\bread the (?:full|whole|rest of (?:the|this)) (?:story|article)\b", r"\bsubscribe (?:now )?(?:to|and) (?:read|continue|keep|unlock|access|get)\b", r"\b(?:this (?:article|story|content|page)|the rest) is (?:only |exclusively )?(?:for|available to|reserved for|exclusive to) (?:our )?(?:paying |registered |digital )?(?:subscribers|members)\b", r"\bsubscriber[- ](?:only|exclusive)\b", r"\balready (?:a|an) (?:subscriber|member)\b", r"\byou(?:'ve| have) (?:reached|used|read) (?:your|all|the)\b.{0,30}\b(?:limit|articles?)\b", r"\b(?:sign in|log in|register) to (?:read|continue|keep)\b",
    r"\bweiterlesen\b.{0,30}\b(?:mit|abo|plus|\+)|\b(?:diesen|den) (?:artikel|text|beitrag) (?:jetzt )?(?:weiterlesen|freischalten)\b", r"\bnur für (?:abonnent\w+|mitglieder|plus)|\b(?:exklusiv|ausschließlich) für (?:unsere )?abonnent\w+", r"\bsie (?:sind|haben) (?:bereits|schon) (?:abonnent\w*|ein abo\w*)|\bbereits (?:abonnent\w*|registriert\?)|\bschon abonnent", r"\bjetzt (?:abonnieren|testen|freischalten) und\b.{0,40}\blesen\b|\bum weiterzulesen\b",
    r"\b(?:réservé|disponible uniquement|exclusif)\w* (?:à|aux|pour) (?:nos |les )?abonné", r"\bil vous reste\b.{0,40}\b(?:à lire|à découvrir)\b", r"\b(?:abonnez-vous|s'abonner) pour (?:lire|continuer|accéder|poursuivre)", r"\bdéjà abonné", r"\bpour (?:lire la suite|continuer (?:à lire|votre lecture))", r"\blire la suite\b.{0,30}\babonn",
    r"\b(?:exclusiv\w+|solo|reservad\w+) (?:para|a) (?:los |nuestros )?(?:suscriptores|assinantes|abonados)", r"\bpara (?:seguir|continuar) leyendo\b|\bsuscr[íi]b(?:ete|ase|etе) (?:para|y) (?:leer|seguir|continuar|sigue)", r"\bya (?:eres|es) suscriptor\b|\b¿ya (?:eres|es|estás) (?:suscri\w+)",
    r"\b(?:riservat|esclusiv|disponibil)\w+ (?:agli|per gli|solo (?:per|agli)) abbonati\b", r"\bper continuare a leggere\b|\babbonati (?:per|e) (?:leggere|continu\w+)", r"\bsei già (?:un )?abbonat[oa]\b",
    r"\b(?:alleen|exclusief) (?:voor|beschikbaar voor) (?:onze )?(?:abonnees|leden)\b", r"\b(?:om )?verder (?:te )?lezen\b.{0,30}", r"\bal abonnee\b|\bbent u (?:al|reeds) abonnee\b",
    r"\b(?:tylko|wyłącznie) dla (?:naszych )?(?:prenumeratorów|subskrybentów|abonentów)\b", r"\baby (?:czytać|przeczytać) (?:dalej|więcej|cały|całość)\b|\b(?:dalszy ciąg|pozostało)\b.{0,40}\b(?:artykułu|treści)", r"\bmasz już (?:prenumeratę|subskrypcję|konto)\b",
    r"\b(?:exclusiv\w+|só|apenas|somente) (?:para|a) (?:os )?(?:nossos )?assinantes\b", r"\bpara (?:continuar|seguir) (?:a )?(?:lendo|ler|a leitura)\b|\bassine (?:para|e) (?:ler|continu\w+|leia|acess\w+)", r"\bjá é (?:assinante|subscritor)\b",
)  # fmt: skip
TITLE_PARTS = re.compile(r"\s[|–—-]\s")
LONGEST_OFFER = 260
OFFER_REACH = 10  # lines below a teaser; a page's login box is further down


@dataclass(frozen=True)
class Wall:
    """What the page shows in place of an article, for ``core.non_articles``."""

    detail: str


CONSENT_WALL = Wall("The page shows a consent dialog instead of the article; answer it and save the page again.")
CHALLENGE_WALL = Wall(
    "The page shows a browser challenge or a refusal instead of the article; open it in a browser and save it again."
)
ERROR_PAGE = Wall("The page says that the article doesn't exist or cannot be shown; fetch it again or drop it.")
OFFER_WALL = Wall("The page shows only an offer to subscribe, not a sentence of the article; save it while logged in.")


class Shown(NamedTuple):
    """What a page shows: the names it goes by, the lines of its body, all its other lines."""

    titles: Sequence[str]
    kept: Sequence[str]
    removed: Sequence[str]


NOTHING = Shown((), (), ())


def find_walls(pages: Sequence[Shown]) -> list[Wall | None]:
    """What each page shows instead of an article; ``None`` where there is an article."""
    hinting = _hint_at_consent([page.kept for page in pages])
    return [_wall(page, hints) for page, hints in zip(pages, hinting, strict=True)]


def _hint_at_consent(bodies: Sequence[Sequence[str]]) -> list[list[bool]]:
    """Which lines of each body hold a piece of a word of consent dialogs: those of all bodies are looked through at once."""
    lines = pl.Series([line.lower() for body in bodies for line in body], dtype=pl.String)
    holds = lines.str.contains_any(list(CONSENT_HINTS)).to_list()
    ends = accumulate(map(len, bodies), initial=0)
    return [holds[first:end] for first, end in pairwise(ends)]


def _wall(page: Shown, hints: Sequence[bool]) -> Wall | None:
    titles, kept, removed = page
    size = sum(map(len, kept))
    if size > LONGEST_WALL:
        return None
    if size <= LONGEST_NOTICE:
        named = any(_names_wall(title) for title in (*titles, *kept[:1], *removed[:3]))
        hits = sum(CHALLENGE.are_in(line) for line in (*titles, *kept, *removed))
        told = sum(len(line) for line in kept if CHALLENGE.are_in(line))
        if hits and (named or not kept or (hits > 1 and told >= size / 3) or (hits > 2 and size <= SHORT_NOTICE)):
            return CHALLENGE_WALL
        if named and size <= ERROR_NOTICE:
            return ERROR_PAGE
    if _speaks_of_consent(kept, hints, size):
        signs: set[str] = set().union(*(CONSENT.found_in(line) for line in (*titles, *kept, *removed)))
        if len(signs) > 1:
            return CONSENT_WALL
    return OFFER_WALL if all(map(is_offer, kept)) and any(map(is_offer, (*kept, *removed))) else None


def _speaks_of_consent(kept: Sequence[str], hints: Sequence[bool], size: int) -> bool:
    """Are most of the words in lines about consent? Lines without ``hints`` are not, which tells most stories at a glance."""
    most = (1 - WALL_SHARE) * size
    other = sum(len(line) for line, hint in zip(kept, hints, strict=True) if not hint)
    if other > most:
        return False
    for line, hint in zip(kept, hints, strict=True):
        if hint and not CONSENT_TOPIC.are_in(line) and not CONSENT.are_in(line):
            other += len(line)
            if other > most:
                return False
    return True


def _names_wall(title: str) -> bool:
    """Is the title, or the part before or after the outlet's name in it, that of such a page?"""
    return any(WALL_TITLE.fullmatch(part) for part in (title, *TITLE_PARTS.split(title)))


def is_offer(line: str) -> bool:
    """Does the line sell the rest of the story?"""
    return len(line) <= LONGEST_OFFER and OFFER.are_in(line)


def is_teaser(kept: Sequence[str], after: Sequence[str], is_free: bool | None) -> bool:
    """Is the body only the teaser above an offer to subscribe?

    ``after`` are the lines below the body; ``is_free`` is what the page's metadata say of it.
    """
    if not kept or sum(map(len, kept)) > LONGEST_TEASER or is_free:
        return False
    return any(is_offer(line) for line in (after if is_free is False else after[:OFFER_REACH]))
