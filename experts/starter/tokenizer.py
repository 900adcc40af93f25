"""Tokenizers of the three starter experts, in the format of Hugging Face's `tokenizers` library.

    abacus   byte-level BPE over lower-cased text; every digit is a token of its own
    lexis    bytes, no merges; every ASCII letter is a token, but the commonest words of instructions are
             added tokens (as whole words only, with the space before them): what is asked about them stays letters
    atlas    BPE over characters of lower-cased text, the space written as '\\u2581', bytes as the fall-back

Only questions are lower-cased: answers are trained with their capitals, which the vocabularies hold.
`Tokenizer` encodes and decodes exactly as the library does with the same tokenizer.json. The regular
expressions name their characters one by one, so that every regex engine reads them alike.
"""
import collections
import json
import re
import unicodedata

SPECIALS = ["<|pad|>", "<|end|>", "<|user|>", "<|assistant|>"]
PAD, END, USER, ASSISTANT = range(4)
SPACE = "\u2581"

# A digit; a word with the space before it; other signs with the space before them; blanks.
ABACUS_SPLIT = r"[0-9]| ?[A-Za-z]+| ?[^ \t\r\n0-9A-Za-z]+|[ \t\r\n]+(?![^ \t\r\n])|[ \t\r\n]+"
# Digits and ASCII punctuation stand alone.
ATLAS_SPLIT = r"[0-9!-/:-@\[-`{-~]"

# Single-turn models: the last user message is all they are shown.
CHAT_TEMPLATE = ("{% set ns = namespace(last='') %}{% for message in messages %}{% if message['role'] == 'user' %}"
                 "{% set ns.last = message['content'] %}{% endif %}{% endfor %}"
                 "{{ '<|user|>' + ns.last }}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}")


def byte_letters():
    """GPT-2's printable stand-ins for the 256 bytes."""
    plain = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {b: chr(b) for b in plain}, 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


BYTE_TO_LETTER = byte_letters()
LETTER_TO_BYTE = {letter: b for b, letter in BYTE_TO_LETTER.items()}


def lower(text):
    return "".join(ch.lower() for ch in text)


class Tokenizer:
    def __init__(self, name, vocab, merges, added=(), thoughts=()):
        self.name, self.vocab = name, vocab
        self.added, self.specials = set(added), SPECIALS + list(thoughts)
        self.special_ids = {vocab[s] for s in self.specials}
        self.special_pattern = "(" + "|".join(map(re.escape, self.specials)) + ")"
        self.merges = [tuple(m) for m in merges]
        self.ranks = {pair: i for i, pair in enumerate(self.merges)}
        self.pieces = {i: piece for piece, i in vocab.items()}
        self.byte_level = name != "atlas"
        self.cache = {}

    def __len__(self):
        return len(self.vocab)

    # ------------------------------------------------------------ text -> ids
    def words(self, text, normalize=True):
        """The stretches that merges never cross, in the alphabet of the vocabulary."""
        return split_words(self.name, text, normalize)

    def encode(self, text, normalize=True):
        """Ids of a text that may contain special tokens. `normalize=False` keeps capitals (answers)."""
        ids = []
        for i, part in enumerate(re.split(self.special_pattern, text)):
            if i % 2:
                ids.append(self.vocab[part])
            elif part:
                for piece, known in self.cut(part):
                    if known:
                        ids.append(self.vocab[piece])
                    else:
                        for word in self.words(piece, normalize):
                            ids.extend(self.word_ids(word))
        return ids

    def cut(self, text):
        """Stretches of a text: (added word, True), found as a whole word, or (anything else, False)."""
        if not self.added:
            return [(text, False)]
        pieces, start, i = [], 0, 0
        while i < len(text):
            if not is_word_char(text[i]):
                i += 1
                continue
            j = i
            while j < len(text) and is_word_char(text[j]):
                j += 1
            if text[i:j] in self.added:
                before = text[start:i].rstrip(BLANKS)
                if before:
                    pieces.append((before, False))
                pieces.append((text[i:j], True))
                start = j
            i = j
        if start < len(text):
            pieces.append((text[start:], False))
        return pieces

    def word_ids(self, word):
        if self.name == "lexis":
            return [self.vocab[ch] for ch in word]
        if word not in self.cache:
            symbols = []
            for ch in word:
                if ch in self.vocab:
                    symbols.append(ch)
                else:
                    symbols.extend("<0x%02X>" % b for b in ch.encode("utf-8"))
            if len(self.cache) > 200000:
                self.cache.clear()
            self.cache[word] = [self.vocab[s] for s in self.merge(symbols)]
        return self.cache[word]

    def merge(self, symbols):
        while len(symbols) > 1:
            best = min(range(len(symbols) - 1),
                       key=lambda i: self.ranks.get((symbols[i], symbols[i + 1]), 1 << 30))
            if (symbols[best], symbols[best + 1]) not in self.ranks:
                break
            symbols[best:best + 2] = [symbols[best] + symbols[best + 1]]
        return symbols

    def prompt(self, question):
        return [USER] + self.encode(question) + [ASSISTANT]

    def answer(self, text):
        return self.encode(text, normalize=False) + [END]

    # ------------------------------------------------------------ ids -> text
    def decode(self, ids):
        pieces = [self.pieces[i] for i in ids if i not in self.special_ids]
        if self.byte_level:
            return bytes(LETTER_TO_BYTE[ch] for p in pieces for ch in p).decode("utf-8", "replace")
        data = b""
        for p in pieces:
            is_byte = len(p) == 6 and p.startswith("<0x")
            data += bytes([int(p[3:5], 16)]) if is_byte else p.replace(SPACE, " ").encode("utf-8")
        text = data.decode("utf-8", "replace")
        return text[1:] if text.startswith(" ") else text

    # ------------------------------------------------------------ files
    def to_json(self):
        added = [{"id": self.vocab[s], "content": s, "single_word": False, "lstrip": False, "rstrip": False,
                  "normalized": False, "special": True} for s in self.specials]
        added += [{"id": self.vocab[w], "content": w, "single_word": True, "lstrip": True, "rstrip": False,
                   "normalized": False, "special": False} for w in sorted(self.added, key=self.vocab.get)]
        byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
        isolate = lambda regex: {"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False}
        normalizer = None if self.name == "lexis" else {"type": "Lowercase"}
        if self.name == "abacus":
            pre = {"type": "Sequence", "pretokenizers": [isolate(ABACUS_SPLIT), byte_level]}
        elif self.name == "lexis":
            pre = byte_level
        else:
            space = {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True}
            pre = {"type": "Sequence", "pretokenizers": [space, isolate(ATLAS_SPLIT)]}
        decoder = byte_level if self.byte_level else {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
        return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
                "normalizer": normalizer, "pre_tokenizer": pre, "post_processor": None, "decoder": decoder,
                "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                          "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": not self.byte_level,
                          "ignore_merges": False, "vocab": self.vocab,
                          "merges": [" ".join(m) for m in self.merges]}}

    def config_json(self):
        return {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512, "clean_up_tokenization_spaces": False,
                "bos_token": None, "eos_token": "<|end|>", "pad_token": "<|pad|>", "unk_token": None,
                "add_bos_token": False, "add_eos_token": False, "padding_side": "left",
                "additional_special_tokens": self.specials[USER:],
                "added_tokens_decoder": {str(t.pop("id")): t for t in self.to_json()["added_tokens"]},
                "chat_template": CHAT_TEMPLATE}

    def save(self, path):
        with open(path, "w", encoding="utf-8") as out:
            json.dump(self.to_json(), out, ensure_ascii=False)

    @classmethod
    def load(cls, name, path):
        with open(path, encoding="utf-8") as source:
            whole = json.load(source)
        model = whole["model"]
        added = [t["content"] for t in whole["added_tokens"] if not t["special"]]
        thoughts = [t["content"] for t in whole["added_tokens"] if t["special"] and t["content"] not in SPECIALS]
        merges = [m if isinstance(m, list) else m.split(" ") for m in model["merges"]]
        return cls(name, model["vocab"], merges, added, thoughts)


BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200b)))


def is_word_char(ch):
    """A letter, digit, mark or connector, as \\w of Rust's regular expressions."""
    return ch.isalnum() or ch == "_" or ch in "\u200c\u200d" or unicodedata.category(ch)[0] == "M" \
        or unicodedata.category(ch) == "Pc"


def split_words(name, text, normalize=True):
    if name != "lexis" and normalize:
        text = lower(text)
    if name == "abacus":
        parts = re.findall(ABACUS_SPLIT, text)
    elif name == "lexis":
        return ["".join(BYTE_TO_LETTER[b] for b in text.encode("utf-8"))] if text else []
    else:
        text = text.replace(" ", SPACE)
        if not text.startswith(SPACE):
            text = SPACE + text
        parts = [p for piece in re.findall(SPACE + "[^" + SPACE + "]*", text)
                 for p in re.split("(" + ATLAS_SPLIT + ")", piece) if p]
        return parts
    return ["".join(BYTE_TO_LETTER[b] for b in p.encode("utf-8")) for p in parts]


def train_merges(counts, size, floor=2):
    """Plain BPE: `counts` maps a tuple of symbols to its number; the `size` best merges, best first."""
    words = [[list(w), n] for w, n in counts.items()]
    pairs, where = collections.Counter(), collections.defaultdict(set)
    for i, (w, n) in enumerate(words):
        for pair in zip(w, w[1:]):
            pairs[pair] += n
            where[pair].add(i)
    merges = []
    while len(merges) < size and pairs:
        best = max(pairs, key=lambda p: (pairs[p], p))
        if pairs[best] < floor:
            break
        merges.append(best)
        for i in list(where[best]):
            w, n = words[i]
            for pair in zip(w, w[1:]):
                pairs[pair] -= n
            j = 0
            while j < len(w) - 1:
                if (w[j], w[j + 1]) == best:
                    w[j:j + 2] = [w[j] + w[j + 1]]
                j += 1
            for pair in zip(w, w[1:]):
                pairs[pair] += n
                where[pair].add(i)
        del pairs[best]
    return merges


def build(name, texts, size, common=(), signs=""):
    """A tokenizer for (question, answer) pairs; `size` is the most entries its vocabulary may have.

    `common`: words that become added tokens, `signs`: those that have a special token for unspoken working (lexis).
    """
    counts = collections.Counter()
    for question, answer in texts:
        counts.update(split_words(name, question))
        counts.update(split_words(name, answer, normalize=False))
    if name == "atlas":
        alphabet = ["<0x%02X>" % b for b in range(256)]
        letters = {ch for w in counts for ch in w} | set(map(chr, range(32, 127))) - {" "}
        alphabet += sorted(letters | {SPACE})
    else:
        alphabet = [BYTE_TO_LETTER[b] for b in range(256)]
    room = 0 if name == "lexis" else size - len(SPECIALS) - len(alphabet)
    merges = train_merges({tuple(w): n for w, n in counts.items()}, room) if room > 0 else []
    tokens = SPECIALS + alphabet
    tokens += [m for m in dict.fromkeys(a + b for a, b in merges) if m not in set(tokens)]
    thoughts = ["<|%s|>" % sign for sign in signs]
    tokens += list(common) + thoughts
    return Tokenizer(name, {t: i for i, t in enumerate(tokens)}, merges, common, thoughts)
