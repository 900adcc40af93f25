"""Questions about countries and chemical elements, with answers (the expert "atlas").

Every fact occurs in training; the test varies the wording. An answer is the name or the number alone; names with
diacritics carry their plain form in brackets.
"""
from __future__ import annotations

import os
import random
import re

from atlas_countries import COUNTRIES, plain
from atlas_elements import ELEMENTS, NUMBER, answer_name, question_names
from atlas_phrasings import CLAUSES, FILLERS, NOUNS, PLAIN, RESERVED, SEAT_OF_GOVERNMENT
from phrasing import clauses, dress, fill, is_held_out, nouns, pick

FAMILIES = ["capital", "continent", "currency", "country-of-capital",
            "symbol", "atomic-number", "name-from-symbol", "name-from-number"]

weights = {"capital": 1.5, "continent": 1.0, "currency": 1.4, "country-of-capital": 1.5,
           "symbol": 0.9, "atomic-number": 1.0, "name-from-symbol": 1.6, "name-from-number": 1.0}

# Countries where "where does the government sit" and "what is the capital" differ or are in dispute.
_SEAT_DIFFERS = {"Netherlands", "Benin", "Bolivia", "South Africa", "Sri Lanka", "Malaysia", "Tanzania", "Eswatini (Swaziland)",
                 "Chile", "Burundi", "Equatorial Guinea", "Ivory Coast (Côte d'Ivoire)", "Montenegro", "Israel", "Yemen", "Libya",
                 "Sudan", "Georgia", "Nauru", "Palau"}


class _Patterns:
    """The patterns of one family: whole questions, noun phrases in frames, embedded clauses in frames."""

    def __init__(self, family: str):
        self.plain = PLAIN[family]
        self.nouns = nouns(NOUNS[family])
        self.clauses = clauses(CLAUSES[family])

    def pool(self, rng: random.Random) -> list[str]:
        r = rng.random()
        return self.plain if r < 0.55 else self.nouns if r < 0.85 else self.clauses


PATTERNS = {family: _Patterns(family) for family in FAMILIES}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def number_word(n: int) -> str:
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + ("-" + _ONES[n % 10] if n % 10 else "")
    return "one hundred" + (" and " + number_word(n - 100) if n > 100 else "")


def ordinal(n: int) -> str:
    return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def _possessive(rng: random.Random, name: str) -> str:
    """France's; rarely without the apostrophe or with a curly one."""
    s = "S" if name.isupper() and len(name) > 3 else "s"
    ending = "'" if name.endswith(("s", "S")) and rng.random() < 0.6 else "'" + s
    r = rng.random()
    return name + (ending.replace("'", "") if r < 0.12 else ending.replace("'", "\u2019") if r < 0.17 else ending)


def _cased(rng: random.Random, name: str) -> str:
    """A name as users type it: usually as it is, often in lower case, rarely in capitals."""
    r = rng.random()
    return name if r < 0.66 else name.lower() if r < 0.96 else name.upper()


def _country_slots(rng: random.Random, country) -> dict:
    name = rng.choice(country.names) if rng.random() < 0.5 else country.names[0]
    bare = name[4:] if name.startswith("the ") else name
    article = "the " if name.startswith("the ") and rng.random() < 0.75 else ""
    if rng.random() < 0.45:
        bare = plain(bare)
    if rng.random() < 0.03:
        bare = bare.replace("'", "’")
    name = article + _cased(rng, bare)
    return {"x": name, "xs": _possessive(rng, name)}


def _capital_slots(rng: random.Random, country) -> dict:
    name = country.capital_names[0] if rng.random() < 0.6 else rng.choice(country.capital_names)
    if rng.random() < 0.5:
        name = plain(name)
    return {"c": _cased(rng, name)}


def _element_slots(rng: random.Random, name: str) -> dict:
    name = rng.choice(question_names(name))
    r = rng.random()
    name = name.lower() if r < 0.72 else name if r < 0.96 else name.upper()
    return {"e": name, "es": _possessive(rng, name)}


def _symbol_slots(rng: random.Random, symbol: str) -> dict:
    r = rng.random()
    text = symbol if r < 0.86 else symbol.lower() if r < 0.96 else symbol.upper()
    if rng.random() < 0.15:
        text = rng.choice(["'%s'", '"%s"', "(%s)", "“%s”", "‘%s’"]) % text
    return {"s": text}


def _number_slots(rng: random.Random, number: int) -> dict:
    if rng.random() < 0.06:
        word = number_word(number)
        return {"n": word, "nth": ordinal(number)}
    return {"n": str(number), "nth": ordinal(number)}


def _jitter(rng: random.Random, skeleton: str) -> str:
    """Rarely a filler word more or a word less, as in hasty typing; the slots stay."""
    r = rng.random()
    words = skeleton.split(" ")
    if r < 0.05 and len(words) > 3:
        words.insert(rng.randrange(1, len(words)), rng.choice(FILLERS))
    elif r < 0.11 and len(words) > 4:
        small = [i for i, w in enumerate(words) if w in ("the", "is", "of", "in", "a", "an", "does", "do", "for", "to", "are", "has")]
        if small:
            del words[rng.choice(small)]
    return " ".join(words)


# Words that may tell which fact is asked for; the others can be wrong or missing and the question stays clear.
_KEY = re.compile(r"(?i)capital|curren|mone|coin|cash|pay|paid|pric|spend|salar|wallet|note|bank|unit|legal|tender|buy|bought|shop"
                  r"|continent|world|globe|part|region|lie|located|situated|symbol|abbrev|letter|sign|stand|writ|short|formula"
                  r"|atom|number|proton|integer|charge|position|place|element|name|call|countr|nation|state|land|city|town|seat|govern"
                  r"|parliament|where|belong|metal|gas|chemi|table|box|z$|#|no\.?$|nr\.?$|in$|of$|\{|[^a-z',?.:]")


