"""Phrasings of the calculating families: slots {a}, {b} (and {c}) are numbers.

PATTERNS[family] lists patterns; the slots carry the roles: {b} acts on {a}, whatever stands first ("subtract {b} from {a}").
"""
from phrasing import clauses, nouns, orders

P = "{ plus | plus |+| + | + |+| and then plus }"
M = "{ minus | minus |-| - | - |-| take away | less | \u2212 |\u2212| \u2013 }"
T = "{ times | times | times | x |x| * |*| \u00d7 |\u00d7| multiplied by | multiplied by | by | X | \u00b7 }"
T2 = "{ x |x| * |*| \u00d7 |\u00d7| * | x }"
D = "{ divided by | divided by | / |/| \u00f7 |\u00f7|:| : | over }"
D2 = "{ / |/| \u00f7 |\u00f7}"
R = "{ mod | mod | modulo |%| % | mod}"

CALC = "{calculate|compute|evaluate|solve|work out|calc|figure out|do|find|determine|simplify|reckon|try|what's}"
RES = "{the result of|the answer to|the value of|the outcome of|the solution to|the solution of|the answer for|the total of}"
GET = "{do you get|do I get|will I get|do we get|would you get|does one get|comes out|is the result|results|is the answer|do I have|do you have|am I left with}"
IF = "{if|when|if|when|after}"
YOU = "{you|I|we|you|one|someone|Tom|they}"
IS = "{is|equals|makes|gives|comes to|amounts to|is equal to|works out to}"
EQ = "{equal|make|give|come to|amount to|work out to|come out to|result in}"


def symbols(op, tight):
    """Bare and nearly bare expressions, and questions around them. `op`: any form, `tight`: signs only."""
    e, s = "{a}" + op + "{b}", "{a}" + tight + "{b}"
    return [
        e + "[?]", s, s + "{ =|=| = ?|=?| = what?| equals?| equals what?| is?| is what?| is how much?| makes?| ?|?}",
        e + "{ equals| is| makes| gives}{ what| how much| what number}?",
        "{what is|what's|whats|what is|how much is|what does|so what is|how much's|and what is|what would be} " + e + "{ equal|}?",
        "{how much is|what is|what's} " + e + "[?]",
        "what {does|would|will|might|do} " + e + " " + EQ + "?",
        CALC + " " + e, CALC + " [this:|the following:|the expression] " + s,
        CALC + ": " + s, "{what is|find|give me|tell me|I need|calculate|what's} " + RES + " " + e + "[?]",
    ] + clauses(["{how much|what} " + e + " " + IS, "what " + RES + " " + e + " is", "what " + e + " " + IS]) + \
        nouns([e, e, e, RES + " " + e, RES + " " + s])


PATTERNS = {}

_plus = ["{add|add together|add up|sum|sum up|total|total up|combine|put together|tally} {{a} and {b}|the numbers {a} and {b}|{a}, {b}|both {a} and {b}|{a} with {b}|the two numbers {a} and {b}}",
         "add {b} {to|onto|on top of} {a}", "add {a} to {b}", "{increase|raise|enlarge|grow} {a} by {b}",
         "{start with|take|begin with|start at|start from} {a} and {add {b}|then add {b}|count up {b}|go up by {b}|increase it by {b}|add another {b}}",
         "{find|calculate|compute|work out|determine} the {sum|total} of {a} and {b}"]
