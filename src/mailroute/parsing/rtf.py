"""The words of an RTF body (winmail.dat often has no other), read in one pass."""

import re

_LONGEST = 1_000_000
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}]+)")
_SILENT = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "htmltag",
        "listtable",
        "listoverridetable",
        "generator",
        "themedata",
    }
)
_WORDS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "cell": "\t", "row": "\n",
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”",
}  # fmt: skip


def rtf_to_text(rtf: str) -> str:
    """The text of *rtf* without fonts, colours, pictures and HTML tags kept in it."""
    if not rtf.lstrip().startswith("{\\rtf"):
        return ""
    pieces: list[str] = []
    silent: list[bool] = [False]
    skip = 0
    for word, number, code, symbol, brace, text in _TOKEN.findall(rtf[:_LONGEST]):
        if brace == "{":
            silent.append(silent[-1])
        elif brace == "}":
            silent = silent[:-1] if len(silent) > 1 else silent
        elif word in _SILENT or symbol == "*":
            silent[-1] = True
        elif word == "htmlrtf":
            silent[-1] = number != "0"
        elif silent[-1]:
            continue
        elif word == "u" and number:
            pieces.append(chr(int(number) % 65536))
            skip = 1
        elif word:
            pieces.append(_WORDS.get(word, ""))
        elif code:
            pieces.append("" if skip else bytes((int(code, 16),)).decode("cp1252", "replace"))
            skip = 0
        elif symbol:
            pieces.append({"~": " ", "_": "-"}.get(symbol, symbol if symbol in "\\{}" else ""))
        else:
            plain = text.replace("\r", "").replace("\n", "")
            pieces.append(plain[skip:])
            skip = 0 if plain else skip
    joined = "".join(pieces)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
