"""Phrasings of the lexis questions about one word, except those that ask for a letter.

Every family has lists of questions (q), orders (o), noun phrases (n), embedded clauses (c) and terse forms (t).
`@` stands for the word (`{w}`, 'the word {w}', 'it', 'this word', ...) and is put in by lexis.py; terse forms name {w} themselves.
"""

REVERSE = {
    "q": [
        "{what is|what's} @ {spelled|spelt|written|} {backwards|backward|in reverse|in reverse order|from right to left|from back to front}?",
        "{how do you|how would you|how do I|how would I|how can I|how do we} {spell|write|say|type} @ {backwards|backward|in reverse|in reverse order|from the end|from right to left|back to front}?",
        "{how is|how's} @ {spelled|spelt|written} {backwards|backward|in reverse|back to front|from right to left}?",
        "what {do you get|do I get|do we get|results|comes out|would you get} {if|when} {you reverse @|you spell @ backwards|@ is reversed|you write @ backwards|you flip the letters of @|you read @ backwards}?",
        "what does @ {look like|become|read|turn into|give} {backwards|in reverse|reversed|when reversed|spelled backwards|when spelled backwards|when you read it backwards|from right to left}?",
        "what {word|string|sequence of letters|string of letters} {is|do you get from} @ {backwards|reversed|in reverse|read backwards}?",
    ],
    "o": [
        "{spell|write|say|type|print|read|give|put|give me|show me|show|spell out|write out|write down} @ {backwards|backward|in reverse|in reverse order|from back to front|back to front|from right to left|from the last letter to the first|reversed|the other way round|from end to start|starting from the end}",
        "{reverse|invert|flip|turn around|mirror|switch round} @",
        "{reverse|invert|flip|turn around|mirror|swap} {the order of |}the {letters|characters} {of|in} @",
        "{write|put|list|arrange|print|give me} {the letters|the characters|all letters|all the letters} {of|in} @ {backwards|in reverse|in reverse order|from last to first|the other way around|from right to left}",
        "turn @ {around|backwards|back to front|the other way round}",
        "{spell|write} {backwards|in reverse} @",
        "{do|make} a reversal of @", "make @ {backwards|run backwards|go backwards}",
    ],
    "n": [
        "{the reverse|the reversal|the reversed form|the reversed version|the reversed spelling|the mirror image|the backwards spelling|the backward spelling|the backwards version|the inverse|the letter reversal} of @",
        "@ {backwards|reversed|in reverse|spelled backwards|spelt backwards|written backwards|written in reverse|with its letters reversed|with the letters reversed|in reverse order|backward|from back to front|read from right to left|the other way round|back to front}",
        "the {letters|characters} of @ {in reverse|in reverse order|backwards|reversed|from last to first|from right to left}",
        "the {word|string} you get {by reversing @|when you reverse @|if you spell @ backwards|by spelling @ backwards}",
    ],
    "c": [
        "{how to|how you|how I} {spell|write|say} @ {backwards|in reverse|backward|in reverse order}",
        "how @ is {spelled|spelt|written} {backwards|in reverse|from right to left}",
        "what @ {is|looks like|becomes|reads|would be} {backwards|reversed|in reverse|spelled backwards|when reversed}",
        "what you get {if you reverse @|when you reverse @|by reversing @|if you spell @ backwards}",
    ],
    "t": [
        "{reverse|reversed|backwards|backward|invert|flip|spell backwards|spelled backwards|mirror|reversal|in reverse|reverse the word|reverse word|reverse string|reverse this|reverse letters}{:| -|} {w}",
        "{w} {backwards|reversed|in reverse|reverse|spelled backwards|backward|reverse it|spell backwards|in reverse order|written backwards|flipped|mirrored}",
        "{w}{:|,| -|.} {backwards|reversed|in reverse|spelled backwards|reverse it|spell it backwards|write it backwards|spell backwards|reverse this|turn it around|backwards please|now backwards|say it backwards}",
        "{w} {in|into} reverse", "backwards, {w} is", "{w} backwards {is|=|:}", "reverse({w})",
    ],
}