PATTERNS["add"] = symbols(P, "{+| + }") + orders(_plus) + orders(_plus) + nouns([
    "the {sum|sum|total|addition} of {{a} and {b}|the numbers {a} and {b}|{b} plus {a}|both {a} and {b}|the two numbers {a} and {b}}",
    "{a} and {b} {together|added together|combined|summed|in total|added up|added|put together}",
    "{a} {added to|increased by|with an extra|with another|raised by} {b}[ added]", "{b} more than {a}", "{a} and {b} more",
    "the {sum|total|result|number} {we|you|I} get {by|from|when} adding {a} {and|to} {b}",
    "the result of {adding|summing|combining} {a} {and|with} {b}", "the sum {a}+{b}"]) + clauses([
        "{how much|what} {a} and {b} {make|are together|add up to|sum to|come to|total}",
        "{how much|what} {you|I|we} get {if|when|by} adding {a} and {b}", "what the sum of {a} and {b} is",
        "what is {b} more than {a}"]) + [
    "{how much|what} {is|are|do|does|would|will} {a} and {b} {make|add up to|sum to|total|give|come to|together make|make together|make in total}?",
    "{how much|what} {is|are} {a} and {b} {together|combined|in total|added together|altogether|in all}?",
    "{what|how much|what number|which number} " + GET + " " + IF + " " + YOU + " {add|put|sum|combine|add up|total} {a} {and|with} {b}[ together]?",
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " add {b} to {a}?",
    IF + " " + YOU + " {add|put} {b} {to|onto} {a}, {what|how much} " + GET + "?",
    "{what|which} number is {b} {more|larger|greater|bigger|higher} than {a}?", "what is {b} {more|greater|larger|higher} than {a}?",
    "what comes {b} after {a}?", "{a} and then {b} more{ is| makes|: how much is that|}?", "the numbers are {a} and {b}. {What is their sum?|Add them.|What do they add up to?|Sum?|What is the total?}", "adding {a} {and|to} {b} {gives|makes|results in|yields}[ what]?",
    "{a} and {b}{: what is the sum?|: sum?|, what do they make?|: add them|: what's the total?|, add these|, total?|: the sum please}",
    "{sum|total|add|plus|addition}: {a}{, | and |, }{b}", "sum({a}, {b})", "{what is the sum|what's the sum|what is the total|sum} {of|for}{ these: | }{a}{ and |, |+}{b}?",
    "numbers {a} and {b}: {add them|their sum|what is their sum?|sum them up}", "{a} is {raised|increased} by {b}. {What is it now?|What do we get?|Result?}"]

_minus = ["{subtract|take|deduct|take away|remove|substract} {b} {from|away from|from} {a}", "{decrease|reduce|lower|diminish} {a} by {b}",
          "{start with|take|begin with|start at|start from} {a} and {subtract {b}|take away {b}|then take away {b}|remove {b}|count down {b}|go down by {b}|take {b} off}",
          "subtract from {a} the number {b}", "take {b} off {a}"]
PATTERNS["subtract"] = symbols(M, "{-| - | \u2212 |-| - }") + orders(_minus) + orders(_minus) + nouns([
    "{a} {minus|less|take away|reduced by|decreased by|lowered by|diminished by} {b}", "{b} {less|fewer|lower} than {a}", "{b} {subtracted|taken away|taken|deducted|removed} from {a}",
    "the result of {subtracting|taking|taking away|deducting} {b} from {a}", "the {result|difference|number} {when|if} {b} is {subtracted|taken} from {a}",
    "what {is left|remains} {when|if|after} {b} is taken from {a}", "the difference {a}{-| - | minus }{b}", "the subtraction {a}{-| - }{b}",
    "{a} {without|after taking away|after subtracting} {b}"]) + clauses([
        "{how much|what} {is left|remains|you get|I get} {if|when|after} {you|I|we} {take|subtract} {b} from {a}",
        "what {b} less than {a} is", "what {b} subtracted from {a} is"]) + [
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " {subtract|take|take away|deduct|remove} {b} from {a}?",
    "{what|how much} {is left|remains|is left over} " + IF + " " + YOU + " {subtract|take|take away|remove|deduct} {b} from {a}?",
    IF + " " + YOU + " {take|subtract|take away|deduct} {b} from {a}, {what|how much} {" + GET + "|is left|remains}?",
    "{what|how much} is {b} {less|lower|fewer|smaller} than {a}?", "{what|which} number is {b} {less|smaller|lower} than {a}?",
    "{what|how much} is {b} {from|subtracted from|taken from|taken away from|deducted from|off} {a}?", "{b} {from|subtracted from|taken from|less than|off} {a}[?]",
    "{a} {take away|less|minus} {b}{?| is what?| leaves what?| leaves?| leaves how much?}", "what comes {b} before {a}?",
    "{subtraction|minus|subtract}: {a}{ - |-| minus }{b}", "{subtracting|taking|taking away} {b} from {a} {gives|leaves|results in|makes}[ what]?",
    "{a} is {reduced|lowered|decreased} by {b}. {What is it now?|What is left?|Result?}"]
