"""Phrasings of the lexis families that ask for a letter, or about one; see lexis_phrases.py for the notation.

Slots besides {w}: {n} an ordinal ('third', '3rd', 'second to last'), {k} a number ('3', 'three'),
{m} an ordinal counted from the end, {c} a letter, {cs} its plural ("r's"), {ac} the letter with article ('an r').
"""

FIRST = {
    "q": [
        "{what is|what's|which is|what would be} the {first|first|first|initial|starting|beginning|opening|very first|1st|leading} {letter|letter|letter|character} {of|in} @?",
        "{what|which} {letter|letter|letter|character} {does @ start with|does @ begin with|comes first in @|is first in @|is at the start of @|is at the beginning of @|starts @|begins @|opens @|is the first of @|is the first one in @|stands first in @|stands at the start of @|does @ open with|leads @|do you write first in @}?",
        "{with what|with which|by which|by what} letter does @ {start|begin|open}?", "what does @ {start|begin} with?", "@ {starts|begins|opens} with {what|which} letter?",
        "{how does @ start|how does @ begin}, {which letter|what letter}?", "{what|which} one is the first letter of @?", "what is @'s {first|initial|starting|opening} {letter|character}?", "what is the initial of @?",
        "what letter do I {write|type|say} first {when I spell|to spell|when spelling} @?",
    ],
    "o": [
        "{give|give me|tell me|say|name|write|show me|find|state|print|identify|return|extract|get|take|pick out|write down|output|type} {the|only the|just the} {first|first|initial|starting|opening|very first|1st} {letter|letter|character} {of|in|from} @",
        "{tell me|say|name|find} {what|which} letter @ {starts with|begins with}", "{give me|write|name|tell me} the letter {at the start of|at the beginning of|that starts|that begins|that comes first in} @", "{give me|tell me|write} @'s {first letter|initial|starting letter}",
    ],
    "n": [
        "the {first|first|initial|starting|beginning|opening|very first|1st|leading} {letter|letter|character} {of|in} @", "the letter {at the start of @|at the beginning of @|that starts @|that begins @|that comes first in @|@ starts with|that @ begins with|in first place in @|in first position of @}",
        "@'s {first letter|initial letter|initial|starting letter|first character|opening letter}", "the {initial|beginning letter} of @",
    ],
    "c": [
        "{what|which} letter {@ starts with|@ begins with|comes first in @|is first in @|is at the start of @|does @ start with|does @ begin with|is the first of @|starts @}", "what the {first|initial|starting} letter of @ is", "what @ {starts|begins} with", "with {what|which} letter @ {starts|begins}",
    ],
    "t": [
        "{first letter|initial|starting letter|1st letter|first letter of|initial letter|begins with|first character|starts with|first letter in|first char|start letter|opening letter}{:| -|} {w}",
        "{w} {first letter|initial|starting letter|1st letter|starts with what letter|starts with|begins with|first character|initial letter|begins with which letter}",
        "{w}{:|,| -|.} {first letter|what is the first letter|which letter does it start with|first letter please|starts with|which letter comes first|initial|give the first letter|what letter does it begin with|its first letter|1st letter|what does it start with|name its first letter}",
    ],
}

LAST = {
    "q": [
        "{what is|what's|which is|what would be} the {last|last|last|final|ending|closing|very last|end} {letter|letter|letter|character} {of|in} @?",
        "{what|which} {letter|letter|letter|character} {does @ end with|does @ end in|does @ finish with|comes last in @|is last in @|is at the end of @|ends @|closes @|is the last of @|is the last one in @|finishes @|does @ close with|stands last in @|stands at the end of @|do you write last in @|terminates @}?",
        "{with what|with which|in which|in what|on which} letter does @ {end|finish|stop|close}?", "what does @ {end|finish} with?", "@ {ends|finishes} {with|in} {what|which} letter?", "how does @ end, {what|which} letter?",
        "{what|which} one is the last letter of @?", "what is @'s {last|final|ending|closing} {letter|character}?", "what letter do I {write|type|say} last {when I spell|to spell|when spelling} @?",
    ],
    "o": [
        "{give|give me|tell me|say|name|write|show me|find|state|print|identify|return|extract|get|take|pick out|write down|output|type} {the|only the|just the} {last|last|final|ending|closing|very last} {letter|letter|character} {of|in|from} @",
        "{tell me|say|name|find} {what|which} letter @ {ends with|ends in|finishes with}", "{give me|write|name|tell me} the letter {at the end of|that ends|that closes|that comes last in} @", "{give me|tell me|write} @'s {last letter|final letter|ending letter}",
    ],
    "n": [
        "the {last|last|final|ending|closing|very last|end} {letter|letter|character} {of|in} @", "the letter {at the end of @|that ends @|that comes last in @|@ ends with|that @ ends in|in last place in @|in the last position of @|at the very end of @}",
        "@'s {last letter|final letter|ending letter|last character|closing letter}",
    ],
    "c": [
        "{what|which} letter {@ ends with|@ ends in|comes last in @|is last in @|is at the end of @|does @ end with|does @ end in|is the last of @|ends @|@ finishes with}", "what the {last|final} letter of @ is", "what @ {ends|finishes} with", "with {what|which} letter @ {ends|finishes}",
    ],
    "t": [
        "{last letter|final letter|ending letter|last letter of|final letter of|ends with|last character|last letter in|last char|end letter|closing letter}{:| -|} {w}",
        "{w} {last letter|final letter|ends with|ending letter|ends with what letter|last character|ends in|end letter|ends with which letter}",
        "{w}{:|,| -|.} {last letter|what is the last letter|which letter does it end with|last letter please|ends with|which letter comes last|final letter|give the last letter|what letter does it end in|its last letter|the final letter|what does it end with|name its last letter}",
    ],
}

