"""One-step stories for plus, minus and times.

Slots: {N}, {M} people; {he}, {him}, {his} pronouns of {N}; {an}, {bn} the numbers; {ao}, {bo} numbers with their thing ("14 apples");
{o} the things, {one} a single thing; {box}, {boxes} containers; {place} a place.
"""
HE = "Tom Ben Max Leo Sam Jack Paul Peter Omar Ali Ravi Hugo Ivan Luca Noah Liam Ethan John Mike David Carlos Kenji Yusuf Felix Oscar Adam Bob Tim Joe Dan Amir Chen Diego Finn George Henry Jonas Karl Marco Nils Pablo Raj Simon Theo Victor Will Zack Arjun Bruno James Mr.Brown Mr.Lee Grandpa Father".split()
SHE = "Anna Mia Emma Lucy Sara Maria Lily Zoe Eva Nina Olga Priya Aisha Fatima Yuki Mei Ella Ruby Grace Chloe Julia Sophie Alice Clara Elena Ingrid Jane Kate Laura Nora Rosa Tina Uma Vera Wendy Amy Beth Carla Dora Fiona Hana Iris Leila Mary Susan Linda Sally Jenny Mrs.Brown Ms.Lee Grandma Mother".split()
THEY = ["a farmer", "the teacher", "a baker", "a girl", "a boy", "my friend", "our neighbour", "a shopkeeper", "the librarian", "a child", "the gardener", "a collector", "my sister", "my brother"]
THINGS = [tuple(w.split("/")) if "/" in w else (w, w + "s") for w in
          "apple pear banana orange lemon plum peach/peaches cherry/cherries berry/berries grape melon egg cookie cake candy/candies sweet muffin sandwich/sandwiches pizza pancake nut carrot potato/potatoes tomato/tomatoes onion bean "
          "book pen pencil crayon marker eraser notebook card stamp coin marble ball toy car truck train doll puzzle block brick balloon kite sticker bead button ribbon shell stone rock leaf/leaves flower rose tulip tree seed plant feather "
          "chair table lamp cup plate spoon fork glass/glasses bottle jar box/boxes bag basket key lock nail screw bolt tool rope candle photo picture painting poster letter ticket badge ring hat shirt sock shoe scarf/scarves glove coat "
          "dog cat hen duck cow sheep/sheep goat horse rabbit fish/fish bird frog bee ant snail mouse/mice chick lamb dollar point song game magnet battery/batteries token page envelope robot tile star medal gem diamond pebble acorn".split()]
CONTAINERS = [("box", "boxes"), ("bag", "bags"), ("basket", "baskets"), ("pack", "packs"), ("packet", "packets"), ("crate", "crates"), ("carton", "cartons"), ("jar", "jars"), ("row", "rows"), ("shelf", "shelves"),
              ("tray", "trays"), ("bundle", "bundles"), ("case", "cases"), ("drawer", "drawers"), ("table", "tables"), ("team", "teams"), ("group", "groups"), ("stack", "stacks"), ("page", "pages"), ("bus", "buses"), ("column", "columns"), ("sack", "sacks"), ("album", "albums"), ("bowl", "bowls"), ("chest", "chests")]
MEASURES = [("costs", "cost", ["dollars", "euros", "cents", "coins", "pounds", "tokens"]), ("weighs", "weigh", ["grams", "kilos", "pounds", "ounces"]),
            ("needs", "need", ["minutes", "hours", "screws", "nails", "bricks", "parts"]), ("takes", "take", ["minutes", "hours", "days", "steps"])]
PARTS = ["legs", "wheels", "eyes", "arms", "buttons", "lights", "doors", "feet", "spots", "keys"]
ACTS = [("runs", "laps"), ("walks", "miles"), ("reads", "pages"), ("jumps", "times"), ("swims", "lengths"), ("does", "exercises"), ("walks", "steps"), ("works", "hours"), ("drives", "kilometers"), ("writes", "lines"), ("learns", "words"), ("plays", "games")]
TIMES_OF = ["day", "week", "hour", "morning", "month", "evening", "minute", "year", "lesson"]
PLACES = ["on the table", "in the garden", "in a box", "in the basket", "at the market", "in the room", "on the shelf", "at school", "in the park", "in the shop", "in the bag", "on the bus", "in the yard", "on the farm", "in a jar", "in the drawer", "in the kitchen", "in the pond"]
_C, _V = "b d f g k l m n p r s t v z bl br dr fl gr kl pl qu sn st tr sh th w j".split(), "a e i o u oo ee ai".split()


