"""A file beside a post: linked, attested, looked into, and offered under its title."""

import gzip
import json

import pytest

from lichtbrief.editions import assemble
from lichtbrief.editions.edition import slug
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import CleanFile, Recipe, clean_file
from tests.editions.school import BOS, FOLDER, POST, Desk, page, plan
from tests.media.documents import ICS, docx_parts, packed, pdf_bytes

LINK = '[De menukaart](menu.pdf){: attested_by="juf-sanne" }'


def sealed(desk: Desk) -> list[bytes]:
    """What would be sealed of the edition of what is on the desk."""
    edition = plan(desk)
    files = {file.digest: clean_file(file.path) for file in edition.files}
    return assemble(edition, page(edition), {}, str, files)


def test_a_file_is_offered_under_its_title(desk: Desk) -> None:
    menu = desk.write(f"Eet mee! {LINK} Lekker.") / "menu.pdf"
    menu.write_bytes(pdf_bytes())
    (file,) = desk.post().files
    assert ("menu.pdf", "De menukaart", "PDF") == (file.file, file.title, file.kind.name)
    index, compressed, data = sealed(desk)
    html = gzip.decompress(compressed).decode()
    assert '<p>Eet mee! <span data-file="0">De menukaart</span> Lekker.</p>' in html
    said = json.loads(index)
    assert [
        {"name": "de-menukaart.pdf", "kind": "PDF", "mime": "application/pdf", "segment": 2}
    ] == (said["attachments"])
    assert (1, len(data)) == (said["counts"]["attachments"], said["sizes"][1])
    assert clean_file(menu).data == data
    for trace in (b"menu.pdf", b"juf-sanne", b"attested"):
        assert trace not in index + compressed + html.encode()


def test_files_of_several_posts_are_counted_through_and_the_same_one_is_there_once(
    desk: Desk,
) -> None:
    menu = pdf_bytes()
    desk.write(LINK).joinpath("menu.pdf").write_bytes(menu)
    other = BOS.replace("17-bos", "18-brief")
    header = "Title: Brief\nDate: 2026-11-18 10:00\nAuthor: juf-sanne\n"
    text = f'[Brief](brief.docx){{: attested_by="els" }} en {LINK}'
    folder = desk.write(text, header, other)
    (folder / "brief.docx").write_bytes(packed(docx_parts()))
    (folder / "menu.pdf").write_bytes(menu)
    index, compressed, *files = sealed(desk)
    html = gzip.decompress(compressed).decode()
    assert '<span data-file="1">Brief</span> en <span data-file="0">De menukaart</span>' in html
    assert ["de-menukaart.pdf", "brief.docx"] == [
        f["name"] for f in json.loads(index)["attachments"]
    ]
    assert 2 == len(files)


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[De menukaart](menu.pdf)", "is not attested: nobody has said that it shows no child"),
        ('[x](menu.pdf){: attested_by="" }', "is not attested: nobody has said"),
        ('[x](menu.pdf){: attested_by="kok" }', "is attested by kok, who is not on the staff"),
        ('[x](menu.pdf){: attested_by="els" people="anna-b" }', "belongs to no photo"),
        ("[x](menu.pdf){: attested_by=juf sanne }", "means nothing behind a photo or a file"),
        ('[ ](menu.pdf){: attested_by="els" }', "has no words"),
        ('[x](meny.pdf){: attested_by="els" }', "is not in the post's folder"),
        ('[x](../menu.pdf){: attested_by="els" }', "is outside the post's folder"),
        ('[x](menu.docm){: attested_by="els" }', "may hold macros, as every .docm file"),
        ('[x](menu.doc){: attested_by="els" }', "is a .doc file, which cannot be sent"),
        ('[x](nep.pdf){: attested_by="els" }', "is not what its name says, a PDF file"),
        ("[x](spel.exe)", "is of a kind that cannot be sent"),
    ],
)
def test_what_cannot_be_sent_is_told_with_its_line(desk: Desk, link: str, what: str) -> None:
    folder = desk.write(f"Hallo.\n\n{link}")
    (folder / "menu.pdf").write_bytes(pdf_bytes())
    for name in ("menu.docm", "menu.doc", "nep.pdf", "spel.exe"):
        (folder / name).write_bytes(b"MZ")
    posts, problems = desk.read()
    assert () == posts
    assert {(POST, 7)} == {(problem.file, problem.line) for problem in problems}
    assert any(problem.what.startswith(what) and problem.todo for problem in problems)


