"""Everything that can be wrong with a post, each in words, with file and line."""

from pathlib import Path

import pytest

from lichtbrief.editions import RawPost, read_posts
from lichtbrief.errors import Problem
from tests.editions.school import BOS, HEADER, Desk, read, roster

FOLDER = f"content/groups/{BOS}"
POST = f"{FOLDER}/post.md"


def only(desk: Desk) -> Problem:
    posts, problems = desk.read()
    assert () == posts
    (problem,) = problems
    assert problem.todo
    return problem


def header(**changes: str) -> str:
    """The usual header with other or further lines; an empty value removes the line."""
    lines = {"Title": "Naar het bos", "Date": "2026-11-17 14:30", "Author": "juf-sanne"}
    lines.update(changes)
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value)


@pytest.mark.parametrize(
    ("changes", "column", "line", "what"),
    [
        ({"Title": ""}, "Title", 1, "is missing"),
        ({"Date": ""}, "Date", 1, "is missing"),
        ({"Author": ""}, "Author", 1, "is missing"),
        ({"Date": "morgen"}, "Date", 2, "cannot be read"),
        ({"Date": "2026-11-31"}, "Date", 2, "cannot be read"),
        ({"Date": "2026-11-18"}, "Date", 2, "is another day than the folder's"),
        ({"Author": "juf-x"}, "Author", 3, "is nobody on the staff"),
        ({"Groups": "groep-3 groep-5"}, "Author", 3, "may not post to groep-5"),
        ({"Groups": "groep-3, groep-9"}, "Groups", 4, "names groep-9, which is no group"),
        ({"Kind": "party"}, "Kind", 4, "is unknown"),
        ({"Status": "hidden"}, "Status", 4, "is unknown"),
        ({"Lang": "Nederlands"}, "Lang", 4, "is no code of a language"),
        ({"Tags": "bos"}, "Tags", 4, "is not something a post can say"),
        ({"Kind": "event"}, "Start", 1, "is missing in an event"),
        ({"Kind": "event", "Start": "half acht"}, "Start", 5, "cannot be read"),
        ({"Kind": "event", "Start": "2026-11-24"}, "Start", 5, "cannot be read"),
        (
            {"Kind": "event", "Start": "2026-11-24 19:30", "End": "2026-11-24 19:00"},
            "End", 6, "is not after Start",
        ),
        (
            {"Start": "2026-11-24 19:30"},
            "Start", 4, "belongs to a post of another kind, not to message",
        ),
        ({"Kind": "talks"}, "Dates", 1, "are missing in talks"),
        (
            {"Kind": "talks", "Dates": "2026-12-01 15:30"},
            "Dates", 5, "cannot be read at “2026-12-01 15:30”",
        ),
        (
            {"Kind": "talks", "Dates": "2026-12-01 17:30-15:30"},
            "Dates", 5, "end before they begin at “2026-12-01 17:30-15:30”",
        ),
    ],
)  # fmt: skip
def test_the_header(desk: Desk, changes: dict[str, str], column: str, line: int, what: str) -> None:
    desk.write("Hallo", header(**changes))
    problem = only(desk)
    assert (POST, column, line, what) == (problem.file, problem.column, problem.line, problem.what)


def test_a_key_twice(desk: Desk) -> None:
    desk.write("Hallo", HEADER + "Title: Toch niet\n")
    assert ("Title", 1, "stands on more than one line") == (
        only(desk).column, only(desk).line, only(desk).what,
    )  # fmt: skip


def test_groups_that_leave_out_the_folders_own(desk: Desk) -> None:
    desk.write("Hallo", header(Author="els", Groups="groep-5"))
    assert "leaves out the group whose folder this is" == only(desk).what


def test_an_unknown_key_is_answered_with_those_that_exist(desk: Desk) -> None:
    desk.write("Hallo", header(Tags="bos"))
    for key in ("Title", "Date", "Author", "Groups", "Kind", "Status", "Lang", "Start", "Dates"):
        assert key in only(desk).todo


