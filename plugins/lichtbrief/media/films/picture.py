"""A film's frames as browsers expect them: upright, within 720 lines, SDR of eight bits."""

from fractions import Fraction

from av.buffer import Buffer
from av.filter import Graph
from av.video.frame import VideoFrame

from lichtbrief.media.films.upright import fit, swaps_sides, turning

CLOCK = 90_000  # ticks a second, as in MPEG

_UNKNOWN = 2  # the number that stands for “not said” in ISO/IEC 23091-2
_HDR = frozenset({16, 18})  # its transfer functions PQ and HLG
_BT709 = "out_color_matrix=bt709:out_range=tv"
_TO_SDR = f"out_primaries=bt709:out_transfer=bt709:{_BT709}:intent=perceptual"


class Picture:
    """Turns decoded frames into upright frames of one size: that of the first.

    Should later ones be larger, they are scaled to it. `pixel_shape` is the width of a pixel
    divided by its height, None when it is not known.
    """

    def __init__(self, pixel_shape: Fraction | None) -> None:
        self.shape = pixel_shape if pixel_shape and 0.25 < pixel_shape < 4 else Fraction(1)
        self.size = (0, 0)
        self.tagged = False
        self._turning: tuple[tuple[str, str], ...] = ()
        self._input: object = None
        self._graph = Graph()

    def take(self, frame: VideoFrame) -> VideoFrame:
        """The frame as it is shown; its time stays for the caller to set."""
        if not self.size[0]:
            self._begin(frame)
        found = frame.width, frame.height, frame.format.name
        if found != self._input:
            self._graph, self._input = self._new_graph(frame), found
        self._graph.push(frame)
        return self._graph.vpull()

    def _begin(self, frame: VideoFrame) -> None:
        matrix = frame.side_data.get("DISPLAYMATRIX")
        self._turning = turning(bytes(matrix) if isinstance(matrix, Buffer) else None)
        self.tagged = frame.colorspace != _UNKNOWN or frame.color_trc in _HDR
        width, height = fit(frame.width * float(self.shape), frame.height)
        self.size = (height, width) if swaps_sides(self._turning) else (width, height)

    def _new_graph(self, frame: VideoFrame) -> Graph:
        width, height = self.size[::-1] if swaps_sides(self._turning) else self.size
        graph = Graph()
        steps = [
            graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=frame.time_base or Fraction(1, CLOCK),
            )
        ]
        # Colours after the size: they take longer, and most pixels are gone by then.
        colours = _TO_SDR if frame.color_trc in _HDR else _BT709 if self.tagged else "out_range=tv"
        names = (
            ("setparams", _said(frame)),
            ("scale", f"{width}:{height}:flags=bilinear"),
            ("scale", colours),
            ("format", "yuv420p"),
            *self._turning,
            ("setsar", "1"),
            ("buffersink", ""),
        )
        steps += [graph.add(name, argument or None) for name, argument in names]
        graph.link_nodes(*steps).configure()
        return graph


def _said(frame: VideoFrame) -> str:
    """What a frame says of its colours: a filter's input does not take it from the frame."""
    said = {
        "range": frame.color_range,
        "color_primaries": frame.color_primaries,
        "color_trc": frame.color_trc,
        "colorspace": frame.colorspace,
    }
    return ":".join(f"{name}={int(value)}" for name, value in said.items())
