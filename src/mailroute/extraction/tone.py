"""Words of praise and of displeasure, shared by sentiment and feedback."""

from mailroute.extraction.wordlists import phrases

PRAISE = phrases(
    r"""fantastic|brilliant|excellent|wonderful|delighted|delightful|perfect|perfectly|impress\w*|
    amazing|superb|splendid|marvell?ous|terrific|outstanding|
    (?:very|so|really|quite|extremely|more than|most) (?:happy|content|pleased|satisfied|good|nice|
    helpful|friendly|grateful)|happy with|pleased with|content with|
    (?:good|great|lovely|nice|fine|wonderful|excellent) (?:job|work|service|team|people|stuff|quality|
    news)|well done|lovely|beautiful\w*|neatest|genius|heroe?s?|
    (?:the )?best (?:\w+ ){1,3}(?:i|we)|we love|i love|loved|loves it|love (?:it|them|the|how|what)|
    exactly what we (?:wanted|needed)|exactly right|spot on|better than|
    always been (?:good|straight|fair|kind|helpful|on time|friendly)|patient and|kind and|
    works? like a (?:dream|charm)|runs? like a|
    saved (?:us|our|the|my)|made my|made our|a pleasure|a joy|admired|proud|famous|award|
    didn't have to|went out of (?:his|her|their) way|
    beyond|above and|recommend\w*|thank you (?:so|very) much|thanks a (?:million|lot)|many thanks for|
    big thank|thank (?:him|her|them|everyone|everybody|all)|cannot thank|
    so einen service|zufrieden|begeistert|hervorragend\w*|großartig\w*|toll\w*|
    super|klasse|prima|lob|freundlich|vorbildlich|herzlichen dank|
    bravo|ravie?s?|enchantée?s?|parfait\w*|excellente?s?|magnifique\w*|superbe\w*|félicit\w+|
    formidable\w*|impeccable\w*|merci mille fois|un grand merci"""
)
DISPLEASED = phrases(
    r"""disappoint\w*|unhappy|not happy|not (?:acceptable|good enough|
    what we pay|what (?:we|i) (?:expected|ordered))|unacceptable|poor|poorly|sloppy|careless|
    rude|unprofessional|annoy\w*|frustrat\w*|fed up|had enough|tired of|sick of|worr\w+|trust|ignored|
    embarrass\w*|foolish|nonsense|joke|shambles|disgust\w*|disgrac\w*|
    chaos|mess|rubbish|dirty|crooked|scratch\w*|wrong again|slipped back|mistakes?|wasted?|for nothing|
    let (?:us|me) down|lost (?:\w+ )?(?:day|days|hours|week|orders?|customers?)|
    (?:first|second|third|fourth|fifth|last|2nd|3rd|4th) time|(?:twice|two times|three times|four times|
    five times|six times)|again and again|once again|every (?:single )?time|each time|yet again|
    nobody|no one|no answer|no reply|no response|no apolog\w*|not (?:even )?a (?:call|word|reply)|
    nothing happen\w*|never (?:came|called|got|heard|answered)|without (?:asking|a word|telling|notice|
    warning)|
    (?:still|again) (?:no|not|nothing|waiting)|promised|weeks ago|days ago|i asked|we asked|
    i (?:have )?(?:rang|rung|called|phoned|written|wrote)|recording|was told|were told|told (?:us|me|
    our)|
    passed (?:it )?(?:on|to)|different (?:person|story|face)|excuses?|keeps? (?:asking|saying|happening|
    coming back)|doesn't work|sold to us|denied|instead of 1\d|late again|too late|hours late|
    enttäuscht\w*|unzumutbar\w*|unverschämt\w*|schlampig\w*|ärger\w*|niemand|keiner|schon wieder|
    immer noch|zum (?:zweiten|dritten|vierten) mal|vergeblich|seit wochen|angeblich|
    déçue?s?|inadmissible|inacceptable|troisième fois|deuxième fois|personne ne|toujours (?:rien|pas)|
    promis|sans (?:prévenir|la pièce)|retard|sale|indescriptible"""
)
RAGE = phrases(
    r"""unacceptable|disgrac\w+|disgust\w+|shambles|furious|outrag\w+|ridiculous|appall\w+|fed up|
    sick (?:and tired|of)|had enough|enough is enough|a joke|scandal\w*|
    incompeten\w+|insult\w*|livid|lawyers?|solicitors?|legal action|sue|council and|never again|cheek|
    shame|how dare|i demand|we demand|mean it|what (?:the hell|are we paying)|for the last time|
    have your|lose (?:us|me|our business)|cancel (?:the|our) contract|take our business|hell|bloody|
    damn|i don't want to hear|personally|so nicht|
    unverschämt\w*|frechheit|skandal\w*|inakzeptabel|unzumutbar\w*|wütend|anwalt|es reicht|reicht es|
    lächerlich|
    inadmissible|inacceptable|scandaleu\w+|honteu\w+|j'exige|indescriptible|ras le bol|avocat|furieu\w+|
    excuses"""
)
CHEERFUL = phrases(
    r"""congratulations|happy (?:birthday|christmas|new year)|can't wait|looking forward|we'd love|
    would love to|love to have|hugs|xx+|x|thanks a lot|grateful|glad|delight\w*|
    good years|hope (?:you're|you are|all is|the little)|many happy|cheers to|enjoy\w*|fun|laughed|
    laugh|smile\w*|vielen lieben dank|freue? (?:mich|uns)|merci encore|avec plaisir|bises"""
)