# "difference between" is asked with {a} the larger number
DIFFERENCE = orders(["{find|calculate|compute|work out|determine|give} the difference {of|between} {{a} and {b}|{b} and {a}}", "compare {{a} and {b}|{b} and {a}} and {tell|give} the difference"]) + nouns(["the difference {between|of} {{a} and {b}|{b} and {a}|the numbers {a} and {b}|the numbers {b} and {a}}",
                    "the {gap|distance} between {{a} and {b}|{b} and {a}}"]) + clauses([
    "how much {larger|bigger|greater|more} {a} is than {b}", "how much {smaller|less} {b} is than {a}"]) + [
    "by how much is {a} {larger|bigger|greater|higher} than {b}?", "how much {larger|bigger|greater|more|higher} is {a} than {b}?",
    "how much {less|smaller|lower} is {b} than {a}?", "{how far|how much} apart are {{a} and {b}|{b} and {a}}?",
    "how {much|many} must {I|you|be|one} {add|added} to {b} to {get|reach|make} {a}?", "{what|how much} is {missing|needed} from {b} to {a}?"]

_times = ["multiply {{a} and {b}|{a} by {b}|{a} with {b}|{a} times {b}|the numbers {a} and {b}|{a} by the number {b}|together {a} and {b}}",
          "{find|calculate|compute|work out|determine} the product {of|for} {a} and {b}", "{take|add up|count} {a} {b} times", "take {b} times {a}",
          "{start with|take} {a} and {multiply|times} {it|that} by {b}"]
PATTERNS["multiply"] = symbols(T, T2) + symbols(T, T2) + orders(_times) + nouns([
    "the {product|multiplication} of {{a} and {b}|the numbers {a} and {b}|{a} with {b}|{a} times {b}}", "{a} {times|multiplied by|multiplied with} {b}",
    "the result of multiplying {a} {by|with|and} {b}", "the product {a}" + T2 + "{b}", "{b} times {a}", "{b} lots of {a}", "{b} groups of {a}",
    "{a} and {b} multiplied[ together]", "the {product|result|number} {you|we|I} get {by|when} multiplying {a} {and|by} {b}"]) + clauses([
        "{how much|what} {b} times {a} is", "{how much|what} {you|I|we} get {if|when|by} multiplying {a} {by|and} {b}", "what the product of {a} and {b} is"]) + [
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " multiply {a} {by|and|with|times} {b}?",
    IF + " " + YOU + " multiply {a} {by|with|and} {b}, {what|how much} " + GET + "?",
    "what do {a} and {b} {multiply to|give when multiplied|make multiplied together}?", "{product|multiply|times|multiplication}: {a}{, | and |, | x |*}{b}",
    "{a} and {b}{: what is the product?|: product?|, multiply them|: multiply these|: their product please}", "product({a}, {b})",
    "{how many|how much|what} {is|are} {b} {times|lots of|groups of|sets of} {a}?", "multiplying {a} {by|and|with} {b} {gives|makes|yields}[ what]?",
    "{what is|what's} {a} {taken|added up} {b} times?", "{what|how much} is {b} times {as much as|as many as|as large as|the number} {a}?", "{a}, {b} times over[?]",
    "what is the area of a {rectangle|field|room|garden} {{a} by {b}|of {a} by {b}|with sides {a} and {b}}?", "numbers {a} and {b}: {multiply them|their product|what is their product?}"]
PATTERNS["multiply-small"] = PATTERNS["multiply"]

_divide = ["{divide|split|cut|break|share} {a} {by|into} {b}", "{split|divide|share|cut|break up} {a} {into|in} {b} {equal|even|same-sized|}[ ]{parts|groups|shares|pieces|portions}",
           "divide {a} by {b}", "divide {b} into {a}", "{find|calculate|compute|work out|determine} the quotient of {a} and {b}", "{share|split|divide|distribute} {a} {equally |evenly |}{among|between|amongst} {b}[ people| children| friends| persons]"]