NTH = {
    "q": [
        "{what is|what's|which is|what would be} the {n} {letter|letter|letter|character} {of|of|in} @?",
        "{what|which} {letter|letter|character} {comes {n} in @|is {n} in @|is the {n} in @|is the {n} one in @|is the {n} of @|stands {n} in @|is in {n} place in @|is in {n} position in @|is at the {n} position of @|is in the {n} position of @|appears {n} in @|takes the {n} place in @|do you find in {n} place in @}?",
        "{what|which} one is the {n} letter of @?", "what is @'s {n} {letter|character}?", "@ has {what|which} letter in {n} place?", "what letter does @ have {in {n} place|in the {n} position|at the {n} position|as its {n}}?",
    ],
    "o": [
        "{give|give me|tell me|say|name|write|show me|find|state|print|identify|return|extract|get|take|pick out|write down|output|type} {the|only the|just the} {n} {letter|letter|character} {of|in|from} @",
        "{give me|tell me|name|write} the letter {in {n} place|in the {n} position|at the {n} position|that comes {n}|that is {n}} in @", "{give me|tell me|write} @'s {n} letter", "{tell me|say|find} {what|which} letter {comes {n} in @|is {n} in @|is the {n} in @}",
    ],
    "n": [
        "the {n} {letter|letter|character} {of|in} @", "the letter {in {n} place in|in {n} position of|that comes {n} in|at the {n} position of} @", "@'s {n} {letter|character}", "the {n} one of the letters {of|in} @",
    ],
    "c": [
        "{what|which} letter {comes {n} in @|is {n} in @|is the {n} in @|is the {n} one in @|stands in {n} place in @}", "what the {n} letter {of|in} @ is", "{what|which} the {n} letter {of|in} @ is",
    ],
    "t": [
        "{{n} letter|{n} letter of|{n} letter in|{n} character|the {n} letter|{n} char of}{:| -|} {w}", "{w} {{n} letter|{n} character|the {n} letter|{n} letter please}",
        "{w}{:|,| -|.} {{n} letter|what is the {n} letter|which letter comes {n}|{n} letter please|give the {n} letter|its {n} letter|the {n} letter|which is the {n} letter|{n} character|name its {n} letter|which letter is {n}}",
    ],
}

# the position as a number; t alone is used together with the direct forms
NTH_NUMBER = {
    "q": [
        "{what is|what's|which is} {letter number {k}|letter {k}|letter no. {k}|letter nr {k}|letter #{k}|character {k}|character number {k}|the letter number {k}|number {k} of the letters} {of|in} @?",
        "{what|which} {letter|letter|character} {is|stands|comes|can be found|is found|do you find|sits|appears} {at position {k}|in position {k}|at place {k}|on position {k}|at position number {k}|in place {k}|at index {k} counting from one|at number {k}} {of|in} @?",
        "what letter does @ have {at position {k}|in position {k}|as number {k}}?", "@ has {what|which} letter at {position|place} {k}?",
    ],
    "o": [
        "{give|give me|tell me|say|name|write|show me|find|state|print|return|get} {letter number {k}|letter {k}|letter no. {k}|character {k}|the letter at position {k}|the letter in position {k}|the character at position {k}|number {k} of the letters} {of|in} @",
    ],
    "n": ["{letter number {k}|letter {k}|letter no. {k}|letter nr {k}|letter #{k}|character number {k}|the letter at position {k}|the letter in position {k}|the letter at place {k}|the letter with number {k}|position {k}} {of|in} @"],
    "c": ["{what|which} letter {is at position {k} in @|is number {k} in @|comes at position {k} in @|stands at place {k} of @|is in position {k} of @}", "what letter number {k} {of|in} @ is"],
    "t": [
        "{letter {k}|letter number {k}|letter no {k}|letter #{k}|position {k}|character {k}|char {k}|letter at position {k}} {of|in} {w}", "{w} {letter {k}|letter number {k}|letter no {k}|position {k}|letter #{k}|character {k}}",
        "{w}{:|,| -|.} {letter {k}|letter number {k}|position {k}|which letter is at position {k}|what is letter number {k}|letter no. {k}|which letter is number {k}|give letter {k}|character {k}}", "{w}[ ]({k})",
    ],
}

