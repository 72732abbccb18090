"""The reading child takes up another classifier of types as soon as one stands."""

from pathlib import Path

from mailroute.domain.directory import Directory
from mailroute.domain.issue import IssueType
from mailroute.domain.policy import Policy
from mailroute.extraction.linear import LinearModel, to_json
from mailroute.services.reading import Reader
from mailroute.services.type_files import in_use

MAIL = b"From: ann@borealis.example\nSubject: Pump\n\nThe pump leaks. Please come by Friday.\n"
KINDS = tuple(sorted(IssueType))


def always(kind: IssueType) -> str:
    """A classifier that tells but one type."""
    return to_json(LinearModel(KINDS, tuple(9.0 if k == kind else 0.0 for k in KINDS), {}))


def test_a_new_version_is_read_with_at_the_next_mail_and_one_rolled_back_no_more(tmp_path: Path) -> None:
    """No restart of the service is needed."""
    told = []
    with Reader(Policy(), types=lambda: in_use(tmp_path)) as reader:
        for number, kind in enumerate((IssueType.PRAISE, IssueType.OTHER), 1):
            told.append(reader.read(MAIL, Directory()).issue.type.value)
            (tmp_path / f"type-{number:04}.json").write_text(always(kind), encoding="utf-8")
        told.append(reader.read(MAIL, Directory()).issue.type.value)
        (tmp_path / "type-0002.json").rename(tmp_path / "type-0002.json.off")
        told.append(reader.read(MAIL, Directory()).issue.type.value)

    assert [IssueType.PRAISE, IssueType.OTHER, IssueType.PRAISE] == told[1:]
    assert told[0] not in {IssueType.PRAISE, IssueType.OTHER}