def made_up(rng, syllables):
    """A pronounceable word that means nothing."""
    word = "".join(rng.choice(_C) + rng.choice(_V) for _ in range(syllables)) + rng.choice(["", "n", "p", "x", "b", "g", "rk", "l", "t", "m", "k"])
    return word if word not in ("six", "ten", "no", "two") else made_up(rng, 2)


HAS = "{has|had|owns|has got|starts with|holds|keeps|begins with|carries|possesses|collected|had saved up|bought|is holding}"
NOWQ = "{How many {o} does {he} have|How many does {he} have|How many {o} does {N} have|How many does {N} have|How many {o} has {he} got|How many {o} has {N}|What is {his} total|How many {o} has {he}|Now how many {o} does {he} have|Then how many does {he} have|How many {o} will {he} have|How many {o} are there|How many {o} does {N} own|Find the number of {o} {he} has|Tell me how many {o} {he} has|So how many {o} does {he} have}"
PLUSQ = "{" + NOWQ + "{ now| in all| in total| altogether| then| at the end| after that| together|}?|" + NOWQ + " now?|What's the total?|How many {o} in all?|How many in total?|How many altogether?|How many {o} are there {now|in total|in all|altogether|together}?|What is the total number of {o}?}"
MINUSQ = "{" + NOWQ + "{ left| now| then| at the end| after that| remaining| still|}?|How many {o} does {he} {still have|have left}?|How many are left?|How many {o} are left?|How many {o} remain?|How many remain?|How many {o} are {still there|left over|remaining}?|What is left?|How many are left for {him}?|How many {o} does {N} have left?|How many does {he} have left?|{N} is left with how many {o}?}"
TIMESQ = "{How many {o} {are there|are there in all|are there altogether|are there in total|in all|in total|altogether|is that|does that make|does that make in all}?|How many {o} {does {he} have|does {N} have|has {N} got|does {he} have in all|does {N} have altogether|does {he} have in total|does {he} own|has {he}}?|How many {is that|are there|does {he} have|in all|in total|altogether|in all does {he} have}?|What is the total number of {o}?|What's the total?|How many {o} {all together|together}?|Find the total number of {o}.|Tell me how many {o} there are.|Work out how many {o} {he} has.}"
GAIN = "{buys|finds|gets|receives|wins|collects|picks up|picks|makes|gains|is given|gathers|adds|earns|discovers|orders|takes|is handed|catches|borrows|brings home|bought|found|got|received|won|was given|collected|draws|steals|is sent|digs up|fetches|brings}"
MORE = "{{bn} more|{bn} more|{bn} more {o}|{bn} other {o}|another {bn}|another {bn} {o}|{bo}|{bn} extra {o}|{bn} new {o}|{bn} additional {o}|{bo} more}"
LOSE = "{loses|eats|sells|gives away|drops|breaks|throws away|uses|uses up|donates|spends|lends out|misplaces|hands out|trades away|lost|ate|sold|gave away|used|broke|dropped|then loses|then sells|then eats|later gives away|has to give back|gets rid of|removes|burns|hides|leaves behind|mails|returns|hands over|throws out}"
LESS = "{{bn}|{bn} of them|{bn}|{bo}|{bn} of the {o}|{bn} of {his} {o}|{bn} of those}"
FROM = "{ from {M}| at the {shop|market|fair|store}| in the {park|garden|street}| at school| today| yesterday| the next day| for {his} birthday| later| on the way home||||||||||}"
JOIN = "{ and |. Then {he} |. {He} |. {N} |, then | and then |. Later {he} |, and |. Next, {he} |. After that {he} | but then | and also }"
TO = "{ to {M}| to a friend| to {his} friends| to {his} sister||}"

