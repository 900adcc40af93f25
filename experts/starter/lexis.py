"""Questions about words and letters, with answers: spelling backwards, lengths, letters, vowels, order, and so on.

`example` draws a question from the phrasings of a family, often from the commonest (lexis_core.py), in one of four modes:
    direct    "how many letters are in the word banana?"
    topic     "take the word banana: how many letters does it have?"
    trailing  "how many letters are in the following word: banana"
    terse     "banana letter count"
The answers are described in lexis_answers.py.
"""
import collections
import itertools
import random
import re

import lexis_answers
import lexis_phrases as one
import lexis_phrases_letter as letters
import lexis_phrases_order as order
import lexis_words as words
from lexis_core import CORE
from phrasing import clauses, count, dress, expand, fill, is_held_out, nouns, orders

PHRASES = {
    "reverse": one.REVERSE, "length": one.LENGTH, "first-letter": letters.FIRST, "last-letter": letters.LAST,
    "nth-letter": letters.NTH, "nth-number": letters.NTH_NUMBER, "nth-from-end": letters.NTH_FROM_END, "count-letter": letters.COUNT,
    "vowels": one.VOWELS, "upper": one.UPPER, "sort": order.SORT, "palindrome": order.PALINDROME, "hyphen": order.HYPHEN,
    "contains": letters.CONTAINS, "longer": order.LONGER,
}
FAMILIES = ["reverse", "length", "first-letter", "last-letter", "nth-letter", "count-letter", "vowels", "upper", "sort",
            "palindrome", "hyphen", "contains", "longer"]
weights = {"reverse": 1.2, "length": 0.9, "first-letter": 0.8, "last-letter": 0.8, "nth-letter": 1.2, "count-letter": 1.2, "vowels": 0.9,
           "upper": 0.7, "sort": 1.5, "palindrome": 2.0, "hyphen": 0.7, "contains": 1.4, "longer": 1.7}

DIRECT = "{{w}|the word {w}|{{w}|{w}|the word {w}|the term {w}|the string {w}|the name {w}}}"
PRONOUN = "{it|it|this word|that word|the word}"
FOLLOWING = "{this word|the following word|the following|this|the word below|the word that follows}"
TOPICS = ("{{here is|here's|take|consider|look at|I have|I've got|given|think of|you have|suppose we have|there is|imagine} {a word: {w}|the word {w}|"
          "the word {w}|{w}|this word: {w}}{.|:|,|.}|{the word is|my word is|word:|the word:|the given word is|our word is} {w}{.|.|:|,}|{for|with|in the case of|regarding|about}"
          " {the word {w}|{w}}{,|:}|{w}{:|.| -|,}}")
PAIR = "{{w} and {v}|{w} and {v}|the words {w} and {v}|the two words {w} and {v}}"
GROUPS = (("core", 0.30), ("q", 0.20), ("o", 0.15), ("n", 0.14), ("c", 0.07), ("t", 0.14))
MODES = (("direct", 0.72), ("topic", 0.16), ("trailing", 0.12))
ENDING = "{: {w}|: {w}|: {w}|? {w}|: {w}?|. {w}| - {w}|:\n{w}|?\n{w}}"


def _bind(pattern, mode):
    """Put the word, a pronoun or 'the following word' in the place of @, and both words in that of &."""
    word = {"direct": DIRECT, "topic": PRONOUN, "trailing": FOLLOWING}[mode]
    owner = {"direct": "{{w}'s|the word {w}'s}", "topic": "its", "trailing": "this word's"}[mode]
    return re.sub("@'s|@|&", lambda m: {"@'s": owner, "@": word, "&": PAIR}[m.group(0)], pattern)


def _group(phrases, kind, mode):
    bound = [_bind(p, mode) for p in phrases[kind]]
    frame = {"n": nouns, "o": orders, "c": clauses}.get(kind)
    return frame(bound) if frame and bound else bound


