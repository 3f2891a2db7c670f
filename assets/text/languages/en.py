"""English."""

from assets.text.languages.language import Language, words

_ARTICLES = words("the a an")
_PLURAL_FIRST = words("we us our ours ourselves")

LANGUAGE = Language(
    code="en",
    subject_pronouns=words("he she they it i we you who"),
    object_pronouns=words("him them us me whom"),
    possessives=words("his her their its my our your whose"),
    relative_pronouns=words("who whom whose which"),
    reflexive_pronouns=words("myself yourself himself herself itself ourselves yourselves themselves"),
    masculine_pronouns=words("he him his himself"),
    feminine_pronouns=words("she her hers herself"),
    thing_pronouns=words("it its itself"),
    plural_pronouns=words("they them their theirs themselves"),
    first_person=words("i me my mine myself") | _PLURAL_FIRST,
    plural_first_person=_PLURAL_FIRST,
    second_person=words("you your yours yourself yourselves"),
    auxiliaries=words("""
        is are was were be been being am has have had having do does did will would can could may might must shall should
    """),
    contractions=words("""
        won't wouldn't can't couldn't cannot doesn't don't didn't isn't aren't wasn't weren't hasn't haven't hadn't
    """),
    clitics=words("'s 're 'm 'll 'd 've"),
    negations=words("not never n't hardly no"),
    articles=_ARTICLES,
    determiners=_ARTICLES
    | words("""
        this that these those some any no every each another both all several many few most such other either half
        neither various
    """),
    numerals=words("one two three four five six seven eight nine ten"),
    prepositions=words("""
        of in on at by for with from to into about over under after before between among through during against without
        within along across behind beyond near since until till upon toward towards outside inside off per via despite
        like unlike amid as than around
    """),
    conjunctions=words("and or but nor yet so plus"),
    subordinators=words("""
        that because although though while when where whereas if unless whether once who whom whose which after before
        since until how why what as
    """),
    adverbs=words("""
        also then later again still just now too even ever once often always already earlier afterwards however instead
        meanwhile further soon here there today yesterday tomorrow tonight back rather quite very ago perhaps maybe yet
        first last next thus hence
    """),
    tenure=words("former ex late then previous past outgoing incoming acting next vice"),
    portfolios=words("""
        state defense defence health energy education labor labour commerce agriculture transportation transport treasury
        homeland interior housing veterans staff justice foreign finance trade home environment irrigation water sanitation
        roads railways railway ports shipping aviation mines mining minerals petroleum power fisheries forests forestry livestock
        lands planning infrastructure works communications information broadcasting science technology research innovation
        culture arts tourism sport sports youth women children families immigration migration industry industries economy
        business employment education universities skills police prisons customs revenue climate disability pensions
    """),
    abbreviations=words("""
        mr mrs ms dr sen sens rep reps gov gen col lt capt sgt maj prof rev hon pres sec st jr sr inc corp co ltd vs dept no
        ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn
        tex va vt wash wis wyo etc fr det insp supt const cllr adm cmdr cpl pvt msgr atty
    """),
)
