"""The commonest phrasings of every lexis family; lexis.py draws from them more often than from the large grammar.

The notation is that of lexis_phrases.py; every line is a complete question.
"""

CORE = {
    "reverse": [
        "{spell|write|say|reverse} @ {backwards|in reverse|backward|}", "{what is|what's} @ {spelled|written|} {backwards|in reverse|backward}?", "{reverse|flip} {the word|the letters {of|in}|the string|} @",
        "{if|when} {you|I|we} {reverse|flip} {the letters {of|in} |the word |}@, what {do you get|do I get|is the result|word results|comes out}?", "how {do you|would you} spell @ backwards?",
        "{read|give me|write out} the letters of @ {from last to first|backwards|in reverse order}", "what would @ be {backwards|if it were spelled backwards|in reverse|if you reversed it|reversed}?",
        "starting {from|with|at} the {end|last letter}, {spell|write} @", "@ {spelled|written} {backwards|in reverse} is {what|}?", "take @ and {reverse it|spell it backwards|write it backwards|turn it around|flip it}",
        "what does @ {say|spell|read} {backwards|in reverse|when you reverse it|from right to left}?", "what {word|string} do you get {when you spell|by spelling|if you write|by reversing} @ {backwards|in reverse|from the end}?", "{if|when} @ is {written|spelled} {backwards|in reverse}, what {does it say|does it look like|is it|do you see}?",
    ],
    "length": [
        "how many {letters|letters|characters} {are in|are there in|does it take to spell|make up} @?", "how many {letters|letters|characters} {does @ have|does @ contain|are there in @}?", "{what is|what's} the {length|letter count|number of letters} {of|in} @?",
        "count the {letters|characters} in @", "how long is @?", "if {you|I|we} {count|add up} the letters {of|in} @, how many {are there|do you get}?", "how many letters {will|would|do} I {need|write|type} to {spell|write} @?",
        "what is the {total|} number of {letters|characters} in @?", "take @ and count its letters", "what number of letters does @ have?", "to {write|spell} @, how many letters {are needed|do you need}?",
        "how many {letters|characters} long is @?", "how many {letters|characters} in @?", "{what|how many} is the total of letters in @?", "@ has how many {letters|characters}?",
    ],
    "first-letter": [
        "{what is|what's|which is|name|give|tell me} the {first|first|initial|starting|1st} letter {of|in} @?", "{what|which} letter does @ {start|begin} with?", "{what|which} letter {comes first in|starts|begins} @?", "@ starts with {what|which} letter?",
        "take the first letter of @", "{what|which} is the letter at the {start|beginning} of @?", "in @, {what|which} letter {comes first|is first|is the first one}?", "in @, what is the first letter?",
        "{what|which} letter {appears|stands|is} first in @?", "{what|which} is the very first {letter|character} {of|in} @?", "{name|tell me|write} the letter {that @ starts with|@ begins with|at the start of @}",
    ],
    "last-letter": [
        "{what is|what's|which is|name|give|tell me} the {last|last|final|ending} letter {of|in} @?", "{what|which} letter does @ end {with|in}?", "{what|which} letter {comes last in|ends|is at the end of} @?", "@ ends {with|in} {what|which} letter?",
        "take the last letter of @", "{what|which} is the letter at the end of @?", "in @, {what|which} letter {comes last|is last|is the last one}?", "in @, what is the {last|final} letter?",
        "{what|which} letter {appears|stands|is} last in @?", "{what|which} is the very last {letter|character} {of|in} @?", "{name|tell me|write} the letter {that @ ends with|@ ends in|at the end of @}", "what does @ end {with|in}?",
    ],
    "nth-letter": [
        "{what is|what's|which is|name|give|tell me} the {n} letter {of|in} @?", "{what|which} letter {is|comes} {n} in @?", "{what|which} letter is in the {n} {position|place} {of|in} @?", "in @, {what|which} letter {comes {n}|is {n}|is the {n} one}?",
        "in @, what is the {n} letter?", "{find|pick out|identify} the {n} letter of @", "{what|which} is the {n} letter when you spell @?", "spell @ and {give me|tell me} the {n} letter", "if you spell @, {what|which} letter comes {n}?",
        "{what|which} letter {appears|stands|sits|is found} {n} in @?", "the {n} letter of @ is {what|which|}?", "look at @ and tell me {its|the} {n} letter", "{what|which} letter of @ {is|comes} {n}?",
    ],
    "nth-number": [
        "{what is|what's} letter number {k} {of|in} @?", "{what|which} letter is {at|in} position {k} {of|in} @?", "in @, what is letter {number |}{k}?", "in @, {what|which} letter is {at|in} position {k}?", "what is the letter at position {k} {of|in} @?", "letter {k} of @",
    ],
    "nth-from-end": ["{what is|what's} the {m} letter from the end {of|in} @?", "in @, which letter is {m} from the end?", "counting from the end, which letter is {m} in @?"],
    "count-letter": [
        "how many times does {{c}|the letter {c}} {appear|occur|show up|come up} in @?", "how {often|many times} {does|is} the letter {c} {in|used in|appear in|occur in} @?", "how many {{cs}|{cs}|{c} letters} {are in|are there in} @?", "how many {cs} does @ {have|contain}?",
        "count the {{cs}|letter {c}|number of {cs}} in @", "{what is|what's} the number of {cs} in @?", "how often {does|is} {{c}|the letter {c}} {occur|appear|found} in @?", "in @, how {many times|often} does {{c}|the letter {c}} {appear|occur|come}?", "in @, how many {cs} are there?",
        "if you count the {cs} in @, how many are there?", "how many of the letter {c} are in @?", "for the letter {c}, how many times does it {appear|occur} in @?",
        "how many {{cs}|{cs}|{c}} in @?", "count how many times {{c}|the letter {c}} {appears|occurs|is used|shows up} in @", "how many times {can you find|do you see|is there} {{ac}|the letter {c}|{c}} in @?", "what is the count of {{c}|the letter {c}|{cs}} in @?", "how many times do you {write|use} {{c}|the letter {c}} {in|to spell|when spelling} @?",
    ],
    "vowels": [
        "how many vowels {are in|are there in} @?", "how many vowels does @ {have|contain}?", "count the {vowels|number of vowels} in @", "{what is|what's} the number of vowels in @?", "in @, how many {vowels are there|letters are vowels}?", "how many {of the letters in @ are vowels|letters of @ are vowels}?",
        "how many times do vowels appear in @?", "if you count {only |}the vowels in @, how many {are there|do you get}?", "how many vowels can you {find|count|spot} in @?", "what is the vowel count of @?",
        "how many vowels in @?", "{what is|what's} the {total|} number of vowels {in|of} @?", "how many vowels {occur|appear|can be found|are contained} in @?", "how many vowels {will I find|do you see|do you find} in @?", "count {up |}{the|all the} vowels {of|in} @",
    ],
    "upper": [
        "{write|put|spell|type|give me} @ in {upper case|uppercase|all caps|capital letters|capitals|all capital letters|all capitals|uppercase letters}", "{convert|change|turn|make} @ {to|into} {upper case|uppercase|all caps|capital letters|capitals}", "{what is|what's} @ in {upper case|uppercase|capital letters|all caps|capitals}?",
        "{capitalize|uppercase} {all the|all|every one of the} letters {of|in} @", "{capitalize|uppercase} {every|each} letter {of|in} @", "make {every letter of @ a capital|all letters of @ capital|@ uppercase|@ all caps}", "how does @ look in {capital letters|uppercase|all caps}?", "take @ and {write it in capitals|make it uppercase|put it in all caps}", "uppercase @",
        "{turn|change|convert} @ {into|to} all {capital letters|uppercase|uppercase letters|capitals|caps}", "what does @ look like in {all caps|capital letters|uppercase}?", "{write|type|spell} @ {using|with} {only capital letters|uppercase letters|capital letters only|all capital letters}", "what is @ {written|} in {all capital letters|uppercase letters|upper case letters}?", "{show|give} me @ in {all caps|uppercase|capital letters}", "put all {of |}the letters of @ in {capitals|upper case|uppercase}",
    ],
    "sort": [
        "{sort|arrange|put|order|rearrange} the letters {of|in} @ {alphabetically|in alphabetical order|into alphabetical order|from a to z}", "what are the letters of @ in alphabetical order?", "{alphabetize|sort} the letters {of|in} @", "in alphabetical order, what are the letters {of|in} @?",
        "if {you|I|we} {sort|alphabetize|put in alphabetical order|arrange alphabetically} the letters {of|in} @, what {do you get|do I get|is the result|comes out}?", "take the letters of @ and {sort them|put them in alphabetical order|arrange them alphabetically|order them from a to z|put them in order}",
        "take @ and {sort its letters|put its letters in alphabetical order|arrange its letters alphabetically}", "{write|list|give me} the letters of @ in alphabetical order", "what do you get {by sorting|when you sort} the letters of @{ alphabetically|}?", "put @ in alphabetical order, letter by letter",
        "{sort|arrange|put|order} the letters {of|in} @ {from A to Z|in order from A to Z|A to Z|in ABC order|by alphabet}", "what {is|do you get for} @ with its letters {in alphabetical order|sorted alphabetically|in order|sorted}?", "{alphabetize|alphabetise|sort} @", "what are the letters {in|of} @, {sorted|in alphabetical order|from A to Z|in order}?", "rearrange @ so that its letters are in alphabetical order", "{order|sort|list} the {characters|letters} {of|in} @ alphabetically",
    ],
    "palindrome": [
        "is @ a palindrome?", "is @ a palindrome?", "is @ a palindrome or not?", "does @ read the same {backwards|forwards and backwards|backwards and forwards|in both directions|backward and forward|in reverse}?", "is @ {spelled |}the same {backwards|forwards and backwards|in reverse|forward and backward}?", "{do you think|would you say} @ is a palindrome?",
        "is @ a {word that is a palindrome|palindrome, yes or no|palindrome word|palindromic word}?", "{yes or no|true or false}: {is @ a palindrome|does @ read the same backwards|is @ the same backwards}?", "if {you|I|we} {read|spell} @ backwards, is it the same{ word|}?", "{can|could} @ be called a palindrome?", "tell me {if|whether} @ is a palindrome",
        "is @ {spelled|read|written} the same way {forwards and backwards|backwards|in both directions|backwards and forwards}?", "does @ read the same {way |}{forward and backward|from left to right and from right to left|from left to right as from right to left|if you reverse it|when reversed|both ways}?", "when reversed, is @ {the same|the same word|unchanged|still the same}?", "is @ an example of a palindrome?", "does @ stay the same when {you reverse it|reversed|spelled backwards|read backwards}?", "does reversing @ {give|produce|leave} the same word?",
    ],
    "hyphen": [
        "{join|combine|connect|link} & {with|using} a hyphen", "put a hyphen between &", "{what do you get|what is the result} {if|when} you {join|combine|connect} & with a hyphen?", "{write|make|form} a hyphenated word {from|with|out of} &", "hyphenate &", "put & together with a hyphen", "with a hyphen, {join|combine|connect|link} &",
        "using a hyphen, {join|combine|connect|put together} &", "{join|combine|connect} {w} {with|to} {v} using a hyphen", "write & as {one|a|a single} hyphenated word", "{w} and {v} joined {by|with} a hyphen", "take & and {join them with a hyphen|put a hyphen between them|connect them with a hyphen}", "put & together, separated by a hyphen",
        "{join|combine|connect|link|hyphenate} {these|these two|the following|the following two|both} words{ with a hyphen| using a hyphen|}: {{w} and {v}|{w}, {v}|{w} {v}}", "what is {w} and {v} {joined|combined|connected} {with|by} a hyphen?", "{w} and {v}: {join|combine|connect} them with a hyphen", "{add|insert|place|use} a hyphen between &", "how do you {write|join|hyphenate} & {with a hyphen|as one hyphenated word|using a hyphen}?", "{join|connect|combine} & into one {word with a hyphen|hyphenated word}",
    ],
    "contains": [
        "does @ {contain|have|include} {{ac}|the letter {c}|the letter {c}}{ in it|}?", "is there {{ac}|the letter {c}|any {c}} in @?", "is {the letter {c}|{c}} in @?", "does {the letter {c}|{c}} {appear|occur} in @?", "{can you find|do you see|will I find} {{ac}|the letter {c}} in @?", "{yes or no|true or false}: {does @ contain {c}|is there {ac} in @|@ contains the letter {c}}?",
        "in @, is there {{ac}|any {c}|the letter {c}}?", "is {the letter {c}|{c}} {one of the letters in|part of|found in|used in} @?", "are there any {cs} in @?", "is @ {spelled|written} with {{ac}|the letter {c}}?", "tell me {if|whether} @ {contains|has} {the letter {c}|{ac}}", "when you spell @, {do you use|is there|do you need} {the letter {c}|{ac}}?",
        "does @ have {ac}{ in it|}?", "does @ contain {{ac}|any {cs}}?", "{check|see} {if|whether} {there is {ac} in @|@ contains {ac}|the letter {c} is in @}", "is {ac} {in|used in|part of} @?", "is {c} a letter {in|of} @?", "do the letters of @ include {{ac}|{c}}?", "does the spelling of @ {include|contain|use} {{ac}|the letter {c}}?",
    ],
    "longer": [
        "which {word |}is longer{,|:} {w} or {v}?", "which {word |}is longer{,|:} {w} or {v}?", "which of & is longer?", "which {word |one |}has more letters{,|:} {w} or {v}?", "which is the longer word{,|:} {w} or {v}?", "is {w} or {v} longer?", "{w} or {v}{:|,} which {one |word |}is longer?", "{between|of} &, which {one |word |}is longer?",
        "what is the longer word{,|:} {w} or {v}?", "which of {these|these two words|the two words|the following words|the following} {is longer|has more letters}{:|,} {{w} or {v}|{w}, {v}|{w} and {v}}?", "{compare|take} & {and|:} {tell me which is longer|which is longer|say which one has more letters|give me the longer one}", "pick the longer {word|one}{:|,} {w} or {v}",
        "does {w} or {v} have more letters?", "out of &, which {has more letters|is longer|is the longer one}?", "who has more letters, {w} or {v}?",
        "which is {the longest|longest|the longer one|longer}{:|,} {w} or {v}?", "tell me which {word |}is longer{,|:} {w} or {v}", "of &, which {one |word |}{is longer|has more letters|is the longer one}?", "which word is {made of|spelled with} more letters{,|:} {w} or {v}?", "{choose|name|give me|select} the longer {word|of the two}: {w} or {v}", "which one is longer{,|:} {w} or {v}?", "if you compare {w} {and|with|to} {v}, which is longer?",
    ],
    "longer-than": [
        "is {w} {longer|a longer word} than {v}?", "is the word {w} longer than the word {v}?", "does {w} have more letters than {v}?", "is it true that {w} is longer than {v}?", "is {w} the longer {word|one} {compared to|compared with|when compared to} {v}?",
        "does the word {w} have more letters than the word {v}?", "has {w} {got |}more letters than {v}?", "{yes or no|true or false}: {{w} is longer than {v}|{w} has more letters than {v}|is {w} longer than {v}}?", "{tell me|check|say} {if|whether} {w} {is longer than|has more letters than} {v}",
        "{can you tell me|do you know} {if|whether} {w} is longer than {v}?", "would you say {w} is longer than {v}?", "{w} is longer than {v}, {right|correct|yes or no|true or false}?", "compared to {v}, is {w} longer?", "are there more letters in {w} than in {v}?",
        "does it take more letters to {write|spell} {w} than {v}?", "is {w} longer than {v} or not?", "does {w} contain more letters than {v}?",
    ],
}