LENGTH = {
    "q": [
        "how many {letters|letters|letters|characters|symbols} {are in|are there in|are in the spelling of|does one need for|do you need to spell|do you need to write|does it take to spell|do you count in|can you count in|do I need for|make up|make|form|are used in|can be found in|occur in} @?",
        "how many {letters|letters|letters|characters} {does @ have|does @ contain|does @ consist of|has @ got|has @|is @|are there altogether in @|are there in total in @|in total does @ have|has @ in total|does @ count|does @ use|is @ made of|does @ comprise|are in @ altogether}?",
        "{how long is|what length has|what length is|of what length is|just how long is} @{ in letters| exactly| when you count its letters| measured in letters|}?",
        "@ {has|contains|consists of|is made of|is made up of} how many {letters|characters}?",
        "{of|out of} how many {letters|characters} {does @ consist|is @ made|is @ built|is @ composed}?",
        "@ is how {long|many letters|many letters long|many characters}?",
        "how {big|large} is @ in letters?",
    ],
    "o": [
        "count {the letters|the characters|all letters|all the letters|how many letters there are|each letter|up the letters|every letter|the number of letters} in @",
        "count the {letters|characters} {of|that make up|that form|used in|that spell|found in} @",
        "{count|tell me|say|find|state|give|determine|measure|calculate|compute} {the length of|the number of letters in|the number of letters of|the number of characters in|how many letters are in|how many letters there are in|how long is|the letter count of} @",
        "count @ letter by letter", "measure @ in letters", "{tell me|say} how {long|many letters long} @ is",
    ],
    "n": [
        "the {number|count|total number|amount|total|exact number|sum total} of {letters|characters|letters used} {in|of|used in|contained in|that make up} @",
        "the {length|letter count|character count|word length|number of letters|size} of @",
        "the {letter|character} count {of|for|in} @", "the length in {letters|characters} of @", "@'s {length|letter count|number of letters|character count}",
        "the number of letters {that @ has|@ has|@ contains|that are in @|there are in @|needed to spell @|you need to write @}",
    ],
    "c": [
        "how many {letters|letters|characters} {@ has|are in @|there are in @|@ contains|@ consists of|make up @|@ is made of|are there in @|you need to spell @|it takes to spell @|does @ have|@ has got|@ counts|@ is}",
        "how long @ is{ in letters|}", "{what the length of @ is|how long is @|how many letters long @ is}", "of how many letters @ consists",
    ],
    "t": [
        "{length|letter count|number of letters|letters|how many letters|count letters|count the letters|how long|word length|length of|letters in|count letters in|number of letters in|nr of letters|no of letters|num letters|how many letters in|how many characters|characters in|len}{:| -|} {w}",
        "{w} {length|letter count|number of letters|letters|how many letters|how long|character count|letters count|has how many letters|letters number|word length|count of letters}",
        "{w}{:|,| -|.} {how many letters|how long|how many letters are there|length|number of letters|how many characters|letter count|count the letters|how many letters is that|how long is it|how many letters does it have|how many letters in it|letters}",
        "letters in {w}", "{w} letters", "how many letters {w}", "how many letters {w} {has|have|got}", "len({w})", "how many letters for {w}", "{w} - letters count",
    ],
}

VOWELS = {
    "q": [
        "how many {vowels|vowels|vowels|vowel letters|of the letters aeiou|letters that are vowels} {are in|are there in|are contained in|do you count in|can you count in|do you find in|can you find in|occur in|appear in|do you see in|can be found in|are found in|come up in|are used in} @?",
        "how many vowels {does @ have|does @ contain|has @|has @ got|are there altogether in @|in total does @ have|does @ include|are there in total in @|does @ use|does one find in @}?",
        "how many of {the letters|the letters in the spelling|the characters} {in|of} @ are vowels?",
        "how many of {@'s letters|the letters that @ has} are vowels?",
        "@ {has|contains} how many vowels?", "how many times does {a vowel|any vowel} {occur|appear} in @?", "how often {do vowels|does a vowel} {occur|appear} in @?",
    ],
    "o": [
        "count {the vowels|all vowels|all the vowels|how many vowels there are|every vowel|each vowel|the number of vowels|up the vowels|only the vowels|the letters that are vowels} in @",
        "count the {vowels|vowel letters} {of|that occur in|that appear in|contained in|found in} @",
        "{find|determine|tell me|say|state|give|calculate|compute} {the number of vowels|how many vowels are|how many vowels there are|the vowel count} in @",
    ],
    "n": [
        "the {number|count|total number|amount|total|exact number} of {vowels|vowel letters} {in|of|contained in|found in|that appear in} @",
        "the vowel count {of|for|in} @", "@'s {vowel count|number of vowels}", "the number of vowels {that @ has|@ has|@ contains|there are in @|that occur in @}",
    ],
    "c": [
        "how many vowels {@ has|are in @|there are in @|@ contains|are there in @|occur in @|appear in @|you find in @|does @ have|you can count in @|@ has got|@ includes}",
        "how many of the letters {in|of} @ are vowels", "what the number of vowels in @ is",
    ],
    "t": [
        "{vowels|vowel count|number of vowels|how many vowels|count vowels|count the vowels|vowels in|count vowels in|number of vowels in|how many vowels in|vowel count of|nr of vowels in|total vowels in|no of vowels}{:| -|} {w}",
        "{w} {vowels|vowel count|number of vowels|how many vowels|vowels count|vowel number|has how many vowels|count the vowels}",
        "{w}{:|,| -|.} {how many vowels|vowels|number of vowels|vowel count|count the vowels|how many vowels are there|how many vowels does it have|how many of its letters are vowels|how many vowels in it|how many vowels in that}",
        "vowels in {w}", "how many vowels {w}", "how many vowels {w} {has|have|got}", "how many vowels for {w}",
    ],
}

