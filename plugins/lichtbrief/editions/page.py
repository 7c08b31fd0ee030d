"""An edition's page: the theme's template filled in, in no language."""

from lichtbrief.editions.edition import EditionPlan
from lichtbrief.theme import Theme

TEMPLATE = "edition.html"


def render_page(plan: EditionPlan, theme: Theme, language: str) -> str:
    """The HTML of an edition; `language` is for what a theme of the school's own might say.

    Raises LichtbriefError for a broken template.
    """
    return theme.render(TEMPLATE, language, posts=plan.posts)
