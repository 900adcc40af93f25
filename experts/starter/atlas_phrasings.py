"""How people ask for facts about countries and chemical elements: patterns for `phrasing.expand`.

Slots: {x} a country, {xs} its possessive, {c} a capital, {e} an element, {es} its possessive,
{s} a symbol, {n} an atomic number, {nth} its ordinal.
NOUNS, CLAUSES and ORDERS are put into the frames of `phrasing`; PLAIN are whole questions;
RESERVED are whole questions that occur in tests only.
"""

_TABLE = "{in|on} the periodic table"
_IN_TABLE = "[ {in|on} the periodic table]"
_W = "{which|what}"

NOUNS, CLAUSES, PLAIN, RESERVED = {}, {}, {}, {}

# ---------------------------------------------------------------- capital
NOUNS["capital"] = [
    "the capital {of|of|of|for|in} {x}", "the capital city {of|of|for|in} {x}", "{xs} capital", "{xs} capital city",
    "the {name of the|official|national|current|actual|present} capital of {x}", "the name of {xs} capital [city]",
    "the city that is {the capital of {x}|{xs} capital}", "the city which {serves as|acts as|is} the capital of {x}",
    "the capital of {the country|the nation|the state|the country called} {x}", "the country {x}'s capital",
]
CLAUSES["capital"] = [
    _W + " city is {the capital of {x}|{xs} capital|the capital city of {x}|capital of {x}}",
    _W + " {the capital|the capital city} of {x} is {|called|named}", _W + " {xs} capital [city] is",
    "{which|what} capital [city] {x} has", "how the capital of {x} is called", "where {xs} capital is",
]
PLAIN["capital"] = [
    _W + " city is the capital[ city] {of|in|for} {x}?", _W + " is the capital[ city] of {x}?", _W + " is {xs} capital[ city]?",
    "what's {the capital of {x}|{xs} capital|the capital city of {x}|{xs} capital city}?",
    "what is {the capital of {x}|{xs} capital|the capital city of {x}|{xs} capital city}?",
    _W + " city {serves as|acts as|functions as|is|is known as|is called} {the capital[ city] of {x}|{xs} capital[ city]}?",
    _W + " {city|town} does {x} {have as|use as|call|name as} {its|the} capital?", _W + " capital[ city] {does {x} have|has {x}|belongs to {x}|goes with {x}}?",
    "capital of {x}[?]", "capital {x}[?]", "{x} capital[?]", "{x} capital city[?]", "capital city of {x}[?]", "{xs} capital[?]", "capital city {x}[?]",
    "capital {for|in} {x}[?]", "{x}{:|,| -| =|;} {capital|capital city|what's the capital|what is the capital|which city is the capital|name the capital|its capital|the capital}[?]",
    "the capital[ city] of {x}{ is| is...| is ...| = ?| is?| is called| is ___|:| is which city?| is what?| is named what?}",
    "{xs} capital[ city]{ is| is called| is ...| is which city?| is what?| is named}",
    "{for|in} {x}, {what is the capital|which city is the capital|what's the capital|what is the capital city}?",
    "what is the {name|official name} of {the capital of {x}|{xs} capital|the capital city of {x}}?", "what {do you call|do they call|is the name for} {the capital of {x}|{xs} capital}?",
    "what is {the capital of {x}|{xs} capital|the capital in {x}} {called|named}?", "how {is|do you call} the capital of {x}[ called| named]?",
    "{x} has {what|which} {capital|capital city|city as its capital}?", "where is {the capital of {x}|{xs} capital[ city]}[ located]?",
    "{I'm|I am|we're|we are|my friend is} {visiting|travelling to|traveling to|going to|flying to|moving to|in|studying|reading about|learning about} {x}{. | and wonder: |, |: }{what's|what is|which city is|name} {its|the|their} capital[ city]?",
    "{name|give|list|identify|recall|guess|mention|specify|tell} [me ]{the|} {capital|capital city} {of|for} {x}", "{name|give|identify|recall|tell me} {xs} capital[ city]",
    "tell me {which city is {the capital of {x}|{xs} capital}|about the capital of {x}: what's it called|{xs} capital[ city]}",
    "what city is {xs} {capital|capital city}?", "which of {xs} cities is {the|its} capital?", "which city in {x} is the capital?", "what is the capital there in {x}?",
    "{think of|consider|take|look at} {x}. {what is|which city is|name} {its|the} capital[ city]?", "is there a capital in {x}, and what is it called?",
    "{fill in|complete|complete the sentence|fill the gap|finish}: {the capital of {x} is|{xs} capital is} {_|__|___|...}",
    "{geography|geography question|geography quiz|quiz|quiz question|trivia|trivia question|in geography}{:| -|,} {capital of {x}|what is the capital of {x}|{xs} capital|name the capital of {x}|which city is the capital of {x}}?",
    "what do {people|they} call {xs} capital[ city]?", "which city {must|should|do} I {name|visit|see|go to} {if I want to see|for|to see} the capital of {x}?",
    "do you know {the capital|the capital city|what the capital} of {x}[ is]?", "what's the capital[ city] {over in|in|down in} {x}?",
]
SEAT_OF_GOVERNMENT = [
    "{where|in which city|in what city} {is|sits} {the government|the seat of government|the national government|the parliament} of {x}[ located| based]?",
    "tell me where the {government|parliament|president} of {x} sits", "{which|what} city is {the seat of government of {x}|{xs} seat of government|the political centre of {x}|the political center of {x}}?",
    "{from|in} {which|what} city is {x} {governed|ruled|run}?", "where {does|do} the {government|parliament} of {x} {sit|meet|work}?", "where is {xs} {government|parliament}?",
]
RESERVED["capital"] = [
    "people from {x} call which city their capital?", "I forgot what {xs} capital is called", "could you name the capital that {x} has?",
    "if I flew to {x} and landed in the capital, which city would I be in?", "the capital I'm looking for is that of {x}", "what would {xs} capital city be?",
    "help me remember the capital of {x}", "so which city holds the title of capital in {x}?", "capital city for {x}, please",
]

