"""Distretto 5, Melzo: what the public sources document of 2016, and nothing else.

Where a source gives a number and no names, placeholders stand for it; where it gives a mean, the
mean is kept as it is stated. What it does not say is left out.
"""

from dataclasses import dataclass
from datetime import date

from ordito.accounts.models import User
from ordito.governance import acts
from ordito.governance.models import Body, Output, StatedAttendance
from ordito.network import acts as network
from ordito.registry.models import Affiliation, District, DistrictRole, Organisation
from ordito.web.demo.cast import Municipality, make_district, make_user, register_municipalities

SOURCE = (
    "Distretto 5 - Melzo, presentazione «La governance territoriale: a che punto siamo?» "
    "sul Piano di Zona 2015-2017"
)
MUNICIPALITIES = (
    Municipality("Cassano d'Adda", "015059", "C003", 18_552),
    Municipality("Inzago", "015114", "E317", 10_540),
    Municipality("Liscate", "015122", "E610", 4_050),
    Municipality("Melzo", "015142", "F119", 18_203),
    Municipality("Pozzuolo Martesana", "015178", "G965", 7_983),
    Municipality("Settala", "015210", "I696", 7_328),
    Municipality("Truccazzano", "015224", "L454", 5_968),
    Municipality("Vignate", "015237", "L883", 9_053),
)
N_ADHERING = 35
N_REFERENTS = 3
PLENARY = "confronti in plenaria, analisi di documenti"


@dataclass(frozen=True)
class Lab:
    """One lab as the source tells it. `issuer` is a key of the bodies below."""

    name: str
    purpose: str
    days: tuple[date, ...] = ()
    mean: int | None = None
    adhesions: int | None = None
    is_formal: bool = True
    mandate: str = ""
    issuer: str = ""
    issued_on: date | None = None
    outputs: tuple[tuple[str, str, date | None], ...] = ()
    method: str = ""
    follow_up: str = ""


LABS = (
    Lab(
        "LabGo Famiglia",
        "Collaborazione locale a sostegno del ruolo educativo della famiglia, dei suoi componenti "
        "e di chi è riferimento per i minori.",
        (date(2016, 7, 18), date(2016, 9, 12), date(2016, 10, 26), date(2016, 11, 7)),
        14,
        28,
        mandate="A partire da una ricognizione delle unità d'offerta Minori e Famiglia, "
        "Integrazione Scolastica e Teendenze, anche nella loro organizzazione, comporre una "
        "lettura allargata e condivisa delle esigenze del territorio: su di essa il Tavolo Tecnico "
        "individua le linee d'indirizzo per avviare i procedimenti di affidamento.",
        issuer="tt",
        issued_on=date(2016, 6, 7),
        outputs=(
            (
                "Griglia di sintesi degli interventi, progetti e servizi sulle macro questioni che "
                "la famiglia affronta nella crescita dei figli",
                Output.Status.COMPLETED,
                None,
            ),
        ),
        method="griglia costruita in plenaria con i contributi di ciascuna organizzazione",
    ),
    Lab(
        "LabGo ISEL",
        "Integrazione socio economica lavorativa: collaborazione locale su povertà, lavoro e "
        "occupazione.",
        (date(2016, 7, 20), date(2016, 9, 14), date(2016, 11, 30)),
        8,
        24,
        mandate="A partire da una ricognizione dei modi di compartecipazione in uso nei comuni, "
        "comporre una lettura allargata e condivisa delle esigenze: su di essa il Tavolo Tecnico "
        "individua le linee d'indirizzo per protocolli, accordi, regolamenti o patti territoriali. "
        "Verificare l'uso del supporto legale previsto nella co-progettazione SAD, per considerare "
        "in anticipo gli effetti giuridici.",
        issuer="tt",
        issued_on=date(2016, 6, 7),
        outputs=(
            (
                "Elementi fondativi del progetto distrettuale per il bando ministeriale PON SIA",
                Output.Status.SUBMITTED,
                date(2016, 12, 30),
            ),
            (
                "Elementi fondativi della bozza del Regolamento generale in materia di servizi "
                "sociali",
                Output.Status.DRAFTED,
                None,
            ),
        ),
        method="due gruppi di progetto, con restituzione in plenaria",
    ),
    Lab(
        "LabGo Migra",
        "Collaborazione locale per l'accoglienza dei migranti.",
        (
            date(2016, 5, 9),
            date(2016, 5, 23),
            date(2016, 7, 25),
            date(2016, 9, 26),
            date(2016, 11, 14),
            date(2016, 12, 12),
        ),
        10,
        13,
        is_formal=False,
        mandate="Coordinare e connettere le iniziative di accoglienza e le altre occasioni che "
        "riguardano i migranti.",
        issuer="assembly",
        issued_on=date(2016, 5, 31),
        outputs=(
            (
                "Adesione come Distretto alla «Carta della buona accoglienza»",
                Output.Status.UNDER_REVIEW,
                None,
            ),
            (
                "Adesione come Distretto al protocollo d'intesa con la Prefettura per attività di "
                "volontariato",
                Output.Status.UNDER_REVIEW,
                None,
            ),
            (
                "Griglia delle esperienze di accoglienza, per seguirle nel tempo",
                Output.Status.COMPLETED,
                None,
            ),
        ),
        method=PLENARY,
        follow_up="Raccordo delle esperienze di accoglienza (CAS e SPRAR): percorsi formativi per "
        "le persone accolte; strutture per nuove accoglienze, con il mandato dell'Assemblea a "
        "governarle attraverso una rete diffusa.",
    ),
    Lab(
        "LabGo Abitare",
        "Collaborazione locale per un abitare sostenibile.",
        (date(2016, 7, 21), date(2016, 11, 10)),
        7,
        16,
        mandate="Conoscere e condividere i servizi e i progetti attivi, nel distretto e nei "
        "comuni; raccogliere le esigenze rilevate nel territorio.",
        method=PLENARY,
    ),
    Lab(
        "LabGo Giovani",
        "Collaborazione locale per il protagonismo giovanile.",
        (date(2016, 9, 19),),
        11,
        25,
        mandate="Conoscere e condividere i servizi e i progetti attivi, nel distretto e nei comuni.",
        method=PLENARY,
    ),
    Lab(
        "LabGo socio sanitario",
        "Collaborazione locale per l'integrazione socio sanitaria e la connessione con ATS e ASST.",
    ),
)


