"""Mail domains where anybody may have an address: they say nothing about somebody's company.

A list of the large public providers and of the internet providers whose customers write from home.
"""

_DOMAINS = """
gmail.com googlemail.com
outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.at outlook.be outlook.dk outlook.co.th outlook.jp
outlook.kr outlook.pt outlook.sa outlook.com.ar outlook.com.au outlook.com.br outlook.com.tr outlook.com.vn
outlook.co.id outlook.co.il outlook.cl outlook.cz outlook.hu outlook.ie outlook.in outlook.lv outlook.my outlook.ph
outlook.sg outlook.sk
hotmail.com hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.nl hotmail.be hotmail.se hotmail.dk hotmail.no
hotmail.fi hotmail.gr hotmail.ch hotmail.co.uk hotmail.co.jp hotmail.com.ar hotmail.com.br hotmail.com.tr hotmail.ca
live.com live.de live.fr live.it live.nl live.be live.se live.dk live.no live.at live.ca live.cn live.ie live.in
live.jp live.co.uk live.co.za live.com.au live.com.ar live.com.mx live.com.pt
msn.com passport.com windowslive.com
yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.in yahoo.pl yahoo.ro yahoo.se yahoo.dk
yahoo.gr yahoo.ie
yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.co.id yahoo.co.nz yahoo.co.th yahoo.co.za yahoo.com.ar yahoo.com.au
yahoo.com.br yahoo.com.cn yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw
yahoo.com.vn ymail.com rocketmail.com myyahoo.com
aol.com aol.de aol.fr aol.it aol.co.uk aim.com netscape.net
icloud.com me.com mac.com
gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.fr gmx.es gmx.info gmx.org gmx.us gmx.co.uk gmx.eu gmx.biz
web.de freenet.de t-online.de magenta.de arcor.de posteo.de posteo.net mailbox.org email.de mail.de online.de
kabelmail.de vodafone.de vodafonemail.de unitybox.de alice.de alice-dsl.net 1und1.de versanet.de ewe.net ewetel.net
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr club-internet.fr
libero.it virgilio.it tiscali.it alice.it tin.it fastwebnet.it inwind.it iol.it tim.it email.it
btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk
plus.net o2.co.uk
ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl xs4all.nl upcmail.nl casema.nl chello.nl
telenet.be skynet.be proximus.be bluewin.ch hispeed.ch sunrise.ch aon.at chello.at drei.at kabsi.at a1.net
telefonica.net terra.es ono.com sapo.pt clix.pt
telia.com comhem.se bredband.net spray.se online.no broadpark.no frisurf.no mail.dk tdcadsl.dk
elisanet.fi kolumbus.fi
wp.pl onet.pl onet.eu op.pl o2.pl interia.pl interia.eu poczta.onet.pl gazeta.pl vp.pl
seznam.cz email.cz centrum.cz centrum.sk post.cz volny.cz azet.sk zoznam.sk freemail.hu citromail.hu t-online.hu
abv.bg mail.bg inbox.lv inbox.lt
mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com keemail.me hushmail.com
fastmail.com fastmail.fm startmail.com runbox.com zoho.com zohomail.com zohomail.eu hey.com duck.com
mail.com email.com usa.com consultant.com engineer.com europe.com post.com
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net juno.com
frontier.com windstream.net roadrunner.com
rogers.com shaw.ca sympatico.ca videotron.ca telus.net bell.net
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz
uol.com.br bol.com.br terra.com.br ig.com.br globo.com prodigy.net.mx
qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com foxmail.com aliyun.com 139.com 189.cn
naver.com daum.net hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com
rediffmail.com sify.com
mailinator.com guerrillamail.com yopmail.com 10minutemail.com trashmail.com
"""

FREEMAIL = frozenset(_DOMAINS.split())
"""Domains in lower case."""


def is_freemail(domain: str) -> bool:
    """Whether *domain* is a public mail provider's, so that it cannot stand for a company."""
    return domain.strip().casefold().rstrip(".") in FREEMAIL
