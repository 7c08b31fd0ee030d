"""Everything that can be wrong with photos, declarations and links, with file and line."""

from pathlib import Path

import pytest

from tests.editions.school import FOLDER, POST, Desk, only


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
        ("bos.dng", "is not a photo that can be shown"),
        ("post.md", "is not a photo that can be shown"),
        ("dag.avi", "is a film of a kind that cannot be shown"),
        ("dag.mp4", "is not in the post's folder"),
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
        ("{: people=anna-b sem-k }", "means nothing behind a photo or a file"),
        ('{: people="anna-b" attested-by="els" }', "means nothing behind a photo or a file"),
        ('{: people="anna-b" width=300 }', "means nothing behind a photo or a file"),
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
        ("dag.mp4", "is a link to a film"),
        ("bos-1.jpg", "is a link to a photo"),
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
    assert ("embeds a film or a page", 7) == (
        only(desk).what, only(desk).line,
    )  # fmt: skip


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
