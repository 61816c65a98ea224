"""The names of what does not exist: organisations, people, labs."""

from ordito.governance.models import Output
from ordito.registry.models import Organisation

Kind = Organisation.Kind
Status = Output.Status

ORGANISATIONS = (
    ("Cooperativa sociale L'Arcolaio", Kind.SOCIAL_COOPERATIVE),
    ("Cooperativa sociale Telaio Aperto", Kind.SOCIAL_COOPERATIVE),
    ("Cooperativa sociale La Spola", Kind.SOCIAL_COOPERATIVE),
    ("Cooperativa sociale Mani e Fili", Kind.SOCIAL_COOPERATIVE),
    ("Cooperativa sociale Punto a Capo", Kind.SOCIAL_COOPERATIVE),
    ("Consorzio Trama Larga", Kind.SOCIAL_ENTERPRISE),
    ("APS Filo Rosso", Kind.APS),
    ("APS Cortile Condiviso", Kind.APS),
    ("APS Il Gomitolo", Kind.APS),
    ("APS Giovani in Trama", Kind.APS),
    ("APS Nonni del Lago", Kind.APS),
    ("ODV Ago e Cotone", Kind.ODV),
    ("ODV Soccorso di Roccamodello", Kind.ODV),
    ("ODV Banco del Borgo", Kind.ODV),
    ("ODV Compagni di Strada", Kind.ODV),
    ("ODV Sportello Casa", Kind.ODV),
    ("Fondazione Orditura", Kind.FOUNDATION),
    ("Fondazione di comunità d'Esempio", Kind.FOUNDATION),
    ("Fondazione Casa dei Semi", Kind.FOUNDATION),
    ("Associazione Genitori di Castel Finto", Kind.ASSOCIATION),
    ("Associazione Culture in Dialogo", Kind.ASSOCIATION),
    ("Associazione Sportiva La Navetta", Kind.ASSOCIATION),
    ("Gruppo di quartiere Le Rocche", Kind.INFORMAL_GROUP),
    ("Gruppo di mutuo aiuto Rammendo", Kind.INFORMAL_GROUP),
    ("Istituto comprensivo di Valprova", Kind.SCHOOL),
    ("Centro di formazione Lago Inventato", Kind.SCHOOL),
    ("Azienda sanitaria d'Esempio", Kind.HEALTH_AUTHORITY),
    ("Centro per l'impiego d'Esempio", Kind.EMPLOYMENT_SERVICE),
    ("Parrocchia di Sant'Ipotesi", Kind.RELIGIOUS_BODY),
    ("Unione sindacale d'Esempio", Kind.UNION),
)

# (name, purpose, mandate, outputs: title, state, days ago it came to it, days ago it is due)
LABS = (
    (
        "Laboratorio Famiglie",
        "Sostenere chi cresce figli e chi si prende cura.",
        "Leggere insieme i servizi per le famiglie e proporre come connetterli.",
        (
            ("Griglia dei servizi per le famiglie", Status.ADOPTED, 385, 400),
            ("Proposta per gli spazi educativi del pomeriggio", Status.UNDER_REVIEW, 52, 60),
            ("Patto tra scuole e associazioni", Status.IN_PROGRESS, 74, -30),
        ),
    ),
    (
        "Laboratorio Casa",
        "Un abitare sostenibile per chi è ai margini del mercato.",
        "Raccogliere le esigenze abitative e proporre strumenti comuni ai sei comuni.",
        (
            ("Mappa degli alloggi disponibili", Status.COMPLETED, 318, 300),
            ("Linee per un'agenzia della casa", Status.PARTLY_ADOPTED, 71, 90),
        ),
    ),
    (
        "Laboratorio Accoglienza",
        "Governare l'accoglienza con una rete diffusa.",
        "Coordinare le iniziative di accoglienza e proporre un protocollo.",
        (
            ("Protocollo tra comuni e associazioni", Status.SENT, 38, 45),
            ("Percorsi di lingua e lavoro", Status.EXPECTED, 0, -60),
        ),
    ),
    (
        "Laboratorio Giovani",
        "Protagonismo giovanile, dalla scuola al lavoro.",
        "Conoscere i progetti attivi e condividerne gli strumenti.",
        (("Calendario comune delle iniziative", Status.SHARED, 131, 120),),
    ),
    (
        "Laboratorio Longevità",
        "Una vita buona anche dopo i settantacinque anni.",
        "",
        (),
    ),
)

FIRST_NAMES = (
    "Ada", "Bice", "Carlo", "Delia", "Enea", "Fosca", "Gino", "Ilda", "Lino", "Mara", "Nino",
    "Olga", "Piera", "Quinto", "Rosa", "Sandro", "Tina", "Ugo", "Vera", "Zita", "Nicolò", "Noé",
)  # fmt: skip
SURNAMES = (
    "Inventi", "D'Esempio", "Provetti", "Fittizi", "Modelli", "Ipotesi", "Verosimili", "Supposti",
    "Immaginari", "Paradigmi", "Bozzetti", "Schemi", "Traccia", "Abbozzi", "Figuretti", "Campioni",
)  # fmt: skip
