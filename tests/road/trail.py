"""Everything that a school leaves behind in a week in which much goes wrong and then all right."""

from dataclasses import dataclass, field

from tests.delivery.relays import Manners, relay
from tests.road.leaks import files_in, mail_parts
from tests.road.marked import MARKED_POST
from tests.road.roads import Road


@dataclass(frozen=True, slots=True)
class Trail:
    """All that a school left behind: files, objects, mails, and what commands said.

    `staff` is what was said to somebody who has to mend a post, and so is told where it is.
    """

    road: Road
    said: dict[str, bytes] = field(default_factory=dict)
    staff: dict[str, bytes] = field(default_factory=dict)

    def run(self, expected: int, *arguments: str, staff: bool = False, **more: str) -> None:
        """Run a command that ends with status `expected`, and keep all that it says."""
        result = self.road.school.run(*arguments, **more)
        assert expected == result.returncode, result.stderr
        to = self.staff if staff else self.said
        to[f"{len(to)} {' '.join(arguments)}"] = f"{result.stdout}\n{result.stderr}".encode()

    def places(self) -> dict[str, bytes]:
        """Everything written, but for what people wrote themselves."""
        road = self.road
        files = files_in(road.school.folder, "content/groups", "school")
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
    trail.run(0, "weekly")
    trail.run(0, "weekly", "--json")
    trail.run(0, "publish", "--dry-run", "--json")
    trail.run(0, "publish")
    edition = next((trail.road.school.folder / "output/editions/2026").iterdir())
    trail.run(1, "open", str(edition), "--key", "0" * 43)
    trail.run(0, "check", staff=True)
    trail.run(0, "check", "--json", staff=True)


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