def _prepare(phrases):
    """mode -> group -> (patterns, cumulative weights); patterns with more expansions come more often."""
    table = {}
    for mode, _ in MODES:
        for kind, _ in GROUPS:
            patterns = _group(phrases, kind, mode)
            if patterns:
                sizes = itertools.accumulate(count([p]) ** 0.3 for p in patterns)
                table.setdefault(mode, {})[kind] = (patterns, list(sizes))
    return table


PHRASES["longer-than"] = dict.fromkeys("qonct", [])
TABLES = {name: _prepare(dict(phrases, core=CORE[name])) for name, phrases in PHRASES.items()}


def skeleton(rng, name, held_out):
    """A phrasing of PHRASES[name] with its slots still open."""
    while True:
        mode = rng.choices([m for m, _ in MODES], [x for _, x in MODES])[0]
        kind = rng.choices([k for k, _ in GROUPS], [x for _, x in GROUPS])[0]
        if name in ("hyphen", "longer", "longer-than") or kind == "t":
            mode = "direct"
        if kind not in TABLES[name][mode]:
            continue
        patterns, sizes = TABLES[name][mode][kind]
        text = expand(rng, rng.choices(patterns, cum_weights=sizes)[0])
        if mode == "topic":
            text = expand(rng, TOPICS) + " " + text
        elif mode == "trailing":
            text = text.rstrip(" ?.:=") + expand(rng, ENDING)
        if is_held_out(name + ":" + text) == held_out:
            return text


# ---------------------------------------------------------------- slots
QUOTES = ["", "''", '""', "\u201c\u201d", "\u2018\u2019", "``", "**"]
QUOTE_SHARES = [50, 19, 23, 3, 2, 2, 1]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
SHORT = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"]
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
PENULTIMATE = ["second to last", "second-to-last", "second last", "penultimate", "next to last", "last but one", "2nd to last", "2nd last", "second to last"]


def _quote(rng, shown, allowed=True):
    style = rng.choices(QUOTES, QUOTE_SHARES)[0] if allowed else ""
    if shown.lower() in words.INSTRUCTIONS and rng.random() < 0.7 and not style:
        style = rng.choice(("''", '""'))
    return style


def _wrap(style, text):
    return style[:1] + text + style[1:]


def _case(rng, word, family):
    """Most words are in lower case, some capitalised or in capitals."""
    r = rng.random()
    if family == "upper":
        return word if r < 0.88 else word.capitalize()
    return word if r < 0.86 else word.capitalize() if r < 0.96 else word.upper()


def _letter_slots(rng, letter):
    style = rng.choices(["", "''", '""', "\u201c\u201d", "``"], [50, 23, 22, 3, 2])[0]
    shown = letter.upper() if rng.random() < 0.18 else letter
    article = "an" if letter in "aefhilmnorsx" else "a"
    single = _wrap(style, shown)
    plural = single + ("s" if style == "''" else "'s" if rng.random() < 0.75 or letter in "ais" else "s")
    return {"c": single, "cs": plural, "ac": article + " " + single}


def _ordinal(rng, length):
    """(how it is said, index): positions from the front, now and then the last but one."""
    r = rng.random()
    if r < 0.07:
        return rng.choice(PENULTIMATE), -2
    if r < 0.10:
        return rng.choice(["third to last", "third last", "3rd to last", "third-to-last", "last but two"]), -3
    i = rng.randrange(length) if rng.random() < 0.4 else rng.randrange(1, length)
    return (ORDINALS if rng.random() < 0.55 else SHORT)[i], i


def _word(rng, held_out):
    """A word; those that are tokens of their own are asked for in training, so they are never held out."""
    while True:
        word = words.word(rng, held_out)
        if not held_out or word not in _ASKED:
            return word


