"""A message as its sentences. Mail is no prose: a short line, or an entry of a list, stands for itself."""

import re

WRAPPED = 55
"""A line at least this long without an end mark goes on in the next one."""
LONGEST = 600
"""Characters of a sentence that are kept: what runs on without any mark is no sentence."""

_ITEM = re.compile(r"[ \t>]*(?:[-*•·–—▪+]|\(?\d{1,2}[.)]|\(?[a-h]\))[ \t]+")
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:[Nn]o|[Nn]r|Mr|Ms|Dr|Hr|Fr|St))(?<!\b(?:Mrs|bzw|ggf|env|réf|ca\.|e\.g|i\.e|z\.B|"
    r"vgl|tel|Tel|ext))"
    r"(?:[.!?…]+[\"'”»)\]]*)(?=\s+\S)"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of *text* in order, with single spaces, none empty."""
    return tuple(
        sentence[:LONGEST]
        for block in _blocks(text)
        for sentence in _cut(" ".join(block.split()))
        if sentence
    )


def around(text: str, start: int, end: int) -> str:
    """The sentence in which `text[start:end]` stands, with single spaces."""
    said = " ".join(text[start:end].split())
    near = text[max(0, start - LONGEST) : end + LONGEST]
    return next((one for one in sentences(near) if said and said in one), said)


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    goes_on = False
    for line in text.splitlines():
        item = _ITEM.match(line)
        if goes_on and line.strip() and not item:
            blocks[-1] += " " + line.strip()
        elif line.strip():
            blocks.append(line[item.end() :] if item else line)
        goes_on = len(line.rstrip()) >= WRAPPED and line.rstrip()[-1] not in ".!?:…"
        goes_on = goes_on or bool(item and line.strip() and line.rstrip()[-1] not in ".!?:…;")
    return blocks


def _cut(block: str) -> list[str]:
    found, begin = [], 0
    for mark in _END.finditer(block):
        found.append(block[begin : mark.end()].strip())
        begin = mark.end()
    return [*found, block[begin:].strip()]
