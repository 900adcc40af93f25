"""Phrasings of the lexis families sort, palindrome, hyphen and longer; see lexis_phrases.py for the notation.

In the two-word families `&` stands for both words ({w} and {v}).
"""

SORT = {
    "q": [
        "what {is|are} the {letters|characters} of @ in {alphabetical order|alphabetic order|order|alphabetical sequence|ABC order}?",
        "{what is|what's} @ {sorted alphabetically|with its letters sorted|with its letters in alphabetical order|with the letters in order|in alphabetical order|when its letters are sorted|when sorted alphabetically|with letters sorted from a to z|alphabetized}?",
        "{how do|how would} the letters {of|in} @ {look|go|read|come} {in alphabetical order|when sorted|sorted from a to z|if sorted alphabetically|in alphabetical sequence}?",
        "what {do you get|do I get|results|comes out} {if|when} you {sort the letters of @|arrange the letters of @ alphabetically|put the letters of @ in alphabetical order|alphabetize @|order the letters in @|sort @ alphabetically|alphabetize the letters in @}?",
        "in what order do the letters of @ come alphabetically?", "what does @ become when its letters are {sorted|put in alphabetical order|arranged from a to z|alphabetized}?",
    ],
    "o": [
        "{sort|order|arrange|put|rearrange|alphabetize|list|write|place|organize|give me|give|show me|rank|line up|reorder} {the letters|the letters|the characters|all letters|all the letters} {of|in} @ {alphabetically|in alphabetical order|from a to z|in order from a to z|in alphabetic order|by the alphabet|in ABC order|in the order of the alphabet|into alphabetical order|in alphabetical sequence}",
        "{sort|order|alphabetize|alphabetise} the {letters|characters} {of|in|that make up|from} @",
        "{sort|alphabetize|alphabetise|order|arrange|rearrange} @ {alphabetically|by letter|letter by letter|into alphabetical order|in alphabetical order|from a to z|by its letters}",
        "{sort|alphabetize|alphabetise} @", "{rearrange|arrange|put} @ so {that |}its letters are in alphabetical order", "{write|spell|put|give me} @ with {its|the} letters {in alphabetical order|sorted|sorted alphabetically|in order|from a to z}",
        "put @'s letters {in alphabetical order|in order|in ABC order}", "put the letters of @ in {order|the right order of the alphabet|the order they have in the alphabet}",
    ],
    "n": [
        "the {letters|characters} {of|in} @ {in alphabetical order|sorted|sorted alphabetically|from a to z|in order|arranged alphabetically|ordered alphabetically|in alphabetic order|alphabetized|put in alphabetical order|in ABC order}",
        "the {sorted letters|alphabetically sorted letters|alphabetical order|sorted form|sorted version|alphabetical arrangement|alphabetized form|alphabetical order of the letters|alphabetical sorting} of @",
        "@ {with its letters sorted|with sorted letters|sorted alphabetically|sorted by letter|sorted|alphabetized|with its letters in alphabetical order|with the letters put in order}", "@'s letters in {alphabetical order|order|alphabetic order}",
    ],
    "c": [
        "{how|what} the letters of @ {look|are} in alphabetical order", "how {to sort|you sort|I sort} the letters {of|in} @{ alphabetically|}",
        "what {you get when you sort the letters of @|the letters of @ are when sorted|@ looks like with its letters sorted|@ is when sorted alphabetically|you get if you alphabetize @}",
    ],
    "t": [
        "{sort|sort letters|sorted|alphabetical order|letters in alphabetical order|alphabetize|sort alphabetically|sort the letters|order letters|alphabetical|order the letters|letters sorted|letters from a to z|sort a-z|sort the letters of|alphabetical order of|letters in order}{:| -|} {w}",
        "{w} {sorted|sort|in alphabetical order|letters sorted|alphabetical order|sorted alphabetically|letters in alphabetical order|letters in order|alphabetically|alphabetized|sort letters|from a to z|a-z}",
        "{w}{:|,| -|.} {sort the letters|letters in alphabetical order|sort alphabetically|sorted|alphabetical order|order the letters|put the letters in order|letters from a to z|sort it|alphabetize it|arrange the letters alphabetically|sort its letters|letters sorted please}",
        "sort({w})", "sort {w} a to z",
    ],
}