NTH_FROM_END = {
    "q": ["{what is|what's|which is} the {m} {letter|letter|character} from the {end|end|back|right} {of|in} @?", "{what|which} letter {is|comes|stands} {m} from the {end|back|right} {of|in} @?", "counting from the end, what is the {m} letter {of|in} @?"],
    "o": ["{give me|tell me|name|say|write|find} the {m} letter {from the end|from the back|counted from the end|counting from the end} of @"],
    "n": ["the {m} {letter|letter|character} {from the end|from the back|counted from the end} {of|in} @"], "c": ["which letter is {m} from the end {of|in} @", "what the {m} letter from the end of @ is"],
    "t": ["{w}{:|,|} {m} letter from the end", "{m} letter from the end{:|} {w}", "{m} letter from the end of {w}"],
}

COUNT = {
    "q": [
        "how {often|many times|many times|frequently} does {{c}|{c}|the letter {c}|the letter {c}|the character {c}|{ac}} {occur in|appear in|come up in|show up in|turn up in|occur within|come in|figure in|exist in} @?",
        "how {often|many times} {do you see|do we see|do you find|can you find|can I find|do you count} {{c}|the letter {c}|{ac}} in @?",
        "how {often|many times} {is|is} {{c}|the letter {c}|the letter {c}|{ac}} {in|used in|found in|contained in|written in|present in|repeated in|there in} @?",
        "how many {{cs}|{cs}|{c} letters|letters {c}|of the letter {c}|times {c}|times the letter {c}|occurrences of {c}|occurrences of the letter {c}|instances of {c}|instances of the letter {c}} {are in|are there in|are contained in|do you count in|can you count in|do you find in|can you find in|do you see in|occur in|appear in|can be found in|come up in|are used in} @?",
        "how many {{cs}|{c} letters|letters {c}|occurrences of {c}|instances of the letter {c}} {does @ have|does @ contain|has @|has @ got|are there altogether in @|are there in total in @|does @ include|does @ use}?",
        "how many of the letters {in|of} @ are {{cs}|{c}|the letter {c}|equal to {c}}?", "@ {has|contains} how many {{cs}|letters {c}|{c} letters}?", "how many times {do I|do you|do we|must I} {write|type|use|need} {{c}|the letter {c}|{ac}} {in|to spell|when spelling|for} @?",
    ],
    "o": [
        "count {the {cs}|all {cs}|all the {cs}|the letter {c}|how many {cs} there are|the number of {cs}|the occurrences of {c}|the occurrences of the letter {c}|how often {c} occurs|how often the letter {c} appears|how many times {c} occurs|how many times the letter {c} appears|every {c}|each {c}|the instances of {c}} in @",
        "count the {{cs}|letters {c}} {of|contained in|found in|that occur in} @", "{find|determine|tell me|say|state|give|calculate} {the number of {cs}|the number of times {c} occurs|how many {cs} there are|how often {c} occurs|the number of occurrences of {c}|how many times the letter {c} appears} in @",
    ],
    "n": [
        "the {number|count|total number|amount|frequency|exact number} of {{cs}|the letter {c}|letters {c}|occurrences of {c}|occurrences of the letter {c}|{c} letters|times {c} occurs|times the letter {c} appears|{c}|letter {c}} in @", "the {c} count {of|in} @", "the count of {the letter {c}|{cs}} in @", "the number of {cs} {@ has|that @ has|@ contains|there are in @}",
    ],
    "c": [
        "how {often|many times} {{c}|the letter {c}|the letter {c}} {occurs in|appears in|is in|comes up in|is used in|shows up in|is found in} @",
        "how many {{cs}|letters {c}|{c} letters|occurrences of {c}} {@ has|are in @|there are in @|@ contains|are there in @|occur in @|does @ have|you can count in @|@ has got|appear in @}",
    ],
    "t": [
        "{count {c} in|count the {cs} in|number of {cs} in|how many {cs} in|how many {c} in|how often {c} in|letter {c} in|{cs} in|occurrences of {c} in|count letter {c} in|nr of {cs} in|how many times {c} in|how many letter {c} in|frequency of {c} in|{c} count in}{| the word} {w}",
        "{w} {how many {cs}|how many {c}|number of {cs}|count {c}|count of {c}|count the {cs}|how often {c}|{c} count|letter {c} count}",
        "{w}{:|,| -|.} {how many {cs}|how many {cs} are there|how often does {c} occur|number of {cs}|count the {cs}|how many times does the letter {c} appear|how many {cs} does it have|count the letter {c}|how many {c}|how often is {c} in it|how many times {c}}",
        "letter {c}, word {w}{:|,} how {often|many times}?", "how many {cs} {w} has", "how many {cs} {are there, |}{w}?",
    ],
}

