"""Where the words of the lexis questions come from: English words, made-up words, random letters, instruction words.

Words have 3 to 10 letters. `phrasing.value_held_out` keeps about a tenth of all possible words out of training.
"""
import os

from phrasing import value_held_out

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 3, 10
# parts of made-up words; _COMMON repeats the frequent letters
_ONSETS = ("b c d f g h j k l m n p q r s t v w x y z bl br ch cl cr dr fl fr gl gr kn pl pr qu sc sh sk sl sm sn sp st sw "
           "th tr tw wh wr str").split()
_NUCLEI = "a e i o u a e i o u a e i o ai ea ee ie oa oo ou y".split()
_CODAS = ["", "", "", "", ""] + "b d f g k l m n p r s t x z ck ll ng nd nt rn rt rk sh ss st th tt ff lt mp".split()
_COMMON = "eeeeeeaaaaaiiiiooootttnnnsssrrrllldddhuucmpgbfykvwjxqz"

INSTRUCTIONS = ("letters letter word words reverse reversed spell backwards vowels vowel count upper uppercase sort hyphen palindrome "
                "longer contain contains first last third second the how many what which yes please order alphabet join "
                "number length long capital case and with between does string term ending start twice often").split()

PALINDROMES = ("level radar civic madam refer rotor kayak noon racecar deified reviver solos stats tenet wow mom dad pop eve eye gag "
               "mum nun pip pup sis tot bib bob did deed peep toot sagas minim redder rotator repaper hannah anna otto ada "
               "ava asa elle bub dud ewe ere huh aha oho hah gig pep sos tat tit wow zzz abba noon naan sees esse "
               "lemel kazak malayalam radar stats terret murdrum rotavator tattarrattat kinnikinnik evitative "
               "detartrated aibohphobia deled halalah hadedah alula anana arara debed dewed eevee finif kanak kelek laval "
               "malam nauan sedes selles semes seres siris sumus susus tebbet tipit ululu").split()


def _load():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lexis_words.txt")
    with open(path, encoding="utf-8") as file:
        return [w for w in file.read().split() if SHORTEST <= len(w) <= LONGEST]


def _pools(words):
    """(training words, held-out words)"""
    words = [w for w in dict.fromkeys(words) if SHORTEST <= len(w) <= LONGEST]
    return [w for w in words if not value_held_out(w)], [w for w in words if value_held_out(w)]


REAL = _pools(_load())
INSTRUCTION = _pools(INSTRUCTIONS)
PALINDROME = _pools([w for w in PALINDROMES if w == w[::-1]] + [w for w in _load() if w == w[::-1]])


def _length(rng, low=SHORTEST, high=LONGEST):
    """Lengths 4 to 8 come more often than 3, 9 and 10."""
    while True:
        n = int(rng.choice((3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10)))
        if low <= n <= high:
            return n


def made_up(rng, low=SHORTEST, high=LONGEST):
    """A pronounceable word."""
    while True:
        n = _length(rng, low, high)
        word = rng.choice(_NUCLEI) if rng.random() < 0.2 else ""
        while len(word) < n:
            word += rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS)
        word = word[:n]
        if "qu" in word or "q" not in word:
            return word


def random_letters(rng, low=SHORTEST, high=LONGEST):
    """A string of letters: uniform, frequent ones, or of few different letters."""
    n, r = _length(rng, low, high), rng.random()
    if r < 0.5:
        source = LETTERS
    elif r < 0.75:
        source = _COMMON
    else:
        source = rng.sample(LETTERS, rng.randint(2, 5))
    return "".join(rng.choice(source) for _ in range(n))


def inflected(rng, base):
    """An English word with an ending, spelled without regard to the rules."""
    return base + rng.choice(("s", "s", "ed", "er", "ing", "y", "ly", "ness", "less", "ful", "est", "able", "like", "man"))


def word(rng, held_out, low=SHORTEST, high=LONGEST):
    """A lower-case word of `low` to `high` letters, held out or not."""
    side = 1 if held_out else 0
    while True:
        r = rng.random()
        if r < 0.46:
            w = rng.choice(REAL[side])
        elif r < 0.56:
            w = inflected(rng, rng.choice(REAL[0]))
        elif r < 0.60:
            w = rng.choice(INSTRUCTION[side])
        elif r < 0.82:
            w = made_up(rng, low, high)
        else:
            w = random_letters(rng, low, high)
        if low <= len(w) <= high and value_held_out(w) == held_out:
            return w


def mirrored(rng, held_out):
    """A made-up palindrome."""
    while True:
        n = _length(rng)
        if rng.random() < 0.6:
            half = made_up(rng, 3, 5)[:(n + 1) // 2]
        else:
            half = "".join(rng.choice(LETTERS) for _ in range((n + 1) // 2))
        if len(half) < (n + 1) // 2:
            continue
        w = half + half[:n // 2][::-1]
        if value_held_out(w) == held_out:
            return w


def palindrome(rng, held_out):
    """A palindrome, English or made up."""
    return rng.choice(PALINDROME[1 if held_out else 0]) if rng.random() < 0.3 else mirrored(rng, held_out)


def near_palindrome(rng, held_out):
    """A palindrome with one or two letters changed: not a palindrome any more."""
    while True:
        letters = list(palindrome(rng, rng.random() < 0.1))
        for _ in range(rng.choice((1, 1, 1, 2))):
            if rng.random() < 0.3:
                i = rng.randrange(len(letters) - 1)
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
            else:
                letters[rng.randrange(len(letters))] = rng.choice(_COMMON + LETTERS)
        w = "".join(letters)
        if w != w[::-1] and value_held_out(w) == held_out:
            return w
