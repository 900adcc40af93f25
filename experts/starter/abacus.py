"""Arithmetic questions for the abacus expert: numbers, phrasings, workings and results.

`example(rng, family, held_out)` gives a question and its answer: a working line, then the result alone on the last line
(parity has no working: yes/no answers begin with Yes or No). The operand pair of a held-out example is in no training
question in either order; the single-digit steps of the workings are shared by all.
"""
import re

import abacus_stories as stories
import abacus_text as text
import abacus_work as work
from phrasing import count, dress, fill, pick, value_held_out

FAMILIES = ["add", "subtract", "multiply-small", "multiply", "divide", "remainder", "larger", "smaller", "parity",
            "double", "half", "story-plus", "story-minus", "story-times"]

weights = {"add": 1.2, "subtract": 1.5, "multiply-small": 1.0, "multiply": 2.2, "divide": 1.5, "remainder": 1.3, "larger": 1.1,
           "smaller": 1.1, "parity": 1.6, "double": 0.6, "half": 0.6, "story-plus": 1.1, "story-minus": 1.2, "story-times": 1.3}

SMALL_WORDS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
               "seventeen eighteen nineteen twenty").split()


def number(rng, top, low=0):
    """A whole number from low to top: uniform, uniform below 100, or small."""
    r = rng.random()
    if r < 0.5 or top < 30:
        return rng.randint(low, top)
    return rng.randint(low, min(top, 99)) if r < 0.85 else rng.randint(low, 20)


def key(*operands):
    return ",".join(map(str, sorted(operands)))


def draw(rng, held_out, make):
    """Draw operands until they are (or are not) held out."""
    while True:
        operands = make()
        if value_held_out(key(*operands)) == held_out:
            return operands


def shown(rng, n, share=0.03):
    """A number as written in a question: digits, small ones sometimes as words."""
    return SMALL_WORDS[n] if n <= 20 and rng.random() < share else str(n)


def ask(rng, patterns, operands, held_out, tag):
    skeleton = dress(rng, pick(rng, patterns, held_out, tag), held_out)
    slots = {}
    for letter, n in zip("abc", operands):
        apart = re.search(r"(^| )\{%s\}($|[ ,.?!])" % letter, skeleton)
        slots[letter] = shown(rng, n) if apart else n
    return fill(skeleton, slots)


# ---------------------------------------------------------------- calculating families
def _add(rng, held_out):
    a, b = draw(rng, held_out, lambda: (number(rng, 999), number(rng, 999)))
    return ask(rng, text.PATTERNS["add"], (a, b), held_out, "add"), work.lines(work.plus(a, b), a + b)


def _subtract(rng, held_out):
    a, b = draw(rng, held_out, lambda: (number(rng, 999), number(rng, 999)))
    if a < b and rng.random() < 0.4:
        a, b = b, a
    if a > b and rng.random() < 0.18:
        return ask(rng, text.DIFFERENCE, (a, b), held_out, "difference"), work.lines(work.minus(a, b), a - b)
    return ask(rng, text.PATTERNS["subtract"], (a, b), held_out, "subtract"), work.lines(work.minus(a, b), a - b)


def _multiply(rng, held_out):
    def make():
        low = 13 if rng.random() < 0.8 else 0
        return rng.randint(low, 99), rng.randint(low, 99)
    a, b = draw(rng, held_out, make)
    return ask(rng, text.PATTERNS["multiply"], (a, b), held_out, "multiply"), work.lines(work.times(a, b), a * b)


def _multiply_small(rng, held_out):
    a, b = draw(rng, held_out, lambda: (number(rng, 99), rng.randint(0 if rng.random() < 0.3 else 2, 12)))
    if rng.random() < 0.4:
        a, b = b, a
    return ask(rng, text.PATTERNS["multiply"], (a, b), held_out, "multiply"), work.lines(work.times(a, b), a * b)