# ---------------------------------------------------------------- continent
NOUNS["continent"] = [
    "the continent {of|for} {x}", "{xs} continent", "the continent [that|which] {x} {is in|is on|is part of|belongs to|lies in|lies on|is located in|is located on|sits on}",
    "the continent {where|in which|on which} {x} {is|lies|is located|is situated|is found|can be found}", "the name of the continent {of {x}|{x} is in|{x} is on|where {x} lies}",
    "the continent to which {x} belongs", "the continent {containing|with|that contains|that includes|that has} {x}",
]
CLAUSES["continent"] = [
    _W + " continent {x} {is in|is on|is part of|belongs to|lies in|lies on|is located in|is located on|is situated on|is found in|counts to}",
    "{in|on} {which|what} continent {x} {is|lies|is located|is situated|can be found}", "to which continent {x} belongs", _W + " continent {contains|includes|has} {x}",
    _W + " part of the world {x} is in",
]
PLAIN["continent"] = [
    _W + " continent is {x} {in|on|located in|located on|located|part of|a part of|situated in|situated on|found in|found on|from|within|at}?",
    _W + " continent is {x} {in|on|part of}?", _W + " continent is {x} {in|on|part of}?",
    "{in|on|in|on|at} {which|what} continent is {x}[ located| situated| found| to be found]?", "{in|on} {which|what} continent {does|do} {x} {lie|sit|belong}?",
    "{in|on} {which|what} continent {can|do|would|will|could} {I|you|we|one} find {x}?", _W + " continent {does|do} {x} {belong to|lie in|lie on|sit on|fall in|fall under|count as|count to|form part of}?",
    "to {which|what} continent does {x} belong?", "{of|} {which|what} continent is {x} {part|a part|a member|a country}?", "of {which|what} continent is {x} a {part|country}?",
    _W + " continent {would|will|am|are} {I|you|we} {be in|be on|in|on|visiting|land on} {if I visit|if I go to|when in|in|when visiting} {x}?",
    _W + " continent {has|contains|includes|is home to|holds|houses|covers|does one find} {x}?", "{x} {is|lies|belongs|is located|is situated|is found} {in|on|to} {which|what} continent?",
    "{x} is part of {which|what} continent?", "{x} is a country {in|on|of} {which|what} continent?", "{x} continent[?]", "continent {of|for|} {x}[?]", "{xs} continent[?]",
    "{x}{:|,| -| =|;} {continent|which continent|what continent|its continent|the continent|name the continent|on which continent|in which continent}[?]",
    "where {is|lies|is the country} {x}[ located| situated| found]{:|,| -|?} {which|what} continent?", _W + " continent{:|,| is| for| -} {x}?", "where is {x} {located |}in terms of continents?",
    _W + " {part|region|area|corner} of the world is {x} in?", "where in the world is {x}?", "where is {x}[ located| situated| on the map| on the globe]?",
    "{x} {lies in|is in|is on|is located in|belongs to|is part of|lies on} the continent {of|of ...|of which name|called|named}[?]", "the continent of {x} is[ ...| what]?",
    "{I'm|I am|we are|my friend is} {visiting|travelling to|going to|flying to|moving to|in} {x}{. |, |: }{which|what} continent is {that|it} {on|in}?",
    "{think of|take|look at|consider|find} {x}{.| on a map.} {which|what} continent is it {in|on|part of}?", "which of the continents {is {x} in|has {x}|does {x} belong to|is {x} on}?",
    "{name|give|identify|recall|tell me|mention} the continent {of|for|where you find|that has|where we find} {x}", "is {x} in {Africa, Asia or Europe|Africa, Asia, Europe, Oceania or the Americas|Europe, Asia, Africa or America|which continent}?",
    "{geography|geography question|geography quiz|quiz|quiz question|trivia|trivia question}{:| -|,} {continent of {x}|which continent is {x} in|{x} is on which continent|name the continent of {x}}?",
    "what's the continent {of {x}|{x} is in|for {x}|{x} is on|{x} belongs to}?", "what is the continent {of {x}|{x} is in|{x} is on|{x} belongs to|where {x} is}?", "what is {xs} continent?",
    "the country {x} is {in|on} {which|what} continent?", "the country of {x} {lies|is} {in|on} {which|what} continent?", _W + " continent is the {country|nation|state} [of |called ]{x} {in|on|part of|located on}?",
    "{fill in|complete}: {x} is {a country in|located in|in|part of} {_|___|...}, which is a continent",
]
RESERVED["continent"] = [
    "on the map, which continent should I look at to find {x}?", "{x} is on what landmass - which continent?", "under which continent do we file {x}?",
    "what continent do the people of {x} live on?", "I want to sort {x} by continent - which one?", "can you place {x} on a continent?",
    "where would {x} be, continent wise?", "continent where {x} is", "is it Africa, Asia or some other continent where {x} lies?",
]

