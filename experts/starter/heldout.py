"""Write the test sets heldout/*.jsonl and the router's training questions examples/*.txt, from a stable seed.

heldout/{abacus,lexis,atlas}.jsonl: held-out phrasings (and held-out numbers and words), every family equally often;
heldout/none.jsonl: questions of kinds that are not in examples/none.txt. A line is {"family", "question", "answer"}.
examples/{arithmetic,words,facts,none}.txt: one question a line, training phrasings only.

Every third example is the shortest of three: most people ask short and plain questions.

    python3 heldout.py [--examples] [name ...]   names: abacus lexis atlas none (all by default);
                                                 --examples leaves heldout/ as it is
"""
from __future__ import annotations

import importlib
import itertools
import json
import random
import sys
from pathlib import Path

import others

HERE = Path(__file__).resolve().parent
SEED = 20261126
HELD_OUT = 600
EXAMPLES = {"abacus": 700, "lexis": 1400, "atlas": 1000, "none": 1000}     # words come in the most forms
CATEGORY = {"abacus": "arithmetic", "lexis": "words", "atlas": "facts", "none": "none"}


def shares(total: int, names: list[str], more: set[str] = frozenset()) -> dict[str, int]:
    """How many lines each name gets: equal parts, names in `more` one and a half times as many."""
    unit = total / sum(1.5 if n in more else 1 for n in names)
    return {n: max(1, round(unit * (1.5 if n in more else 1))) for n in names}


def distinct(rng: random.Random, draw, n: int, seen: set[str]) -> list[tuple[str, str]]:
    """n pairs with different questions; fewer if the generator has no more."""
    found: list[tuple[str, str]] = []
    for _ in range(50 * n):
        question, answer = draw(rng)
        key = " ".join(question.lower().split()).strip(" .?!")
        if key not in seen and "\n" not in question:
            seen.add(key)
            found.append((question, answer))
            if len(found) == n:
                break
    return found


def plainer(draw):
    """A draw of which every third one is the shortest of three."""
    turn = itertools.cycle((3, 1, 1))
    return lambda rng, family: min((draw(rng, family) for _ in range(next(turn))), key=lambda pair: len(pair[0]))


def lines_of(name: str, held_out: bool, total: int) -> list[dict]:
    rng = random.Random(f"{SEED}:{name}:{held_out}")
    if name == "none":
        names = others.kinds(held_out)
        counts = shares(total, names, {n for n in names if n.startswith("near")})

        def draw(rng, family):
            return others.example(rng, held_out, family), ""
    else:
        expert = importlib.import_module(name)
        counts = shares(total, expert.FAMILIES)

        def draw(rng, family):
            return expert.example(rng, family, held_out)
    if not held_out:
        draw = plainer(draw)
    seen: set[str] = set()
    lines = [{"family": family, "question": q, "answer": a}
             for family, n in counts.items() for q, a in distinct(rng, lambda r: draw(r, family), n, seen)]
    rng.shuffle(lines)
    return lines


def write_held_out(name: str) -> None:
    lines = lines_of(name, True, HELD_OUT)
    if name != "none":
        expert = importlib.import_module(name)
        assert all(expert.check(x["family"], x["question"], x["answer"], x["answer"]) for x in lines)
    (HERE / "heldout").mkdir(exist_ok=True)
    (HERE / "heldout" / f"{name}.jsonl").write_text(
        "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), encoding="utf-8")
    print(f"{name}: {len(lines)} held out")


def write_examples(name: str) -> None:
    lines = lines_of(name, False, EXAMPLES[name])
    (HERE / "examples").mkdir(exist_ok=True)
    (HERE / "examples" / f"{CATEGORY[name]}.txt").write_text(
        "".join(x["question"] + "\n" for x in lines), encoding="utf-8")
    print(f"{name}: {len(lines)} examples")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    examples_only = "--examples" in arguments
    for name in [a for a in arguments if a != "--examples"] or list(CATEGORY):
        write_examples(name)
        if not examples_only:
            write_held_out(name)