def test_a_link_into_another_folder_leads_nowhere(desk: Desk) -> None:
    folder = desk.write(LINK)
    (folder.parent / "menu.pdf").write_bytes(pdf_bytes())
    (folder / "menu.pdf").symlink_to(folder.parent / "menu.pdf")
    (told,) = desk.problems()
    assert f"{FOLDER}/post.md:5: “menu.pdf” is a link to a file elsewhere" in told


def test_a_file_that_no_link_leads_to_stays_here_and_is_pointed_out(desk: Desk) -> None:
    folder = desk.write("Hallo")
    (folder / "menu.pdf").write_bytes(pdf_bytes())
    assert ((), ("menu.pdf",)) == (desk.post().files, desk.post().unused)


def test_a_title_is_words_only_and_so_is_its_name(desk: Desk) -> None:
    text = '[**Avond** <b>voor</b> ![x](boom.jpg) u](avond.ics){: attested_by="els" }'
    folder = desk.write(text)
    desk.photo("boom.jpg")
    (folder / "avond.ics").write_bytes(ICS)
    (file,) = desk.post().files
    assert "Avond voor u" == file.title
    assert '<span data-file="0">Avond voor u</span>' in desk.post().html


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("De menukaart", "de-menukaart"),
        ("Één brief: /../\\x.exe", "een-brief-x-exe"),
        ("رسالة", ""),
        ("a" * 200, "a" * 60),
    ],
)
def test_the_name_of_a_file_is_plain_everywhere(title: str, name: str) -> None:
    assert name == slug(title)


def test_a_file_replaced_since_it_was_looked_into_stops_everything(desk: Desk) -> None:
    desk.write(LINK).joinpath("menu.pdf").write_bytes(pdf_bytes())
    edition = plan(desk)
    other = CleanFile(b"%PDF-", "0" * 64)
    with pytest.raises(LichtbriefError, match="replaced during the build"):
        assemble(edition, "", {}, str, {edition.files[0].digest: other})


def test_another_file_is_another_edition(desk: Desk) -> None:
    menu = desk.write(LINK) / "menu.pdf"
    menu.write_bytes(pdf_bytes())
    before = plan(desk).identity("", Recipe.avif)
    menu.write_bytes(pdf_bytes(linearize=True))
    assert before != plan(desk).identity("", Recipe.avif)


def test_a_translation_offers_the_same_file_in_its_own_words(desk: Desk) -> None:
    folder = desk.write(LINK)
    (folder / "menu.pdf").write_bytes(pdf_bytes())
    (folder / "post.en.md").write_text("Title: Food\n\nJoin us! [The menu](menu.pdf)\n")
    (translation,) = desk.post().translations
    assert 'Join us! <span data-file="0">The menu</span>' in translation.html
    index, compressed, *files = sealed(desk)
    assert b'<span data-file="0">The menu</span>' in gzip.decompress(compressed)
    assert 1 == len(files) == json.loads(index)["counts"]["attachments"]


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[The menu](other.pdf)", "is not a file of post.md"),
        ('[The menu](menu.pdf){: attested_by="els" }', "says again who attests it"),
    ],
)
def test_a_translation_adds_no_file_and_attests_none(desk: Desk, link: str, what: str) -> None:
    folder = desk.write(LINK)
    for name in ("menu.pdf", "other.pdf"):
        (folder / name).write_bytes(pdf_bytes())
    (folder / "post.en.md").write_text(f"Title: Food\n\n{link}\n")
    (told,) = desk.problems()
    assert f"{FOLDER}/post.en.md:3:" in told
    assert what in told