# ---------------------------------------------------------------- currency
NOUNS["currency"] = [
    "the currency {of|in|for|used in} {x}", "the {official|national|local|legal|current} currency {of|in|for} {x}", "{xs} {currency|money|official currency|national currency|legal tender|monetary unit|unit of currency}",
    "the money {of|in|used in|they use in|people use in|one uses in|spent in} {x}", "the name of {xs} {currency|money}", "the name of the {currency|money} {in|of|used in} {x}",
    "the {currency|money} that {x} uses", "the {monetary unit|unit of money|unit of currency|legal tender|means of payment} {of|in|for} {x}", "the currency {people|they|locals} {use|pay with|pay in} in {x}",
]
CLAUSES["currency"] = [
    _W + " {currency|money} {they use|people use|is used|is spent|one uses|you need|you pay with|is accepted|is legal tender} in {x}", _W + " {currency|money} {x} {uses|has}",
    "what {people|they|locals} {pay with|use as money|spend} in {x}", "what the {currency|money} {of|in} {x} is[ called]", "how the {money|currency} of {x} is called", "what {xs} currency is[ called]",
    "in which currency {people pay|prices are given} in {x}",
]
PLAIN["currency"] = [
    "{what is|what's} the {currency|official currency|national currency|local currency|money} {of|in|for|used in} {x}?", "what's {xs} {currency|money|official currency}?", "what is {xs} {currency|money|official currency|national currency}?",
    _W + " {currency|money} {is used|do they use|do people use|does one use|do you use|is accepted|is legal tender|circulates|do locals use|is valid|is spent|is official|is common|is there|do they have|do they pay with|is paid with} in {x}?",
    _W + " {currency|money} {should I bring|should I carry|do I need to take|do I need|should we take|must I take|will I need|would I need|should I exchange|do I have to bring|am I going to need} {to|in|for|when travelling to|for a trip to|for my trip to|for holidays in} {x}?",
    _W + " {currency|money} does {x} {use|have|accept|print|issue|pay with|spend}?", _W + " {kind of|sort of|type of|form of} {money|currency} {do they|do people|does one|do you|do the people|do we} {use|have|spend|need} in {x}?",
    "what do {people|they|you|locals|citizens|shoppers|tourists|we|residents|the people} {pay with|use to pay|use as money|use for money|spend|use as currency|pay in} in {x}?",
    "with {what|which} {money|currency} {do people|does one|do you|do I|can I|do they} {pay|pay for things|shop|buy things} in {x}?", "in {x}, {what|which} {currency|money} {is used|do they use|do people use|do people pay with|would I use}?",
    "in {x}{,|} {what is the currency|what do people pay with|what's the currency|what is money called|what's money called}?",
    "in {what|which} currency {are prices|do you pay|do people pay|do I pay|are wages paid|can I pay|is everything priced|are goods paid} in {x}?", "what is {the money|money|the currency|cash|the cash} {in|of} {x} called?", "what is money called in {x}?",
    "what are the {banknotes|coins|notes|bills} {in|of} {x} called?", "what do they call {the money|money|their money|the currency|their currency} in {x}?", "how {is|do they call} {the money|money|the currency} in {x}[ called| named]?",
    "if {I|we|you} {go to|travel to|visit|fly to|shop in|am in|stay in|buy something in} {x}, {what|which} {currency|money} {do I need|should I take|will I need|do I use|do I pay with|would I need}?",
    "{I'm|I am|we are|my sister is|we're} {travelling to|going to|flying to|visiting|moving to|in|shopping in|planning a trip to} {x}{. |, |: }{what|which} {currency|money} {do I need|do they use there|is used there|should I take|do people use there}?",
    "{x} {currency|money|official currency|national currency|currency name|monetary unit|legal tender}[?]", "currency {of|in|for|used in|} {x}[?]", "money {in|of|used in|for} {x}[?]", "{xs} {currency|money}[?]",
    "{x}{:|,| -| =|;} {currency|money|which currency|what currency|what's the currency|its currency|what do they pay with|currency name|the money}[?]", "{x} {uses|pays with|pays in|has} {which|what} {currency|money}?",
    "the {currency|money|official currency|national currency} {of|in|used in} {x}{ is| is?| is called| is ...| is ___| is what?|:| is named}", "{xs} currency{ is| is called| is ...| is what?| is the}",
    "{name|give|identify|recall|tell me|mention|state|specify} {the|} {currency|money|legal tender|official currency} {of|in|for|used in} {x}", "{name|tell me|give me} {xs} {currency|money}",
    _W + " {currency|money|monetary unit} {belongs to|goes with|is used by|is that of|is the one of} {x}?", "what unit of {money|currency} {is used in {x}|does {x} use|do they use in {x}}?", "what is {the legal tender|legal tender} in {x}?",
    "{geography|quiz|quiz question|trivia|trivia question|economics|travel question}{:| -|,} {currency of {x}|what currency is used in {x}|which currency does {x} use|name the currency of {x}|{xs} currency}?",
    "{think of|take|consider|look at} {x}. {what is its currency|which currency is used there|what money do they use}?", "what {cash|money} {do they use|do I need|is used} in {x}?", "what do {I|you|we} {need to pay|pay with|pay in|buy things with} in {x}?",
    "{x} is a country. {what|which} {currency|money} {does it use|is used there}?", "people in {x} {pay with|pay in|use|spend} {which|what} {currency|money}?", "the people of {x} {pay with|use} {which|what} {currency|money}?",
    "{fill in|complete}: {people in {x} pay with|the currency of {x} is|in {x} they pay with} {_|___|...}", "{for|at} a {shop|market|bank|hotel} in {x}, {what|which} {currency|money} {do I need|is used}?",
    "{can I pay with euros, dollars or something else|do they use dollars, euros or something else|is it the dollar, the euro or something else} in {x}?",
]
RESERVED["currency"] = [
    "what would be in a wallet in {x} - which currency?", "bread in {x} is paid for in which currency?", "I need cash for {x}: which currency?", "which notes and coins do people carry in {x}?",
    "salaries in {x} are paid in what?", "what's the name they give to money over in {x}?", "what do the people of {x} use when they buy things?", "currency unit {x}", "what currency would I get at an ATM in {x}?",
]