PATTERNS["divide"] = symbols(D, D2) + orders(_divide) + nouns([
    "the quotient of {{a} and {b}|{a} divided by {b}|{a}/{b}|the numbers {a} and {b}}", "{a} {divided by|over|split by|split into} {b}", "the result of dividing {a} by {b}",
    "{a} {split|divided|shared} {into|among|between} {b}[ equal| even] {parts|groups|people}", "the {quotient|result|number} {you|we|I} get {by|when} dividing {a} by {b}",
    "the {quotient|ratio|division} {a}" + D2 + "{b}", "the number of times {b} {goes into|fits into|fits in} {a}"]) + clauses([
        "{how many times|how often} {b} {goes into|fits into|fits in|is contained in} {a}", "{how much|what} {you|I|we} get {if|when|by} dividing {a} by {b}",
        "how many {b}s {there are|are} in {a}", "what the quotient of {a} and {b} is"]) + [
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " divide {a} by {b}?", IF + " " + YOU + " divide {a} by {b}, {what|how much} " + GET + "?",
    "{how many times|how often} {does|will|can} {b} {go into|fit into|fit in|divide} {a}?", "how many {b}s {are there in|are in|go into|fit into|make} {a}?",
    "how many groups of {b} {are in|are there in|can you make from|make} {a}?", "{b} into {a}{ is| goes| goes how many times| makes what}?",
    "what is {a} {shared|split|divided} {equally |evenly |}{among|between|into|by} {b}?", "{division|divide|quotient}: {a}{ / |/| by |, |\u00f7}{b}",
    "dividing {a} by {b} {gives|makes|yields}[ what]?", "{b} times what {is|makes|equals|gives} {a}?",
    "{what|which number|what number} times {b} {is|makes|equals|gives} {a}?", "{a} is {b} times what[ number]?"]

_left = "{remainder|rest|remainder|leftover|modulus}"
PATTERNS["remainder"] = nouns([
    "the " + _left + " {of|for} {{a} divided by {b}|{a}{/| / | \u00f7 |\u00f7}{b}|the division {a}{/| / | \u00f7 }{b}|{a} over {b}|dividing {a} by {b}|the division of {a} by {b}|{a} and {b}}",
    "the " + _left + " {when|if|after} {{a} is divided by {b}|you divide {a} by {b}|dividing {a} by {b}|I divide {a} by {b}|we divide {a} by {b}}",
    "{a}" + R + "{b}", "{a} {mod|modulo|modulus} {b}", "{what is|what's} left over {when|if|after} {a} is divided by {b}", "the " + _left + " {a} {leaves|has|gives} {divided by|on division by|when divided by} {b}",
    "{a}" + R + "{b}"]) + orders([
        "{find|calculate|compute|work out|determine|get|give} the " + _left + " {of|for} {a}{ divided by | / |/| mod }{b}", "divide {a} by {b} and {give|tell|state|name|show|return}[ me] {the|only the|just the} " + _left,
        "{calculate|compute|evaluate|work out|solve} {a}" + R + "{b}", "take {a} {mod|modulo} {b}", "reduce {a} {mod|modulo} {b}"]) + clauses([
            "{what|how much} {is left|remains|is left over} {when|if|after} {{a} is divided by {b}|you divide {a} by {b}|I divide {a} by {b}|dividing {a} by {b}}",
            "what {a}" + R + "{b} {is|equals|gives}", "what " + _left + " {a} leaves {when divided by|divided by} {b}", "what the " + _left + " is when {a} is divided by {b}"]) + [
    "{what|how much|what number|how many} {is left|remains|is left over|is the rest|stays|is remaining|is the remainder|are left|are left over} {when|if|after|once} {{a} is divided by {b}|you divide {a} by {b}|I divide {a} by {b}|we divide {a} by {b}|dividing {a} by {b}|{a} is split into {b} equal parts|{a} is shared among {b}|{a} is split into groups of {b}}?",
    "what " + _left + " {do you get|do I get|is there|results|is left|do we get|comes out} {when|if} {{a} is divided by {b}|you divide {a} by {b}|I divide {a} by {b}|dividing {a} by {b}}?",
    "{if|when} {{a} is divided by {b}|you divide {a} by {b}|I divide {a} by {b}|we split {a} into groups of {b}|{a} is shared equally by {b}}, {what is left over|what is left|what remains|how much is left over|what is the " + _left + "|what's the " + _left + "|how many are left over}?",
    "{what|which} " + _left + " does {{a} leave|{a} give|{a} have} {when divided by|divided by|on division by|modulo} {b}?",
    "{a}" + R + "{b}", "{a}{ mod |%| % | modulo }{b}{ =|=|?| = ?| equals?| is?| is what?}", "what {does|is} {a}" + R + "{b}{ equal| give| make|}?",
    "{remainder|rest|leftover|mod|modulo}: {a}{ / |/| by |, | divided by | \u00f7 |\u00f7}{b}", "{a}{ / |/| divided by | \u00f7 |\u00f7}{b}{: remainder?|, remainder?| remainder|, what is left over?|, what is the remainder?|: the rest?|: what remains?|, remainder only|, left over?}",
    "{a} divided by {b} leaves {what|how much|what remainder|a remainder of what|which remainder}?", "mod({a}, {b})", "{remainder|rest} {of|for|from} {a}{/| / |\u00f7| and |, }{b}",
    "{how much|how many|what} {is|are} left over {from|of} {a} {divided by|in groups of|in packs of|after making groups of|by} {b}?", "{a} in groups of {b}: {how many are left over?|what is left over?|what remains?|left over?}"]

