"""format=flowed (RFC 3676): soft line ends undone."""


def unflow(text: str, *, delsp: bool) -> str:
    """*text* with its paragraphs whole again; quote marks and signature separators kept."""
    result: list[list[str]] = []
    open_depth: int | None = None
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:]
        line = line[1:] if line.startswith(" ") else line
        flows = line.endswith(" ") and line != "-- "
        kept = line[:-1] if flows and delsp else line
        if open_depth == depth and line != "-- ":
            result[-1].append(kept)
        else:
            result.append([">" * depth + (" " if depth and kept else "") + kept])
        open_depth = depth if flows else None
    return "\n".join("".join(pieces) for pieces in result)