# ---------------------------------------------------------------- country of a capital
_COUNTRY = "{country|country|country|nation|state}"
NOUNS["country-of-capital"] = [
    "the " + _COUNTRY + " {whose capital is {c}|whose capital city is {c}|with [the] capital {c}|with the capital city {c}|that has {c} as [its] capital|which has {c} as [its] capital|with {c} as [its] capital[ city]|of which {c} is the capital|{c} is the capital of|where {c} is the capital|that {c} is the capital of|which is governed from {c}}",
    "the " + _COUNTRY + " {{c} is in|where {c} is[ located]|where {c} lies|in which {c} lies|in which {c} is the capital}",
]
CLAUSES["country-of-capital"] = [
    _W + " " + _COUNTRY + " {c} is {the capital[ city] of|the capital in|in|located in}", _W + " " + _COUNTRY + " has {c} as [its] capital[ city]", _W + " country's capital[ city] is {c}", "whose capital {c} is",
    "of {which|what} country {c} is the capital[ city]", "in {which|what} country {c} {is|lies|is located|is the capital}", "what {c} is the capital of",
]
PLAIN["country-of-capital"] = [
    _W + " " + _COUNTRY + " is {c} the capital[ city] {of|in|for}?", "{of|of|in|for} {which|what} " + _COUNTRY + " is {c} the capital[ city]?", "{c} is the capital[ city] of {which|what} " + _COUNTRY + "?",
    "{c} is the capital[ city] of {which|what} " + _COUNTRY + "?", _W + " country is {c} the capital of?",
    "{c} is {which|what} {country's|nation's|state's} capital[ city]?", _W + " " + _COUNTRY + " has {c} as [its |the ]capital[ city]?", _W + " " + _COUNTRY + " has the capital[ city] {c}?", _W + " {country's|nation's|state's} capital[ city] is {c}?",
    "whose capital[ city] is {c}?", "{c} is the capital of {what|where|which|who|whom|...|___|}?", "what is {c} the capital[ city] of?", "what's {c} the capital of?", "{c} is whose capital[ city]?", "{c} {serves as|acts as|is} [the] capital {of|for} {which|what} " + _COUNTRY + "?",
    "in {which|what} " + _COUNTRY + " is [the capital |the capital city |the city |the city of ]{c}[ located| situated| found| to be found]?", _W + " " + _COUNTRY + " is [the capital |the capital city |the city |the city of ]{c} {in|located in|part of|found in|situated in|from}?",
    "{in|to} {which|what} country {does|do} [the capital |the city |the capital city ]{c} {lie|belong|sit}?", _W + " country {does|do} [the capital |the city |the capital city ]{c} {belong to|lie in}?", "in {which|what} country {can|do|would|will} {I|you|we} find [the capital |the city |the capital city ]{c}?",
    "where is [the capital |the city of |the city |the capital city ]{c}[ located| situated]?", "where is {c}{:|,|?| -} {which|what} country?", "{c} is {in|located in|found in|situated in|a city in|the capital in|a capital in} {which|what} country?", "{c} belongs to {which|what} country?",
    "{c} capital of[?]", "{c} is capital of[?]", "capital of {what|which country}{:|?|,| -} {c}[?]", "{c}{:|,| -|;} {capital of which country|which country|what country|capital of what|country|the capital of which country|name the country}[?]", "{c} country[?]", "country of {c}[?]", "country {whose capital is|with capital|with the capital|with capital city|for the capital} {c}[?]",
    "{name|give|identify|recall|tell me|mention|state} {the|} " + _COUNTRY + " {whose capital[ city] is {c}|with [the] capital[ city] {c}|that has {c} as its capital|of which {c} is the capital|that {c} is the capital of}",
    "{if|when|given that|since} {c} is the capital[ city], {what|which} {is the country|country is it|country is that|country are we in|country am I in}?", "{c} is a capital[ city]. {of which country|which country's|of what country|which country is it in|what country does it belong to}?",
    _W + " country {do I|do you|would I|will I|am I going to} {visit|be in|enter|reach|see} {if I go to|when I am in|when I visit|if I travel to} [its capital |the capital ]{c}?", "capital[ city] {c}{:|,| -| is in|} {which|what} country?",
    "{c} is {its|the} capital[ city]{:|,|.| -} {which|what} " + _COUNTRY + "{ is it| is meant| is this| am I thinking of|}?", "the capital[ city] {of|in} {which|what} " + _COUNTRY + " is {called |named |}{c}?", "{c} is the name of {which|what} country's capital?",
    "{geography|geography quiz|quiz|quiz question|trivia|trivia question}{:| -|,} {{c} is the capital of which country|which country has the capital {c}|what country is {c} the capital of|whose capital is {c}}?",
    "{I'm|I am|we are|my friend is|my uncle is} {visiting|travelling to|going to|flying to|in|living in} {c}, {the capital of which country|which is the capital of what country|in which country is that}?", "{which|what} country calls {c} its capital[ city]?",
    "for {which|what} country is {c} the capital[ city]?", "{fill in|complete}: {c} is the capital of {_|___|...}", "{think of|consider|take|look at} [the capital |the city ]{c}. {which|what} country {is it the capital of|does it belong to|is it in}?",
    "{c} is {the seat of government|the seat of the government|the political centre} of {which|what} country?", _W + " country is {governed|ruled|run} from {c}?",
]
RESERVED["country-of-capital"] = [
    "I'm standing in {c}, a capital city. Which country am I in?", "which land has {c} for its capital?", "{c} - that's the capital where?", "name the place {c} is the capital of", "you'd find {c} as the capital of which country?",
    "which nation picked {c} as its capital?", "{c}: whose capital?", "the ambassador lives in {c}, so which country is that the capital of?", "what nation's capital goes by the name {c}?",
]

