"""Cookie walls, browser challenges, error pages and offers to subscribe are not articles; a teaser above one is an excerpt."""

import pytest

from assets.articles.clean import Cleaned, clean_document
from assets.articles.document import Document
from assets.articles.html.clean import HtmlMode
from assets.articles.walls import CHALLENGE_WALL, CONSENT_WALL, ERROR_PAGE, OFFER_WALL, Wall
from assets.sources.registry import default_registry


def clean(content: str, content_type: str = "html", mode: HtmlMode = "accurate") -> Cleaned:
    return clean_document(Document(content, content_type), mode, default_registry())


def page(title: str, *paragraphs: str, head: str = "", language: str = "en", heading: str | None = None) -> str:
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in paragraphs)
    return (
        f"<html lang={language}><head><title>{title}</title>{head}</head>"
        f"<body><h1>{title if heading is None else heading}</h1>{body}</body></html>"
    )


WALLS = {
    "consent en": (
        page(
            "Your privacy choices",
            "By choosing Accept, you agree to our use of cookies, which show you what you may like and us what you have read.",
            "Together with our 310 partners we store and access information on your device.",
            "<button>Accept all</button>",
        ),
        CONSENT_WALL,
    ),
    "consent de": (
        page(
            "Mit Werbung weiterlesen",
            "Besuchen Sie den Velmer Boten wie gewohnt mit Werbung und Tracking. Mehr dazu steht im Datenschutz.",
            "Wir und unsere 180 Partner verarbeiten personenbezogene Daten und speichern Cookies auf Ihrem Gerät.",
            "<button>Alle akzeptieren</button>",
            language="de",
        ),
        CONSENT_WALL,
    ),
    "consent fr": (
        page(
            "Le respect de votre vie privée est notre priorité",
            "Nous et nos 640 partenaires lisons des données sur votre terminal, dont les cookies.",
            "En cliquant sur « Tout accepter », vous consentez à ces usages.",
            "<button>Continuer sans accepter</button>",
            language="fr",
        ),
        CONSENT_WALL,
    ),
    "consent es": (
        page(
            "Valoramos tu privacidad",
            "Nosotros y nuestros socios guardamos cookies en tu dispositivo y tratamos datos personales.",
            "<button>Aceptar todo</button><button>Rechazar todo</button>",
            language="es",
        ),
        CONSENT_WALL,
    ),
    "consent it": (
        page(
            "Il Faro",
            "Noi e i nostri 700 partner conserviamo dati personali sul tuo dispositivo, come i cookie.",
            "Puoi opporti: in quel caso vale il solo interesse legittimo dei partner.",
            "<button>Accetta tutto</button>",
            language="it",
        ),
        CONSENT_WALL,
    ),
    "consent nl": (
        page(
            "Wij respecteren je privacy",
            "Met onze 120 partners plaatsen we cookies en verzamelen we gegevens over je apparaat.",
            "Door op akkoord te klikken geef je toestemming.",
            "<button>Alles accepteren</button>",
            language="nl",
        ),
        CONSENT_WALL,
    ),
    "consent pl": (
        page(
            "Szanujemy Twoją prywatność",
            "My i nasi zaufani partnerzy przetwarzamy dane osobowe i zapisujemy pliki cookies na Twoim urządzeniu.",
            "Klikając przycisk, wyrażasz zgodę.",
            language="pl",
        ),
        CONSENT_WALL,
    ),
    "consent pt": (
        page(
            "Valorizamos a sua privacidade",
            "Nós e os nossos parceiros guardamos dados pessoais e cookies no seu dispositivo.",
            "Ao clicar em aceitar, você concorda com o interesse legítimo dos parceiros.",
            language="pt",
        ),
        CONSENT_WALL,
    ),
    "challenge": (
        page(
            "Just a moment...",
            "Enable JavaScript and cookies to continue",
            "velmcourier.example needs to review the security of your connection before proceeding.",
            "Ray ID: 7d2f1c0a",
            heading="velmcourier.example",
        ),
        CHALLENGE_WALL,
    ),
    "robot": (
        page(
            "The Velm Courier - Are you a robot?",
            "To continue, please tick the box below to let us know that you are not a robot.",
            "Please make sure that your browser supports JavaScript and cookies.",
            heading="We have detected unusual activity from your network",
        ),
        CHALLENGE_WALL,
    ),
    "denied": (
        page(
            "Access Denied",
            "You don't have permission to access this page on this server.",
            "Reference #18.9f2c.17.1a2b",
        ),
        CHALLENGE_WALL,
    ),
    "denied de": (page("Zugriff verweigert", "Bitte aktivieren Sie JavaScript in Ihrem Browser."), CHALLENGE_WALL),
    "not found": (
        page("Page not found | The Velm Courier", "Sorry, there is nothing at this address. It may have moved."),
        ERROR_PAGE,
    ),
    "not found fr": (page("Page introuvable", "La page que vous cherchez n’est plus à cette adresse."), ERROR_PAGE),
    "offer": (
        page("Ferry fares to rise", "To continue reading, subscribe now for one crown a week.", heading=""),
        OFFER_WALL,
    ),
}