PLUS = [
    "{N} " + HAS + " {ao}" + JOIN + GAIN + " " + MORE + FROM + ". " + PLUSQ,
    "{N} " + HAS + " {ao}" + JOIN + GAIN + " " + MORE + FROM + ". " + PLUSQ,
    "{N} has {ao}. {M} {gives {him}|hands {him}|brings {him}|sends {him}|lends {him}|buys {him}|sells {him}|offers {him}} " + MORE + ". " + PLUSQ,
    "{N} {has|had|owns|finds|got|bought|picked|made|sold|ate|counted|saw|won|baked|read|collected} {ao} and {M} {has|had|owns|finds|got|bought|picked|made|sold|ate|counted|saw|won|baked|read|collected} {bn}{| {o}}. {How many {o} do they have{ together| in all| in total| altogether|}?|How many {do they have together|in all|in total|altogether|is that|is that together|are there}?|What is their total?|Together they have how many {o}?|How many {o} is that{ together| in total| altogether|}?|What's the total?}",
    "{There are|There were|I see|We have|You see|I count|We counted} {ao} {place}. {{bn} more {come|arrive|are added|join|appear|are put there}|{N} {adds|puts in|brings|places} {bn} more|Then {bn} more {come|are added|arrive}|Someone adds {bn}{ more|}|{Another|Then another} {bn} {are added|arrive|join them}}. {How many {o} are there{ now| in all| in total| altogether|}?|How many are there now?|How many is that in all?|What is the total?|How many {o} {place} now?}",
    "{I|We|You} {have|had|got|bought|own} {ao} and {{get|buy|find|receive|buy|win} " + MORE + "|{N} gives me " + MORE + "}. {How many {o} do {I|we|you} have{ now| in all| in total| altogether|}?|How many now?|How many {o} is that?|How many do I have now?|What's the total?}",
    "{If|When|Suppose} {N} has {ao} and {{gets|finds|buys|receives|wins|is given|makes}} " + MORE + ", how many {o} {does {he} have|does {N} have|has {he}|will {he} have|are there}{ now| in all| in total| altogether|}?",
    "{How many {o} does {N} have|What is the total|How many {o} are there} if {he} has {ao} and {gets|buys|finds|receives|wins|is given} " + MORE + "?",
    "{On Monday|In the morning|Yesterday|On the first day|Last week|At first|In the first game|Before lunch} {N} {found|sold|read|ate|made|bought|collected|counted|picked|got|saw} {ao}{ and| and then|;|,|. Then} {on Tuesday|in the afternoon|today|on the second day|this week|afterwards|in the second game|after lunch} {bn}{ more|}. {How many {o} {is that|in all|in total|altogether|did {he} get in total}?|How many in all?|What is the total?|How many is that together?|How many {o} did {he} have in total?}",
    "{A|One|The first|The big|The red} {box} {has|holds|contains} {ao} and {another|a second|the second|the small|the other|the blue} {one|box|{box}} {has|holds|contains} {bn}. {How many {o} {are there|are there in total|in all|altogether|are in both|do they hold together}?|How many in all?|What is the total?}",
    "{N} has {ao}. {M} has {bn} more {than {N}|than {him}|{o} than {N}}. How many {o} does {M} have?",
    "{There are|A shop has|A school has|The farm has} {an} {red|big|old|green|white|round} {o} and {bn} {blue|small|new|yellow|black|square} {ones|{o}}. {How many {o} are there{ in all| in total| altogether|}?|How many {o} in all?|What is the total?}",
    "{N} {used|ate|sold|gave away|lost} {ao} and still has {bn}{| left}. How many {o} {did {he} have {at first|before|at the start|in the beginning}|were there at first|did {N} start with}?",
    "{ao} {are|were} {place} and {bn} more {come|are added|arrive|join}. {How many now?|How many {o} now?|How many in all?|How many are there?}",
    "{The|A} {one} {costs} {an} {unit} and {the|a} {box} {{costs} {bn}|{bn}}. {How much {is that together|are both|is it in all|in total|for both}?|What is the total?|What do they make together?}",
    "{N} is {an} years old. {How old will {he} be in {bn} years?|How old will {N} be {bn} years from now?|In {bn} years, how old will {he} be?|{M} is {bn} years older. How old is {M}?}",
]
MINUS = [
    "{N} " + HAS + " {ao}" + JOIN + LOSE + " " + LESS + ". " + MINUSQ,
    "{N} " + HAS + " {ao}" + JOIN + LOSE + " " + LESS + ". " + MINUSQ,
    "{N} " + HAS + " {ao}" + JOIN + "{gives|sells|hands|sends|lends|gave|sold|passes|donates|mails|brings} " + LESS + " to {{M}|a friend|{his} friend|{his} brother|{his} sister|{M}|the school|the neighbour|{his} teacher}. " + MINUSQ,
    "{N} " + HAS + " {ao}" + JOIN + "{gives|gave|hands|sends} {M} {bn}{| {o}| of them| of {his} {o}}. " + MINUSQ,
    "{N} has {ao}. {{M}|A friend|A thief|The dog|The cat|The brother|The wind|A bird} {takes|steals|eats|borrows|breaks|buys|removes|takes away|grabs|hides} " + LESS + ". " + MINUSQ,
    "{There are|There were|I see|We have|You see} {ao} {place}. {{bn} of them {break|leave|fall down|disappear|are sold|are eaten|are taken away|are removed|run away|are lost|get lost}|{bn} {leave|are sold|are removed|are taken|are taken away|are eaten|go away|disappear|are lost|are given away|are broken}|{N} {takes|removes|eats|sells|breaks|takes away|buys} {bn}{| of them}|Then {bn} {leave|are taken|disappear|are sold}}. {How many {o} are {left|there now|still there|left {place}}?|How many are left?|How many {o} remain?|How many remain?|How many {o} are there now?|What is left?}",
    "{I|We|You} {have|had|got|own|bought} {ao} and {{lose|eat|sell|give away|use|drop|break|spend} " + "{{bn}|{bn} of them|{bo}}" + "|{N} takes {bn}{| of them}}. {How many {o} do {I|we|you} have {left|now|then}?|How many are left?|How many {o} are left?|How many do I still have?|What is left?}",
    "{If|When|Suppose} {N} has {ao} and {{loses|eats|sells|gives away|drops|uses|breaks|spends}} " + LESS + ", how many {o} {does {he} have left|does {N} have left|are left|remain|does {he} have|does {he} still have|will {he} have left|does {he} have now}?",
    "{How many {o} are left|How many {o} does {N} have left|How many remain|What is left} if {he} has {ao} and {loses|eats|sells|gives away|uses|drops} " + LESS + "?",
    "{A|One|The} {box} {had|has|holds|contains|contained|held} {ao}. {{bn} {are|were} {taken out|removed|sold|eaten|used|broken|bad|missing}|{N} {takes out|takes|removes|eats|uses} {bn}{| of them}}. {How many {o} are {left|in it now|left in the {box}|still in it}?|How many are left?|How many {o} remain?}",
    "{N} has {ao}. {M} has {bn} {fewer|less}{| than {N}| than {him}}. How many {o} does {M} have?",
    "{N} has {ao} and {M} has {bn}. {How many more {o} does {N} have{| than {M}}?|How many fewer {o} does {M} have{| than {N}}?|How many more does {N} have?|What is the difference?|By how many {o} does {N} have more?}",
    "{There are|A shop has|A school has|The farm has} {ao}. {{bn} {of them |}are {red|big|old|green|white|broken|new}|{bn} of the {o} are {red|big|old|green|white|broken}}. {How many are not?|How many {o} are not?|How many others are there?|How many of the {o} are not?}",
    "{N} {needs|wants|must collect|must make|wants to read|has to sell|wants to have} {ao}{ and| but|. {He}} {already has|has only|has|so far has|has already got} {bn}. {How many {more|more {o}} {does {he} need|are missing|does {N} need|must {he} get|are still needed}?|How many {o} are missing?}",
    "{ao} {are|were} {place} and {bn} {leave|are taken|are removed|are sold|are eaten}. {How many are left?|How many {o} now?|How many {o} are left?|How many remain?}",
    "{N} {has|had} {an} {dollars|coins|euros|cents} and {spends|spent|pays|paid|uses} {bn} {on|for} {the|a|some} {one}. {How much {is left|does {he} have left|money is left|does {N} have left|money does {he} have now|does {he} have now}?|How many are left?|What is left?}",
    "{N} {had|has} {ao} in total, {bn} of {them|which} {at home|at school|in a {box}|in the bag}. {How many are {elsewhere|not there}?|How many {o} are somewhere else?}",
    "{N} is {an} years old. {How old was {he} {bn} years ago?|{M} is {bn} years younger. How old is {M}?|{M} is {bn} years younger than {N}. How old is {M}?}",
    "{N} {had|started with} some {o}. {He} {gets|finds|buys} {bn} more and {now has|then has|has now} {an}. How many {o} did {he} have {at first|before|at the start|in the beginning}?",
]
# {an}: how many containers, {bn}: how many in each
TIMES = [
    "{N} {has|had|buys|owns|fills|packs|carries|sees|gets|bought|finds|sells|makes|orders|counts|brings} {ac}{ with| of|. Each {box} has|. Each holds|. Every {box} contains|, each with|. There are|, each holding|, and each {box} has| that each hold|. In each {box} are| containing|. Each one has| with exactly} {bo}{each_tail}. " + TIMESQ,
    "{There are|There were|We have|I see|A shop has|I have|The room has|The farm has|They have|A school has} {ac}{ with| of|. Each {box} has|. Each holds|. Every {box} contains|, each with|, each holding|, and each {box} has| that each hold|. In each {box} are|. Each one has} {bo}{each_tail}. " + TIMESQ.replace("{he}", "{N}"),
    "{Each|Every|One|A} {box} {has|holds|contains|carries|comes with} {bo}. {How many {o} are {there |}in {ac}?|How many {o} do {ac} {have|hold|contain}?|How many are in {ac}?|{N} {has|buys|fills|gets|needs} {ac}. " + TIMESQ + "|There are {ac}. " + TIMESQ.replace("{he}", "{N}") + "}",
    "How many {o} {are|are there} in {ac} {of|with} {bn}{| each| {o}| {o} each}?",
    "{ac} {of|with|each with|hold|have} {bo}{| each}. {How many {o}{ in all| in total| altogether|}?|How many in all?|What is the total?|Total?|How many is that?}",
    "{N} {buys|eats|reads|sells|makes|collects|finds|gets|earns|picks|draws|uses|writes|paints|wins} {bo} {every|each|a|per} {time}. {How many {o} {in|after|over} {an} {times}?|How many {o} {does {he} {buy|get|make|have}|is that} in {an} {times}?|How many in {an} {times}?|{He} does {so|this|it} for {an} {times}. How many {o}{ in all| in total| altogether|}?}",
    "{One|Each|A|Every} {one} {costs} {bn} {unit}. {How much {do|would|will} {an} {o} {cost}?|How many {unit} {for {an} {o}|do {an} {o} {cost}|will {an} {o} {cost}}?|{N} {buys|has|takes|gets|orders} {an} {o}. {How much is that{ in all| in total|}?|How many in all?|What is the total?}|What do {an} {o} {cost}?}",
    "{an} {people|children|friends|students|boys|girls|players|workers|guests|kids|farmers} {each have|have|each get|get|each bring|each buy|each eat|each own|each carry|each find} {bo}{| each}. " + "{How many {o} {is that|are there|do they have|in all|in total|altogether|do they have in all|do they have together}?|How many in all?|What is the total?|How many is that in total?}",
    "{N} {gives|hands|sends|brings|sells|offers} {bo} to each of {{an} friends|{his} {an} friends|the {an} children|{an} people|{an} students}. {How many {o} {does {he} give|is that|in all|does {he} give away|does {he} need|in total}{| in all}?|How many in all?|How many {o} are given?}",
    "{If|When|Suppose} {{one|each|a|every} {box} {has|holds|contains} {bo}|there are {bo} in {each|every|one} {box}}, how many {o} {are|are there} in {ac}?",
    "{N} has {bo}. {M} has {an} times as many{| {o}| as {N}}. How many {o} does {M} have?",
    "{The|A} {one} {costs} {bn} {unit} and {the|a} {box} {costs} {an} times as much. {How much|How many {unit}} does the {box} {cost}?",
    "{A|The|One} {room|garden|hall|field|wall|grid|board|theatre|page} has {an} rows {of|with} {bo}{| each| in each row| per row| in every row}. " + "{How many {o} are there{ in all| in total| altogether|}?|How many {o} in all?|What is the total?|How many {o} is that?|How many {o} does it have?}",
    "{N} {plants|puts|places|arranges|lays|sets|lines up} {o} in {an} {rows|lines|rows|groups|piles} {of|with} {bn}{| each}. " + TIMESQ,
    "{A|Each|One|Every} {spider|bug|robot|machine|car|table|wagon|animal|monster|{one}} has {bn} {legs|wheels|eyes|arms|buttons|lights}. {How many {legs|wheels|eyes|arms|buttons|lights} do {an} of them have?|How many {do|would} {an} have{| in all| in total}?}",
    "{N} {does} {bn} {act} {a|every|each|per} {time}. {How many {act} {is that|are that|in total|does {he} do|has {he} done} {in|after|over} {an} {times}?|How many in {an} {times}?}",
]