# ---------------------------------------------------------------- symbol
NOUNS["symbol"] = [
    "the [chemical |element |atomic |periodic table ]symbol {for|of} {e}", "{es} [chemical |element |atomic ]symbol", "the symbol {chemists use|used|used in chemistry|that stands|we use} for {e}", "the symbol [for|of] the [chemical ]element {e}",
    "the [chemical ]{abbreviation|sign|notation|short form|shorthand} {for|of} {e}" + _IN_TABLE, "the {letter or letters|letters|letter code|code} {for|that stand for|used for} {e}" + _IN_TABLE, "the element symbol {for|of} {e}",
    "the {abbreviation|short form|sign} {for|of} {e} in chemistry",
]
CLAUSES["symbol"] = [
    _W + " {symbol|chemical symbol} {e} has", _W + " {symbol|chemical symbol} {stands for|represents|is used for|belongs to|denotes} {e}", "how {e} is {abbreviated|written|shown|denoted|represented} " + _TABLE, "how chemists {abbreviate|write|denote} {e}",
    "what the [chemical ]symbol {for|of} {e} is", "what {es} symbol is",
]
PLAIN["symbol"] = [
    "{what is|what's} the [chemical |element |atomic ]symbol {for|of} {e}?", "{what is|what's} the chemical symbol {for|of} {e}?", "what's {es} [chemical ]symbol?", "what is {es} [chemical |element ]symbol" + _IN_TABLE + "?", "{what is|what's} the symbol {for|of} the [chemical ]element {e}?",
    "how is [the element ]{e} {abbreviated|written|shown|denoted|represented|symbolised|symbolized|listed|noted|marked|labelled} " + _TABLE + "?", "how is [the element ]{e} {abbreviated|written|denoted|symbolised} {in chemistry|by chemists|as a symbol|in short}?", "how {do|would} {chemists|you|we|scientists|I} {write|abbreviate|denote|represent|symbolise|shorten} {e}{| in short| in a formula| as a symbol| in chemistry| " + _TABLE + "}?",
    _W + " [chemical ]symbol {does {e} have|is used for {e}|stands for {e}|represents {e}|denotes {e}|do chemists use for {e}|has {e}|goes with {e}|belongs to {e}|is given to {e}|is {es}|do we use for {e}}" + _IN_TABLE + "?",
    _W + " {letters|letter or letters|abbreviation|sign|letter code|short form} {stands for|stand for|represents|represent|denotes|is used for|are used for|do chemists use for|does {e} have for|means} {e}" + _IN_TABLE + "?",
    "by {what|which} [chemical ]symbol is {e} {known|shown|denoted|represented}" + _IN_TABLE + "?", "{under|with} {what|which} symbol {is|do I find} {e} {listed|} in the periodic table?",
    "{e} symbol[?]", "{e} chemical symbol[?]", "symbol {e}[?]", "symbol {for|of} {e}[?]", "[chemical|element|atomic] symbol {for|of|} {e}[?]", "{es} symbol[?]", "abbreviation {for|of} {e} in chemistry", "{e} abbreviation " + _TABLE,
    "{e}{:|,| -| =|;} {symbol|chemical symbol|what's the symbol|which symbol|what symbol|its symbol|the symbol|symbol in the periodic table|element symbol}[?]", "{e} has {which|what} [chemical ]symbol?", "{e} is {abbreviated|written|shown} {how|as what|as} " + _TABLE + "?",
    "the [chemical |element ]symbol {for|of} {e}{ is| is?| is ...| is ___|:| is what?| is which?| = ?}", "{es} symbol{ is| is ...| is which?| = ?}", "{e} {is represented by|is denoted by|has|goes by|uses} {which|what} symbol?",
    "{name|give|identify|recall|tell me|mention|state|write|write down|provide} {the|} [chemical |element ]{symbol|abbreviation} {for|of} {e}", "{name|give|write|tell me} {es} [chemical ]symbol",
    "what is [the element ]{e} {in chemical symbols|abbreviated to|abbreviated as|on the periodic table as a symbol|as a chemical symbol|written as}?", "what is {e} " + _TABLE + "{ abbreviated as|, as a symbol| called in letters}?", "in the periodic table, {what is|what's|which is|how is} {the symbol {for|of} {e}|{e} abbreviated|{es} symbol}?",
    "{chemistry|chemistry question|chemistry quiz|quiz|quiz question|trivia|in chemistry|science question}{:| -|,} {symbol for {e}|what is the symbol of {e}|how is {e} abbreviated|{es} symbol|which symbol stands for {e}|the symbol of {e}}?",
    "{think of|take|consider|look at} {the element|} {e}. {what is its [chemical ]symbol|how is it abbreviated|which symbol does it have}?", "{fill in|complete}: the [chemical ]symbol {for|of} {e} is {_|___|...}", "[the ]element {e}{:|,| -} {symbol|which symbol|what's its symbol|what is the symbol}?",
    "for {e}, {what is|which is|what's} the [chemical ]symbol?", "{I'm|I am|we are} {studying|learning about|reading about|writing about} {e}{. |: |, }{what's|what is} {its|the} [chemical ]symbol?", "what do {you|chemists|we} write for {e} in {a formula|chemistry|chemical formulas}?",
]
RESERVED["symbol"] = [
    "which one or two letters mean {e} to a chemist?", "how would {e} appear in a chemical equation?", "{e} - what's that in the periodic table's shorthand?", "I need the periodic table letters of {e}", "what do I look for in the periodic table to find {e}, by symbol?",
    "a chemist would write {e} how?", "short symbol for the element known as {e}", "which symbol marks the box of {e}?", "spell out for me the element symbol that {e} carries",
]

