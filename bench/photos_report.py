"""What `bench.photos` measured, as flat figures and as tables for a person."""

from statistics import median

from bench.measuring import Figures, show, spread, table
from bench.photo_runs import CORES, Measured, Scale

NAMES = {
    "jpeg": "lichtbrief, JPEG only",
    "avif": "lichtbrief, as it is",
    "naive": "naive Pillow",
    "sigal": "sigal",
    "image_process": "image-process",
    "vipsthumbnail": "vipsthumbnail",
    "floor": "floor",
}
PEERS = ("sigal", "image_process", "vipsthumbnail", "naive", "floor")
MADE = {"jpeg": NAMES["jpeg"], "avif": NAMES["avif"], "naive": NAMES["naive"]}
MADE["resize"] = "lichtbrief, the resize alone"


def figures_of(scale: Scale, done: Measured) -> Figures:
    """The flat figures: medians; memory the largest seen, for each worker (one for a core)."""
    figures: Figures = {
        "photos": scale.photos,
        "megapixels": round(scale.photo[0] * scale.photo[1] / 1e6, 1),
        "rounds": scale.rounds,
    }
    for (name, cores), runs in done.taken.items():
        wall = median(one.wall_s for one in runs)
        cpu = median(one.cpu_s for one in runs)
        figures[f"{name}_{cores}_photos_per_s"] = round(scale.photos / wall, 2)
        figures[f"{name}_{cores}_cpu_s_per_photo"] = round(cpu / scale.photos, 4)
    for kind, made in done.kb.items():
        figures |= {f"{kind}_{size}_kb": round(kb, 1) for size, kb in made.items()}
    for kind, alike in done.alike.items():
        figures |= {f"{kind}_{size}_ssim": round(ssim, 4) for size, ssim in alike.items()}
    return figures | _ratios(scale, done)


def _ratios(scale: Scale, done: Measured) -> Figures:
    """The figures that have a target."""
    cpu = {name: median(t.cpu_s for t in runs) for (name, n), runs in done.taken.items() if n == 1}
    walls = {key: median(one.wall_s for one in runs) for key, runs in done.taken.items()}
    figures: Figures = {
        f"cpu_vs_{peer}": round(cpu["jpeg"] / cpu[peer], 3)
        for peer in PEERS
        if peer in cpu and peer != "floor"
    }
    if "floor" in cpu:
        figures["share_of_floor"] = round(walls["floor", 2] / walls["jpeg", 2], 3)
    figures["two_cores_speedup"] = round(walls["jpeg", 1] / walls["jpeg", 2], 2)
    for recipe, key in (("jpeg", "peak_mib_per_worker"), ("avif", "avif_peak_mib_per_worker")):
        peaks = [max(t.peak_mib for t in done.taken[recipe, cores]) / cores for cores in CORES]
        figures[key] = round(max(peaks), 1)
    again = f"unchanged_{scale.school}"
    figures[f"{again}_s"] = round(median(one.wall_s for one in done.unchanged), 3)
    figures[f"{again}_cpu_s"] = round(median(one.cpu_s for one in done.unchanged), 3)
    if done.alike:
        figures["ssim_1280"] = round(done.alike["resize"]["large"], 4)
        figures["ssim_480"] = round(done.alike["resize"]["small"], 4)
    return figures


def show_tables(scale: Scale, done: Measured, figures: Figures) -> None:
    """Print what a person wants to see."""
    rows = [_row(name, scale, done) for name in NAMES if (name, 1) in done.taken]
    made = [
        (
            MADE[kind],
            *(f"{kb:.0f}" for kb in done.kb[kind].values()),
            *(f"{ssim:.4f}" for ssim in done.alike.get(kind, {}).values()),
        )
        for kind in MADE
    ]
    goals = [(key, str(value)) for key, value in figures.items() if key in _ratios(scale, done)]
    title = f"{scale.photos} photos of {figures['megapixels']} megapixels, 1280 and 480 pixels"
    measures = ("CPU ms", "photos/s", "MiB", "CPU ms on 2", "photos/s", "MiB")
    columns = ("kB 1280", "kB 480", "SSIM 1280", "SSIM 480")
    show(
        table(title, "on one core, and on two", *measures, rows=rows),
        table("What was made", "", *columns, rows=made),
        table("Ratios", "", "", rows=goals),
    )


def _row(name: str, scale: Scale, done: Measured) -> tuple[str, ...]:
    cells = [NAMES[name]]
    for cores in CORES:
        runs = done.taken[name, cores]
        cells += [
            f"{1000 * median(one.cpu_s for one in runs) / scale.photos:.0f}",
            spread([scale.photos / one.wall_s for one in runs]),
            f"{max(one.peak_mib for one in runs):.0f}",
        ]
    return tuple(cells)
