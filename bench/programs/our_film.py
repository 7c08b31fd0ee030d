"""`python our_film.py FILM OUT`: what Lichtbrief makes of one film, its still left unwritten."""

import sys
from pathlib import Path

from lichtbrief.media import FilmBounds, Recipe, render_film

film, out = map(Path, sys.argv[1:])
out.write_bytes(render_film(film, Recipe.avif, FilmBounds(), lambda _: None).video)
