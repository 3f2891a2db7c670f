"""Words in and around names: connectives, titles and honorifics, generations, particles."""

CONNECTORS = ("of", "the", "and", "for", "de", "la", "du", "des", "del", "da", "do", "dos", "di", "van", "von", "der", "den",
              "al", "el", "bin", "ibn", "bint", "abu", "ul", "ur", "le", "les", "y", "e", "und", "on", "in", "to", "-", "&", "'", "’",
              "'s", "’s", "ter", "ten", "zu", "af", "av")  # fmt: skip
HONORIFICS = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Mister", "Dr", "Doctor", "Prof", "Professor", "Sir", "Dame", "Lord", "Lady",
              "Rev", "Reverend", "Fr", "Father", "Sister", "Brother", "Imam", "Sheikh", "Shaikh", "Sheik", "Rabbi", "Bishop",
              "Archbishop", "Cardinal", "Pope", "Pastor", "Ayatollah", "Mullah", "Maulana", "Hon", "Honourable", "Honorable",
              "Judge", "Justice", "King", "Queen", "Prince", "Princess", "Emperor", "Sultan", "Emir", "Baron", "Baroness",
              "Count", "Duke", "Duchess", "Monsignor", "Mgr", "Messrs", "Mme", "Madame", "Monsieur", "Señor", "Don", "Dona",
              "Herr", "Frau", "Shri", "Smt", "Datuk", "Dato", "Datin", "Tan Sri", "Tun", "Haji", "Hajj", "Alhaji", "Chief",
              "Saint", "Engr", "Barr", "Comrade", "Uncle", "Aunt")  # fmt: skip
TITLE_WORDS = ("President", "Vice-President", "Premier", "Chancellor", "Minister", "Secretary", "Governor", "Gov", "Senator",
               "Sen", "Representative", "Rep", "Congressman", "Congresswoman", "MP", "MEP", "MLA", "Mayor", "Ambassador",
               "Envoy", "Spokesman", "Spokeswoman", "Spokesperson", "Chairman", "Chairwoman", "Chair", "Chairperson",
               "Director", "CEO", "Commissioner", "General", "Gen", "Colonel", "Col", "Lieutenant", "Lt", "Major", "Maj",
               "Captain", "Capt", "Sergeant", "Sgt", "Corporal", "Cpl", "Private", "Pvt", "Admiral", "Adm", "Commander", "Cmdr", "Cdr",
               "Marshal", "Brigadier", "Brig", "Inspector", "Superintendent", "Supt", "Constable", "Officer", "Detective",
               "Sheriff", "Deputy", "Attorney", "Atty", "Advocate", "Counsel", "Prosecutor", "Coach", "Manager", "Leader",
               "Councillor", "Councilman", "Councilwoman", "Counc", "Alderman", "Speaker", "Treasurer", "Analyst", "Professor",
               "Economist", "Lawyer", "Activist", "Journalist", "Author", "Actor", "Actress", "Singer", "Striker",
               "Midfielder", "Goalkeeper", "Captain")  # fmt: skip
STOPPED_ABBREVIATIONS = ("Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Fr", "Hon", "Gov", "Sen", "Rep", "Reps", "Sens", "Gen", "Col",
                         "Lt", "Maj", "Capt", "Sgt", "Cpl", "Pvt", "Adm", "Cmdr", "Brig", "Supt", "Atty", "St", "Ste", "Mt", "Ft", "Jr", "Sr", "Messrs",
                         "Mme", "Mgr", "Engr", "No", "vs", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct",
                         "Nov", "Dec", "etc", "Inc", "Ltd", "Co", "Corp", "Bros", "D", "R", "Calif", "Mass", "Pa", "Ill", "Fla", "Tex")  # fmt: skip

GENERATIONS = ("jr", "sr", "ii", "iii", "iv")
DEGREES = ("phd", "md", "mp", "mep", "esq", "qc", "kc", "obe", "mbe", "cbe", "sj")
# Words that belong to the surname after them.
PARTICLES = frozenset(
    ("de", "da", "do", "dos", "das", "di", "del", "della", "du", "des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu",
     "af", "av", "al", "el", "bin", "ibn", "bint", "ben", "abu", "ould", "st")
)  # fmt: skip
TITLE_KEYS = frozenset(word.lower().rstrip(".") for phrase in (*HONORIFICS, *TITLE_WORDS) for word in phrase.split())
TITLE_GENDER = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "brother": "m",
    "monsieur": "m", "herr": "m", "baron": "m", "duke": "m", "emperor": "m", "sultan": "m", "pope": "m", "shri": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f", "sister": "f",
    "mme": "f", "madame": "f", "frau": "f", "baroness": "f", "duchess": "f", "smt": "f", "congressman": "m",
    "congresswoman": "f", "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "actress": "f",
}  # fmt: skip
