"""Tradate: one plenary network without thematic labs, as its public call of 2015 proposes."""

from datetime import date

from ordito.governance import acts
from ordito.governance.models import Body
from ordito.registry.models import District, DistrictRole
from ordito.web.demo.cast import Municipality, make_district, make_user, register_municipalities

SOURCE = "Ambito distrettuale di Tradate, presentazione del Piano di Zona, 2015"
MUNICIPALITIES = (
    Municipality("Castelseprio", "012044", "", 1_281),
    Municipality("Castiglione Olona", "012046", "", 7_836),
    Municipality("Gornate Olona", "012080", "", 2_227),
    Municipality("Lonate Ceppino", "012089", "", 4_860),
    Municipality("Tradate", "012127", "", 17_729),
    Municipality("Vedano Olona", "012134", "", 7_301),
    Municipality("Venegono Inferiore", "012136", "", 6_238),
    Municipality("Venegono Superiore", "012137", "", 7_180),
)


def load(password: str) -> District:
    """Load the district and its demonstration user."""
    district = make_district(
        slug="tradate",
        name="Ambito distrettuale di Tradate",
        province="Varese",
        municipalities=MUNICIPALITIES,
        description="Otto comuni. L'ambito propone un sistema di welfare relazionale: ogni ente è "
        "un nodo della rete, e si lavora insieme sul valore che ciascuno porta, senza tavoli per "
        "aree.",
        source=SOURCE + ". La fonte non riporta chi ha aderito.",
    )
    coordinator = make_user(
        "tradate@ordito.example",
        "Ufficio di Piano di Tradate (utente dimostrativo)",
        password,
        (district, DistrictRole.Kind.PLAN_COORDINATOR),
    )
    register_municipalities(district, coordinator)
    for order, (name, kind, purpose) in enumerate(
        (
            ("Ufficio di Piano", Body.Kind.PLAN_OFFICE, "Raccoglie le disponibilità ad aderire."),
            (
                "Rete del welfare relazionale",
                Body.Kind.PLENARY,
                "Una sola rete in plenaria: il valore portato da ciascuno diventa patrimonio di "
                "tutti, con una presenza puntuale e costante.",
            ),
        ),
        start=1,
    ):
        acts.establish_body(
            district,
            name=name,
            kind=kind,
            purpose=purpose,
            order=order,
            by=coordinator,
            source="import",
        )
    acts.set_deadline(
        district,
        due_on=date(2015, 3, 12),
        title="Termine per comunicare all'Ufficio di Piano la disponibilità ad aderire",
        source=SOURCE,
        by=coordinator,
    )
    return district