# ---------------------------------------------------------------- atomic number
NOUNS["atomic-number"] = [
    "the atomic number {of|for} {e}", "{es} atomic number", "the atomic number of the [chemical ]element {e}", "the number of protons in {{e}|an atom of {e}|a {e} atom|the nucleus of {e}|one {e} atom|a {e} nucleus|every {e} atom|each atom of {e}}", "the {proton number|proton count|element number|nuclear charge} {of|for} {e}",
    "the {number|position|place|rank} of {e} {in|on} the periodic table", "{es} {position|place|number|rank} {in|on} the periodic table", "{es} {proton number|number of protons|element number|proton count}", "how many protons {e} has",
]
CLAUSES["atomic-number"] = [
    "how many protons {{e} has|there are in {e}|are in {e}|are in an atom of {e}|an atom of {e} has|a {e} atom has|a {e} nucleus contains}", "{which|what} number {e} {is|has} {in|on} the periodic table", "what atomic number {e} has", "what the atomic number of {e} is", "what {es} atomic number is", "at {which|what} {number|position|place} {e} is in the periodic table",
]
PLAIN["atomic-number"] = [
    "{what is|what's} the atomic number {of|for} {e}?", "{what is|what's} {es} atomic number?", "{what is|what's} the atomic number {of|for} the [chemical ]element {e}?", _W + " atomic number {does {e} have|has {e}|is {e}|belongs to {e}|goes with {e}|is assigned to {e}|is {es}}?",
    _W + " {number|position|place|rank|spot} {is {e}|does {e} have|has {e}|does {e} take|does {e} occupy|does {e} hold|belongs to {e}} {in|on} the periodic table?", _W + " number is {e}" + _IN_TABLE + "?", _W + " element number is {e}?",
    "how many protons {has {e}|does {e} have|are in {e}|are there in {e}|does {e} contain|has {e} got|do {e} atoms have}?", "how many protons {are in|are there in|are found in|sit in|do we find in} {an atom of {e}|a {e} atom|the nucleus of {e}|a {e} nucleus|the nucleus of a {e} atom|one atom of {e}}?", "how many protons does {an atom of {e}|a {e} atom|a {e} nucleus|the nucleus of {e}|the element {e}} {have|contain|hold}?",
    "{at|in} {what|which} {position|number|place|spot} {is|stands|do I find|can I find} {e} in the periodic table?", "{e} is [element ]{which|what} number" + _IN_TABLE + "?", "{e} is the {how manyth|which} element " + _TABLE + "?", "{e} atomic number[?]", "atomic number {of|for|} {e}[?]", "{es} atomic number[?]", "{e} protons[?]", "protons in {e}[?]", "number of protons in {e}[?]", "proton number {of|for|} {e}[?]",
    "{e}{:|,| -| =|;} {atomic number|what's the atomic number|which number|what number in the periodic table|its atomic number|how many protons|number of protons|which atomic number|number in the periodic table|proton number}[?]", "{e} has {which|what} atomic number?", "{e} has how many protons?", "{number|position|place} of {e} " + _TABLE,
    "the atomic number {of|for} {e}{ is| is?| is ...| is ___|:| is what?| is which?| = ?}", "{es} atomic number{ is| is ...| is what?| = ?}", "the number of protons in {e}{ is| is ...| is what?| = ?}", "{name|give|identify|recall|tell me|mention|state|write down|provide|find} {the|} atomic number {of|for} {e}", "{give|tell me|state|find|look up} {es} atomic number", "{count|give|tell me} the protons {in|of} {{e}|an atom of {e}|a {e} atom}",
    "in the periodic table, {what number is {e}|which number has {e}|what is the number of {e}|which place has {e}|what is {es} number}?", "{chemistry|chemistry question|chemistry quiz|quiz|quiz question|trivia|in chemistry|science question}{:| -|,} {atomic number of {e}|what is the atomic number of {e}|how many protons does {e} have|{es} atomic number|what number is {e} in the periodic table}?",
    "{think of|take|consider|look at} {the element|} {e}. {what is its atomic number|how many protons does it have|what is its number in the periodic table|which atomic number does it have}?", "{fill in|complete}: {the atomic number of {e} is|{e} has|an atom of {e} has} {_|___|...}{| protons}", "[the ]element {e}{:|,| -} {atomic number|which number|what's its atomic number|how many protons|number}?",
    "for {e}, {what is|which is|what's} the {atomic number|proton number}?", "{I'm|I am|we are} {studying|learning about|reading about|writing about} {e}{. |: |, }{what's|what is} {its|the} atomic number?", "what is the {value of Z|atomic number Z|Z} {for|of} {e}?", "{Z of|Z for} {e}", "{what is|what's} the {proton number|number of protons|proton count|element number} {of|for|in} {e}?",
    "{where is|where does one find|where do I find} {e} in the periodic table{:|,| -} {which|what} number?", "under {which|what} number {is|do I find} {e} {listed |}in the periodic table?", "with how many protons does {e} come?", "by {which|what} atomic number is {e} known?",
]
RESERVED["atomic-number"] = [
    "count along the periodic table to {e}: which number do you reach?", "{e} sits in which numbered box of the periodic table?", "the nucleus of {e} holds how many protons?", "what integer is the atomic number of {e}?", "how big is the proton count for {e}?",
    "what's the ordinal number of {e} in the table of elements?", "in the list of elements, which number does {e} carry?", "which number do chemists give {e}?", "protons per atom of {e}?",
]