def _noise_words() -> list[str]:
    """Common English words that are no part of a fact's name."""
    names = " ".join([*(n for c in COUNTRIES for n in (*c.names, *c.capital_names, c.currency, c.continent)), *NUMBER]).lower()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "lexis_words.txt"), encoding="utf-8") as source:
        return [w for w in source.read().split() if w not in names and not _KEY.search(w)]


_NOISE = _noise_words()


def _noise(rng: random.Random, skeleton: str) -> str:
    """Unknown words for some of those that do not matter, so that unusual wordings are understood by their key words."""
    share, words = rng.choice((0.1, 0.3, 0.6)), []
    for word in skeleton.split(" "):
        if rng.random() < 0.06:
            words.append(rng.choice(_NOISE))
        r = rng.random() / share
        if _KEY.search(word) or r >= 1:
            words.append(word)
        elif r < 0.6:
            words.append(rng.choice(_NOISE) + ("?" if word.endswith("?") else ""))
    return " ".join(words)


def example(rng: random.Random, family: str, held_out: bool) -> tuple[str, str]:
    """A question and its answer; held_out chooses between training wordings and test wordings."""
    if family in ("capital", "continent", "currency", "country-of-capital"):
        country = rng.choice(COUNTRIES)
        slots = _capital_slots(rng, country) if family == "country-of-capital" else _country_slots(rng, country)
        answer = {"capital": country.capital, "continent": country.continent, "currency": country.currency,
                  "country-of-capital": country.name}[family]
    else:
        symbol, name = rng.choice(ELEMENTS)
        if family in ("symbol", "atomic-number"):
            slots = _element_slots(rng, name)
            answer = symbol if family == "symbol" else str(NUMBER[name])
        else:
            slots = _symbol_slots(rng, symbol) if family == "name-from-symbol" else _number_slots(rng, NUMBER[name])
            answer = answer_name(name)

    if held_out and rng.random() < 0.5:
        skeleton = rng.choice(RESERVED[family])
    else:
        patterns = PATTERNS[family].pool(rng)
        if family == "capital" and rng.random() < 0.04 and country.name not in _SEAT_DIFFERS:
            patterns = SEAT_OF_GOVERNMENT
        skeleton = pick(rng, patterns, held_out, tag=family)
    changed = _jitter(rng, skeleton)
    if not held_out and rng.random() < 0.3:
        changed = _noise(rng, changed)
    if is_held_out(family + ":" + changed) == held_out:      # a changed wording stays on its side
        skeleton = changed
    text = dress(rng, skeleton, held_out)
    question = fill(text, slots)
    for one in ("1 proton", "one proton"):
        question = re.sub(rf"\b{one}s\b", one, question)
    question = re.sub(r"(?i)\b(a)(?= (?:[aio]|e(?!u))[a-z]+ (?:atom|nucleus))", r"\1n", question)   # an iron atom
    if rng.random() < 0.06:
        question = question.lower()
    return question, answer


# ---------------------------------------------------------------- checking
def _norm(text: str) -> str:
    text = plain(text).casefold().replace("’", "'").replace("-", " ").replace(".", "").replace(",", "")
    return re.sub(r"\s+", " ", re.sub(r"^the ", "", text.strip(" \t!\"'"))).strip()


def _forms(text: str) -> set[str]:
    """A text with and without the part in brackets, and the part in brackets."""
    found = {text}
    m = re.match(r"(.+?) \((.+)\)$", text)
    if m:
        found |= {m.group(1), m.group(2)}
    return {_norm(f) for f in found}


def _accepted() -> dict[str, dict[str, set[str]]]:
    table: dict[str, dict[str, set[str]]] = {family: {} for family in FAMILIES}
    for c in COUNTRIES:
        for family, answer in (("capital", c.capital), ("continent", c.continent), ("currency", c.currency),
                               ("country-of-capital", c.name)):
            forms = {_norm(answer), _norm(answer.split(" (")[0])}
            for other in c.accepted[family]:
                forms |= _forms(other)
            table[family].setdefault(_norm(answer), set()).update(forms)
    for symbol, name in ELEMENTS:
        table["symbol"][_norm(symbol)] = {_norm(symbol)}
        table["atomic-number"][str(NUMBER[name])] = {str(NUMBER[name])}
        forms = set().union(*[_forms(n) for n in [answer_name(name), *question_names(name)]])
        table["name-from-symbol"][_norm(answer_name(name))] = table["name-from-number"][_norm(answer_name(name))] = forms
    return table


_ACCEPTED = _accepted()


def check(family: str, question: str, answer: str, generated: str) -> bool:
    """Is the last line of the generated text the answer, or another right name for it?"""
    lines = [line for line in generated.strip().splitlines() if line.strip()]
    if not lines:
        return False
    right = _ACCEPTED[family].get(_norm(answer), {_norm(answer)})
    last = lines[-1].strip().rstrip(".")
    if family == "symbol" and plain(last) == last and _norm(last) in right:
        return last == answer                      # Co is not CO
    candidates = _forms(last)
    sentence = re.match(r".*\b(?:is|are|uses|use|lies in|of)(?: called)? (.+)$", last)
    if sentence:
        candidates |= _forms(sentence.group(1))
    return bool(candidates & right)
