"""YuNet finds where faces are in a picture; it knows nothing of whose they are.

The network of Wu, Peng and Yu (2023) in the weights of OpenCV's model zoo of March 2023, run by
ONNX Runtime. What it puts out is read as OpenCV's FaceDetectorYN reads it, but the landmarks, which
are not even asked for.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lichtbrief.errors import LichtbriefError

WEIGHTS = Path(__file__).with_name("face_detection_yunet_2023mar.onnx")
SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"

SCORE = 0.6
"""Below it, what may be a face is none."""

_STRIDES = (8, 16, 32)
_OUTPUTS = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox") for stride in _STRIDES]
# The weights declare their input as 640 by 640, although every layer takes any size: as a name in
# place of the number (the field `dim_param` of ONNX's TensorShapeProto), they say so.
_DECLARED = b"\n\x03\x08\x80\x05\n\x03\x08\x80\x05"
_ANY_SIZE = b"\n\x03\x12\x01h\n\x03\x12\x01w"

Boxes = NDArray[np.float32]
"""A row for each face: score, left, top, right, bottom."""


@cache
def session() -> Any:  # noqa: ANN401 # ONNX Runtime has no types
    """The network, ready to run; the same for all threads of this process.

    Raises `LichtbriefError` without ONNX Runtime, and for other weights than those we know.
    """
    try:
        import onnxruntime
    except ImportError as error:
        hint = 'pip install "lichtbrief[faces]", or set LICHTBRIEF_COUNT_FACES = False'
        raise LichtbriefError("faces cannot be counted without ONNX Runtime", hint) from error
    weights = WEIGHTS.read_bytes()
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise LichtbriefError("the weights that find faces are damaged", "install lichtbrief again")
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # the caller's workers are the threads
    options.enable_mem_pattern = False  # photos differ in size; it holds memory for each size
    return onnxruntime.InferenceSession(
        weights.replace(_DECLARED, _ANY_SIZE), options, providers=["CPUExecutionProvider"]
    )


def detect(image: Image.Image) -> Boxes:
    """The faces in an RGB image, in its pixels; one face may be found several times."""
    width, height = image.size
    coarsest = _STRIDES[-1]
    padded = np.zeros((1, 3, _up(height, coarsest), _up(width, coarsest)), np.float32)
    padded[0, :, :height, :width] = np.asarray(image).transpose(2, 0, 1)[::-1]
    found = session().run(_OUTPUTS, {"input": padded})
    classes, objects, boxes = found[:3], found[3:6], found[6:]
    return np.concatenate(
        [
            _read(classes[n][0, :, 0], objects[n][0, :, 0], boxes[n][0], padded.shape[3], stride)
            for n, stride in enumerate(_STRIDES)
        ]
    )


def _up(size: int, step: int) -> int:
    return -(-size // step) * step


def _read(classes: Boxes, objects: Boxes, boxes: Boxes, width: int, stride: int) -> Boxes:
    """The boxes of one grid, of which each cell tells how sure it is and where its face lies."""
    scores = np.sqrt(np.clip(classes, 0, 1) * np.clip(objects, 0, 1))
    cells = np.flatnonzero(scores >= SCORE)
    rows, columns = np.divmod(cells, width // stride)
    right, down, wide, high = boxes[cells].T
    x, y = (columns + right) * stride, (rows + down) * stride
    half_width, half_height = np.exp(wide) * stride / 2, np.exp(high) * stride / 2
    sides = x - half_width, y - half_height, x + half_width, y + half_height
    return np.stack((scores[cells], *sides), axis=1).astype(np.float32)
