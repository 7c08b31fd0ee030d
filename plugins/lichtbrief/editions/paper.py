"""An edition as a page to print: everything that the reader would fill in, filled in already."""

from collections.abc import Sequence

from bs4 import Tag

from lichtbrief.editions.edition import EditionPlan, ShownPost
from lichtbrief.editions.figures import ALT, NUMBER
from lichtbrief.editions.tidying import parse
from lichtbrief.theme import Theme

TEMPLATE = "paper.html"
PHOTO = "photo:"  # what stands before a photo's number in an address


def render_paper(
    plan: EditionPlan, theme: Theme, language: str, school_name: str, contact: str
) -> str:
    """The HTML of an edition on paper, in one language; photo `n` of the plan is at `photo:n`.

    Raises LichtbriefError for a broken template.
    """
    posts = in_language(plan.posts, theme.words(language).language)
    return theme.render(
        TEMPLATE,
        language,
        school_name=school_name,
        contact=contact,
        group=plan.group.name,
        week=plan.week,
        posts=posts,
        texts=[_with_photos(post.html, plan) for post in posts],
        photos=plan.photos,
    )


def in_language(posts: Sequence[ShownPost], language: str) -> tuple[ShownPost, ...]:
    """Each post once: its text in this language, or else its own."""
    chosen: dict[str, ShownPost] = {}
    for post in posts:
        if post.code not in chosen or post.lang == language:
            chosen[post.code] = post
    return tuple(chosen.values())


def _with_photos(html: str, plan: EditionPlan) -> str:
    """A post's text with its photos in their places; of other figures (films) nothing is left."""
    soup = parse(html)
    for figure in soup("figure"):
        number = str(figure.attrs.pop(NUMBER, ""))
        if not number:
            figure.extract()
            continue
        image = soup.new_tag(
            "img", attrs={"src": PHOTO + number, "alt": _alt(figure, plan, number)}
        )
        figure.insert(0, image)
    return str(soup)


def _alt(figure: Tag, plan: EditionPlan, number: str) -> str:
    return str(figure.attrs.pop(ALT, "") or plan.photos[int(number)].alt)
