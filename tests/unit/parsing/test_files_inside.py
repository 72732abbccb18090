"""Files in odd wrappings: uuencode, RTF, format=flowed, winmail.dat."""

from mailroute.parsing.flowed import unflow
from mailroute.parsing.letter import Part
from mailroute.parsing.rtf import rtf_to_text
from mailroute.parsing.tnef import is_tnef, open_tnef
from mailroute.parsing.uuencode import take_out


def test_uuencoded_files_leave_the_text() -> None:
    """The file is listed, and the text closes over it."""
    text, files = take_out("before\nbegin 644 dir/note.txt\n#0V%T\n`\nend\nafter")

    assert text == "before\n\nafter"
    assert [(one.filename, one.size_bytes) for one in files] == [("note.txt", 3)]


def test_words_that_begin_with_begin_stay() -> None:
    """A sentence is no file."""
    assert take_out("begin 644 things\nand never end") == ("begin 644 things\nand never end", ())


def test_soft_line_ends_are_undone() -> None:
    """Paragraphs are whole again, hard line ends and signatures stay (RFC 3676)."""
    assert unflow("one \ntwo\n-- \nAnn", delsp=False) == "one two\n-- \nAnn"
    assert unflow("> one \n> two", delsp=False) == "> one two"


def test_rtf_is_read_for_its_words() -> None:
    """Fonts, colours and pictures are not words."""
    rtf = r"{\rtf1{\fonttbl{\f0 Arial;}}Gr\'f6\'dfe\par {\b two} \u8364?{\pict 0102}}"

    assert rtf_to_text(rtf) == "Größe\ntwo €"


def test_a_broken_container_is_kept_as_it_is() -> None:
    """winmail.dat that cannot be opened stays a file."""
    part = Part(content_type="application/ms-tnef", data=b"\x78\x9f\x3e\x22broken")

    assert is_tnef(part)
    assert open_tnef(b"no container") is None
