"""Grammar machinery shared by the starter experts' question generators.

A pattern is English text with
    {x|y|z}   a choice (may be nested, an alternative may be empty)
    [x]       an optional part, the same as {x|}
    {name}    a slot, filled later
`expand` makes the choices and leaves the slots: the result is called a skeleton.
Held-out phrasings are decided by a hash of the skeleton, held-out values by a hash of the value.

Usual call:   question = phrase(rng, PATTERNS, {"a": 3, "b": 4}, held_out, tag="add")
Frames:       nouns(["the sum of {a} and {b}"]) makes questions from noun phrases,
              orders(["spell {w} backwards"]) from imperatives,
              clauses(["how many letters {w} has"]) from embedded clauses.
"""
import hashlib
import re

PHRASE_SHARE = 0.12
VALUE_SHARE = 0.10


def _share(text):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return int.from_bytes(digest[:6], "big") / 2.0 ** 48


def is_held_out(skeleton):
    """True for about 12 % of skeletons (case and punctuation at the ends do not matter)."""
    return _share("phrase:" + skeleton.lower().strip(" .?!")) < PHRASE_SHARE


def value_held_out(key):
    """True for about 10 % of values (operand pairs such as '37,48', words)."""
    return _share("value:" + str(key).lower()) < VALUE_SHARE


# ---------------------------------------------------------------- patterns
def _split(text, sep):
    """Split at separators that stand outside all brackets."""
    parts, depth, start = [], 0, 0
    for i, ch in enumerate(text):
        if ch in "{[":
            depth += 1
        elif ch in "}]":
            depth -= 1
        elif ch == sep and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return parts


def _parse(text):
    """Pattern -> list of items: a string (literal or '{slot}') or a list of parsed alternatives."""
    items, i, literal = [], 0, ""
    while i < len(text):
        ch = text[i]
        if ch not in "{[":
            literal += ch
            i += 1
            continue
        depth, j = 1, i + 1
        while depth:
            if j >= len(text):
                raise ValueError("unbalanced brackets in pattern: " + text)
            depth += (text[j] in "{[") - (text[j] in "}]")
            j += 1
        inner = text[i + 1:j - 1]
        alternatives = _split(inner, "|")
        if ch == "[":
            alternatives.append("")
        if len(alternatives) == 1 and inner.isidentifier():
            literal += "{" + inner + "}"
        else:
            if literal:
                items.append(literal)
                literal = ""
            items.append([_parse(part) for part in alternatives])
        i = j
    if literal:
        items.append(literal)
    return items


_parsed = {}


def _tree(pattern):
    if pattern not in _parsed:
        _parsed[pattern] = _parse(pattern)
    return _parsed[pattern]


def _draw(rng, items):
    return "".join(x if isinstance(x, str) else _draw(rng, x[int(rng.random() * len(x))]) for x in items)


def _count(items):
    total = 1
    for x in items:
        if not isinstance(x, str):
            total *= sum(_count(part) for part in x)
    return total


def tidy(text):
    """Collapse the gaps that empty optional parts leave."""
    text = re.sub(r" {2,}", " ", text).strip()
    return re.sub(r" ([,?.;])", r"\1", text)


def expand(rng, pattern):
    """Make the choices of a pattern at random; the slots stay as {name}."""
    return tidy(_draw(rng, _tree(pattern)))


def count(patterns):
    """How many expansions a list of patterns has."""
    return sum(_count(_tree(p)) for p in patterns)


def pick(rng, patterns, held_out=False, tag=""):
    """A random skeleton of the patterns that is (or is not) held out. `patterns`: strings, or (weight, string) pairs."""
    for _ in range(500):
        pattern = patterns[int(rng.random() * len(patterns))]
        if not isinstance(pattern, str):
            weights = [p[0] for p in patterns]
            pattern = rng.choices(patterns, weights)[0][1]
        skeleton = expand(rng, pattern)
        if is_held_out(tag + ":" + skeleton) == held_out:
            return skeleton
    raise ValueError("no skeleton with held_out=%s for %r" % (held_out, tag))


def fill(skeleton, slots):
    return re.sub(r"\{(\w+)\}", lambda m: str(slots[m.group(1)]), skeleton)


