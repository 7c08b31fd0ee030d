"""What `bench.week` measured, as flat figures and as tables for a person."""

from statistics import median

from bench.measuring import Figures, say, show, spread, table
from bench.peers import SIGAL
from bench.weekly import Measured, Scale

STAGES = ("start", "build", "plan", "upload", "mail", "delete")
NAMES = {
    "cold": "cold",
    "unchanged": "unchanged",
    "one_changed": "one changed",
    "all_changed": "all read it",
}


def figures_of(scale: Scale, done: Measured) -> Figures:
    """The flat figures: seconds are medians, MiB and counts the largest seen."""
    figures: Figures = {
        "photos": scale.photos,
        "megapixels": round(scale.photo[0] * scale.photo[1] / 1e6, 1),
        "pupils": scale.size.pupils,
        "groups": scale.size.groups,
        "guardians": scale.size.guardians,
    }
    for kind, runs in done.kinds.items():
        figures[f"{kind}_s"] = round(median(one.taken.wall_s for one in runs), 3)
        figures[f"{kind}_cpu_s"] = round(median(one.taken.cpu_s for one in runs), 3)
        for stage in STAGES:
            figures[f"{kind}_{stage}_s"] = round(median(one.stages[stage] for one in runs), 3)
    every = [one.taken for runs in done.kinds.values() for one in runs]
    figures["peak_mib"] = round(max(taken.peak_mib for taken in every), 1)
    figures["objects"] = done.objects
    figures["uploaded_again"] = max(one.answer["uploaded"] for one in done.unchanged)
    figures["mailed_again"] = max(one.mailed for one in done.unchanged)
    return figures | _peer_figures(done)


def _peer_figures(done: Measured) -> Figures:
    """The peer's times, and ours for the same work: from the start to the end of the build."""
    figures: Figures = {}
    pairs = (
        ("cold", done.cold, done.sigal_cold),
        ("unchanged", done.unchanged, done.sigal_unchanged),
    )
    for kind, ours, theirs in pairs:
        if theirs:
            photos = median(one.stages["start"] + one.stages["build"] for one in ours)
            sigal = median(one.wall_s for one in theirs)
            figures[f"{kind}_photos_s"] = round(photos, 3)
            figures[f"sigal_{kind}_s"] = round(sigal, 3)
            figures[f"{kind}_vs_sigal"] = round(photos / sigal, 3)
    return figures


def show_tables(scale: Scale, done: Measured, figures: Figures) -> None:
    """Print what a person wants to see."""
    size = scale.size
    title = (
        f"Weekly job: {size.pupils} pupils, {size.groups} groups, {size.guardians} guardians,\n"
        f"{scale.photos} photos of {figures['megapixels']} megapixels"
    )
    rows = [
        (
            NAMES[kind],
            spread([one.taken.wall_s for one in runs]),
            f"{figures[f'{kind}_cpu_s']:.2f}",
            f"{max(one.taken.peak_mib for one in runs):.0f}",
            str(max(one.answer["uploaded"] for one in runs)),
            str(max(one.mailed for one in runs)),
        )
        for kind, runs in done.kinds.items()
    ]
    stages = [
        (NAMES[kind], *(f"{figures[f'{kind}_{stage}_s']:.2f}" for stage in STAGES))
        for kind in done.kinds
    ]
    show(
        table(title, "run", "wall s", "CPU s", "peak MiB", "uploaded", "mails", rows=rows),
        table("Seconds by stage (medians)", "run", *STAGES, rows=stages),
    )
    _show_peer(done, figures)


def _show_peer(done: Measured, figures: Figures) -> None:
    if not done.sigal_cold:
        say("Not compared with sigal.")
        return
    rows = [
        (
            kind,
            f"{figures[f'{kind}_photos_s']:.2f}",
            f"{figures[f'sigal_{kind}_s']:.2f}",
            f"{figures[f'{kind}_vs_sigal']:.2f}",
        )
        for kind in ("cold", "unchanged")
    ]
    name = SIGAL.replace("==", " ")
    title = f"The same photos with {name}:\nseconds from the start to the end of the build"
    show(table(title, "run", "lichtbrief", "sigal", "ratio", rows=rows))