def test_no_header_at_all(desk: Desk) -> None:
    desk.write("Hallo", "")
    assert {"Title", "Date", "Author"} == {problem.column for problem in desk.read()[1]}


def test_everything_at_once(desk: Desk) -> None:
    desk.write("![](weg.jpg)\n\n[film](dag.mp4)", "Title: A\nDate: ooit\nAuthor: ik\nKind: x\n")
    assert [
        (2, "cannot be read"),
        (3, "is nobody on the staff"),
        (4, "is unknown"),
        (6, "has no description"),
        (6, "is not in the post's folder"),
        (8, "is a film, and films cannot be shown yet"),
    ] == sorted((problem.line or 0, problem.what) for problem in desk.read()[1])


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("{static}bos-1.jpg", "is not a photo of this post"),
        ("{attach}bos-1.jpg", "is not a photo of this post"),
        ("|filename|bos-1.jpg", "is not a photo of this post"),
        ("https://example.org/bos-1.jpg", "is not a photo of this post"),
        ("//example.org/bos-1.jpg", "is not a photo of this post"),
        ("data:image/png;base64,AAAA", "is not a photo of this post"),
        ("file:///etc/passwd", "is not a photo of this post"),
        ("../2026-11-18-x/bos-1.jpg", "is outside the post's folder"),
        ("/bos-1.jpg", "is outside the post's folder"),
        ("..%2Fbos-1.jpg", "is outside the post's folder"),
        ("sub/bos-1.jpg", "is outside the post's folder"),
        ("bos-9.jpg", "is not in the post's folder"),
        ("BOS-1.JPG", "is not in the post's folder"),
        ("bos.heic", "is not a photo that can be shown"),
        ("post.md", "is not a photo that can be shown"),
        ("dag.mp4", "is a film, and films cannot be shown yet"),
    ],
)
def test_a_photo_that_is_not_beside_the_post(desk: Desk, target: str, what: str) -> None:
    desk.photo("bos-1.jpg")
    desk.write(f"Tekst.\n\n![Bladeren]({target})")
    problem = only(desk)
    assert (POST, 7, target, what) == (problem.file, problem.line, problem.value, problem.what)


def test_a_scheme_that_is_no_address_is_refused_too(desk: Desk) -> None:
    desk.write("![Bladeren](javascript:alert)")
    assert "is not a photo of this post" == only(desk).what


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write("![Bladeren](bos1.jpg)")
    assert "did you mean bos-1.jpg?" == only(desk).todo