_big = {"larger": ("larger|bigger|greater|higher|larger|bigger|greater", "largest|biggest|greatest|highest|largest|biggest|maximum", "max|maximum"),
        "smaller": ("smaller|lower|lesser|smaller|less|smaller|lower", "smallest|lowest|least|smallest|minimum|lowest|smallest", "min|minimum")}
TWO = "{{a} or {b}|{a} or {b}|{a} and {b}|{a}, {b}|the number {a} or the number {b}|{a} vs {b}|the two numbers {a} and {b}|these: {a} and {b}}"
AND2 = "{{a} and {b}|{a} and {b}|{a} or {b}|{a}, {b}|the numbers {a} and {b}|the two numbers {a} and {b}|the pair {a}, {b}}"
THREE = "{{a}, {b} or {c}|{a}, {b} and {c}|{a}, {b}, {c}|{a}, {b}, and {c}|{a}, {b}, or {c}|{a} or {b} or {c}|{a} and {b} and {c}|the numbers {a}, {b}, {c}|{a} {b} {c}}"
AND3 = "{{a}, {b} and {c}|{a}, {b} and {c}|{a}, {b}, {c}|{a}, {b}, and {c}|the numbers {a}, {b} and {c}|the three numbers {a}, {b} and {c}|{a} {b} {c}|{a} and {b} and {c}}"


def _ranking(comparative, superlative, function, both, choice):
    """Patterns for two numbers (both = AND2) or three (both = AND3)."""
    word = "{%s}" % (comparative + "|" + superlative if both is AND2 else superlative)
    more = "{%s}" % (comparative if both is AND2 else superlative)
    of = "{of|of|out of|among|from|between|in}"
    num = "{ number| one| value| of the numbers|}"
    out = nouns(["the " + word + num + " " + of + " " + both, "the %s of " % ("{%s}" % function) + both, "the " + word + "{ number| one}: " + choice]) + orders([
        "{pick|choose|select|find|name|identify|give|say|state|return|report|point out} the " + word + num + " " + of + " " + both,
        "{compare|look at} " + both + " and {give|tell|name|say|pick|return}[ me] the " + word + "{ one| number|}"]) + clauses([
            "which {number |one |of them |}is " + word + "{,|:|} " + choice, "which of " + both + " is[ the] " + word, "which is the " + word + " of " + both]) + [
        "{which|what|which number|which one|which of these|what number|which of the numbers} is[ the] " + word + "{,|:||, is it|,} " + choice + "?",
        "{which|what} is[ the] " + word + " {number|one|value}{,|:|} " + choice + "?", "{which|what} is[ the] " + word + "{, | }" + choice + "?",
        "{which|what} {of|number of|one of|among} " + both + " is[ the] " + word + "?", "{which|what|what number} is the " + word + num + " " + of + " " + both + "?",
        choice + "{: which is |, which is |? Which is |: what is |, what is |. Which one is |: which one is |, which number is |: }[the ]" + word + "?",
        "{is|what is|what's} " + word + ": " + choice + "?", word + "{: |, | of | number: | one: | number of | among }" + both, "the " + word + ": " + choice,
        "{%s}({a}, {b}%s)" % (function, "" if both is AND2 else ", {c}"), "{%s}{ |: | of }" % function + both,
        "between " + both + "{, which is[ the] |, what is the |: which is the |, the }" + word + "?", "{of|out of|among} " + both + "{, which is|, which number is|, which one is|, what is}[ the] " + word + "?",
        "{I have|there are|we have|given|take|consider} " + both + "{. Which is[ the] |, which is[ the] |. Tell me the |. What is the |: which is[ the] }" + word + "{ one| number|}?"]
    if both is AND2:
        out += ["{which|which number|what|which one} is {more|" + comparative + "}{,|:|} " + choice + "?" if "larger" in comparative else
                "{which|which number|what|which one} is {less|fewer|" + comparative + "}{,|:|} " + choice + "?",
                "is {a} or {b}[ the] " + more + "[ one| number]?", "is {a} " + more + " or {is |}{b}?", "which {has the " + more + " value|counts for " + ("more" if "larger" in comparative else "less") + "}{,|:|} " + choice + "?"]
    else:
        out += ["is {a}, {b} or {c}[ the] " + more + "?", "which {has the " + more + " value}{,|:|} " + choice + "?"]
    return out


