"""The answers of the lexis families: workings, results, and the check of generated text.

A working is one line before the result:
    spelled   banana -> 'b1 a2 n3 a4 n5 a6'      every letter with its position
              (the n-th letter: as far as it; from the end: the whole word, a comma, and backwards as far as it)
    counted   banana, letters in 'a' -> 'b0 a1 n1 a2 n2 a3'   every letter with the count so far
    sorted    banana -> 'b1 a2 n3 a4 n5 a6,a2 a4 a6 b1 n3 n5'   spelled, then in the new order
    copied    the word as it is, before its last letter
The first letter and plain copies have no working. An answer that begins with Yes or No has its working before it in
special tokens (`thought`), which decoders leave out of the text.
"""

VOWELS = "aeiou"


def spelled(word):
    return " ".join("%s%d" % (ch, i + 1) for i, ch in enumerate(word))


def counted(word, letters):
    total, parts = 0, []
    for ch in word:
        total += ch.lower() in letters
        parts.append("%s%d" % (ch, total))
    return " ".join(parts)


def is_palindrome(word):
    return word.lower() == word.lower()[::-1]


def answer(family, word, other=None, letter=None, index=None):
    """The whole answer. `index`: position counted from 0, negative from the end."""
    if family == "reverse":
        return spelled(word) + "\n" + word[::-1]
    if family == "length":
        return spelled(word) + "\n" + str(len(word))
    if family == "first-letter":
        return word[0]
    if family == "last-letter":
        return word + "\n" + word[-1]
    if family == "nth-letter":
        shown = spelled(word[:index + 1]) if index >= 0 else spelled(word) + "," + spelled(word[:index - 1:-1])
        return shown + "\n" + word[index]
    if family == "count-letter":
        return counted(word, letter) + "\n" + str(word.lower().count(letter))
    if family == "vowels":
        return counted(word, VOWELS) + "\n" + str(sum(ch in VOWELS for ch in word.lower()))
    if family == "upper":
        return word.upper()
    if family == "sort":
        order = sorted(range(len(word)), key=lambda i: word[i].lower())
        return "%s,%s\n%s" % (spelled(word), " ".join("%s%d" % (word[i], i + 1) for i in order), "".join(word[i] for i in order))
    if family == "palindrome":
        return "Yes" if is_palindrome(word) else "No"
    if family == "hyphen":
        return word + "-" + other
    if family == "contains":
        return "Yes" if letter in word.lower() else "No"
    if family == "longer":
        return spelled(word) + " " + spelled(other) + "\n" + (word if len(word) > len(other) else other)
    if family == "longer-than":
        return "Yes" if len(word) > len(other) else "No"
    raise ValueError(family)


# Signs that have a special token for the working of yes/no questions: letters, digits, space, end of the first part,
# equal and unequal letters.
THOUGHT_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_/+-"


def thought(family, word, other=None, letter=None):
    """The working of a yes/no question in special tokens; '' for other families.

    contains: the letters with the count so far; palindrome: the letters with their positions, then those from the
    end, each with + or - for equal to the letter at that position from the front, up to the first -;
    longer-than: both words' letters with their positions.
    """
    word = word.lower()
    if family == "contains":
        text = counted(word, letter)
    elif family == "longer-than":
        text = spelled(word) + " " + spelled(other.lower())
    elif family == "palindrome":
        text = spelled(word) + "/"
        for i, (back, front) in enumerate(zip(reversed(word), word)):
            text += "%s%d%s" % (back, i + 1, "+" if back == front else "-")
            if back != front:
                break
    else:
        return ""
    return "".join("<|%s|>" % ch for ch in text.replace(" ", "_"))


def result(text):
    """The last line, without surrounding space, quotes and a final full stop."""
    lines = text.strip().split("\n")
    return lines[-1].strip().rstrip(".").strip().strip("'\"`").strip()


def check(family, question, answer, generated):
    """Is the generated text right? Case matters only in the family `upper`."""
    if answer in ("Yes", "No") and family in ("palindrome", "contains", "longer"):
        return generated.strip().lower().split(" ")[0].strip(".,!:;\n") == answer.strip().lower()
    right, given = result(answer), result(generated)
    if family != "upper":
        right, given = right.lower(), given.lower()
    return right == given