def _words(rng, family, held_out):
    """One word, and a second one for the families of two words. Yes/no families train on more short words."""
    if family == "palindrome":
        r = rng.random()
        source = words.palindrome if r < 0.5 else words.near_palindrome if r < 0.72 else _word
        drawn = [source(rng, held_out) for _ in range(1 if held_out or rng.random() < 0.6 else 4)]
        return min(drawn, key=len), None
    word = _word(rng, held_out)
    if not held_out and rng.random() < 0.05:
        word = rng.choice(_ASKED)
    if family == "contains" and not held_out and rng.random() < 0.4:
        word = min([word] + [_word(rng, held_out) for _ in range(3)], key=len)
    if family in ("count-letter", "vowels") and rng.random() < 0.5:
        word = max([word] + [_word(rng, held_out) for _ in range(3)], key=lambda w: len(w) - len(set(w)))
    if family not in ("hyphen", "longer"):
        return word, None
    while True:
        other = _word(rng, held_out)
        if other != word and (family == "hyphen" or len(other) != len(word)):
            if family == "hyphen" or abs(len(other) - len(word)) > 1 or rng.random() < 0.8:
                return word, other


def _letter(rng, family, word):
    """The letter asked for: present in half the questions (contains) or in most of them (count-letter)."""
    inside = sorted(set(word))
    if family == "count-letter" and rng.random() < 0.4:
        return max(inside, key=word.count)
    if rng.random() < (0.5 if family == "contains" else 0.85):
        return rng.choice(word if rng.random() < 0.6 else inside)
    return rng.choice([ch for ch in words.LETTERS + "eeaaiioonrstl" if ch not in inside])


def example(rng, family, held_out):
    """(question, answer)"""
    question, _, answer = lesson(rng, family, held_out)
    return question, answer


def lesson(rng, family, held_out):
    """(question, working in special tokens or '', answer)"""
    word, other = _words(rng, family, held_out)
    name, slots, index, letter = family, {}, None, None
    if family == "nth-letter":
        r = rng.random()
        name = "nth-letter" if r < 0.68 else "nth-number" if r < 0.93 else "nth-from-end"
        if name == "nth-letter":
            slots["n"], index = _ordinal(rng, len(word))
        elif name == "nth-number":
            index = rng.randrange(len(word))
            slots["k"] = str(index + 1) if rng.random() < 0.8 else NUMBERS[index]
        else:
            index = -rng.randint(2, min(4, len(word)))
            slots["m"] = (ORDINALS if rng.random() < 0.6 else SHORT)[-index - 1]
    if family == "longer" and rng.random() < 0.08:
        name = "longer-than"
    if family in ("count-letter", "contains"):
        letter = _letter(rng, family, word)
        slots.update(_letter_slots(rng, letter))
    text = skeleton(rng, name, held_out)
    text = dress(rng, text, held_out, plain=0.6)
    if re.sub(r"\{\w+\}", "", text).isupper() and rng.random() < 0.7:
        word, other = word.upper(), other and other.upper()
    else:
        word, other = _case(rng, word, family), other and _case(rng, other, family)
    style = _quote(rng, word, "{w}'s" not in text)
    slots["w"], slots["v"] = _wrap(style, word), other and _wrap(style, other)
    kind = name if name == "longer-than" else family
    return (fill(text, slots), lexis_answers.thought(kind, word, other, letter),
            lexis_answers.answer(kind, word, other, letter, index))


check = lexis_answers.check


# Frequent in greetings and requests, but likely to be asked about themselves.
_NOT_COMMON = set("morning evening day place name quick good job homework work wonder turn state block type use need look thanks thank "
                  "hello great hey part make made max min read get give order same way term be am as us ve hi hiya yo dear".split())


def common_words(rng, most=330, samples=20000):
    """The commonest words around the slots of training questions (whole tokens of the tokenizer)."""
    seen = collections.Counter()
    for _ in range(samples):
        text = dress(rng, skeleton(rng, rng.choice([n for n in TABLES if TABLES[n]]), False), False, plain=0.6)
        seen.update(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "0", text)))
    return [w for w, _ in seen.most_common(most) if len(w) > 1 and not w.isupper() and w.lower() not in _NOT_COMMON]


THOUGHT_SIGNS = lexis_answers.THOUGHT_SIGNS
COMMON = common_words(random.Random(5), samples=6000)
_ASKED = sorted({w.lower() for w in COMMON if 3 <= len(w) <= 10})
