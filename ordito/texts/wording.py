"""What the commands and the pages say of texts: every code of the engine in Italian."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ordito.texts.engine.canonical import Sort
from ordito.texts.engine.compare import State
from ordito.texts.engine.diff import Level
from ordito.texts.engine.meetings import Why
from ordito.texts.engine.model import Kind
from ordito.texts.engine.operations import Fault
from ordito.texts.engine.plain import Change, plain
from ordito.texts.engine.render.words import Words
from ordito.texts.engine.trace import Fate
from ordito.texts.formats.refusals import Refusal, Refused

# {detail} is the size, the word or the limit; each says what to do.
REFUSALS: dict[Refusal, str | Promise] = {
    Refusal.MISSING: _("il file non c'è. Controllate il nome e la cartella."),
    Refusal.FOLDER: _("è una cartella. Indicate un file."),
    Refusal.UNREADABLE: _("il file non si può leggere ({detail}). Controllate i permessi."),
    Refusal.TOO_LARGE: _(
        "il file supera {detail}. Togliete le immagini, o dividetelo in più documenti."
    ),
    Refusal.UNKNOWN_FORMAT: _(
        "il formato «{detail}» non si legge. Usate DOCX, ODT, HTML, Markdown (.md) o testo (.txt)."
    ),
    Refusal.NOT_TEXT: _("non è un testo. Salvatelo come testo in UTF-8."),
    Refusal.EMPTY: _("non contiene testo. Indicate il documento con il testo da esaminare."),
    Refusal.ENCRYPTED: _(
        "è protetto da una password, o è di un formato anteriore al 2007. Apritelo, togliete la "
        "protezione e salvatelo come DOCX o ODT."
    ),
    Refusal.BROKEN: _(
        "il file è troncato o danneggiato. Fatevelo mandare di nuovo, o apritelo e salvatelo."
    ),
    Refusal.ZIP_BOMB: _(
        "aperto occuperebbe {detail}, troppo per un documento: potrebbe essere un file costruito "
        "per fare danno. Non apritelo; chiedetene la provenienza."
    ),
    Refusal.ENTITIES: _(
        "contiene dichiarazioni di entità XML, che un documento d'ufficio non ha: potrebbe essere "
        "un file costruito per fare danno. Copiate il testo in un documento nuovo."
    ),
    Refusal.NOT_THAT_FORMAT: _(
        "il contenuto non è del formato che il nome dice. Apritelo con il suo programma e salvatelo "
        "di nuovo."
    ),
    Refusal.TOO_DEEP: _(
        "elenchi o tabelle uno dentro l'altro oltre il limite. Riduceteli a 20 livelli al più."
    ),
    Refusal.TOO_LONG: _("il testo supera il limite di {detail}. Dividetelo in più documenti."),
    Refusal.TOO_COSTLY: _(
        "il file chiede troppa memoria o troppo tempo. Copiate il testo in un documento nuovo."
    ),
    Refusal.NOT_JSON: _(
        "non è un file JSON ben formato. Controllate virgole, virgolette e parentesi in quel punto."
    ),
    Refusal.WRONG_SHAPE: _(
        "non è nella forma attesa ({detail}). La forma è in docs/reference/amendments-json.md."
    ),
    Refusal.QUOTE_ABSENT: _(
        "le parole «{detail}» non sono in quel comma. L'emendamento è forse su un'altra versione: "
        "controllate con `ordito text outline`."
    ),
    Refusal.QUOTE_REPEATED: _(
        'le parole «{detail}» sono più volte in quel comma. Aggiungete "occurrence", o citate '
        "qualche parola in più."
    ),
    Refusal.CLAUSE_ABSENT: _(
        "«{detail}» non c'è in questo testo. Le etichette sono in `ordito text outline`."
    ),
    Refusal.OTHER_BASE: _(
        "gli emendamenti sono scritti su un'altra versione del testo. Usate quella, o togliete "
        '"base" dopo averli controllati.'
    ),
}
PLACES = {
    "paragraph": _("paragrafo {name}"),
    "line": _("riga {name}"),
    "table": _("tabella {name}"),
    "part": _("nella parte {name}"),
    "json": _("in {name}"),
}
STATES: dict[State, str | Promise] = {
    State.KEPT: _("uguale"),
    State.EDITED: _("modificato"),
    State.MOVED: _("spostato"),
    State.MOVED_EDITED: _("spostato e modificato"),
    State.NEW: _("nuovo"),
    State.GONE: _("tolto"),
    State.SPLIT: _("nato da una divisione"),
    State.MERGED: _("unito a un altro"),
}
LEVELS: dict[Level, str | Promise] = {
    Level.WORDS: _("confrontato per parole"),
    Level.SENTENCES: _("testo troppo diverso: confrontato per frasi"),
    Level.WHOLE: _("testo troppo diverso: confrontato per intero"),
}
REMARKS: dict[Change | Sort, str | Promise] = {
    Change.COMPOSED: _("accenti scomposti, ricomposti"),
    Change.SPACES: _("spazi doppi, iniziali, finali o fissi, resi semplici"),
    Change.SOFT_HYPHEN: _("trattini di sillabazione, tolti"),
    Change.ZERO_WIDTH: _("segni di larghezza nulla, tolti"),
    Change.BIDI: _("segni di direzione del testo, tolti"),
    Change.CONTROL: _("caratteri di controllo, tolti"),
    Sort.NUMBER_READ: _("numeri scritti a mano, ora calcolati"),
    Sort.NUMBER_KEPT: _("numeri scritti a mano fuori sequenza, lasciati nel testo: controllateli"),
    Sort.EMPTY_LEFT_OUT: _("paragrafi o voci vuoti, tralasciati"),
    Sort.MERGED_CELLS: _("celle di tabella unite"),
    Sort.LEVEL_SKIPPED: _("titoli che saltano un livello"),
}
KINDS: dict[Kind, str | Promise] = {
    Kind.HEADING: _("titolo"),
    Kind.PARA: _("paragrafo"),
    Kind.LIST_ITEM: _("voce di elenco"),
    Kind.TABLE: _("tabella"),
    Kind.ROW: _("riga"),
    Kind.CELL: _("cella"),
    Kind.NOTE: _("nota"),
}
WHYS: dict[Why, str | Promise] = {
    Why.OVERLAP: _("toccano le stesse parole"),
    Why.DELETE_EDIT: _("uno toglie ciò che l'altro modifica"),
    Why.DELETE_INSERT: _("uno toglie ciò in cui l'altro aggiunge"),
    Why.DELETE_MOVE: _("uno toglie ciò che l'altro sposta"),
    Why.MOVES: _("lo spostano in due posti diversi"),
    Why.CYCLE: _("insieme lo metterebbero sotto sé stesso"),
    Why.STRUCTURE: _("uno lo divide o lo unisce, l'altro lo cambia in altro modo"),
    Why.ORDER: _("aggiungono nello stesso punto: restano entrambi, in quest'ordine"),
}
FATES: dict[Fate, str | Promise] = {
    Fate.APPLIED: _("nel testo"),
    Fate.HELD: _("in attesa: contrasta con {others}"),
    Fate.SET_ASIDE: _("non accolto: scelto {others}"),
}
FAULTS: dict[Fault, str | Promise] = {
    Fault.SAME_ID: _("due emendamenti hanno lo stesso numero. Date a ciascuno il suo."),
    Fault.NO_CLAUSE: _("il comma non c'è in questo testo."),
    Fault.OTHER_VERSION: _(
        "il comma non è quello su cui l'emendamento è stato scritto: è di un'altra versione."
    ),
    Fault.OUT_OF_TEXT: _("le parole indicate sono fuori dal comma."),
    Fault.UNDER_ITSELF: _("sposta un comma sotto sé stesso."),
    Fault.NOT_NEXT: _("si uniscono solo due commi vicini, il primo e quello che lo segue."),
    Fault.NOT_THERE: _("il posto indicato non è dove l'emendamento dice."),
    Fault.EMPTY_PIECE: _("dividendo lì una delle due parti resta vuota."),
    Fault.TAKEN_ID: _("il comma nuovo ha il nome di uno che c'è già."),
    Fault.CONTRADICTION: _("chiede due cose incompatibili sullo stesso comma."),
}


def refusal_text(refused: Refused) -> str:
    """What is wrong with a file, where in it, and what to do."""
    # What a file says of itself reaches the terminal without its control characters.
    detail, place = plain(refused.detail)[0], plain(refused.place)[0]
    what = str(REFUSALS[refused.code]).format(detail=detail)
    sort, _colon, name = place.partition(":")
    if not name:
        return what
    return f"{str(PLACES[sort]).format(name=name)}: {what}"


def render_words(title: str) -> Words:
    return Words(
        language="it",
        title=title,
        states={state: str(word) for state, word in STATES.items()},
        levels={level: str(word) for level, word in LEVELS.items()},
        reparented=str(_("cambia livello o titolo")),
        formatted=str(_("cambiano grassetti o corsivi")),
        typographic=str(_("solo apostrofi e virgolette")),
        unsure=str(_("nuovo o spostato? da controllare")),
        from_to=str(_("{new} (prima {old})")),
        same=str(_("… {count} senza modifiche")),
        out_begins=str(_("testo tolto")),
        out_ends=str(_("fine del testo tolto")),
        in_begins=str(_("testo aggiunto")),
        in_ends=str(_("fine del testo aggiunto")),
        empty=str(_("(senza testo)")),
    )