for _name, (_c, _s, _f) in _big.items():
    PATTERNS[_name + "2"] = _ranking(_c, _s, _f, AND2, TWO)
    PATTERNS[_name + "3"] = _ranking(_c, _s, _f, AND3, THREE)

YESNO = {}
for _p, _other in (("even", "odd"), ("odd", "even")):
    _w = "{%s|an %s number}" % (_p, _p)
    YESNO[_p] = ["is {the number |the integer |}{a} {%s|%s|an %s number|an %s one|%s by any chance|really %s|%s at all}?" % (_p, _p, _p, _p, _p, _p, _p)] * 3 + [
        "is it {true|right|correct|the case} that {a} is " + _w + "?", "{a} is " + _w + "{, true or not|, right|, isn't it|, is that right|, is it|, correct|. Is that true|. Correct|}?",
        "{a}{: |, | - |? }{is it |is that |is this |}" + _w + "?", "would you {say|call} {{a} is|that {a} is} " + _w + "?", "{does|do} {a} {count as|qualify as|belong to the} {%s|an %s number|%s numbers}?" % (_p, _p, _p),
        "can {a} be {called |considered |}" + _w + "?", "{is|does} {a} {among the %s numbers|one of the %s numbers|part of the %s numbers}?" % (_p, _p, _p),
        "{can you tell me|could you tell me|do you know|tell me|I'd like to know|I want to know|I wonder|please tell me|check|please check|let me know|say|find out} {if|whether|if} {a} is " + _w + "?",
        "{yes or no|true or false|yes/no|answer yes or no|with yes or no}: {is {a} %s|is {a} an %s number|{a} is %s}?" % (_p, _p, _p), "is {a} " + _w + "{, yes or no| or not| (yes or no)|: yes or no|, yes or no please}?",
        "{a} %s?" % _p, "isn't {a} " + _w + "?", "{is|will} the number {a} " + _w + "?", "do we call {a} " + _w + "?", "%s{: |, | or not: | number: }{a}?" % _p,
        "{I think|I believe|my friend says|she says|I guess|Tom says} {a} is " + _w + "{, right|. Is that right|. Is it|, is that true|. Am I right|, correct}?"]
YESNO["even"] += ["{is|can} {a} {divisible by {2|two}|a multiple of {2|two}|be divided by {2|two}|be split into two equal whole parts|evenly divisible by {2|two}}?",
                  "does {2|two} divide {a}[ evenly]?", "can {you|I|we} divide {a} by {2|two} {without a remainder|with nothing left over|evenly}?"]
_eo = "{even or odd|odd or even|even or odd|odd or even|an even or an odd number|an odd or an even number|an even number or an odd number|an odd or even number}"
EITHER = ["is {the number |}{a} " + _eo + "?"] * 3 + nouns(["the parity of {a}", "{a}'s parity", "the parity of the number {a}"]) + clauses([
    "{if|whether} {the number |}{a} is " + _eo, "what the parity of {a} is"]) * 2 + [
    "{even or odd|odd or even}{: |? |, | - | is }{a}?", "{a}{: |, | - |? |; | is }" + _eo + "?", "{a} {even or odd|odd or even}", "{would you say|do you think|is it the case} {a} is " + _eo + "?",
    "{decide|determine|say|check|state|classify|judge|tell} {whether|if} {a} is " + _eo, "{is|does} {a} {belong to the even or the odd numbers|among the even or the odd numbers}?",
    "what is {a}{,|:|} " + _eo + "?", "what {kind|type|sort} of number is {a}{,|:|} " + _eo + "?", "{which is|what is} {a}{,|:|} {even or odd|odd or even}?", "classify {a} as {even or odd|odd or even}",
    "parity {of|for|check|check for|check:|test:|} {a}", "{I have|take|given|consider|here is} the number {a}. Is it " + _eo + "?", "{does|is} {a} {count as|called|} {even or odd|odd or even}?",
    "{is it|it's} {even or odd|odd or even}{: |, |? }{a}"]

