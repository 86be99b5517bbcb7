"""The graph as arrays in a file beside the database, so that a new process need not make them from the rows.

The file is worth nothing when its generation is not that of the rows; then, or when it is damaged, it is made again.
"""

from __future__ import annotations

from pathlib import Path

import msgpack
import numpy as np
from blake3 import blake3

from remora.isg.csr import Csr, Strings
from remora.isg.packing import BRIEF_WIDTH

FORMAT = "remora-csr-1"


def save(csr: Csr, file: Path) -> None:
    """Replace the file. Raises OSError."""
    columns = [(one.blob, one.ends.tobytes()) for one in (csr.keys, csr.names, csr.signatures)]
    arrays = (csr.ends.tobytes(), csr.numbers.tobytes(), csr.edges.tobytes())
    body = msgpack.packb((csr.generation, csr.paths, columns, arrays))
    # Nothing waits for the disk: what a power cut leaves has another digest, and is made again.
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.write_bytes(msgpack.packb((FORMAT, blake3(body).digest(), body)))
    unfinished.replace(file)


def load(file: Path, generation: int) -> Csr | None:
    """What was saved of a generation; None when there is no such thing."""
    try:
        kind, digest, body = msgpack.unpackb(file.read_bytes(), use_list=False)
        if kind != FORMAT or digest != blake3(body).digest():
            return None
        saved, paths, columns, (ends, numbers, edges) = msgpack.unpackb(body, use_list=False)
    except (OSError, ValueError, TypeError, msgpack.UnpackException):
        return None
    if saved != generation:
        return None
    keys, names, signatures = (Strings(blob, np.frombuffer(stops, np.int64)) for blob, stops in columns)
    return Csr(
        paths=paths,
        ends=np.frombuffer(ends, np.int64),
        keys=keys,
        names=names,
        signatures=signatures,
        numbers=np.frombuffer(numbers, np.int32).reshape(BRIEF_WIDTH, -1),
        edges=np.frombuffer(edges, np.int32).reshape(6, -1),
        generation=saved,
    )
