"""A whole small school in a folder of its own, for tests that run the real commands on it."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from tests.warm import run_warm

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).parent / "lichtbrief"
PELICAN = Path(sys.executable).parent / "pelican"
WEEK = "2026-W47"
MOMENT = "2026-11-20T15:00"

ROSTER = {
    "groups": "id,name\ngroep-3,Groep 3\ngroep-5,Groep 5\nschool,De Kleine Dijk\n",
    "staff": (
        "id,name,email,role,groups,photo\n"
        "juf-sanne,Juf Sanne,sanne@dijk.example,teacher,groep-3,yes\n"
        "meester-tom,Meester Tom,tom@dijk.example,teacher,groep-5,yes\n"
        "directeur-els,Els de Boer,els@dijk.example,management,all,yes\n"
    ),
    "pupils": (
        "id,first_name,last_name\nanna-b,Anna,Bakker\nsem-k,Sem,Klaver\ntess-v,Tess,Vink\n"
        "bram-b,Bram,Bakker\nnoor-d,Noor,Dekker\n"
    ),
    "memberships": (
        "pupil,group,from,until\nanna-b,groep-3,2026-08-01,\nsem-k,groep-3,2026-08-01,\n"
        "tess-v,groep-3,2026-08-01,\nbram-b,groep-5,2026-08-01,\nnoor-d,groep-5,2026-08-01,\n"
    ),
    # g1 has children in both groups, g2 and g3 are Sem's separated parents, g3 may not decide,
    # g5 gets paper, g6 decides for Tess but may not read.
    "guardians": (
        "id,name,email,language,delivery\n"
        "g1,Ouder Een,g1@home.example,nl,weekly\ng2,Ouder Twee,g2@home.example,nl,weekly\n"
        "g3,Ouder Drie,g3@home.example,en,weekly\ng4,Ouder Vier,g4@home.example,nl,weekly\n"
        "g5,Ouder Vijf,,nl,paper\ng6,Ouder Zes,g6@home.example,nl,weekly\n"
    ),
    "relations": (
        "guardian,pupil,decides,reads,from,until\n"
        "g1,anna-b,yes,yes,2020-01-01,\ng1,bram-b,yes,yes,2020-01-01,\n"
        "g2,sem-k,yes,yes,2020-01-01,\ng3,sem-k,no,yes,2020-01-01,\n"
        "g4,noor-d,yes,yes,2020-01-01,\ng5,tess-v,yes,yes,2020-01-01,\n"
        "g6,tess-v,yes,no,2020-01-01,\n"
    ),
    "blocks": "pupil,kind,from,until,by\n",
}
CONSENTS = "pupil,guardian,audience,kind,decision,said_at,recorded_at,source,form,recorded_by\n"
YES = (("anna-b", "g1"), ("bram-b", "g1"), ("sem-k", "g2"), ("noor-d", "g4"), ("tess-v", "g5"))


def answer(
    pupil: str,
    guardian: str,
    decision: str,
    said: str = "2026-09-01T09:00",
    audience: str = "group",
    recorded: str = "",
    kind: str = "photo",
) -> str:
    """One line of consents.csv."""
    return (
        f"{pupil},{guardian},{audience},{kind},{decision},{said},{recorded or said},paper,1,"
        "directeur-els\n"
    )


def photo(seed: int = 0, size: tuple[int, int] = (640, 480), marks: str = "") -> bytes:
    """A small JPEG, different for each seed; `marks` are planted in its EXIF and comment."""
    image = Image.new("RGB", size, (200, 220, 240))
    draw = ImageDraw.Draw(image)
    for number in range(12):
        x, y = (seed * 37 + number * 53) % size[0], (seed * 71 + number * 29) % size[1]
        colour = ((seed * 40 + number * 20) % 255, number * 20, (seed * 90) % 255)
        draw.ellipse((x, y, x + 60, y + 60), fill=colour)
    exif = Image.Exif()
    exif[0x010E] = marks or "a photo"
    data = BytesIO()
    image.save(data, "JPEG", quality=88, exif=exif, comment=marks.encode() or b"a photo")
    return data.getvalue()


@dataclass(frozen=True, slots=True)
class SmallSchool:
    """A school's whole folder: roster, posts, settings; run commands on it with `run`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(cls, folder: Path) -> "SmallSchool":
        """The school with two posts in groep-3, one in groep-5 and one for all."""
        school = cls(folder)
        for name, text in ROSTER.items():
            school.write(f"school/{name}.csv", text)
        yes = [answer(pupil, guardian, "yes") for pupil, guardian in YES]
        yes += [answer(pupil, guardian, "yes", audience="school") for pupil, guardian in YES]
        school.write("school/consents.csv", CONSENTS + "".join(yes))
        school.settings()
        school.post(
            "groep-3/2026-11-17-bos",
            "juf-sanne",
            "We zochten bladeren.\n\n"
            '![Een mand vol bladeren](mand.jpg){: people="anna-b sem-k" }\n\n'
            '![Twee laarzen in een plas](plas.jpg){: people="tess-v" }\n',
            mand=photo(1),
            plas=photo(2),
        )
        school.post("groep-3/2026-11-18-lezen", "juf-sanne", "We lezen elke dag.\n")
        school.post(
            "groep-5/2026-11-19-sommen",
            "meester-tom",
            'Tafels!\n\n![Een bord vol sommen](bord.jpg){: people="bram-b noor-d" }\n',
            bord=photo(3),
        )
        school.post("school/2026-11-20-nieuws", "directeur-els", "Nieuws voor iedereen.\n")
        return school

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file of the school."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def add(self, name: str, text: str) -> None:
        """Add a line to one of the school's files."""
        path = self.folder / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def post(self, where: str, author: str, body: str, head: str = "", **photos: bytes) -> Path:
        """Write a post `<group>/<date>-<slug>` with its photos, each as `<name>.jpg`."""
        day = where.split("/")[1][:10]
        title = where.rpartition("-")[2].capitalize()
        meta = f"Title: {title}\nDate: {day} 14:00\nAuthor: {author}\n{head}\n"
        for name, data in photos.items():
            self.write(f"content/groups/{where}/{name}.jpg", data)
        return self.write(f"content/groups/{where}/post.md", meta + body)

    def settings(self, **more: object) -> None:
        """(Re)write the settings files: the repository's own, for this folder, plus `more`."""
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copyfile(ROOT / name, self.folder / name)
        shutil.copytree(ROOT / "content/pages", self.folder / "content/pages", dirs_exist_ok=True)
        own: dict[str, object] = {
            "SITENAME": "De Kleine Dijk",
            "THEME": str(ROOT / "theme"),
            "LICHTBRIEF_LOGO": str(ROOT / "theme/logo.png"),
            "PLUGIN_PATHS": [],
        }
        own |= {"LICHTBRIEF_MOMENT": MOMENT, "LICHTBRIEF_WEEK": WEEK}
        own |= {"LICHTBRIEF_CONTACT": "kantoor@dijk.example", "LICHTBRIEF_CONSENT_FORMS": {}}
        lines = "".join(f"{name} = {value!r}\n" for name, value in (own | more).items())
        self.add("pelicanconf.py", "\n" + lines)
        self.add("publishconf.py", "\n" + "".join(f"{n} = {v!r}\n" for n, v in more.items()))

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `lichtbrief` with these arguments in the school's folder, and wait for it."""
        return run_warm(self.folder, arguments, os.environ | self.environment | environment)

    def run_typing(self, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same, while these lines are typed."""
        return run_warm(self.folder, arguments, os.environ | self.environment, typed)

    def die(self, after: float, *arguments: str) -> bool:
        """Run `lichtbrief` as `run` does, and kill it in so many seconds; False if it had ended."""
        given = os.environ | self.environment
        return run_warm(self.folder, arguments, given, dies=after).returncode == -signal.SIGKILL

    def pelican(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `pelican` itself in the school's folder, and wait for it."""
        return subprocess.run(
            [PELICAN, *arguments],
            cwd=self.folder,
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start `lichtbrief` and do not wait for it, in a process group of its own to kill."""
        return subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=os.environ | self.environment | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