PATTERNS["double"] = nouns(["{double|twice|two times|the double of|double the number|twice the number|2 times|the number that is twice|the value of twice|twice as much as|twice as many as} {a}",
                            "{a} {doubled|times two|taken twice|two times|twice|multiplied by two}", "the result of doubling {a}", "{a} and {a} again", "the double of {the number |}{a}"]) * 2 + orders([
    "double {a}", "double {the number|the value|the figure|the amount|the integer} {a}", "{multiply|times} {a} by two", "{take|calculate|compute|work out|find} {twice|double|the double of|two times} {a}", "take {a} {twice|two times}", "make {a} twice as {big|large|much}", "add {a} to itself"]) * 2 + clauses([
        "{how much|what} {twice|double|two times|the double of} {a} is", "{how much|what} {a} doubled is", "what you get when you double {a}", "what is twice {a}"]) + [
    "{what|how much|which number|what number} is {twice|double|two times} {as much as |as large as |as big as |as many as |}{a}?", "{how much|what} is {double|twice|two times|the double of|double of|twice the number} {a}?",
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " {double {a}|double the number {a}|add {a} to itself|take {a} twice|multiply {a} by two}?", "{a} {doubled|twice|times two}{ is| is what| is how much| =| makes| gives|}?",
    "{double|twice|doubled|the double}{: |, }{a}", "{double|twice|double of|double for|2 times} {a}", "{a}{: double it|, doubled|: doubled?|, double that|: what is the double?|: twice that?|: the double}", "{if|when} {you|I|we} double {a}, {what|how much} " + GET + "?",
    "doubling {a} {gives|makes|yields|results in}[ what]?", "{I have|take|given|start with} {a}. {Double it|What is twice that?|What is double that?|What is it doubled?}"]
PATTERNS["half"] = nouns(["{half of|half of|half|one half of|a half of|the half of|half the number|50% of|50 percent of|1/2 of|one-half of|half the value of|the number that is half of} {a}",
                          "{a} {halved|divided in half|cut in half|split in half|split in two|divided by two}", "the result of halving {a}", "the half of {the number |}{a}", "half as {much|many} as {a}"]) * 2 + orders([
    "halve {a}", "halve {the number|the value|the figure|the amount|the integer} {a}", "{divide|cut|split|break} {a} {in half|into halves|in two|into two equal parts|by two}", "{take|calculate|compute|work out|find} {half of|half|the half of|one half of} {a}", "share {a} equally {between two|among two people|by two}"]) * 2 + clauses([
        "{how much|what} {half of|half|one half of|the half of} {a} is", "{how much|what} {a} halved is", "what you get when you halve {a}"]) + [
    "{what|how much|which number|what number} is {half of|half|half as much as|half as large as|half as big as|one half of|the half of|half the number} {a}?",
    "{what|how much|what number} " + GET + " " + IF + " " + YOU + " {halve {a}|halve the number {a}|cut {a} in half|take half of {a}|divide {a} in two|split {a} in half|divide {a} by two}?", "{a} {halved|in half|split in two|cut in half}{ is| is what| is how much| =| makes| gives|}?",
    "{half|halve|halved|the half}{: |, }{a}", "{half|half of|half for|one half of|1/2 of} {a}", "{a}{: halve it|, halved|: halved?|: half of it?|: what is half?|: half that?|: the half}", "{if|when} {you|I|we} {halve|cut in half|split in two} {a}, {what|how much} " + GET + "?",
    "halving {a} {gives|makes|yields|results in}[ what]?", "{I have|take|given|start with} {a}. {Halve it|What is half of that?|What is half that?|What is it halved?}"]
