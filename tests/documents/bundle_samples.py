"""Exports of press archives as their interfaces write them, about an invented town: two articles each, in every language."""

from dataclasses import dataclass
from textwrap import dedent

FIRST = "The harbour wall that fell in January will be rebuilt by the autumn, the port board of Northgate decided on Monday."
SECOND = "“We will not build the same wall twice,” said Ada Brennick, the chief engineer. “The old one stood on mud.”"
THIRD = "The crews of the island ferry went back to work on Thursday, and the first boat left the quay at six."


@dataclass(frozen=True)
class Interface:
    """The words of one interface of Nexis Uni, and how it writes a date."""

    contents: str
    asked: tuple[str, str]
    section: str
    length: str
    words: str
    author: str
    body: str
    loaded: str
    end: str
    rights: str
    date: str
    second_date: str


NEXIS_UNI = {
    "English": Interface("Documents", ("Date and Time", "Job Number"), "Section", "Length", "words", "Byline", "Body", "Load-Date",
                         "End of Document", "All Rights Reserved", "January 11, 2018 Thursday, Late Edition - Final", "March 2026"),
    "German": Interface("Dokumente", ("Datum und Uhrzeit", "Auftragsnummer"), "Rubrik", "Länge", "Wörter", "Autor", "Text", "Ladedatum",
                        "Ende des Dokuments", "Alle Rechte vorbehalten", "3. März 2026 Dienstag", "4. März 2026 Mittwoch"),
    "French": Interface("Documents", ("Date et heure", "Numéro de tâche"), "Rubrique", "Longueur", "mots", "Auteur", "Corps", "Date de chargement",
                        "Fin du document", "Tous droits réservés", "mardi 3 mars 2026", "mercredi 4 mars 2026"),
    "Spanish": Interface("Documentos", ("Fecha y hora", "Número de trabajo"), "Sección", "Longitud", "palabras", "Autor", "Cuerpo", "Fecha de carga",
                         "Fin del documento", "Todos los derechos reservados", "martes 3 de marzo de 2026", "4 de marzo de 2026 miércoles"),
    "Dutch": Interface("Documenten", ("Datum en tijd", "Taaknummer"), "Rubriek", "Lengte", "woorden", "Auteur", "Tekst", "Laaddatum",
                       "Einde van document", "Alle rechten voorbehouden", "3 maart 2026 dinsdag", "4 maart 2026 woensdag"),
    "Italian": Interface("Documenti", ("Data e ora", "Numero di lavoro"), "Sezione", "Lunghezza", "parole", "Autore", "Testo", "Data di caricamento",
                         "Fine del documento", "Tutti i diritti riservati", "3 marzo 2026 martedì", "mercoledì 4 marzo 2026"),
}  # fmt: skip


def nexis_uni(interface: Interface, has_cover: bool) -> list[str]:
    """The paragraphs of an export of two articles."""
    ui = interface
    cover = [
        f"{ui.asked[0]}:\xa0Tuesday, 14 April 2026 10:22:00 BST", f"{ui.asked[1]}:\xa0114205551", "", f"{ui.contents} (2)", "",
        "1. Harbour wall to be rebuilt: the board has decided", "Client/Matter:\xa0-None-", "2. Ferry strike ends",
        "Client/Matter:\xa0-None-", "", "",
    ]  # fmt: skip
    return [
        *(cover if has_cover else []),
        "Harbour wall to be rebuilt: the board has decided", "Northgate Herald", ui.date, "Correction Appended", "",
        f"Copyright 2026 Northgate Media {ui.rights}", f"{ui.section}:\xa0NEWS; Pg. 4", f"{ui.length}:\xa096 {ui.words}",
        f"{ui.author}:\xa0Hettie Crane", ui.body, "", FIRST, SECOND, "", f"{ui.loaded}:\xa0March 6, 2026", "", ui.end, "",
        "Ferry strike ends", "Quay Post", ui.second_date, "", f"Copyright 2026 Quay Post {ui.rights}",
        f"{ui.length}:\xa022 {ui.words}", ui.body, "", THIRD, "Graphic", "", "Picture: The ferry on Thursday.",
        f"{ui.loaded}:\xa0March 9, 2026", "", ui.end,
    ]  # fmt: skip