PALINDROME = {
    "q": [
        "is @ {a palindrome|a palindrome|a palindrome|palindromic|a palindromic word|a palindrome or not|really a palindrome|an example of a palindrome|symmetric|a mirror word|one of those palindromes}?",
        "{is|would} {it right to say @ is a palindrome|you say @ is a palindrome|you call @ a palindrome|it true that @ is a palindrome|it correct that @ is a palindrome|you consider @ a palindrome}?",
        "{does|would|will|can} @ {read|be read} the same {backwards|backward|in reverse|forwards and backwards|backwards and forwards|forward and backward|in both directions|both ways|from both ends|from left to right and from right to left|from right to left|when reversed|reversed|either way|when you reverse it}?",
        "is @ {spelled|spelt|written} the same {backwards|backward|in reverse|forwards and backwards|backwards and forwards|in both directions|both ways|from both ends|from right to left|either way}?",
        "is @ the same {backwards|backward|in reverse|forwards and backwards|backwards and forwards|in both directions|both ways|when reversed|when spelled backwards|from both ends|word when reversed|if you read it backwards|word backwards}?",
        "{does|would} @ {stay the same|remain the same|look the same|stay unchanged|equal itself|give the same word|spell the same word|remain unchanged|not change} {when reversed|if reversed|backwards|when you reverse it|if you turn it around|when it is reversed|when spelled backwards|when read from the end}?",
        "{can I|can you|can we|could you|should I} {call|consider} @ a palindrome?", "is @ {equal to its reverse|identical to its reverse|its own reverse|its own mirror image|the same as its reverse|identical backwards|the same as its reversal}?",
        "does {@ count as|@ qualify as|@ make|@ form} a palindrome?", "{do we have|have we got} a palindrome in @?", "if {I|you|we} {reverse|turn around|flip} @, {is it the same word|do I get the same word|do you get the same|is it unchanged|does it stay the same}?",
        "@ is a palindrome{, right|, isn't it|, yes or no|, true or false|, correct|}?",
    ],
    "o": [
        "{check|test|say|decide|determine|verify|find out|figure out|answer} {if|whether} @ is {a palindrome|a palindrome or not|palindromic|the same backwards|spelled the same backwards|the same in reverse}",
        "{check|test|say|decide|determine} {if|whether} @ {reads the same backwards|reads the same in both directions|reads the same forwards and backwards|stays the same when reversed|is equal to its reverse}",
        "answer yes or no: is @ {a palindrome|the same backwards}?", "check @ for being a palindrome", "say yes if @ is a palindrome, {otherwise no|no otherwise|else no|and no if not}",
    ],
    "n": [],
    "c": [
        "{if|whether} @ is {a palindrome|palindromic|the same backwards|a palindrome or not|spelled the same backwards|the same forwards and backwards|spelled the same in both directions}",
        "{if|whether} @ {reads the same backwards|reads the same in reverse|reads the same forwards and backwards|stays the same when reversed|reads the same both ways|would be the same reversed}",
    ],
    "t": [
        "{palindrome|is palindrome|is this a palindrome|palindrome or not|palindrome yes or no|palindrome check|a palindrome|is it a palindrome|palindrome test|same backwards|is the following a palindrome}{:|?|} {w}",
        "{w} {palindrome|a palindrome|is a palindrome|palindrome or not|is it a palindrome|palindrome yes or no|same backwards|palindromic}?",
        "{w}{:|,| -|.} {palindrome|is it a palindrome|a palindrome|is that a palindrome|palindrome or not|yes or no, is it a palindrome|is this a palindrome|same backwards|does it read the same backwards|is it the same backwards|is it spelled the same backwards}?",
        "{yes or no|true or false|right or wrong}{:|,|} {w} is a palindrome", "{yes or no|tell me yes or no}{:|,|} is @ {a palindrome|the same backwards|palindromic}?", "is {w} palindrome?",
    ],
}

