"""Questions that belong to none of the starter experts (the router's category "none")."""
from __future__ import annotations

import random
import re

from others_kinds import TEST, WORDS
from others_kinds import TRAIN as FIRST
from others_more import MORE
from phrasing import dress, expand

TRAIN = {**FIRST, **MORE}

assert len(TRAIN) == len(FIRST) + len(MORE) and len(TRAIN) >= 60 and len(TEST) >= 20 and not set(TRAIN) & set(TEST)

_SLOT = re.compile(r"\{(\w+)\}")


def _fill(rng: random.Random, pattern: str) -> str:
    """Expand a pattern and fill its slots; a bare slot name among alternatives ({city|country}) is a slot as well."""
    text = pattern
    # {city|country} means a choice of two slots
    text = re.sub(r"\{(%s)((?:\|(?:%s))+)\}" % ("|".join(WORDS), "|".join(WORDS)),
                  lambda m: "{{" + "}|{".join([m.group(1)] + m.group(2)[1:].split("|")) + "}}", text)
    text = expand(rng, text)
    for _ in range(4):
        if not _SLOT.search(text):
            break
        text = _SLOT.sub(lambda m: expand(rng, "{" + WORDS[m.group(1)] + "}"), text)
    return text


def kinds(held_out: bool) -> list[str]:
    return list(TEST if held_out else TRAIN)


def example(rng: random.Random, held_out: bool, kind: str | None = None) -> str:
    """A question that no starter expert answers; held_out chooses between training kinds and test kinds."""
    table = TEST if held_out else TRAIN
    kind = kind or rng.choice(list(table))
    text = _fill(rng, rng.choice(table[kind]))
    return dress(rng, re.sub(r" 'm\b", "'m", text), held_out, plain=0.75)
