"""Everything that a school leaves behind in a week in which much goes wrong and then all right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from subprocess import CompletedProcess

from lichtbrief.editions import code_of_post
from lichtbrief.replies import Letterbox
from tests.delivery.relays import Manners, relay
from tests.replies.given import write_reply
from tests.replies.office import OCTETS, reply
from tests.road.leaks import files_in, mail_parts
from tests.road.marked import MARKED_POST, REPLIED, SURVEY, TALKS
from tests.road.roads import Road
from tests.school import WEEK

MARKED_CODE = code_of_post("groep-3/2026-11-19-zwanebloemig")


@dataclass(frozen=True, slots=True)
class Trail:
    """All that a school left behind: files, objects, mails, and what commands said.

    `staff` is what was said to somebody who has to mend a post, and so is told where it is;
    `office` what was said to who asked for people or their words.
    """

    road: Road
    said: dict[str, bytes] = field(default_factory=dict)
    staff: dict[str, bytes] = field(default_factory=dict)
    office: dict[str, bytes] = field(default_factory=dict)

    def run(self, expected: int, *arguments: str, staff: bool = False, **more: str) -> None:
        """Run a command that ends with status `expected`, and keep all that it says."""
        result = self.road.school.run(*arguments, **more)
        self.keep(self.staff if staff else self.said, expected, result)

    def ask(self, *arguments: str, typed: str = "") -> None:
        """Run a command of those who read what parents sent, or write to one."""
        self.keep(self.office, 0, self.road.school.run_typing(typed, *arguments))

    def keep(self, to: dict[str, bytes], expected: int, result: CompletedProcess[str]) -> None:
        """Keep all that a command said, which ended with status `expected`."""
        assert expected == result.returncode, result.stderr
        arguments = result.args[1:]
        to[f"{len(to)} {' '.join(arguments)}"] = f"{result.stdout}\n{result.stderr}".encode()

    def places(self) -> dict[str, bytes]:
        """Everything written, but for what people wrote themselves, and what is to be printed."""
        road = self.road
        printed = (".lichtbrief/talks", ".lichtbrief/reminders.html")
        files = files_in(road.school.folder, "content/groups", "school", *printed)
        objects = {f"the object {name}": road.store.get(name) for name in road.store.list()}
        letters = {
            name: part
            for path in sorted((road.maildir / "new").iterdir())
            for name, part in mail_parts(path).items()
        }
        places = files | objects | letters | self.said
        return places | {"the names of all of these": "\n".join(places).encode()}


def live(trail: Trail) -> None:
    """A week in which much goes wrong before all goes right."""
    preview = trail.road.school.pelican("content")
    trail.said["pelican content"] = f"{preview.stdout}\n{preview.stderr}".encode()
    trail.run(0, "keys", "list")
    trail.run(0, "build", "--json")
    trail.run(0, "weekly", "--dry-run")
    with relay(Manners.at("rcpt", lambda address: f"550 {address} is full")) as full:
        trail.run(1, "weekly", LICHTBRIEF_MAIL=f"smtp://{full.host}:{full.port}")
    with relay(Manners.at("data", lambda address: f"550 {address} is unknown")) as closed:
        trail.run(1, "weekly", "--json", LICHTBRIEF_MAIL=f"smtp://{closed.host}:{closed.port}")
    trail.run(1, "weekly", "--debug", LICHTBRIEF_S3_ENDPOINT="http://127.0.0.1:9")
    trail.run(0, "daily")
    trail.run(0, "weekly")
    trail.run(0, "weekly", "--json")
    be_answered(trail)
    trail.run(0, "publish", "--dry-run", "--json")
    trail.run(0, "publish")
    edition = next((trail.road.school.folder / "output/editions/2026").iterdir())
    trail.run(1, "open", str(edition), "--key", "0" * 43)
    trail.run(0, "check", staff=True)
    trail.run(0, "check", "--json", staff=True)


def be_answered(trail: Trail) -> None:
    """Parents answer in every way, and the school answers them."""
    for number, (guardian, content) in enumerate(sent()):
        box = Letterbox.of(trail.road.ring().year(2026), 2026, guardian, WEEK)
        reply = write_reply(box, content)
        trail.road.store.put(f"{box.prefix}{number}", reply, content_type=OCTETS)
    trail.run(0, "inbox")
    trail.run(0, "inbox", "--json")
    trail.ask("inbox", "--for", "juf-sanne")
    trail.ask("talks", "assign")
    trail.ask("talks", "plan", "--for", "juf-sanne")
    trail.ask("survey", SURVEY)
    trail.ask("write", "g1", "--by", "juf-sanne", typed="Dank voor het Bramenstruikje.")
    trail.run(0, "consents", "remind")
    trail.run(0, "daily", "--json")
    trail.run(0, "weekly")


def sent() -> Iterator[tuple[str, dict[str, object]]]:
    """Who sends what: a reply of each kind, one of no kind, and ballots of five."""
    word, doubt, ballot, nothing = (canary.data.decode() for canary in REPLIED)
    yield "g1", reply(1, "word", {"to": "teacher", "pupil": "anna-b", "words": word})
    yield "g2", reply(2, "doubt", {"post": MARKED_CODE, "photo": "", "words": doubt})
    yield "g1", reply(3, "coming", {"post": MARKED_CODE, "people": 2, "words": word})
    yield "g1", reply(4, "word", {"to": "minister", "pupil": "anna-b", "words": nothing})
    yield "g4", reply(5, "preferences", {"pupil": "noor-d", "answers": {"paper/name": "no"}})
    yield "g4", reply(6, "wishes", {"delivery": "direct", "language": "tr"})
    times = {"times": ["2026-12-01T15:30"], "together": False, "elsewhere": True}
    yield "g2", reply(7, "talks", {"post": code_of_post(TALKS), "words": word, **times})
    for number in range(1, 6):
        said = {"answers": ["yes"], "words": f"{ballot} {number}"}
        yield f"g{number}", reply(7 + number, "survey", {"post": code_of_post(SURVEY), **said})


def stumble(trail: Trail) -> None:
    """What is said when the office and a teacher make mistakes, with personal data in them."""
    school, people = trail.road.school, "school/guardians.csv"
    right = (school.folder / people).read_text(encoding="utf-8")
    trail.road.edit(people, "ottokarine@thuis.example", "ottokarine@thuis@example")
    trail.road.edit(people, "philibert77@thuis.example,nl,", "philibert77,n,")
    trail.road.edit(people, "g3,Rosamunde", "g1,Rosamunde")
    trail.run(1, "weekly")
    trail.run(1, "weekly", "--json", "--debug")
    trail.run(1, "check", "--json")
    school.write(people, right)
    post = school.folder / MARKED_POST
    good = post.read_text(encoding="utf-8")
    post.write_text(good.replace("rietpluimfoto.jpg", "rietpluimfoto-2.jpg"), encoding="utf-8")
    trail.run(1, "weekly", staff=True)
    trail.run(1, "build", "--debug", staff=True)
    post.write_text(good, encoding="utf-8")
