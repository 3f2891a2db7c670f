"""What exports and tables call the fields of an article in other languages than English: the words that all of them share."""

TITLE = ["titel", "überschrift", "schlagzeile", "titre", "título", "titulo", "titular", "titolo", "kop"]
AUTHOR = ["autor", "autoren", "auteur", "auteurs", "autore", "autori", "autores"]
OUTLET = ["quelle", "zeitung", "medium", "journal", "fuente", "medio", "fonte", "testata", "bron", "krant"]
TEXT = ["texto", "texte", "testo", "tekst", "volltext", "texte_intégral", "texto_completo", "testo_completo"]
DATE = ["datum", "erscheinungsdatum", "date_de_publication", "fecha"]
LENGTH = ["länge", "longueur", "longitud", "lunghezza", "lengte"]
SECTION = ["rubrik", "rubrique", "sección", "sezione", "rubriek"]
