"""Until when somebody is away and whom to ask, in the languages of the note."""

from collections.abc import Callable
from datetime import date

import pytest

from mailroute.domain.address import Mailbox
from mailroute.domain.parsed import ParsedMail

# Written on Monday, 2 March 2026.
NOTES = (
    ("I am out of the office and will be back on 16 March. I have no access to my mail.", "2026-03-16"),
    ("I'm away from March 2nd until March 13th, 2026, returning Monday, March 16.", "2026-03-16"),
    ("I am on leave through 3/13/2026.", "2026-03-13"),
    ("I will be out of office 2 - 16 March.", "2026-03-16"),
    ("I am travelling and back in the office on Thursday.", "2026-03-05"),
    ("Out of office. Return date: 2026-04-07", "2026-04-07"),
    ("Ich bin bis zum 13.03.2026 nicht im Büro.", "2026-03-13"),
    (
        "Ich bin vom 2.3. bis einschließlich 13.3. im Urlaub. Ab dem 16.3. bin ich wieder erreichbar.",
        "2026-03-16",
    ),
    ("Am Montag, den 16. März, bin ich wieder im Haus.", "2026-03-16"),
    ("Je suis absente jusqu'au 13 mars inclus.", "2026-03-13"),
    ("Je suis en congés du 2 au 13 mars et serai de retour le lundi 16 mars.", "2026-03-16"),
    ("Estaré fuera de la oficina hasta el 13 de marzo.", "2026-03-13"),
    ("Estoy de vacaciones. Regreso el 16 de marzo de 2026.", "2026-03-16"),
    ("Estarei ausente até 13 de março.", "2026-03-13"),
    ("Sono in ferie fino al 13 marzo. Rientrerò il 16 marzo.", "2026-03-16"),
    ("Ik ben afwezig tot en met 13 maart.", "2026-03-13"),
    ("Jag är på semester och är tillbaka den 16 mars.", "2026-03-16"),
    ("Jeg er på ferie til og med 13. marts.", "2026-03-13"),
    ("Jeg er ikke på kontoret og er tilbake 16. mars.", "2026-03-16"),
    ("Olen lomalla 13.3.2026 asti.", "2026-03-13"),
    ("Olen lomalla ja palaan töihin 16. maaliskuuta.", "2026-03-16"),
    ("Przebywam na urlopie do 13 marca 2026.", "2026-03-13"),
    ("Jsem na dovolené do 13. března.", "2026-03-13"),
    ("Я в отпуске до 13 марта.", "2026-03-13"),
    ("Я у відпустці до 13 березня.", "2026-03-13"),
    ("Szabadságon vagyok március 13-ig.", "2026-03-13"),
    ("Sunt în concediu până pe 13 martie.", "2026-03-13"),
    ("Είμαι σε άδεια έως τις 13 Μαρτίου.", "2026-03-13"),
    ("13 Mart 2026 tarihine kadar izindeyim.", "2026-03-13"),
    ("3月13日まで休暇をいただいております。3月16日に復帰いたします。", "2026-03-16"),
    ("我正在休假，至3月13日。", "2026-03-13"),
    ("3월 13일까지 휴가입니다.", "2026-03-13"),
    ("אני בחופשה עד 13 במרץ.", "2026-03-13"),
    ("Tôi nghỉ phép đến ngày 13 tháng 3.", "2026-03-13"),
    ("Saya sedang cuti sampai 13 Maret.", "2026-03-13"),
    ("I am away until 5 January.", "2027-01-05"),
)
NO_DAY = (
    "I am out of the office with limited access to e-mail. Call 030 555 0142 if it is urgent.",
    "I am out of the office from 2 March. Opening hours: 9 to 5.",
    "Ich bin derzeit nicht im Büro. Version 2.5 der Preisliste gilt.",
    "I was away until 20 February, and answer slowly.",
)
BOB = Mailbox("Bob Reed", "bob.reed@borealis.example")
STAND_INS = (
    ("In urgent cases contact Bob Reed <bob.reed@borealis.example>.", BOB),
    ("If it is urgent, please contact my colleague Bob Reed at bob.reed@borealis.example or 030 555.", BOB),
    ("In dringenden Fällen wenden Sie sich an Herrn Bob Reed (bob.reed@borealis.example).", BOB),
    ("Meine Vertretung ist Bob Reed, bob.reed@borealis.example.", BOB),
    ("En cas d'urgence, contactez Bob Reed : bob.reed@borealis.example", BOB),
    ("Para asuntos urgentes, contacte con Bob Reed en bob.reed@borealis.example.", BOB),
    ("Per urgenze rivolgersi a Bob Reed (bob.reed@borealis.example).", BOB),
    ("Neem bij spoed contact op met Bob Reed via bob.reed@borealis.example.", BOB),
    ("Kontakta Bob Reed, tel. 08 555, bob.reed@borealis.example", Mailbox(None, BOB.address)),
    (
        "В срочных случаях обращайтесь: Иван Петров, ivan@borealis.example",
        Mailbox("Иван Петров", "ivan@borealis.example"),
    ),
    (
        "緊急の場合は、代理の佐藤 花子（sato@borealis.example）までご連絡ください。",
        Mailbox("佐藤 花子", "sato@borealis.example"),
    ),
    ("For urgent matters write to sales@borealis.example.", Mailbox(None, "sales@borealis.example")),
    ("In urgent cases please contact Bob Reed.", Mailbox("Bob Reed", None)),
    ("You can still write to me: ann.lee@borealis.example.", None),
    ("I read mail once a day.", None),
)


def absence(read: Callable[..., ParsedMail], text: str) -> ParsedMail:
    """An answer of the absent Ann Lee."""
    return read(text, Subject="Automatic reply: Pump 4", Auto_Submitted="auto-replied")


@pytest.mark.parametrize(("text", "day"), NOTES)
def test_the_day_of_return_is_read(read: Callable[..., ParsedMail], text: str, day: str) -> None:
    """The return goes before the end of the absence; a day without a year is the next one of its name."""
    machine = absence(read, text).automatic

    assert machine is not None
    assert date.fromisoformat(day) == machine.until


@pytest.mark.parametrize("text", NO_DAY)
def test_other_numbers_are_no_return(read: Callable[..., ParsedMail], text: str) -> None:
    """Telephones, hours, versions, beginnings and days gone by tell no return."""
    machine = absence(read, text).automatic

    assert machine is not None
    assert machine.until is None


@pytest.mark.parametrize(("text", "box"), STAND_INS)
def test_the_stand_in_is_read(read: Callable[..., ParsedMail], text: str, box: Mailbox | None) -> None:
    """Whom a note names to be asked is told with name and address, as far as they stand there."""
    machine = absence(read, "I am out of the office.\n\n" + text).automatic

    assert machine is not None
    assert box == machine.stand_in


def test_ordinary_mail_has_no_return(read: Callable[..., ParsedMail]) -> None:
    """A person who writes when he will be back is left alone."""
    mail = read("I am back on 16 March. Until then contact Bob Reed <bob.reed@borealis.example>.")

    assert mail.automatic is None
