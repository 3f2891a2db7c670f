"""What LexisNexis and Nexis Uni write around an article in the English, German, French, Spanish, Dutch, Italian and
Portuguese interfaces: labels, headings and the lines between articles."""

import re

from assets.documents.field_words import AUTHOR, LENGTH, SECTION, TITLE
from assets.text.languages.language import words

COUNTER = re.compile(
    r"^\s*(?:(?:Dokumento?|Document[oe]?)\s+)?\d+ (?:of|von|de|van|di|sur) \d+ (?:DOCUMENT\w*|DOKUMENT\w*)\s*$"
    r"|^\s*(?:Dokument|Documento?) \d+ (?:of|von|de|van|di|sur) \d+\s*$",
    re.I,
)
END = re.compile(
    r"^\s*(?:End of Document|Ende des Dokuments|Dokumentende|Fin du document|(?:Fin|Final) del documento"
    r"|Einde(?: van(?: het)?)? document|Fine(?: del)? documento|Fim do documento)\s*\.?\s*$",
    re.I,
)
BODY = re.compile(
    r"^\s*(?:Body|Text|Haupttext|Volltext|Textkörper|Corps(?: (?:de l['’]article|du texte))?|Texte(?: (?:intégral|principal))?"
    r"|Cuerpo(?: del (?:texto|artículo))?|Texto(?: (?:completo|principal))?|Tekst|Hoofdtekst|Broodtekst|Volledige tekst|Inhoud"
    r"|Testo(?: (?:completo|integrale))?|Corpo(?: (?:del testo|do texto))?)\s*:?\s*$"
)
PAGE_NUMBER = re.compile(r"^\s*(?:Page|Seite|Página|Pagina) \d+ (?:of|von|sur|de|van|di) \d+\s*$", re.I)
COPYRIGHT = re.compile(
    r"^\s*(?:Copyright\b|©|\(c\)|All Rights Reserved|Alle Rechte vorbehalten|Tous droits réservés"
    r"|Todos los derechos reservados|Alle rechten voorbehouden|Tutti i diritti riservati|Todos os direitos reservados)",
    re.I,
)
# Lines below the date that aren't headlines.
NOTICE = re.compile(
    r"^\s*(?:(?:Correction|Clarification|Editor'?s['’]? note) appended|.*\b(?:edition|ausgabe|édition|edición|editie|edizione)\b.{0,20}"
    r"|final|updated|aktualisiert|korrigiert|korrektur angehängt|correction (?:ajoutée|jointe)|corrección adjunta"
    r"|correctie toegevoegd|rettifica allegata)\s*$",
    re.I,
)
# Headings that end the body.
AFTER_HEADING = re.compile(
    r"^\s*(?:Classification|Graphic|Notes|Corrections?|Correction appended|Klassifi(?:kation|zierung)|Grafik|Anmerkungen?|Hinweise?|Korrektur"
    r"|Classement|Graphique|Remarques?|Clasificación|Gráficos?|Notas|Corrección|Classificatie|Grafiek|Afbeelding|Opmerkingen|Correctie"
    r"|Classificazione|Grafica|Note|Correzione|Copyright \d{4}.*|All Rights Reserved\.?)\s*$",
    re.I,
)
CONTENTS = re.compile(r"^\s*(?:Documents?|Dokumente?|Documentos?|Documenten|Documenti) \((\d+)\)\s*$", re.I)
ENTRY = re.compile(r"^\s*(\d{1,4})\.\s+(\S.*)$")
# Lines of a cover page: what was asked for, by whom and when.
COVER = re.compile(
    r"^\s*(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms?|Search Type|Narrowed by|Content Type"
    r"|Benutzername|Datum und Uhrzeit|Auftragsnummer|Mandant\S*|Suchbegriffe?|Suchtyp|Suchart|Eingegrenzt durch|Inhaltstyp"
    r"|Nom d['’]utilisateur|Date et heure|Numéro de (?:tâche|travail)|Client/Dossier|Termes? de (?:la )?recherche|Type de (?:recherche|contenu)|Limité par"
    r"|Nombre de usuario|Fecha y hora|Número de trabajo|Cliente/Asunto|Términos de búsqueda|Tipo de (?:búsqueda|contenido)"
    r"|Gebruikersnaam|Datum en tijd|Taaknummer|Cliënt/\S+|Zoektermen|Zoektype|Type zoekopdracht|Inhoudstype"
    r"|Nome utente|Data e ora|Numero (?:di )?(?:lavoro|processo)|Cliente/\S+|Termini di ricerca|Tipo di (?:ricerca|contenuto))\s?:?(?:\s|$)",
    re.I,
)
LABEL = re.compile(r"^\s*([^\W\d_][\w\-/'’]*(?: [\w\-/'’]+){0,3}) ?: ?(.*)$")

# Labels before the body, and the field that each names.
BEFORE = {
    label: field
    for field, labels in {
        "headline": ("headline", *TITLE),
        "byline": ("byline", *AUTHOR, "verfasser", "door", "par", "por"),
        "section": (*SECTION, *words("section ressort sectie katern seção")),
        "length": (*LENGTH, *words("length extensión comprimento extensão")),
        "dateline": ("dateline", "ortszeile", "datumszeile"),
        "highlight": words("highlight hervorhebung accroche chapeau destacado samenvatting sommario"),
        "url": ("url",),
        "other": words(
            "series serie série column kolumne columna correction edition ausgabe édition edición editie edizione version"
        ),
    }.items()
    for label in labels
}
# Labels after the body that never open a paragraph of a story.
AFTER = frozenset(
    """load-date|language|publication-type|publication type|pub-type|journal-code|journal code|acc-no|document-type|document type
    |ladedatum|sprache|publikationsart|publikationstyp|zeitungs-code|date de chargement|langue|type de publication|code revue
    |fecha de carga|idioma|tipo de publicación|laaddatum|laad-datum|taal|publicatietype|type publicatie|data di caricamento
    |data caricamento|lingua|tipo di pubblicazione|data de carregamento|tipo de publicação|correction-date|correction date""".replace("\n    ", "").split("|")
)  # fmt: skip
# Labels after the body that may also open a paragraph of a story: the end only where nothing but labels follows.
MAYBE_AFTER = frozenset(
    """classification|subject|graphic|industry|geographic|company|person|organization|ticker|country|city|state|notes|type|update|photo
    |image|url|publisher|thema|grafik|branche|region|unternehmen|firma|personen|aktualisierung|graphique|sujet|société|mise à jour
    |tema|gráfico|empresa|actualización|onderwerp|grafiek|bedrijf|bijgewerkt|argomento|grafica|azienda|aggiornamento""".replace("\n    ", "").split("|")
)  # fmt: skip