# ---------------------------------------------------------------- name from symbol
_EL = "{element|element|chemical element}"
NOUNS["name-from-symbol"] = [
    "the " + _EL + " {with|that has|having|which has} [the ][chemical ]symbol {s}", "the " + _EL + " {abbreviated|abbreviated as|written as|called|known as|shown as|denoted by|represented by} {s}", "the " + _EL + " {whose symbol is {s}|for which {s} stands|{s} stands for|that {s} stands for|with {s} as its symbol}", "the [full ]name of {the element {s}|the element with [the ]symbol {s}|{s}" + _IN_TABLE + "}", "the meaning of {s} in {chemistry|the periodic table}",
]
CLAUSES["name-from-symbol"] = [
    _W + " " + _EL + " {has the [chemical ]symbol {s}|{s} stands for|{s} is|{s} is the symbol of|{s} is the symbol for|is abbreviated as {s}|is written as {s}|the symbol {s} stands for|[the symbol ]{s} means}", "what [the symbol ]{s} {stands for|means|is|represents} {in chemistry|" + _TABLE + "}", "{for|to} {which|what} element [the symbol ]{s} {stands|belongs}",
]
PLAIN["name-from-symbol"] = [
    _W + " " + _EL + " {has|uses|carries|goes by|goes with|bears|owns|gets} [the ][chemical ]symbol {s}?", _W + " element has the [chemical ]symbol {s}" + _IN_TABLE + "?", _W + " " + _EL + " is {represented by|denoted by|abbreviated|abbreviated as|abbreviated to|written|written as|shown as|known by|meant by|symbolised by|symbolized by|signified by|called} [the symbol |the letters |the sign ]{s}" + _IN_TABLE + "?", _W + " " + _EL + " is {s}" + _IN_TABLE + "?",
    "what does [the symbol |the chemical symbol |the abbreviation |the sign ]{s} {stand for|mean|represent|denote|refer to|symbolise|symbolize|signify} {in chemistry|" + _TABLE + "|as a chemical symbol|as an element|in a formula|to a chemist|in science}?", "what does [the symbol |the chemical symbol |the element symbol ]{s} {stand for|mean|represent|denote}?",
    "[the symbol ]{s} is the [chemical |element ]symbol {for|of} {what|which} {|element|chemical element}?", "{s} {is|stands for|means|denotes|represents|refers to|is short for|symbolises|is the sign for} {which|what} " + _EL + "[ " + _TABLE + "]?", "[the ][chemical ]symbol {s} {is|stands for|belongs to|refers to|means|represents|denotes} {which|what} " + _EL + "?",
    _W + " " + _EL + " does [the symbol |the chemical symbol |the abbreviation ]{s} {stand for|represent|mean|denote|refer to|belong to|symbolise}?", _W + " element's [chemical ]symbol is {s}?", "whose [chemical ]symbol is {s}" + _IN_TABLE + "?", "[the ]element with [the ][chemical ]symbol {s}[?]", "element {s}[?]", "[chemical|element] symbol {s}[?]", "{s} element[?]", "{s} symbol of[?]", "{s} chemical element[?]", "{s} is the symbol {for|of}[ what]?",
    "{what is|what's} {s} {in chemistry|" + _TABLE + "|the symbol for|the symbol of|the chemical symbol for|the chemical symbol of|short for in chemistry|the abbreviation of}?", "{what is|what's} the {element|name of the element|element's name|name of the chemical element} {s}?", "{what is|what's} the {element|name of the element|chemical element} with [the ][chemical ]symbol {s}?", "{s} {in|on} the periodic table[?]", "{s} in chemistry[?]",
    "{s}{:|,| -| =|;} {which element|what element|element|name the element|what does it stand for in chemistry|the symbol of which element|name of the element|element name|which chemical element|symbol for}[?]", "{for|to} {which|what} " + _EL + " does [the symbol ]{s} {stand|belong|refer}?", "[the ]{full name|name} of [the element |the chemical element ]{s}[?]",
    "{name|give|identify|recall|tell me|mention|state|write} {the|} " + _EL + " {with|that has|having|for} [the ]symbol {s}", "{name|identify|tell me|give} the " + _EL + " {abbreviated as|written as|known as|whose symbol is|denoted by|for which we write|called|of symbol} {s}", "{name|identify|decode|explain|translate} [the ]{element|chemical symbol|element symbol} {s}",
    "{chemistry|chemistry question|chemistry quiz|quiz|quiz question|trivia|in chemistry|science question}{:| -|,} {which element is {s}|what does {s} stand for|{s} is which element|element with symbol {s}|name the element {s}|which element has the symbol {s}}?", "in the periodic table, {what is {s}|what does {s} stand for|which element is {s}|{s} is which element|{s} stands for}?", "{fill in|complete}: {s} is the [chemical ]symbol {of|for} {_|___|...}",
    "{I see|I read|I found|there is|it says|we have} [the symbol ]{s} {in|on} {the|my|a} {periodic table|formula|chemistry book}{. |: |, }{what is it|which element is that|what element is it|what does it stand for}?", "the [chemical ]element {s} is {called|called what|named|named what|known as|what}[?]", "what {is|do you call} [the element ]{s} {called|by its name|by name|in full|in words|written out}?", "if the [chemical ]symbol is {s}, {what|which} {is the element|element is it|element is that}?",
    "{think of|take|consider|look at} the [chemical ]symbol {s}. {which|what} element {is it|does it stand for|is that}?", "an element {has|is written with} the symbol {s}. {which one|what is it|which element is it|name it}?", "which {metal, gas or other element|atom|chemical} {has the symbol {s}|is written {s}|does {s} stand for}?", "{s} stands for[ which element| what]?",
]
RESERVED["name-from-symbol"] = [
    "when a chemist writes {s}, which element is it?", "expand the element abbreviation {s}", "a box in the periodic table says {s}. What is the element?", "what would {s} be if we wrote the element out in full?", "I can't remember which element goes by {s}",
    "{s} - that's the sign of which element?", "periodic table entry {s} is what?", "give the element name hidden behind {s}", "who or what is {s} among the elements?",
]