NEXIS_PAGES = dedent(
    f"""\
    <HTML><HEAD><TITLE>Search results</TITLE></HEAD><BODY><A NAME="DOC_ID_0_0"></A>
    <!-- Hide XML section from browser
    <DOC NUMBER=1>
    <DOCFULL> -->
    <BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">1 of 2 DOCUMENTS</SPAN></P></DIV>
    <BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">Northgate Herald</SPAN></P></DIV>
    <DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">March 3,</SPAN><SPAN CLASS="c2"> 2016 Thursday &nbsp;<BR>Late Edition - Final</SPAN></P></DIV>
    <BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Harbour wall to be rebuilt</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">BYLINE: </SPAN><SPAN CLASS="c2">By HETTIE CRANE</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">SECTION: </SPAN><SPAN CLASS="c2">Section A; Pg. 4</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">96 words</SPAN></P></DIV>
    <BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">{FIRST}</SPAN></P><P CLASS="c9"><SPAN CLASS="c2">{SECOND}</SPAN></P></DIV>
    <BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">URL: </SPAN><SPAN CLASS="c2">http://herald.example/wall</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN><SPAN CLASS="c2">March 4, 2016</SPAN></P></DIV>
    <DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">Copyright 2016 Northgate Herald<BR>All Rights Reserved</SPAN></P></DIV>
    <!-- Hide XML section from browser
    </DOCFULL>
    </DOC> -->
    <A NAME="DOC_ID_0_1"></A>
    <!-- Hide XML section from browser
    <DOC NUMBER=2>
    <DOCFULL> -->
    <BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">2 of 2 DOCUMENTS</SPAN></P></DIV>
    <BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">Quay Post</SPAN></P></DIV>
    <DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">March 4,</SPAN><SPAN CLASS="c2"> 2016 Friday</SPAN></P></DIV>
    <BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Ferry strike ends</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LENGTH: </SPAN><SPAN CLASS="c2">22 words</SPAN></P></DIV>
    <BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">{THIRD}</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">LOAD-DATE: </SPAN><SPAN CLASS="c2">March 5, 2016</SPAN></P></DIV>
    </BODY></HTML>
    """
)


NEXIS_GERMAN = dedent(
    f"""\


                                 Dokument 1 von 2


                                 Northgate Herald

                                 3. März 2016 Donnerstag
                                    Hauptausgabe

    Column: the wall that fell in January is to be
    rebuilt

    AUTOR: Von Hettie Crane

    RUBRIK: LOKALES; S. 4

    LÄNGE: 96 Wörter

     {FIRST}

     {SECOND}

    UPDATE: 4. März 2016

    SPRACHE: GERMAN; DEUTSCH

                              Copyright 2016 Northgate Media
                                 Alle Rechte vorbehalten


                                 Dokument 2 von 2


                                 Quay Post

                                 4. März 2016 Freitag

    Ferry strike ends

    LÄNGE: 22 Wörter

     {THIRD}

    SPRACHE: GERMAN; DEUTSCH
    """
)

FACTIVA_GERMAN = dedent(
    f"""\
    Lokales
    Harbour wall to be rebuilt

    Hettie Crane
    1.096 Wörter
    3 März 2026
    Northgate Herald
    NGHERA
    4
    Deutsch
    Copyright 2026. Northgate Media.

    {FIRST}

    {SECOND}

    Dokument NGHERA0020260303em3300001

    Ferry strike ends

    22 Wörter
    4 März 2026
    Quay Post
    QUAY
    Deutsch
    (c) 2026 Quay Post

    {THIRD}

    Dokument QUAY000020260304em3400002

    Suchzusammenfassung
    Text Hafen
    """
)


