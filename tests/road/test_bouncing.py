"""From one Friday to the next: whose mail came back, who left, and who reads on paper now."""

import json
from pathlib import Path

from lichtbrief.delivery import identity_of
from lichtbrief.editions import Week
from tests.delivery.returned import delivery_report
from tests.road.roads import Road

W46 = Week.parse("2026-W46")


def test_whoever_left_may_not_read_reads_on_paper_or_was_given_up_gets_nothing_from_that_moment(
    road: Road, tmp_path: Path
) -> None:
    school = road.school
    down = road.weekly(LICHTBRIEF_MAIL="smtp://127.0.0.1:9")
    assert (1, {}) == (down.returncode, road.mails())
    # Everybody is due. Meanwhile a father loses the right to read, a mother takes paper, another
    # family gives an address, and last week's mail to a third comes back.
    road.edit("school/relations.csv", "g2,sem-k,yes,yes,", "g2,sem-k,yes,no,")
    road.edit("school/guardians.csv", "g4@home.example,nl,weekly", "g4@home.example,nl,paper")
    road.edit(
        "school/guardians.csv", "Ouder Vijf,,nl,paper", "Ouder Vijf,g5@home.example,nl,weekly"
    )
    mailbox = tmp_path / "bounces"
    for part in ("new", "cur", "tmp"):
        (mailbox / part).mkdir(parents=True)
    report = delivery_report(identity_of(road.ring().year(2026), "g3", W46))
    (mailbox / "new/1").write_bytes(report)
    school.environment["LICHTBRIEF_MAILBOX"] = f"maildir:{mailbox}"
    read = school.run("bounces")
    assert 0 == read.returncode
    assert "g3" in read.stdout
    assert "5.1.1 in 2026-W46: there is no such mailbox" in read.stdout
    assert "lichtbrief bounces --confirm GUARDIAN --by ID" in read.stderr
    again = road.weekly(LICHTBRIEF_MAIL="smtp://127.0.0.1:9")
    assert "hint: mail to 1 guardian came back: lichtbrief bounces says whose\n" in again.stderr
    said = school.run("bounces", "--confirm", "g3", "--by", "directeur-els")
    assert "g3 gets no mail until another address is in guardians.csv.\n" == said.stdout
    done = road.done()
    assert {"g1", "g5"} == road.mails().keys()
    assert ({"paper": 1}, {"sent": 2, "suppressed": 3}) == (
        done["not_by_weekly_mail"],
        done["mails"],
    )
    listed = json.loads(school.run("unreached", "--json").stdout)
    assert [("g3", "the office has given up the address")] == [
        (one["guardian"], one["why"]) for one in listed["unreached"]
    ]
    named = school.run("unreached", "--names").stdout
    assert named.startswith("Not reached in 2026-W47: 1 of 5\n")
    assert "Ouder Drie" in named
    assert "Ouder Drie" not in school.run("unreached").stdout