CONTAINS = {
    "q": [
        "does @ {contain|have|include|use|feature|possess|comprise|hold} {{ac}|the letter {c}|the letter {c}|the letter {c}|{c}|any {cs}|{ac} in it|at least one {c}|the character {c}|an instance of {c}|any {c}|a letter {c}}?",
        "{is|is} there {{ac}|{ac}|any {c}|the letter {c}|a letter {c}|at least one {c}|any letter {c}|the character {c}} {in|anywhere in|somewhere in|inside|within|to be found in} @?",
        "is {{c}|the letter {c}|the letter {c}|{ac}} {in|part of|a letter of|one of the letters in|one of the letters of|contained in|found in|used in|present in|among the letters of|a part of|to be found in|included in|in the spelling of|a letter in|anywhere in|inside|within|somewhere in} @?",
        "does {{c}|the letter {c}|the letter {c}|{ac}} {occur in|appear in|show up in|come up in|belong to|exist in|turn up in|come in|feature in|form part of|occur anywhere in|appear anywhere in} @?",
        "{can you find|do you see|do you find|can you see|can I find|will I find|do we have|can one find} {{ac}|the letter {c}|any {c}} in @?", "are there any {{cs}|letters {c}|{c} letters} in @?", "{do you need|do I need|is it necessary to have} {{ac}|the letter {c}} to {spell|write} @?",
        "is @ {spelled|spelt|written} with {{ac}|the letter {c}|{c}}?", "has @ {got|} {{ac}|the letter {c}|any {c}} {in it|}?", "can {{c}|the letter {c}} be found in @?", "@ {contains|has} {{ac}|the letter {c}|{c}}{, right|, yes or no|, true or false|, correct|}?",
        "is it {true|right|correct} that @ {contains|has} {{ac}|the letter {c}}?", "would you {find|see} {{ac}|the letter {c}} in @?", "is any letter {of|in} @ {ac}?", "is @ a word with {ac} in it?",
    ],
    "o": [
        "{check|test|say|decide|determine|verify|find out|see|tell me|figure out} {if|whether} {@ contains|@ has|@ includes} {{ac}|the letter {c}|the letter {c}|{c}}{| in it}",
        "{check|test|say|decide|determine|verify|find out|tell me} {if|whether} {{c} is in @|the letter {c} is in @|{c} occurs in @|the letter {c} appears in @|there is {ac} in @|{ac} is in @|the letter {c} is part of @|{c} is one of the letters of @}",
        "answer yes or no: {is there {ac} in @|does @ contain {c}|is the letter {c} in @}?", "{look for|search for} {{ac}|the letter {c}} in @ and {say yes or no|tell me yes or no|tell me if it is there}", "check @ for {{ac}|the letter {c}}", "say yes if @ {has|contains} {{ac}|the letter {c}}, {no otherwise|otherwise no|else no}",
    ],
    "n": [],
    "c": [
        "{if|whether} {@ contains|@ has|@ includes} {{ac}|the letter {c}|{c}|any {cs}}", "{if|whether} {there is {ac} in @|there's {ac} in @|there are any {cs} in @|the letter {c} is in @|{c} is in @|{c} occurs in @|the letter {c} appears in @|you can find {ac} in @|the letter {c} is part of @|{c} is a letter of @|the letter {c} is used in @}",
    ],
    "t": [
        "{{c} in|letter {c} in|the letter {c} in|is {c} in|any {c} in|any {cs} in|contains {c}:|{ac} in|contains the letter {c}:|there is {ac} in|is the letter {c} in|has {ac}:} {w}?",
        "{w} {contains {c}|has {ac}|contains the letter {c}|contains {ac}|has the letter {c}|with {ac}|includes {c}|contain {c}|have {ac}}?",
        "{w}{:|,| -|.} {is there {ac} in it|does it contain {c}|contains {c}|any {cs}|does it have {ac}|has it {ac}|does it contain the letter {c}|is the letter {c} in it|is {c} in there|does it include {c}|does the letter {c} occur}?",
        "{yes or no|true or false|tell me yes or no|right or wrong}{:|,|} {is there {ac} in {w}|{w} contains {c}|does {w} have {ac}|the letter {c} is in {w}|{c} is in {w}}?", "letter {c}, word {w}{:|,} {is it in there|is it in it|present|contained}?",
    ],
}