def factiva_pages(language: str, words: str, document: str, dates: tuple[str, str]) -> str:
    """Factiva's page of two articles as displayed, in the interface that calls its words and documents so."""
    marks = f"class='articleParagraph {language}articleParagraph'"
    return dedent(
        f"""\
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>Factiva</title></head><body><form><div id="contentWrapper">
        <div id="article-NGHERA0020260303em3300001" class="article"><div class="article {language}Article"><p></p><div>News</div>
        <div id="hd"><span class="{language}Headline">1) Harbour wall to be rebuilt</span></div><div class="author">By Hettie Crane </div>
        <div>1.096 {words}</div><div>{dates[0]}</div><div>10:15</div><div>Northgate Herald</div><div>NGHERA</div><div>4</div><div>English</div>
        <div>(c) 2026 Northgate Media. </div><p></p><p {marks}>{FIRST}</p><p {marks}>{SECOND}</p>
        <p>{document} NGHERA0020260303em3300001</p></div></div><br><span></span>
        <div id="article-quay000020260304em3400002" class="article"><div class="article {language}Article"><p></p>
        <div id="hd"><span class="{language}Headline">2) Ferry strike ends</span></div><div>22 {words}</div><div>{dates[1]}</div>
        <div>Quay Post</div><div>QUAY</div><div>English</div><div>Copyright 2026 Quay Post</div><p></p><p {marks}>{THIRD}</p>
        <p>{document} quay000020260304em3400002</p></div></div></div></form></body></html>
        """
    )


def _coded(title: str, by: str, date: str, outlet: str, paragraphs: list[str], number: str) -> str:
    rows = {"HD": f'<span class="enHeadline">{title}</span>', "BY": by, "WC": "96 words", "PD": date, "SN": outlet, "LA": "English",
            "CY": "Copyright 2026", "LP": "".join(f'<p class="articleParagraph enarticleParagraph">{p}</p>' for p in paragraphs[:1]),
            "TD": "".join(f'<p class="articleParagraph enarticleParagraph">{p}</p>' for p in paragraphs[1:]),
            "NS": "gport : Ports", "AN": f"Document {number}"}  # fmt: skip
    cells = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>' for code, value in rows.items() if value
    )
    return (
        f'<div id="article-{number}" class="article"><div class="article enArticle"><table>{cells}</table></div></div>'
    )


FACTIVA_CODED_PAGES = (
    "<html><head><title>Factiva</title></head><body>"
    + _coded("Harbour wall to be rebuilt", "By Hettie Crane", "3 March 2026", "Northgate Herald", [FIRST, SECOND], "NGHERA0020260303em3300001")
    + _coded("Ferry strike ends", "", "4 March 2026", "Quay Post", [THIRD], "QUAY000020260304em3400002")
    + "</body></html>"
)  # fmt: skip

RULE = "_" * 60


def proquest(report: str, counter: str, labels: dict[str, str]) -> str:
    """ProQuest's text of two articles, with the labels of one interface."""
    at = labels
    return "\n\n".join([
        RULE, report, "April 14 2026 10:11", RULE, counter.format(1), "Harbour wall to be rebuilt", f"{at['author']}: Crane, Hettie",
        f"{at['info']}: Northgate Herald ; Northgate [Northgate]03 Mar 2026: A.3.",
        "https://search.proquest.com/docview/1015590001?accountid=1", f"{at['abstract']}: The wall will be rebuilt.",
        f"{at['text']}: {FIRST}", SECOND, f"{at['title']}: Harbour wall to be rebuilt", f"{at['outlet']}: Northgate Herald; Northgate",
        f"{at['date']}: Mar 3, 2026", "ISSN: 00000000", "ProQuest document ID: 1015590001", RULE,
        counter.format(2), "Ferry strike ends", f"{at['author']}: Roe, Ana; Doe, Jon", f"{at['text']}: {THIRD}",
        f"{at['outlet']}: Quay Post; Quay", f"{at['date']}: Mar 4, 2026", "ProQuest document ID: 1015590002", RULE,
        "Contact ProQuest", "Copyright 2026 ProQuest LLC.",
    ])  # fmt: skip


