"""The page of a district: what is not known is said, never left blank."""

import re

from conftest import make_body


def test_no_cell_of_the_governance_is_left_empty(client, cast):
    make_body(cast.district, cast.anna, name="LabGo Vuoto")

    page = client.get("/ambiti/prova/").content.decode()

    rows = re.findall(r"<tr>(.*?)</tr>", page[page.index("<tbody>") :], re.DOTALL)
    [empty] = [row for row in rows if "LabGo Vuoto" in row]
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip()
        for cell in re.findall(r"<td.*?</td>", empty, re.DOTALL)
    ]
    assert cells == ["Partecipazione", "nessuno registrato", "nessuno registrato"]