UPPER = {
    "q": [
        "{what is|what's} @ {in|written in|when written in|spelled in|if written in} {upper case|uppercase|capital letters|capitals|all caps|block letters|block capitals|all capitals|caps|big letters|upper-case letters}?",
        "{how do you|how would you|how do I|how can I|how do we} {write|spell|type} @ {in|with|using|all in|only in} {upper case|uppercase|capital letters|capitals|all caps|block letters|uppercase letters|block capitals|caps}?",
        "{how does|what does} @ {look|look like} in {upper case|uppercase|capital letters|capitals|all caps|block letters|block capitals}?",
        "how is @ {written|spelled} in {upper case|uppercase|capital letters|capitals|all caps}?",
        "what {do you get|do I get|comes out} {if|when} you {capitalize every letter of @|capitalise all letters of @|write @ in capitals|put @ in upper case|convert @ to uppercase|uppercase @}?",
        "what is the {uppercase|upper case|upper-case|all caps|capital letter} {version|form|spelling|equivalent} of @?",
    ],
    "o": [
        "{write|spell|type|print|put|give me|give|show me|show|say|spell out|write out|rewrite|set} @ {in|all in|using|only in|in all|entirely in} {upper case|uppercase|capital letters|capitals|caps|block letters|uppercase letters|upper-case letters|block capitals|big letters}",
        "{convert|change|turn|transform|make|translate|switch|shift} @ {to|into} {upper case|uppercase|capital letters|capitals|all caps|block letters|uppercase letters|upper-case letters|all capitals|an uppercase word}",
        "{capitalize|capitalise|uppercase|upper-case} {every letter of|all letters of|all the letters in|all letters in|each letter of|every letter in|the whole of|all of|the letters of|the entire word} @",
        "{uppercase|upper-case|capitalize fully|fully capitalize|put into capitals} @", "make @ {uppercase|upper case|all caps|all capitals|all uppercase|capital letters}",
        "{make|turn} {all letters|every letter|each letter} {of|in} @ {uppercase|upper case|into a capital|capital|a capital}", "write @ {with|using} {capital letters|only capital letters|only capitals|capitals only|all capitals|upper case letters}",
        "write @ in {all caps|all capitals|all uppercase}", "{shout|write in capitals|write in upper case|put in uppercase|put in caps} @",
    ],
    "n": [
        "the {uppercase|upper case|upper-case|all-caps|all caps|capitalized|fully capitalized|block letter} {version|form|spelling|variant} of @",
        "@ {in|written in|typed in|spelled in|converted to|changed to} {upper case|uppercase|capital letters|capitals|all caps|block letters|caps|all capitals|block capitals}",
        "the capitals of @", "the letters of @ in {capitals|upper case|uppercase}",
    ],
    "c": [
        "{how to|how you|how I} {write|spell|type} @ in {upper case|uppercase|capital letters|capitals|all caps|block letters}",
        "{how @ looks|what @ looks like|how @ is written|what @ is} in {upper case|uppercase|capital letters|capitals|all caps}",
    ],
    "t": [
        "{uppercase|upper case|upper|capitals|caps|all caps|in capitals|in uppercase|to uppercase|in capital letters|capital letters|block letters|capitalize all letters|to upper case|toupper|convert to uppercase}{:| -|} {w}",
        "{w} {in uppercase|in upper case|in capitals|uppercase|in all caps|in capital letters|in caps|all caps|to uppercase|upper case|to upper case|capitals|in block letters|into capitals|caps}",
        "{w}{:|,| -|.} {in uppercase|in upper case|in capitals|uppercase|all caps|in capital letters|write it in capitals|uppercase it|make it uppercase|put it in upper case|in big letters|convert to uppercase|to upper case|in caps please}",
        "{w} {->|to|into} {uppercase|upper case|capitals}", "upper({w})",
    ],
}