PROQUEST = {
    "English": proquest("Report Information from ProQuest", "Document {} of 2", {
        "title": "Title", "author": "Author", "info": "Publication info", "abstract": "Abstract", "text": "Full text",
        "outlet": "Publication title", "date": "Publication date"}),
    "German": proquest("Berichtsinformationen von ProQuest", "Dokument {} von 2", {
        "title": "Titel", "author": "Autor", "info": "Publikationsinfo", "abstract": "Zusammenfassung", "text": "Volltext",
        "outlet": "Titel der Publikation", "date": "Publikationsdatum"}),
    "French": proquest("Informations sur le rapport de ProQuest", "Document {} sur 2", {
        "title": "Titre ", "author": "Auteur ", "info": "Informations sur la publication ", "abstract": "Résumé ", "text": "Texte intégral ",
        "outlet": "Titre de la publication ", "date": "Date de publication "}),
    "Spanish": proquest("Información del informe de ProQuest", "Documento {} de 2", {
        "title": "Título", "author": "Autor", "info": "Información de publicación", "abstract": "Resumen", "text": "Texto completo",
        "outlet": "Título de publicación", "date": "Fecha de publicación"}),
}  # fmt: skip

EUROPRESSE_PAGES = dedent(
    f"""\
    <!DOCTYPE html><html><head><meta charset="utf-8"><title>Documents</title></head><body><div>Documents sauvegardés</div>
    <article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Northgate Herald, no. 2301</span></div>
    <div><span class="DocHeader">Une, mardi 3 mars 2026, p. 4</span></div>
    <div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Harbour wall to be rebuilt</p></div>
    <div class="docAuthors">Hettie Crane</div></header>
    <section><div class="DocText clearfix"><div class="docOcurrContainer"><p>{FIRST}</p><p>{SECOND}</p></div></div></section>
    <footer><div class="publiC-lblNodoc">news·20260303·NGH·0123</div></footer></article>
    <article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Quay Post (site web)</span></div>
    <div><span class="DocHeader">News, Wednesday, March 4, 2026</span></div>
    <div class="titreArticle"><p class="titreArticleVisu">Ferry strike ends</p></div></header>
    <section><div class="DocText clearfix"><p>{THIRD}</p></div></section></article></body></html>
    """
)

EUROPRESSE_TEXT = dedent(
    f"""\
    Documents sauvegardés

    Mardi 14 avril 2026 à 10 h 22

    2 documents

    Northgate Herald
    Une, mardi 3 mars 2026, p. 4

    Harbour wall to be rebuilt

    Hettie Crane

    {FIRST}

    {SECOND}

    Cet article est paru dans Northgate Herald
    © 2026 Northgate Media. Tous droits réservés.

    news·20260303·NGH·0123

    Quay Post
    mercredi 4 mars 2026

    Ferry strike ends

    {THIRD}

    © 2026 Quay Post. Tous droits réservés.

    news·20260304·QP·7
    """
)

MBOX = dedent(
    f"""\
    From news@herald.example Tue Mar  3 07:00:00 2026
    From: "Northgate Herald" <news@herald.example>
    Subject: =?utf-8?q?Harbour_wall_to_be_rebuilt?=
    Date: Tue, 03 Mar 2026 07:00:00 +0000
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    {FIRST}

    From now on the boats sail hourly.

    >From today the quay is shut.

    From MAILER-DAEMON Wed Mar  4 08:00:00 2026
    From: photos@herald.example
    Subject: The wall
    Date: Wed, 04 Mar 2026 08:00:00 +0100
    MIME-Version: 1.0
    Content-Type: image/png
    Content-Transfer-Encoding: base64

    iVBORw0KGgo=

    From - Wed Mar 04 09:00:00 +0000 2026
    From: desk@quaypost.example
    Subject: Ferry strike ends
    Date: Wed, 04 Mar 2026 09:00:00 +0000
    MIME-Version: 1.0
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: 8bit

    <html><body><h1>Ferry strike ends</h1><p>{THIRD}</p></body></html>
    """
)