def load(password: str) -> District:
    """Load the district and its demonstration user."""
    district = make_district(
        slug="melzo",
        name="Distretto 5 - Melzo",
        province="Milano",
        municipalities=MUNICIPALITIES,
        description="Otto comuni della Martesana. Il Piano di Zona 2015-2017 affida la "
        "programmazione partecipata a sei laboratori di governance.",
        source=SOURCE + ". Dati documentati del 2016: gli enti senza nome nella fonte sono "
        "segnaposto, le medie sono quelle dichiarate.",
    )
    coordinator = make_user(
        "melzo@ordito.example",
        "Ufficio di Piano di Melzo (utente dimostrativo)",
        password,
        (district, DistrictRole.Kind.PLAN_COORDINATOR),
    )
    bodies = _bodies(district, coordinator)
    for order, lab in enumerate(LABS, start=10):
        _lab(district, lab, order, bodies, coordinator)
    acts.set_deadline(
        district,
        due_on=date(2018, 12, 31),
        title="Scadenza della convenzione per la gestione associata (dal 1/1/2016)",
        source="Assemblea Distrettuale dei Sindaci, Decisione n. 20 del 17/11/2015",
        by=coordinator,
    )
    return district


def _bodies(district: District, by: User) -> dict[str, Body]:
    kinds = Body.Kind
    bodies = {
        "assembly": _body(
            district,
            by,
            "Assemblea Distrettuale dei Sindaci",
            kinds.MAYORS_ASSEMBLY,
            "Indirizzo e programmazione.",
            1,
        ),
        "tt": _body(
            district,
            by,
            "Tavolo Tecnico",
            kinds.TECHNICAL_TABLE,
            "Definizione delle strategie e loro attuazione.",
            2,
        ),
        "office": _body(
            district,
            by,
            "Ufficio di Piano - Ufficio Unico",
            kinds.PLAN_OFFICE,
            "Coordinamento e presidio gestionale e tecnico operativo.",
            3,
        ),
        "unified": _body(
            district,
            by,
            "Tavolo Unificato di Governance territoriale",
            kinds.UNIFIED_TABLE,
            "Organismo trasversale di raccordo e sintesi tra i laboratori.",
            20,
        ),
    }
    for municipality in register_municipalities(district, by):
        acts.grant_seat(bodies["assembly"], organisation=municipality, by=by, source="import")
    for number in range(1, N_ADHERING + 1):
        _placeholder(district, by, f"Ente aderente {number:02d}", Affiliation.Ground.CALL)
    for number in range(1, N_REFERENTS + 1):
        referent = _placeholder(
            district,
            by,
            f"Terzo settore, referente {number} al Tavolo Tecnico",
            Affiliation.Ground.INSTITUTIONAL,
        )
        acts.grant_seat(bodies["tt"], organisation=referent, by=by, source="import")
    return bodies


def _body(district: District, by: User, name: str, kind: str, purpose: str, order: int) -> Body:
    return acts.establish_body(
        district, name=name, kind=kind, purpose=purpose, order=order, by=by, source="import"
    )


def _placeholder(district: District, by: User, name: str, ground: str) -> Organisation:
    return network.register_organisation(
        district,
        name=f"{name} (Melzo)",
        kind=Organisation.Kind.THIRD_SECTOR,
        is_placeholder=True,
        ground=ground,
        by=by,
        source="import",
    )


def _lab(district: District, lab: Lab, order: int, bodies: dict[str, Body], by: User) -> None:
    body = acts.establish_body(
        district,
        name=lab.name,
        kind=Body.Kind.LAB,
        purpose=lab.purpose,
        method=lab.method,
        follow_up=lab.follow_up,
        order=order,
        by=by,
        source="import",
    )
    for day in lab.days:
        acts.state_meeting(body, held_on=day, by=by)
    if lab.mean is not None:
        acts.state_attendance(
            body,
            n_meetings=len(lab.days),
            mean=lab.mean,
            n_adhesions=lab.adhesions,
            unit=StatedAttendance.Unit.UNKNOWN,
            is_rounded=len(lab.days) > 1,
            is_formal=lab.is_formal,
            source=SOURCE,
            by=by,
        )
    if lab.mandate:
        acts.give_mandate(
            body,
            text=lab.mandate,
            issuer=bodies.get(lab.issuer),
            issued_on=lab.issued_on,
            by=by,
            source="import",
        )
    for number, (title, status, on) in enumerate(lab.outputs):
        acts.add_output(
            body,
            title=title,
            status=status,
            status_on=on,
            order=number,
            by=by,
            source="import",
        )