# ---------------------------------------------------------------- frames
NOUN_FRAMES = [
    "{what is|what's|whats|what is|what's|what would be|what|so what is|and what is|now what is} {np}?",
    "{tell me|give me|find|say|name|show me|state|write|write down|determine|work out|figure out|get|return|output|print|answer with|let me know|help me find} {np}",
    "{can you|could you|will you|would you|can u|could you please|can you please|would you please|would you kindly} {tell me|give me|find|say|show me|work out|figure out|help me find|name} {np}?",
    "{please|pls|plz|kindly} {tell me|give me|find|say|show me|state|work out|figure out|provide} {np}",
    "{I'd like to know|I want to know|I need to know|I would like to know|I need|I want|I'd like|I'm looking for|I am looking for|I'm trying to find|I have to find|I wonder about|looking for|need} {np}",
    "{do you know|do you happen to know|can you find out|any idea of|can I get|can I have|could I have|may I know|may I have|could I get|might you know} {np}?",
    "{can you tell me|could you tell me|do you know|please tell me|tell me|I'd like to know|I want to know|I wonder|I was wondering|any idea|I need to know|would you tell me|can you say|let me know|remind me|I forgot|explain} what {np} {is|would be|is}",
    "{np}[?]", "{np}[?]",
    "{np}{ is| is what?| is?| =| = ?|, please|, what is it?|: what is it?|, do you know it?|, tell me}",
    "{my teacher asks for|the question is|we are looking for|the answer I need is|my homework asks for|someone asked me for|what do you get for|what do you think is|what number or word is|how about|what about} {np}",
]
ORDER_FRAMES = [
    "{vp}", "{vp}", "{please|pls|plz|kindly|now|just|go ahead and|try to|next,|help me} {vp}",
    "{vp}{ please|, please| for me| for me please| now| thanks|, thanks|, will you?|, would you?| if you can}",
    "{can you|could you|will you|would you|can u|could you please|can you please|would you please|would you kindly|are you able to|would you mind helping me to|do you know how to} {vp}?",
    "{I'd like you to|I want you to|I need you to|I would like you to|I need to|I want to|I have to|I'd like to|I am trying to|your task is to|your job is to|the task is to|let's|let us|you should|how do I|how do you|how would you|how can I} {vp}",
]
CLAUSE_FRAMES = [
    "{can you tell me|could you tell me|can you say|do you know|would you tell me|could you please tell me|can you please tell me|could you work out|can you figure out|can you find out|any idea|do you happen to know|may I ask|may I know|will you tell me} {cl}?",
    "{tell me|please tell me|pls tell me|say|let me know|find out|work out|figure out|determine|find|show me|check|please find out|please check|please work out|kindly tell me|help me find out} {cl}",
    "{I'd like to know|I want to know|I need to know|I would like to know|I wonder|I was wondering|I'm wondering|I am trying to find out|I'm curious|I have to find out|I don't know|I can't remember|I'm not sure|the question is|my question is} {cl}",
]


def _frame(frames, slot, inner):
    """Frames x phrases: one pattern per frame, with all phrases as one choice."""
    return [f.replace("{" + slot + "}", "{" + "|".join(inner) + "|" + inner[-1] + "}" if len(inner) == 1
                      else "{" + "|".join(inner) + "}") for f in frames]


def nouns(phrases):
    """Patterns from noun phrases: 'the sum of {a} and {b}' -> "what's the sum of ...?", "give me the sum ..." etc."""
    return _frame(NOUN_FRAMES, "np", phrases)


def orders(phrases):
    """Patterns from imperatives: 'add {a} and {b}' -> 'could you add ...?', 'please add ...'."""
    return _frame(ORDER_FRAMES, "vp", phrases)


def clauses(phrases):
    """Patterns from embedded clauses: 'how many letters {w} has' -> 'tell me how many letters ...'."""
    return _frame(CLAUSE_FRAMES, "cl", phrases)


# ---------------------------------------------------------------- dressing
GREETINGS = ["Hi", "Hello", "Hey", "Hi there", "Hello there", "Good morning", "Good evening", "Hey there", "Dear assistant", "Hiya",
             "Good day", "Greetings", "Yo"]