def _divide(rng, held_out):
    def make():
        b = rng.randint(2, 12) if rng.random() < 0.66 else rng.randint(1, 99)
        return b * rng.randint(0 if rng.random() < 0.1 else 1, 99 if rng.random() < 0.7 else 12), b
    a, b = draw(rng, held_out, make)
    return ask(rng, text.PATTERNS["divide"], (a, b), held_out, "divide"), work.lines(work.divided(a, b), a // b)


def _remainder(rng, held_out):
    a, b = draw(rng, held_out, lambda: (number(rng, 999), rng.randint(2, 12) if rng.random() < 0.98 else 1))
    return ask(rng, text.PATTERNS["remainder"], (a, b), held_out, "remainder"), work.lines(work.divided(a, b), a % b)


def _near(rng, a):
    """A number that shares a's leading digits, or has a's digits in another order."""
    digits = list(str(a))
    if rng.random() < 0.25:
        rng.shuffle(digits)
        return int("".join(digits))
    for i in range(rng.randint(0 if len(digits) < 2 else 1, len(digits) - 1), len(digits)):
        digits[i] = str(rng.randint(0, 9))
    return int("".join(digits))


def _extreme(family):
    def make_example(rng, held_out):
        def make():
            a = number(rng, 999)
            others = [_near(rng, a) if rng.random() < 0.45 else number(rng, 999) for _ in range(1 if rng.random() < 0.6 else 2)]
            operands = [a] + others
            rng.shuffle(operands)
            return operands
        while True:
            operands = draw(rng, held_out, make)
            if len(set(operands)) == len(operands):
                break
        patterns = text.PATTERNS[family + str(len(operands))]
        result = max(operands) if family == "larger" else min(operands)
        return (ask(rng, patterns, operands, held_out, family),
                work.lines(work.winner(operands, family == "larger"), result))
    return make_example


def _parity(rng, held_out):
    (a,) = draw(rng, held_out, lambda: (number(rng, 999),))
    truth = "odd" if a % 2 else "even"
    if rng.random() < 0.45:
        return ask(rng, text.EITHER, (a,), held_out, "either"), truth
    asked = rng.choice(["even", "odd"])
    question = ask(rng, text.YESNO[asked], (a,), held_out, "yesno")
    return question, "%s, %d is %s" % ("Yes" if asked == truth else "No", a, truth)


def _double(rng, held_out):
    (a,) = draw(rng, held_out, lambda: (number(rng, 999),))
    return ask(rng, text.PATTERNS["double"], (a,), held_out, "double"), work.lines(work.plus(a, a), 2 * a)


def _half(rng, held_out):
    (a,) = draw(rng, held_out, lambda: (number(rng, 999),))
    if a % 2 and rng.random() < 0.6:
        a -= 1
        if value_held_out(key(a)) != held_out:
            return _half(rng, held_out)
    return ask(rng, text.PATTERNS["half"], (a,), held_out, "half"), work.lines(work.divided(a, 2), work.half_text(a))


# ---------------------------------------------------------------- stories
def _person(rng):
    r = rng.random()
    if r < 0.12:
        return rng.choice(stories.THEY), rng.choice([("he", "him", "his"), ("she", "her", "her")])
    if r < 0.30:
        return stories.made_up(rng, rng.choice([1, 1, 2])).capitalize(), rng.choice([("he", "him", "his"), ("she", "her", "her")])
    if r < 0.65:
        return rng.choice(stories.HE).replace(".", ". "), ("he", "him", "his")
    return rng.choice(stories.SHE).replace(".", ". "), ("she", "her", "her")


def story(rng, patterns, operands, held_out, tag):
    """A story of the patterns about two numbers."""
    skeleton = pick(rng, patterns, held_out, tag)
    name, (he, him, his) = _person(rng)
    other = _person(rng)[0]
    while other == name:
        other = _person(rng)[0]
    one, many = rng.choice(stories.THINGS)
    if rng.random() < 0.2:
        one = stories.made_up(rng, rng.choice([1, 1, 2]))
        many = one + "s"
    box, boxes = rng.choice(stories.CONTAINERS)
    costs, cost, units = rng.choice(stories.MEASURES)
    does, act = rng.choice(stories.ACTS)
    time = rng.choice(stories.TIMES_OF)
    kinds = rng.choice(stories.SORTS)
    an, bn = (shown(rng, n, 0.2) for n in operands)
    a, b = operands
    slots = {"M": other, "he": he, "He": he.capitalize(), "him": him, "his": his, "an": an, "bn": bn, "o": many, "one": one,
             "ao": an + " " + (one if a == 1 else many), "bo": bn + " " + (one if b == 1 else many), "box": box, "boxes": boxes,
             "ac": an + " " + (box if a == 1 else boxes), "place": rng.choice(stories.PLACES),
             "costs": costs, "cost": cost, "unit": rng.choice(units), "part": rng.choice(stories.PARTS), "does": does, "act": act,
             "x": kinds[0], "y": kinds[1], "u": rng.choice(kinds[2]),
             "time": time, "times": time + "s" if a != 1 else time,
             "each_tail": rng.choice(["", "", " each", ""]) if re.search(r"\{ac\} (with|of) \{bo\}", skeleton) else ""}
    # "a farmer" is "the farmer" from the second mention on
    skeleton = skeleton.replace("{N}", name, 1).replace("{N}", re.sub(r"^an? ", "the ", name))
    sentence = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", fill(skeleton, slots))
    return dress(rng, re.sub(r"(^|[.?!] )([a-z])", lambda m: m.group(1) + m.group(2).upper(), sentence), held_out, plain=0.85)


def _size(rng):
    return 99 if rng.random() < 0.7 else 999


def _story_plus(rng, held_out):
    top = _size(rng)
    a, b = draw(rng, held_out, lambda: (number(rng, top, 1), number(rng, top, 1)))
    return story(rng, stories.PLUS, (a, b), held_out, "story-plus"), work.lines(work.plus(a, b), a + b)


def _story_minus(rng, held_out):
    top = _size(rng)
    a, b = draw(rng, held_out, lambda: (number(rng, top, 1), number(rng, top, 1)))
    a, b = max(a, b), min(a, b)
    return story(rng, stories.MINUS, (a, b), held_out, "story-minus"), work.lines(work.minus(a, b), a - b)


def _story_times(rng, held_out):
    def make():
        a, b = rng.randint(2, 12), number(rng, 99, 2)
        if rng.random() < 0.25:
            a, b = b, a
        if rng.random() < 0.08:
            a, b = rng.randint(13, 99), rng.randint(13, 99)
        return a, b
    a, b = draw(rng, held_out, make)
    return story(rng, stories.TIMES, (a, b), held_out, "story-times"), work.lines(work.times(a, b), a * b)


_MAKERS = {"add": _add, "subtract": _subtract, "multiply-small": _multiply_small, "multiply": _multiply, "divide": _divide,
           "remainder": _remainder, "larger": _extreme("larger"), "smaller": _extreme("smaller"), "parity": _parity,
           "double": _double, "half": _half, "story-plus": _story_plus, "story-minus": _story_minus, "story-times": _story_times}


def example(rng, family, held_out=False):
    """(question, answer) of a family; held_out=True: phrasing and operands are in no training example."""
    return _MAKERS[family](rng, held_out)


def result(answer):
    """The result of an answer: the last line without a final full stop; the first word of yes/no answers."""
    kept = [line for line in answer.strip().split("\n") if line.strip()]
    if not kept:
        return ""
    last = kept[-1].strip().rstrip(".").lower()
    return re.split(r"[ ,]", last)[0] if last.startswith(("yes", "no")) else last


def check(family, question, answer, generated):
    """Is the result of the generated text right?"""
    return result(generated) == result(answer)


def skeletons():
    """Number of distinct skeletons of each family."""
    t, s = text.PATTERNS, stories
    return {"add": count(t["add"]), "subtract": count(t["subtract"] + text.DIFFERENCE), "multiply-small": count(t["multiply"]),
            "multiply": count(t["multiply"]), "divide": count(t["divide"]), "remainder": count(t["remainder"]),
            "larger": count(t["larger2"] + t["larger3"]), "smaller": count(t["smaller2"] + t["smaller3"]),
            "parity": count(text.EITHER + text.YESNO["even"] + text.YESNO["odd"]), "double": count(t["double"]), "half": count(t["half"]),
            "story-plus": count(s.PLUS), "story-minus": count(s.MINUS), "story-times": count(s.TIMES)}