# ---------------------------------------------------------------- name from number
_NO = "{number|number|no.|no|nr|nr.|#}"
NOUNS["name-from-number"] = [
    "the " + _EL + " {with|that has|having|which has} [the ]atomic number {n}", "the " + _EL + " {with|that has|having|which has} {n} protons[ in its nucleus| in its atoms| per atom]", "the name of {element {n}|element number {n}|the element with atomic number {n}|the {nth} element}", "[the ]element {|" + _NO + " }{n}" + _IN_TABLE, "the {nth} [chemical ]element" + "[ " + _TABLE + "]",
    "the element {whose atomic number is {n}|at {position|place|number} {n} in the periodic table|in {position|place} {n} of the periodic table|that comes at number {n}}", "the atom with {n} protons", "{number|position|place} {n} {in|of|on} the periodic table",
]
CLAUSES["name-from-number"] = [
    _W + " " + _EL + " has {[the ]atomic number {n}|[the ]number {n}" + _IN_TABLE + "|{n} protons}", _W + " " + _EL + " is {number {n}|the {nth}|at number {n}|in place {n}|in position {n}} {in|on} the periodic table", "what [the ]element {|" + _NO + " }{n} is[ called]", _W + " element {n} is the atomic number of",
]
PLAIN["name-from-number"] = [
    _W + " " + _EL + " {has|carries|comes with|bears|gets|owns|holds|goes with} [the ]{atomic number|atomic number|number|proton number} {n}" + _IN_TABLE + "?", _W + " " + _EL + " has [the ]atomic number {n}?", "[the ]element {|" + _NO + " }{n}[?]", "element {|" + _NO + " }{n} {in|of|on} the periodic table[?]",
    _W + " " + _EL + " {is|comes as|is listed as|stands as|appears as} {number|no.|nr.|the number} {n} {in|on|of} the periodic table?", _W + " " + _EL + " {is|stands|sits|comes|is found|is located|is placed} {at|in|on} {position|place|number|spot} {n} {in|of|on} the periodic table?", _W + " " + _EL + " is {number {n}|element {n}|element number {n}|number {n} in the table}?",
    _W + " " + _EL + " has {n} protons[ in its nucleus| in the nucleus| in its atoms| in each atom| per atom]?", "[the |an ]element with {n} protons[?]", "{an atom|a nucleus|an atom of an element|an element} {with|that has|containing|having} {n} protons is {which|what} element?", _W + " {atom|nucleus} has {n} protons?", "{n} protons{:|,| -| is| means| makes|} {which|what} element?", "{n} protons in the nucleus{:|,| -} {which|what} element?",
    "{what is|what's} the {nth} [chemical ]element[ " + _TABLE + "]?", "{what is|what's} [the ]element {|" + _NO + " }{n}" + _IN_TABLE + "?", _W + " is the {nth} [chemical ]element[ " + _TABLE + "]?", "the {nth} [chemical ]element[ " + _TABLE + "][?]", _W + " element is the {nth}" + _IN_TABLE + "?", _W + " element {comes|is|stands|ranks} {nth} {in|on} the periodic table?", "{nth} element[?]",
    _W + " element's atomic number is {n}?", "whose atomic number is {n}?", "atomic number {n}[?]", "atomic number {n}{:|,| -| is| belongs to| is that of| is the number of| means|} {which|what} [chemical ]element?", "number {n} {in|of|on} the periodic table[?]", "number {n} {in|of|on} the periodic table {is|is called|belongs to} {which|what} element?", "{n} is the atomic number {of|for} {which element|what element|what|which chemical element}?", "to {which|what} element does [the ]atomic number {n} belong?", _W + " element does [the ]atomic number {n} {belong to|stand for|refer to|mean|indicate}?",
    "{what is|what's} the {name of the |}[chemical ]element with {atomic number {n}|the atomic number {n}|{n} protons|number {n}}?", "{what is|what's} the name of {element {n}|element number {n}|the {nth} element}?", "{what is|what's} {at|in} {number|position|place} {n} {in|of|on} the periodic table?", "{periodic table|in the periodic table|periodic table of elements}{:|,| -|} {number {n}|element {n}|what is number {n}|which element is number {n}|what is element {n}|position {n}}?",
    "{n}{:|,| -|;} {which element|what element|element with this atomic number|name the element|the atomic number of which element|element}[?]", "Z = {n}{:|,| -|} {which|what} element{| is it| is this}?", _W + " element has Z{ = | of |=}{n}?", "element with Z = {n}[?]", "{name|give|identify|recall|tell me|mention|state} {the|} " + _EL + " {with|that has|having|of} {[the ]atomic number {n}|{n} protons|number {n}}", "{name|identify|tell me|give me} [the ]element {|" + _NO + " }{n}" + _IN_TABLE, "{name|identify|tell me|give me} the {nth} element[ " + _TABLE + "]",
    "{chemistry|chemistry question|chemistry quiz|quiz|quiz question|trivia|in chemistry|science question}{:| -|,} {which element has atomic number {n}|what is element {n}|element number {n}|name element {n}|which element has {n} protons|element with atomic number {n}}?", "{fill in|complete}: {the element with atomic number {n} is|element {n} is|atomic number {n} belongs to} {_|___|...}", "an element has {atomic number {n}|{n} protons|the atomic number {n}}. {which one|what is it|which element is it|name it|which is it|what is its name}?",
    "[the ]element {with|of} [the ]atomic number {n}{| is| is called| is ...| is what?|?}", "if the atomic number is {n}, {what|which} {is the element|element is it|element is that}?", "{think of|take|consider|look at} the atomic number {n}. {which|what} element {is it|does it belong to|has it}?", "[the ]element {n} is {called|called what|named|which one|what}[?]", "element {|number }{n}{:|,| -} {name|what is it called|what's its name|which one is it|what is it}[?]",
    "which element do you {find|get|see} at {number|position|place} {n}" + _IN_TABLE + "?", _W + " element {has|with} an atomic number of {n}?", "what element {has|contains|comes with|holds} exactly {n} protons?", "which one of the elements has {number {n}|atomic number {n}|{n} protons}?",
]
RESERVED["name-from-number"] = [
    "count to {n} in the periodic table. Which element are you at?", "an atom's nucleus holds {n} protons; name the element", "who sits in box {n} of the periodic table?", "in the list of elements, what comes at {n}?", "with a proton count of {n}, which element is it?",
    "what do chemists call the element numbered {n}?", "I know the atomic number, it is {n}. What is the element?", "the element whose nucleus carries {n} protons, please", "which element would I find under {n}?",
]

# ---------------------------------------------------------------- small additions
FILLERS = ["actually", "exactly", "again", "currently", "nowadays", "today", "really", "by the way", "officially", "now"]
