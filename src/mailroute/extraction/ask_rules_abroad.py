"""Rules that tell asks in German and French: name, weight, pattern. See `asks`."""

import re

from mailroute.extraction.wordlists import joined

ABROAD: tuple[tuple[str, float, re.Pattern[str]], ...] = tuple(
    (name, weight, re.compile(pattern, re.IGNORECASE))
    for name, weight, pattern in (
        ("bitte", 1.1, r"\bbitten?(?: wir)?\b"),
        (
            "koennen-sie",
            1.1,
            joined(
                r"""
            \b(?:können|könnten|könnt|kannst|könntest|würden|würdet|wären|wollen|möchten)\s+(?:sie|ihr|
            du|wir|ich|jemand)\b
            """
            ),
        ),
        (
            "wir-brauchen",
            0.9,
            joined(
                r"""
                \b(?:wir|ich)\s+(?:brauchen?|benötigen?|möchten?|hätten?|wünschen?|erwarten?|wollen|
                will|wünschten?|bräuchten?)\b|\b(?:hätten|bräuchten?|benötigen|brauchen|möchten|
                erwarten) wir\b|\bhätte ich gern|\bwürden? (?:uns|mir) (?:sehr )?helfen\b|
                \bwäre (?:schön|gut|toll|hilfreich)
                """
            ),
        ),
        ("imperativ", 0.9, r"(?:^|[,;]\s*)\w+(?:en)\s+sie\b"),
        ("nichts", -1.2, r"\b(?:brauchen|benötigen|müssen|muss)\b.{0,40}\b(?:nichts|nicht|keine?n?)\b"),
        (
            "pourriez",
            1.2,
            joined(
                r"""
            \b(?:pourriez|pouvez|pourrais|peux|voudriez|auriez|serait|est|peut|puis)[- ](?:vous|on|je|
            tu|il possible|il)\b
            """
            ),
        ),
        (
            "merci-de",
            1.1,
            joined(
                r"""
                \bmerci d(?:e|['’])|\b(?:veuillez|prière de|je vous (?:prie|demande) d|
                s['’]il vous pla[iî]t|svp|dites-(?:le[- ])?moi|envoyez|donnez|indiquez|confirmez|faites|
                \w+ez-(?:moi|nous|le|la|les))\b
                """
            ),
        ),
        (
            "nous-voulons",
            0.9,
            joined(
                r"""
                \b(?:nous (?:voudrions|souhaitons|souhaiterions|aimerions|avons besoin|demandons|
                attendons)|je (?:voudrais|souhaite|souhaiterais|aimerais)|j['’](?:exige|attends|
                ai besoin|aimerais)|il (?:nous |me )?(?:faut|faudrait) (?!compter))
                """
            ),
        ),
    )
)