HYPHEN = {
    "q": [
        "{how do you|how would you|how do I|how can I|how do we} {write|join|connect|spell|put together|combine|link|hyphenate} & {with a hyphen|joined by a hyphen|using a hyphen|as one hyphenated word|with a dash between them|as a hyphenated word|with a hyphen between them|with a hyphen in between}?",
        "what {do you get|do I get|results|comes out|is the result|do we get} {if|when} {you|we|I} {join|connect|link|combine|put together|glue together} & {with a hyphen|by a hyphen|using a hyphen|with a dash|with a hyphen between them}?",
        "{what is|what's} & {joined with a hyphen|joined by a hyphen|connected by a hyphen|combined with a hyphen|with a hyphen between them|as a hyphenated word|hyphenated|as one hyphenated word}?",
        "what {do|would} & {look like|become} {joined with a hyphen|with a hyphen between them|when hyphenated|as one hyphenated word}?",
    ],
    "o": [
        "{join|connect|link|combine|put together|put|write|hyphenate|merge|attach|glue together|unite|tie together|couple|bring together|concatenate|fuse|compose|stick together} & {with a hyphen|by a hyphen|using a hyphen|with a hyphen between them|with a dash|into one hyphenated word|into a hyphenated word|with a hyphen in between|with a hyphen in the middle|by means of a hyphen|with the help of a hyphen|together with a hyphen}",
        "{put|place|insert|write|add|set|stick|use} a {hyphen|hyphen|dash} between &", "hyphenate &",
        "{make|form|create|build|write|give me} {a hyphenated word|one hyphenated word|a hyphenated compound|a word with a hyphen|a compound with a hyphen|a single hyphenated word} {from|of|out of|with|using} &",
        "{write|spell|type|give me|print|show} & {joined by a hyphen|joined with a hyphen|as one hyphenated word|as one word with a hyphen|as a hyphenated word|with a hyphen between them|with a hyphen in between|separated by a hyphen|hyphenated|as a single word with a hyphen}",
        "{join|connect|link|attach} {{w} to {v}|{w} with {v}|the word {w} with the word {v}|the word {w} to the word {v}} {with a hyphen|by a hyphen|using a hyphen|with a dash|by means of a hyphen}",
        "{use|take} a hyphen to {join|connect|link|combine|put together} &", "turn & into {one hyphenated word|a hyphenated word|a word with a hyphen}",
        "separate & with a hyphen", "write {w}, then a hyphen, then {v}", "write {w} {and then|followed by} {v} with a hyphen between", "write {w} hyphen {v}", "add {v} to {w} with a hyphen",
    ],
    "n": [
        "& {joined with a hyphen|joined by a hyphen|connected by a hyphen|connected with a hyphen|linked by a hyphen|with a hyphen between them|put together with a hyphen|combined with a hyphen|hyphenated|as one hyphenated word|as a hyphenated word|with a hyphen|with a dash between them|separated by a hyphen}",
        "the {hyphenated|hyphenated} {form|version|word|combination|compound|spelling} {of|made of|made from|from} &", "the {word|compound} {made|formed|you get} by joining & with a hyphen", "the hyphenation of &",
    ],
    "c": [
        "how {to write|to join|to hyphenate|you write|you join|I join} & {with a hyphen|using a hyphen|as one hyphenated word|joined by a hyphen}", "what you get when you join & with a hyphen", "what & {are|look like} joined with a hyphen",
    ],
    "t": [
        "{hyphenate|join with hyphen|join with a hyphen|hyphen|hyphenated|combine with hyphen|connect with a hyphen|put a hyphen between|join using a hyphen|link with a hyphen|hyphenate these words|hyphenate the words|join these words with a hyphen|join the two words with a hyphen|hyphen between|join by hyphen}{:| -|} {{w} and {v}|{w}, {v}|{w} {v}|{w} + {v}}",
        "{{w} and {v}|{w}, {v}|{w} {v}|{w} + {v}} {with a hyphen|hyphenated|joined with a hyphen|with hyphen|joined by hyphen|hyphen|with a dash|with a hyphen between|as one hyphenated word}",
        "{{w} and {v}|{w}, {v}|{w} + {v}|{w} {v}}{:|.| -|,} {join them with a hyphen|join with a hyphen|hyphenate|hyphenate them|hyphenated|put a hyphen between them|put a hyphen between|connect them with a hyphen|write as one hyphenated word|combine them with a hyphen|join these two with a hyphen|link them by a hyphen}",
        "{w} hyphen {v}", "{w} plus {v} with a hyphen", "{first word {w}, second word {v}|word one is {w}, word two is {v}|the words are {w} and {v}|I have {w} and {v}|take {w} and {v}|given {w} and {v}|here are two words: {w} and {v}}{.|,|:} {join them with a hyphen|join with a hyphen|put a hyphen between them|hyphenate them|make one hyphenated word|write them with a hyphen|put them together with a hyphen|combine both with a hyphen}",
    ],
}