LEADS = ["Quick question:", "Question:", "Q:", "A question:", "One more:", "Next question:", "Another one:", "Quick one:",
         "Please answer:", "Tell me:", "Tell me,", "Please,", "So,", "OK,", "Okay,", "Now", "And", "Well,", "Can you help me?",
         "Can you help?", "I have a question.", "Help me with this:", "Just a quick question,", "Excuse me,", "Sorry,",
         "Answer this:", "Answer in one word:", "Answer briefly:", "Be brief.", "Say,", "Alright,", "Here is a question:",
         "For my homework:", "Let me ask you:", "My question:", "Here's one for you:", "I was wondering,", "Thanks!", "Great."]
TAILS = ["Please.", "Thanks.", "Thank you.", "Thanks!", "Thank you!", "Please answer briefly.", "Just the answer.", "Short answer please.",
         "Can you help?", "Do you know?", "Just give me the result.", "Answer only.", "Tell me.", "Keep it short.", "Thanks in advance."]
GREETINGS_HELD = ["Good afternoon", "Howdy", "Hi assistant"]
LEADS_HELD = ["Hmm,", "Here we go:", "Something I need to know:", "Quickly:", "Please help me with this:"]
TAILS_HELD = ["Many thanks.", "Only the result please.", "Cheers!", "Any idea?"]


def _outside(text, function):
    """Apply a function to the text outside of the {slots}."""
    return "".join(part if part.startswith("{") else function(part) for part in re.split(r"(\{\w+\})", text))


def _capital(text):
    return text[:1].upper() + text[1:]


def dress(rng, text, held_out=False, plain=0.55):
    """Everyday variety around a question: greeting, lead, tail, case, punctuation, rare doubled spaces.

    Works on finished text or on a skeleton: text in {slots} is left alone, so that case changes spare the values.
    With probability `plain` nothing is put before or after.
    """
    text = text.strip()
    greet, leads, tails = GREETINGS, LEADS, TAILS
    if held_out and rng.random() < 0.5:
        greet, leads, tails = GREETINGS_HELD, LEADS_HELD, TAILS_HELD
    asks = re.match(r"(?i)(what|who|how|which|can|could|will|would|do|does|is|are|may|any|where|when|whats|did|has|so what|and what)\b", text)
    # the final mark
    if text[-1:] in "?.!":
        if rng.random() < 0.25:
            text = text[:-1].rstrip()
    elif asks and rng.random() < 0.7:
        text += "?"
    elif text[-1:] != "=" and not text.endswith(":"):
        text += rng.choice(["", "", "", ".", ".", "?", ".", "!"] if " " in text else ["", "?"])
    # before and after
    if rng.random() < 0.6:
        text = _capital(text)
    if rng.random() >= plain:
        r = rng.random()
        if r < 0.40:
            lead = rng.choice(leads)
            text = lead + " " + (_capital(text) if lead[-1] in ".!?" else text)
        elif r < 0.65:
            text = rng.choice(greet) + rng.choice([", ", "! ", ", ", " ", ". ", " - "]) + text
        elif r < 0.75:
            text = rng.choice(greet) + rng.choice([", ", "! ", ". "]) + rng.choice(leads) + " " + text
        else:
            if text[-1] not in "?.!":
                text += rng.choice([".", ",", "?", ""])
            text += " " + rng.choice(tails)
    # case
    r = rng.random()
    if r < 0.22:
        text = _outside(text, str.lower)
    elif r < 0.24:
        text = _outside(text, str.upper)
    if rng.random() < 0.03:
        text = text.replace("?", " ?") if rng.random() < 0.5 else text.replace(" ", "  ", 1)
    if rng.random() < 0.06:
        text = re.sub("(?<=[a-z])'(?=[a-z])", "", text) if "'" in text else text.replace(",", "")
    if rng.random() < 0.05:
        text = re.sub("(?<=[a-z])'(?=[a-z])", "\u2019", text)
    return text


def phrase(rng, patterns, slots, held_out=False, tag="", plain=0.55):
    """Pick a skeleton (held out or not), dress it, fill the slots: the whole way to a question."""
    return fill(dress(rng, pick(rng, patterns, held_out, tag), held_out, plain), slots)
