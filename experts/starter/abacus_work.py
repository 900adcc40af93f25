"""Written workings for arithmetic: one line that restates the task and works digit by digit, lowest digit first.

    467+385:7+5=12,6+8+1=15,4+3+1=8          columns with the carry as last summand
    467-385:7-5=2,16-8=8,4-3-1=0             a borrowed ten in front, a paid one as last subtrahend
    12-85=-(85-12):5-2=3,8-1=7               negative results
    47*8:7*8=56,4*8=32+5=37                     (one factor up to 12)
    47*83:7*83=581,4*83=332,332+58:2+8=10,3+5+1=9,3+0=3     (both factors above 12: the last columns, then the 1 of 581)
    574/7:57/7=8r1,14/7=2r0                  long division (divisor up to 12)
    3901/47:47*8=376,390-376=14,47*3=141     long division (larger divisors)
    467<485,485>123                          comparisons, the winner goes on
Each function returns the working line; `lines` joins it with the result.
"""


def lines(work, result):
    return "%s\n%s" % (work, result)


def _columns(a, b):
    """Digit pairs of two numbers, lowest first."""
    width = max(len(str(a)), len(str(b)))
    return list(zip(map(int, str(a).zfill(width)[::-1]), map(int, str(b).zfill(width)[::-1])))


def plus(a, b):
    carry, steps = 0, []
    for x, y in _columns(a, b):
        total = x + y + carry
        steps.append("%d+%d%s=%d" % (x, y, "+1" if carry else "", total))
        carry = total // 10
    return "%d+%d:%s" % (a, b, ",".join(steps))


def minus(a, b):
    head = "%d-%d" % (a, b)
    if a < b:
        head += "=-(%d-%d)" % (b, a)
        a, b = b, a
    paid, steps = 0, []
    for x, y in _columns(a, b):
        lent = 10 if x < y + paid else 0
        steps.append("%d-%d%s=%d" % (x + lent, y, "-1" if paid else "", x + lent - y - paid))
        paid = 1 if lent else 0
    return "%s:%s" % (head, ",".join(steps))


def times(a, b):
    if min(a, b) <= 12:
        a, b = max(a, b), min(a, b)
        carry, steps = 0, []
        for digit in map(int, str(a)[::-1]):
            total = digit * b + carry
            steps.append("%d*%d=%d%s" % (digit, b, digit * b, "+%d=%d" % (carry, total) if carry else ""))
            carry = total // 10
        return "%d*%d:%s" % (a, b, ",".join(steps))
    low, high = a % 10 * b, a // 10 * b
    return "%d*%d:%d*%d=%d,%d*%d=%d,%s" % (a, b, a % 10, b, low, a // 10, b, high, plus(high, low // 10))


def divided(a, b):
    """Long division of a by b; the quotient's digits and the last remainder stand in the steps."""
    digits, part, steps, begun = str(a), 0, [], False
    for i, digit in enumerate(digits):
        part = part * 10 + int(digit)
        last = i == len(digits) - 1
        if part < b and not begun and not last:
            continue
        begun = True
        q, r = divmod(part, b)
        if b <= 12:
            steps.append("%d/%d=%dr%d" % (part, b, q, r))
        else:
            steps.append("%d*%d=%d" % (b, q, b * q))
            if not last:
                steps.append("%d-%d=%d" % (part, b * q, r))
        part = r
    return "%d/%d:%s" % (a, b, ",".join(steps))


def winner(numbers, larger):
    """Compare the numbers one after the other; the larger (or smaller) one goes on."""
    best, steps = numbers[0], []
    for n in numbers[1:]:
        steps.append("%d%s%d" % (best, "<" if best < n else ">" if best > n else "=", n))
        best = max(best, n) if larger else min(best, n)
    return ",".join(steps)


def half_text(a):
    return str(a // 2) + (".5" if a % 2 else "")