LONGER = {
    "q": [
        "which {is|is|is the|one is|one is the|word is|word is|word is the|of the two is|of these is|of these words is|of these two is the|of the words is} {longer|longer|longer one|longer word}{,|:|} {{w} or {v}|{w} or {v}|the word {w} or the word {v}|{w}, {v}|{w} and {v}}?",
        "which {has|word has|one has|of these has|of the two has|of the two words has|contains|uses|consists of} {more letters|the most letters|more characters|the greater number of letters|the larger number of letters|the greater length}{,|:|} {{w} or {v}|{w} or {v}|the word {w} or the word {v}|{w} and {v}}?",
        "{what is|what's} {longer|the longer word|the longer one|the longest|the longest word|the longer of the two}{,|:|} {{w} or {v}|{w} or {v}|the word {w} or the word {v}}?",
        "which of {&|the words &|the two words &|these two words, {w} and {v},|the following, {w} or {v},} {is longer|has more letters|is the longer one|is the longer word|has the most letters|is longest|is the longest|contains more letters}?",
        "is {{w} or {v}|the word {w} or the word {v}|{w} or is {v}} {longer|the longer word|the longer one|longest}?", "{does {w} or {v}|does the word {w} or the word {v}} have more letters?",
        "{between|of|out of|among|from} &, {which is longer|which one is longer|which word is longer|which has more letters|what is the longer word|which is the longer one|which is the longest|which one has more letters}?",
        "{{w} or {v}|{w} and {v}|{w} vs {v}}{:|,| -} {which is longer|which one is longer|which word is longer|which has more letters|what is longer|which is the longer word|which one has more letters|which of them is longer}?",
        "{comparing|when comparing|if you compare} &, {which is longer|which word is longer|which one has more letters}?", "is it {w} or {v} that {is longer|has more letters}?", "which word has more letters in it, {w} or {v}?",
        "which takes more letters to {spell|write}, {w} or {v}?",
    ],
    "o": [
        "{pick|choose|select|find|name|give|say|tell me|give me|show me|identify|state|point out|write down|determine|return|print} {the longer word|the longer one|the longer|the one with more letters|the word with more letters|the longest word|the longer of the two words|the one that is longer|the word that is longer|which is longer}{:|,| of| from| between| out of} {{w} or {v}|{w} and {v}|{w}, {v}|{w} and {v}}",
        "{compare|compare the length of|compare the lengths of|measure|look at} & and {tell me which is longer|tell me the longer one|give the longer word|say which is longer|give me the longer one|pick the longer one|say which has more letters}",
    ],
    "n": [
        "the {longer|longest|longer} {word|one|} {of|out of|between|among} {&|the words &|the two words &}", "the longer of &", "the word with {more|the most} letters{,| out of| of|:} {{w} or {v}|{w} and {v}}", "the longer word{:|,} {{w} or {v}|{w} and {v}}",
    ],
    "c": [
        "which {is|word is|one is|of the two is|of these is} {longer|the longer one|the longer word}{,|:|} {{w} or {v}|{w} or {v}|the word {w} or the word {v}}", "which has more letters{,|:|} {w} or {v}", "which of & {is longer|has more letters|is the longer one}",
        "{if|whether} {w} or {v} is {longer|the longer word}",
    ],
    "t": [
        "{longer|which is longer|longer word|longest|longest word|more letters|the longer one|which is the longer word|longer one|what is longer|pick the longer|who is longer|which has more letters}{:|,|?| -|} {{w} or {v}|{w}, {v}|{w} {v}|{w} vs {v}|{w} / {v}|{w} and {v}}",
        "{{w} or {v}|{w} and {v}|{w}, {v}|{w} vs {v}|{w} / {v}} {longer|which is longer|which one is longer|which longer|longer one|the longer one|longest|- longer}",
        "{{w} or {v}|{w} and {v}|{w}, {v}|{w} vs {v}}{:|,|.|?| -} {which is longer|longer one|the longer word|longer|which is the longer word|which one has more letters|give me the longer one|pick the longer one|the longest|tell me the longer one|which of the two is longer|which one is longer}",
        "{here are two words: {w} and {v}|take the words {w} and {v}|I have two words, {w} and {v}|given {w} and {v}|look at {w} and {v}|the words are {w} and {v}}{.|:|,} {which is longer|which one is longer|which has more letters|which word is longer|tell me which is longer|pick the longer one|give me the longer one}",
    ],
}