@pytest.mark.parametrize(("content", "wall"), WALLS.values(), ids=WALLS)
@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_a_wall_is_not_an_article(content: str, wall: Wall, mode: HtmlMode) -> None:
    assert clean(content, mode=mode).wall == wall


@pytest.mark.parametrize("content_type", ["text", "body"])
def test_a_wall_is_not_an_article_as_text_either(content_type: str) -> None:
    text = "Checking your browser before accessing velmcourier.example.\nPlease enable JavaScript and cookies to continue.\nRay ID: 7d2f1c0a"
    assert clean(text, content_type).wall == CHALLENGE_WALL


ABOUT_WALLS = {
    "cookies": page(
        "Velm fines advertising firm over cookies",
        "The data office of Velm has fined an advertising firm for setting cookies without consent in forty newspapers.",
        "“We value your privacy” stood above the dialog that readers saw, the office said on Monday in its ruling.",
        "The firm shared what it had learned with hundreds of partners and kept it for nine years, the ruling says.",
        "“Nobody read it, and nobody was meant to,” said the head of the office, Ada Brook.",
        "The firm will appeal. Its shares fell by a tenth on Tuesday.",
    ),
    "robots": page(
        "Are you a robot? Harbour lets machines tie up ships",
        "The harbour of Velm has let a machine tie up the ferry for the first time, to the surprise of its crew.",
        "“I asked it whether it was a robot, and it said nothing,” said the skipper, Toomas Rand, on Tuesday.",
        "The council wants to see the figures of the first month before it buys two more of them in autumn.",
    ),
    "access": page(
        "Access denied: why the pier stays shut",
        "The pier of Velm stays shut for another winter, because the barge that struck it has not been paid for.",
        "“We have no access to the money,” said Marta Ilves, who chairs the harbour council.",
        "The council will meet again in September to decide on the price of a ticket.",
    ),
}


@pytest.mark.parametrize("content", ABOUT_WALLS.values(), ids=ABOUT_WALLS)
@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_a_story_about_such_things_is_an_article(content: str, mode: HtmlMode) -> None:
    cleaned = clean(content, mode=mode)
    assert (cleaned.wall, cleaned.is_excerpt) == (None, False)


TEASER = "The price of a crossing from Velm to the islands will rise by a third in May, the ferry company told passengers on Monday."
OFFERS = [
    "To continue reading, subscribe now.",
    "This article is only available to subscribers.",
    "Weiterlesen mit Bote plus",
    "Cet article est réservé aux abonnés.",
    "Para seguir leyendo, suscríbete.",
    "Contenuto riservato agli abbonati",
    "Dit artikel is alleen voor abonnees.",
    "Artykuł tylko dla prenumeratorów",
    "Conteúdo exclusivo para assinantes",
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_a_teaser_above_an_offer_is_an_excerpt_without_the_offer(offer: str, mode: HtmlMode) -> None:
    cleaned = clean(page("Ferry fares to rise", TEASER, f"<div class=paywall><p>{offer}</p></div>"), mode=mode)
    assert (cleaned.body, cleaned.is_excerpt, cleaned.wall) == (TEASER, True, None)


def test_a_whole_story_above_an_offer_is_none() -> None:
    story = [
        TEASER.replace("Velm", town) + " " + TEASER
        for town in ("Lenster", "Karsund", "Averley", "Ostra", "Marl", "Brack")
    ]
    assert not clean(page("Ferry fares to rise", *story, f"<p>{OFFERS[0]}</p>")).is_excerpt


@pytest.mark.parametrize(("content_type", "is_excerpt"), [("excerpt", True), ("body", False)])
def test_what_a_record_calls_an_excerpt_is_one(content_type: str, is_excerpt: bool) -> None:
    assert clean(TEASER, content_type).is_excerpt == is_excerpt