def test_a_photo_without_description(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write("![ ](bos-1.jpg)")
    assert ("has no description", 5) == (only(desk).what, only(desk).line)


def test_a_photo_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    folder = desk.write("![Bladeren](bos-1.jpg)")
    (tmp_path / "elsewhere.jpg").write_bytes(b"x")
    (folder / "bos-1.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    assert "is a link to a file elsewhere" == only(desk).what


@pytest.mark.parametrize(
    ("attributes", "what"),
    [
        ('people=""', "has people=…, which is empty"),
        ('people="nobody anna-b"', "has people=…, which says nobody and somebody"),
        ('people="nobody" attested_by="iemand"', "is attested by iemand, who is not on the staff"),
        ('attested_by="juf-sanne"', "has people=…, which is empty"),
    ],
)
def test_a_declaration_that_says_nothing_sure(desk: Desk, attributes: str, what: str) -> None:
    desk.photo("bos-1.jpg")
    desk.write(f"![Bladeren](bos-1.jpg){{: {attributes} }}")
    assert what == only(desk).what


def test_two_declarations_in_one_text_that_differ(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    desk.write('![A](bos-1.jpg){: people="anna-b" }\n\n![A](bos-1.jpg){: people="sem-k" }')
    assert "is declared twice, differently" == only(desk).what


@pytest.mark.parametrize(
    "text",
    [
        '![A](bos-1.jpg)\n{: people="anna-b" }',
        '![A](bos-1.jpg) {: people="anna-b" }',
        '![A](bos-1.jpg) en {: people="anna-b" } nog wat',
        '![A](bos-1.jpg){: people="anna-b"\n}',
    ],
)
def test_a_declaration_that_hit_no_photo_would_show_a_name(desk: Desk, text: str) -> None:
    desk.photo("bos-1.jpg")
    desk.write(text)
    assert "belongs to no photo" == only(desk).what


@pytest.mark.parametrize(
    ("declaration", "what"),
    [
        ("{: people=anna-b sem-k }", "means nothing behind a photo"),
        ('{: people="anna-b" attested-by="els" }', "means nothing behind a photo"),
        ('{: people="anna-b" width=300 }', "means nothing behind a photo"),
        ('{: people="anna-b" people="sem-k" }', "names people twice behind one photo"),
        ("{: people=“anna-b” }", "has people=…, which has ““xxxx-x””, which is not an id"),
    ],
)
def test_a_declaration_that_would_lose_somebody(desk: Desk, declaration: str, what: str) -> None:
    desk.photo("bos-1.jpg")
    desk.write(f"![Bladeren](bos-1.jpg){declaration}")
    assert (what, 5) == (only(desk).what, only(desk).line)


@pytest.mark.parametrize("part", ["> ", "<b>", "<ul><li>"])
def test_a_text_nested_without_end_is_a_problem_of_that_post(desk: Desk, part: str) -> None:
    desk.write(part * 2000 + "x")
    assert only(desk).what.startswith("cannot be read")


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("dag.mp4", "is a film, and films cannot be shown yet"),
        ("bos-1.jpg", "is a link to a photo"),
        ("brief.pdf", "is not an address that a parent can open"),
        ("{static}brief.pdf", "is not an address that a parent can open"),
        ("https://bank.example@evil.example/", "is not an address that a parent can open"),
        ("https:evil.example", "is not an address that a parent can open"),
        ("https://evil.example\\@bank.example", "is not an address that a parent can open"),
        ("ftp://example.org/a", "is not an address that a parent can open"),
    ],
)
def test_a_link_that_parents_cannot_follow(desk: Desk, target: str, what: str) -> None:
    desk.write(f"Lees [dit]({target})")
    assert (what, 5, target) == (only(desk).what, only(desk).line, only(desk).value)


@pytest.mark.parametrize("name", ["video", "audio", "iframe", "embed", "object"])
def test_an_embedded_film(desk: Desk, name: str) -> None:
    desk.write(f'Kijk:\n\n<{name} src="https://film.example/1"></{name}>')
    assert ("embeds a film or a page, and these cannot be shown yet", 7) == (
        only(desk).what, only(desk).line,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["bos", "2026-11-17", "2026-11-17-", "2026-13-01-bos", "2026-11-17-Bos", "17-11-2026-bos"],
)  # fmt: skip
def test_a_folder_that_is_not_named_after_its_day(desk: Desk, name: str) -> None:
    desk.write("Hallo", place=f"groep-3/{name}")
    problem = only(desk)
    expected = (f"content/groups/groep-3/{name}", "is not a post's folder")
    assert expected == (problem.file, problem.what)


def test_a_folder_of_no_group(desk: Desk) -> None:
    desk.write("Hallo", place="groep-9/2026-11-17-bos")
    assert ("content/groups/groep-9", "is the folder of no group") == (
        only(desk).file, only(desk).what,
    )  # fmt: skip


def test_a_folder_without_a_post(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    assert (FOLDER, "has no post.md") == (only(desk).file, only(desk).what)


def test_a_folder_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (desk.groups / "groep-3").mkdir()
    (desk.groups / BOS).symlink_to(tmp_path / "elsewhere")
    assert (FOLDER, "is a link to a folder elsewhere") == (only(desk).file, only(desk).what)


def test_a_post_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(HEADER + "\nGeheim")
    (desk.groups / BOS).mkdir(parents=True)
    (desk.groups / BOS / "post.md").symlink_to(tmp_path / "secret.md")
    assert "is a link to a file elsewhere" == only(desk).what


def test_a_table_that_is_a_link_to_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "photos.csv").write_text("file\n")
    (desk.write("Hallo") / "photos.csv").symlink_to(tmp_path / "photos.csv")
    assert (f"{FOLDER}/photos.csv", "is a link to elsewhere") == (only(desk).file, only(desk).what)


def test_a_post_in_another_encoding(desk: Desk) -> None:
    (desk.write("x") / "post.md").write_bytes((HEADER + "\ncafé").encode("cp1252"))
    assert "is not readable text" == only(desk).what


def test_a_table_with_errors_is_named_with_its_lines(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    folder = desk.write("Hallo")
    (folder / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover\nbos-1.jpg,,,,\nweg.jpg,all,,,\n"
        "dag.mp4,all,,,\n../x.jpg,all,,,\n"
    )
    problems = desk.read()[1]
    assert {f"{FOLDER}/photos.csv"} == {problem.file for problem in problems}
    assert [2, 3, 4, 5] == sorted(problem.line or 0 for problem in problems)


def test_a_table_attested_by_a_stranger(desk: Desk) -> None:
    desk.photo("bos-1.jpg")
    (desk.write("Hallo") / "photos.csv").write_text(
        "file,people,attested_by,sha256,cover\nbos-1.jpg,nobody,iemand,,\n"
    )
    assert ("is attested by iemand, who is not on the staff", 2) == (
        only(desk).what, only(desk).line,
    )  # fmt: skip


@pytest.mark.parametrize("place", ["", "groep-3", "groep-3/2026-11-17-bos/klein", "overig"])
@pytest.mark.parametrize("name", ["IMG_1.JPG", "IMG_1.heic", "film.MOV"])
def test_an_original_outside_any_post(desk: Desk, place: str, name: str) -> None:
    desk.write("Hallo")
    (desk.groups / place).mkdir(parents=True, exist_ok=True)
    (desk.groups / place / name).write_bytes(b"x")
    strays = [problem for problem in desk.read()[1] if "outside any post" in problem.what]
    expected = (Path("content/groups") / place / name).as_posix()
    assert [expected] == [problem.file for problem in strays]


def test_a_reader_that_stumbles_over_the_date_is_explained(desk: Desk) -> None:
    def stumbling(path: Path) -> RawPost:
        raise ValueError("'morgen' is not a valid date")

    desk.write("Hallo", header(Date="morgen", Author="ik"))
    _, problems = read_posts(desk.groups, stumbling, roster())
    assert [("Date", 2), ("Author", 3)] == [(one.column, one.line) for one in problems]


def test_a_reader_that_stumbles_over_nothing_we_know_is_a_problem_of_that_post(desk: Desk) -> None:
    def stumbling(path: Path) -> RawPost:
        if "bos" in str(path):
            raise RecursionError("deep")
        return read(path)

    desk.write("Hallo")
    desk.write("Hallo", place="groep-3/2026-11-17-gym")
    posts, problems = read_posts(desk.groups, stumbling, roster())
    assert ["groep-3/2026-11-17-gym"] == [post.id for post in posts]
    assert [(POST, "cannot be read (RecursionError)")] == [(one.file, one.what) for one in problems]


def test_a_header_that_a_windows_editor_saved(desk: Desk) -> None:
    folder = desk.write("x")
    text = "\ufeff" + (header(Date="ooit") + "\nHallo\n").replace("\n", "\r\n")
    (folder / "post.md").write_bytes(text.encode())
    _, problems = desk.read()
    assert ("Date", 2) in [(one.column, one.line) for one in problems]