# Stories about kinds of one sort ("boys and girls"), slots {x}, {y}, {u}, and about quantities
SORTS = [("boys", "girls", ["children", "students", "pupils", "kids"]), ("cats", "dogs", ["animals", "pets"]), ("apples", "pears", ["fruits", "pieces of fruit"]), ("cows", "sheep", ["animals"]), ("men", "women", ["people", "persons", "adults"]),
         ("oranges", "bananas", ["fruits"]), ("cars", "trucks", ["vehicles"]), ("pens", "pencils", ["things", "items"]), ("roses", "tulips", ["flowers"]), ("hens", "ducks", ["birds", "animals"]), ("chairs", "tables", ["pieces of furniture", "items"]),
         ("novels", "comics", ["books"]), ("adults", "children", ["people", "visitors", "guests"]), ("forks", "spoons", ["things", "items"]), ("carrots", "onions", ["vegetables"]), ("red balls", "blue balls", ["balls"]), ("ants", "bees", ["insects"]), ("oaks", "pines", ["trees"])]
_WHERE = "{In a {class|school|park|shop|zoo|field|garden|room|club|team|village|basket} there are|There are|I see|A {school|farm|shop|park|club|town} has|We counted|{N} has|{N} counted|{N} sees|{N} bought}"
_SO = "{ now| in all| in total| altogether| together|}"
PLUS += [
    _WHERE + " {an} {x} and {bn} {y}. {How many {u} are there" + _SO + "?|How many {u} is that" + _SO + "?|How many {u}" + _SO + "?|How many are there in all?|What is the total number of {u}?|How many in total?}",
    "{N} and {M} have {ao}. {They|Together they} {find|buy|get|receive|win|collect|make} {{bn} more|another {bn}|{bn} more {o}}. {How many {o} do they have" + _SO + "?|How many do they have" + _SO + "?|How many now?|What is the total?}",
    "{The children|The girls|The boys|My parents|The twins|Some friends|The students|The workers|They} {have|had|own|made|found|bought|baked} {ao} and {then |}{find|get|make|buy|found|got|made|bought} {{bn} more|another {bn}|{bn} more {o}}. {How many {o} do they have" + _SO + "?|How many do they have now?|How many" + _SO + "?|How many {o} is that?}",
    "{A|The} {bus|train|boat|plane|ship|tram} {has|carries|had|carried} {an} {passengers|people|travellers|children} {and |. At the {stop|station|next stop}, |. Then |. }{bn} {more |}{get on|board|join|climb in}. {How many {passengers|people|children} are {on it|on board|there}{ now|}?|How many are on it now?|How many now?}",
    "{N} {scored|got|made|won} {an} points in {the first|one|the last|a} {game|round|match|test} and {bn}{ points|} in {the second|another|the next|the other}{ one|}. {How many points {is that|in all|in total|did {he} {score|get|have}|altogether}{| in all}?|What is {his} total?|How many in total?}",
    "{N} {walks|walked|drives|drove|runs|ran|cycled|rides|rode|travelled} {an} {km|miles|kilometers|meters|steps} {on Monday|in the morning|yesterday|first|} and {bn} {km |miles |more |}{on Tuesday|in the evening|today|later|after that}. {How {far|many} {is that|in total|in all|altogether|did {he} go}{| in all}?|What is the total?|What is the total distance?}",
    "{The temperature|It} {is|was} {an} degrees and {rises|goes up|increases|went up|rose} by {bn}{ degrees|}. {What is {it|the temperature} now?|How {warm|hot} is it now?|What's the temperature?|How many degrees now?}",
    "{A|The} {price|number|score|weight|height|length|count} {is|was} {an} and {goes up|rises|increases|grows|went up|grew} by {bn}. {What is it{ now| then|}?|What is the new {price|number|score|value}?|How much is it now?}",
    "{N} {saved|earned|had|has} {an} {dollars|euros|coins|cents} and {earns|gets|finds|earned|saves|got|receives} {bn} {more|dollars|more dollars|more euros}{ from {M}| for {his} birthday|}. {How much {money |}{does {he} have|has {he}|is that|does {N} have}" + _SO + "?|How much in all?|How many {dollars|euros|coins} is that?|What is the total?}",
    "{{bn} {o} are added to|{N} adds {bn} {o} to|{N} puts {bn} more {o} with} {{ao}|{his} {ao}|a pile of {ao}}. {How many {o} are there" + _SO + "?|How many is that" + _SO + "?|How many {o} now?|What is the total?}",
    "{After|When} {{buying|finding|getting|winning|receiving} {bn} more {o}|{he} gets {bn} more}, how many {o} {does|will} {N} have if {he} {started with|had|already had|has} {an}?",
]
MINUS += [
    "{There are|There were|I see|We saw} {an} {birds|ducks|pigeons|crows|bees|butterflies|geese|flies} {in a tree|on a roof|on the wire|in the sky|on a lake|in the garden}{. | and |, but |. Then }{bn} {of them |}{fly away|fly off|leave|swim away|flew away|go|disappear|flew off}. {How many {birds |}are {left|still there|there now}?|How many {remain|stay}?|How many are left?}",
    "{A|The} {bus|train|boat|plane|ship|tram} {has|carries|had|carried} {an} {passengers|people|travellers|children} {and |. At the {stop|station|next stop}, |. Then |. }{bn} {of them |}{get off|leave|step out|get out|go home}. {How many {passengers|people|children} are {on it|on board|there|left}{ now|}?|How many are on it now?|How many are left?|How many stay on?}",
    "{A|The|{N}'s} {book|novel|comic|story} has {an} pages{. {N} | and {N} |, {he} }{has read|read|reads|already read|has already read} {bn}{ pages| of them|}. {How many {pages |}{are left|are left to read|remain|does {he} still have to read|must {he} still read}?|How many more pages are there?}",
    "{A|The|{N} has a} {rope|ribbon|board|wire|pipe|string|stick} {is |of |measuring }{an} {cm|meters|inches|feet} {long|}{. | and }{{bn} {cm |meters |inches |}{are|is} cut off|{N} cuts off {bn}|{he} uses {bn}}. {How long is {it now|the rest|the other part|what is left}?|What is left?|How much is left?|What length remains?}",
    "{The temperature|It} {is|was} {an} degrees and {falls|goes down|drops|decreases|went down|fell} by {bn}{ degrees|}. {What is {it|the temperature} now?|How {warm|hot|cold} is it now?|What's the temperature?|How many degrees now?}",
    "{A|The} {price|number|score|weight|height|length|count} {is|was} {an} and {goes down|falls|decreases|shrinks|went down|drops|is reduced} by {bn}. {What is it{ now| then|}?|What is the new {price|number|score|value}?|How much is it now?}",
    "{{In a {class|school|park|group|club} of|Of the|Among the|Out of} {an} {u}|There are {an} {u} and|A {class|group|club|team|school} has {an} {u} and}{, | }{bn} are {x}. {The rest are {y}. |The others are {y}. |}{How many are {y}|How many are not {x}|How many {y} are there}?",
    "{N} and {M} have {ao}. They {lose|eat|sell|give away|use|break|lost|ate|sold} {bn}{ of them| {o}|}. {How many {o} do they have {left|now}?|How many are left?|How many do they have left?|How many {o} remain?}",
    "{The children|The girls|The boys|My parents|The twins|Some friends|The students|The workers|They} {have|had|own|made|found|bought|baked} {ao} and {then |}{lose|eat|sell|give away|use|lost|ate|sold|gave away} {{bn}|{bn} of them|{bn} {o}}. {How many {o} do they have {left|now}?|How many are left?|How many {o} are left?|How many remain?}",
    "{N} {baked|made|bought|picked|had|ordered|grew|wrote|printed|built|found|brought} {ao}{. {He} | and | but }{sold|gave away|ate|lost|broke|burned|threw away|used} {bn}{ of them| {o}| in the end|}. {How many {o} {does {he} have left|are left|remain|does {N} still have|are there now}?|How many are left?|How many does {he} have now?}",
    "{N} {has|had|must make|planned to sell} {ao}, but {bn} {are|were} {broken|lost|bad|missing|stolen|dirty|already sold}. {How many {good ones |{o} |}{are left|remain|are fine|are not}?|How many are left?}",
    "{{bn} {o} are {taken from|removed from|sold from}|{N} {takes|removes|sells|eats} {bn} {o} from} {{ao}|a pile of {ao}|a {box} with {ao}}. {How many {o} are {left|there now}?|How many are left?|How many remain?|What is left?}",
    "{After|When} {{selling|losing|eating|using|giving away} {bn} {o}|{he} loses {bn}}, how many {o} {does|will} {N} have{ left|} if {he} {started with|had|has} {an}?",
    "{How many {o} must {N} {sell|lose|give away} to go from {an} to {bn}?|{N} has {bn} {o}. How many {more |}{does {he} need|must {he} get} to {have|get to|reach} {an}?|{N} has {bn} {o} and wants {an}. How many {more |}{does {he} need|must {he} buy|are missing}?}",
]
TIMES += [
    "{N} {does} {bn} {act} {a|every|each|per} {time} for {an} {times}. {How many {act} {is that|in all|in total|altogether|are that}?|How many in {all|total}?|How many {act} did {he} do{ in all|}?|What is the total?}",
    "{N} {buys|eats|reads|sells|makes|collects|finds|gets|earns|picks|draws|uses|writes|needs} {bo} {a|every|each|per} {time} for {an} {times}. {How many {o} {is that|in all|in total|altogether|does {he} {have|need|get}}{| in all}?|How many in {all|total}?|What is the total?}",
    "{A|The|One} {parking lot|train|cinema|stadium|orchard|library|classroom|school|farm|building|hotel|bus|market|museum} has {an} {rows|floors|rooms|sections|wagons|halls|lines|benches} {with|of|, each with|and each has|that each have} {bo}{ each| in each|}. {How many {o} {are there|does it have|is that}" + _SO + "?|How many {o} in all?|What is the total?}",
    "{If|When|Suppose} {{one|a|each} {one} {costs} {bn} {unit}, {how much|how many {unit}} {do|would|will} {an} {o} {cost}?|{N} {does} {bn} {act} {a|each|every} {time}, how many {act} {does {he} do|is that} in {an} {times}?|{an} {people|children|friends} {each have|each get|each bring} {bo}, how many {o} {are there|is that|do they have}{ in all|}?}",
    "{an} {o} {costing|at|for|that cost} {bn} {dollars|euros|cents|coins} each{: how much {is that|in all|in total}?|. What is the total?|. How much {is that|do they cost|must {N} pay}?| cost how much?| cost how much in total?}",
    "{N} {buys|bought|orders|sells|sold} {an} {o} {at|for|that cost} {bn} {dollars|euros|cents|coins} {each|apiece|per piece}. {How much {does {he} pay|is that|does {he} get|in total|do they cost}?|What is the total?|How much in all?|How many {dollars|euros|coins} is that?}",
    "{There are {an} {o} and each {one|of them} has {bn} {part}|{an} {o} have {bn} {part} each|{N} has {an} {o} with {bn} {part} each}. {How many {part} {are there|do they have|is that}" + _SO + "?|How many {part} in all?|What is the total number of {part}?}",
    "{N} {made|filled|packed|bought|opened|carried|sold|found|put together|prepared} {ac}. {{He} put {bo} in each{ {box}| one|}|Each {box} had {bo}{ in it|}|In each {box} were {bo}|There were {bo} in {each|every} {box}}. {How many {o} {were there|did {he} {use|have|need}|is that}" + _SO + "?|How many {o} in all?|What is the total?}",
    "{N} {has|needs|wants|uses|takes} {bo} {for|in|on|at} {each|every} of {{his} {an}|the {an}|{an}} {boxes}. {How many {o} {is that|does {he} {have|need}|are there}{ in all| in total|}?|How many in all?}",
    "{{an} times a day|{an} times}{,| } {N} {buys|eats|finds|gets|sells|throws|takes|carries} {bo}. {How many {o} {is that|in all|in total}{| altogether}?|How many in total?}",
    "{M} has {bo} and {N} has {an} times as many. How many {o} does {N} have?",
    "{M} is {bn} years old and {N} is {an} times {as old|older}. How old is {N}?",
]
