"""A small school office: eight files without an error, and a way to change one of them."""

from pathlib import Path

import pytest

from lichtbrief.errors import Problem, ProblemsError
from lichtbrief.roster import read_roster

FILES = {
    "groups": "id,name\nschool,De hele school\ngroep-3,Groep 3\ngroep-5,Groep 5\n",
    "staff": (
        "id,name,email,role,groups,photo\n"
        "juf-sanne,Sanne de Wit,sanne@example.org,teacher,groep-3,yes\n"
        "kantoor-ria,Ria Smit,ria@example.org,office,all,no\n"
        "gym-karim,Karim Aydin,,subject,,yes\n"
    ),
    "pupils": "id,first_name,last_name\nsem-k,Sem,Kok\ntess-v,Tess,\n",
    "memberships": (
        "pupil,group,from,until\n"
        "sem-k,groep-3,2025-08-01,2026-11-02\n"
        "sem-k,groep-5,2026-11-02,\n"
        "tess-v,groep-3,2026-08-01,\n"
    ),
    "guardians": (
        "id,name,email,language,delivery\n"
        "g01,Anneke Kok,anneke@example.org,nl,weekly\n"
        "g02,Bob Kok,bob@example.org,en,direct\n"
        "g03,Tom Visser,,nl,paper\n"
    ),
    "relations": (
        "guardian,pupil,decides,reads,from,until\n"
        "g01,sem-k,yes,yes,2024-08-01,\n"
        "g02,sem-k,no,yes,2024-08-01,\n"
        "g03,tess-v,ja,nee,2024-08-01,\n"
    ),
    "consents": (
        "pupil,guardian,audience,kind,decision,said_at,recorded_at,source,form,recorded_by\n"
        "sem-k,g01,group,photo,yes,2026-09-01T09:00,2026-09-02,paper,1,kantoor-ria\n"
        "tess-v,g03,school,video,ingetrokken,1-9-2026 09:00,2-9-2026 9:05,form,2,kantoor-ria\n"
    ),
    "blocks": (
        "pupil,kind,from,until,by\n"
        "sem-k,dispute,2026-09-01,2026-10-01,closed by the head after a talk\n"
        "tess-v,safety,2026-09-01,,\n"
    ),
}


def keep(folder: Path, **changed: str) -> Path:
    """Write the roster into `folder`/school, with other text for the files named."""
    school = folder / "school"
    school.mkdir(exist_ok=True)
    for name, text in (FILES | changed).items():
        (school / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return school


def add(name: str, *rows: str) -> str:
    """A file of the office with more rows at its end; the first of them is row 3 or later."""
    return FILES[name] + "".join(f"{row}\n" for row in rows)


def problems_of(school: Path) -> tuple[Problem, ...]:
    """Read a roster that must be refused, and what is wrong with it."""
    with pytest.raises(ProblemsError) as refused:
        read_roster(school)
    return refused.value.problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, str | None]]:
    """Where each problem stands."""
    return [(problem.file, problem.line, problem.column) for problem in problems]
