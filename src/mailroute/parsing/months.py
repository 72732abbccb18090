"""Names of the months and of the halves of the day, in the languages of `vocabulary`, and of time zones."""

from mailroute.parsing.vocabulary import words

# January to December; alternatives parted by "/", "_" for a space. Compared casefolded, without a final full stop.
MONTH_ROWS = (
    "january february march april may june july august september october november december",  # en
    "jan feb mar apr may jun jul aug sep/sept oct nov dec",  # en
    (  # de
        "januar/jänner/jän februar/feber märz/mär/mrz april mai juni juli august september oktober/okt "
        "november dezember/dez"
    ),
    (  # fr
        "janvier/janv février/févr/fév/fevr mars avril/avr mai juin juillet/juil août/aout septembre "
        "octobre novembre décembre/déc"
    ),
    (  # es
        "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set "
        "octubre noviembre diciembre/dic"
    ),
    (  # pt
        "janeiro fevereiro/fev março/marco maio/abr maio/mai junho julho agosto setembro outubro/out "
        "novembro dezembro/dez"
    ),
    (  # it
        "gennaio/gen febbraio/febbr marzo aprile maggio/mag giugno/giu luglio/lug agosto "
        "settembre/sett ottobre/ott novembre dicembre"
    ),
    "januari februari maart/mrt april mei juni juli augustus september oktober november december",  # nl
    "januari februari mars april maj juni juli augusti september oktober november december",  # sv
    "januar februar marts april maj juni juli august september oktober november december/des",  # da
    (  # fi
        "tammikuuta/tammi/tammik helmikuuta/helmi/helmik maaliskuuta/maalis/maalisk "
        "huhtikuuta/huhti/huhtik toukokuuta/touko/toukok kesäkuuta/kesä/kesäk heinäkuuta/heinä/heinäk "
        "elokuuta/elo/elok syyskuuta/syys/syysk lokakuuta/loka/lokak marraskuuta/marras/marrask "
        "joulukuuta/joulu/jouluk"
    ),
    (  # is
        "janúar febrúar mars apríl maí júní júlí/júl ágúst/ágú september október/okt nóvember/nóv "
        "desember/des"
    ),
    (  # pl
        "stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj "
        "czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz "
        "października/październik/paź listopada/listopad/lis grudnia/grudzień/gru"
    ),
    (  # cs
        "ledna/leden/led února/únor/úno března/březen/bře dubna/duben/dub května/květen/kvě "
        "června/červen/čvn července/červenec/čvc srpna/srpen/srp září/zář října/říjen/říj "
        "listopadu/listopad prosince/prosinec/pro"
    ),
    (  # sk
        "januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl "
        "augusta/august septembra októbra/október/okt novembra decembra"
    ),
    (  # hr
        "siječnja/sij veljače/velj/vlj ožujka/ožu travnja/tra svibnja/svi lipnja/lip srpnja/srp "
        "kolovoza/kol rujna/ruj listopada/lis studenoga/studenog/stu prosinca/pro"
    ),
    (  # sl
        "januarja/januar februarja marca/marec aprila/april maja/maj junija/junij julija/julij "
        "avgusta/avgust/avg septembra oktobra novembra decembra"
    ),
    (  # sr
        "јануар/јан фебруар/феб март/мар април/апр мај јун јул август/авг септембар/сеп октобар/окт "
        "новембар/нов децембар/дец"
    ),
    (  # ru
        "января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май "
        "июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт "
        "ноября/ноябрь/ноя/нояб декабря/декабрь/дек"
    ),
    (  # uk
        "січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт/кві "
        "травня/травень/трав/тра червня/червень/черв/чер липня/липень/лип серпня/серпень/серп/сер "
        "вересня/вересень/вер жовтня/жовтень/жовт/жов листопада/листопад/лист/лис "
        "грудня/грудень/груд/гру"
    ),
    (  # bg
        "януари/яну февруари/фев март/мар април/апр май юни юли август/авг септември/сеп/септ "
        "октомври/окт ноември/ное декември/дек"
    ),
    (  # hu
        "január február/febr március/márc/már április/ápr május/máj június/jún július/júl "
        "augusztus/aug szeptember/szept/szep október/okt november december"
    ),
    (  # ro
        "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie "
        "noiembrie/nov decembrie"
    ),
    (  # et
        "jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august september oktoober/okt "
        "november detsember/dets"
    ),
    (  # lv
        "janvāris/janvārī/janv februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā "
        "jūnijs/jūnijā/jūn jūlijs/jūlijā/jūl augusts/augustā septembris/septembrī oktobris/oktobrī/okt "
        "novembris/novembrī decembris/decembrī"
    ),
    (  # lt
        "sausio/saus vasario/vas kovo/kov balandžio/bal gegužės/geg birželio/birž liepos/liep "
        "rugpjūčio/rugp rugsėjo/rugs spalio/spal lapkričio/lapkr gruodžio/gruod"
    ),
    (  # el
        "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ "
        "απριλίου/απρίλιος/απρ μαΐου/μάιος/μαϊ/μαΐ/μαΐου ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ "
        "αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ οκτωβρίου/οκτώβριος/οκτ "
        "νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ"
    ),
    (  # tr
        "ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki "
        "kasım/kas aralık/ara"
    ),
    "gener febrer/febr març abril maig juny juliol agost setembre octubre novembre desembre",  # ca
    (  # id
        "januari februari maret april mei juni juli agustus/agu/agt september oktober november desember"
    ),
    "januari februari mac april mei jun julai ogos september oktober november disember",  # ms
    (  # he
        "ינואר/ינו פברואר/פבר מרץ/מרס אפריל/אפר מאי יוני יולי אוגוסט/אוג ספטמבר/ספט אוקטובר/אוק "
        "נובמבר/נוב דצמבר/דצמ"
    ),
    (  # ar
        "يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/ابريل/إبريل/نيسان مايو/أيار يونيو/حزيران "
        "يوليو/تموز أغسطس/اغسطس/آب سبتمبر/أيلول أكتوبر/اكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني "
        "ديسمبر/كانون_الأول"
    ),
    "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",  # sr, in Latin letters
    "јануари февруари март април мај јуни јули август септември октомври ноември декември",  # mk
    "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",  # sq
    "januarie februarie maart april mei junie julie augustus september oktober november desember",  # af
    "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",  # gl
    (  # eu
        "urtarrila/urt otsaila/ots martxoa/mar apirila/api maiatza/mai ekaina/eka uztaila/uzt abuztua/abu "
        "iraila/ira urria/urr azaroa/aza abendua/abe"
    ),
    "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",  # az
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",  # kk
    (  # ka
        "იანვარი/იან თებერვალი/თებ მარტი/მარ აპრილი/აპრ მაისი/მაი ივნისი/ივნ ივლისი/ივლ აგვისტო/აგვ "
        "სექტემბერი/სექ ოქტომბერი/ოქტ ნოემბერი/ნოე დეკემბერი/დეკ"
    ),
    (  # hy
        "հունվարի/հնվ փետրվարի/փտվ մարտի/մրտ ապրիլի/ապր մայիսի/մյս հունիսի/հնս հուլիսի/հլս օգոստոսի/օգս "
        "սեպտեմբերի/սեպ հոկտեմբերի/հոկ նոյեմբերի/նոյ դեկտեմբերի/դեկ"
    ),
    (  # bn
        "জানুয়ারী/জানুয়ারি/জানু ফেব্রুয়ারী/ফেব্রুয়ারি/ফেব মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর/সেপ "
        "অক্টোবর/অক্টো নভেম্বর/নভে ডিসেম্বর/ডিসে"
    ),
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",  # fa
    (  # hi
        "जनवरी/जन फ़रवरी/फरवरी/फ़र मार्च अप्रैल मई जून जुलाई/जुल अगस्त/अग सितंबर/सितम्बर/सित "
        "अक्टूबर/अक्तूबर/अक्टू नवंबर/नवम्बर/नव दिसंबर/दिसम्बर/दिस"
    ),
    (  # th
        "มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค "
        "สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค"
    ),
)

PM_WORDS = frozenset(
    words(
        "pm|p.m|p.m.|nm|odp|odp.|п.п|пп|μμ|μ.μ|μ.μ.|ös|du|du.|م|午後|下午|晚上|오후|pp|ip|ip.|e.h|"
        "popoludní|popołudnie|petang|ptg|ch|chiều|tối|ب.ظ|หลังเที่ยง|अपराह्न|nachm|em"
    )
)

AM_WORDS = frozenset(
    words(
        "am|a.m|a.m.|vm|dop|dop.|д.п|дп|πμ|π.μ|π.μ.|öö|de|de.|ص|午前|上午|凌晨|早上|오전|ap|ap.|f.h|"
        "pagi|pg|sa|sáng|ق.ظ|ก่อนเที่ยง|पूर्वाह्न|vorm|fm"
    )
)

# Minutes east of Greenwich. Names that two zones share (IST, BST, CST) follow their use in mail.
ZONE_MINUTES = {
    "utc": 0, "gmt": 0, "z": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120,
    "mez": 60, "mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "oez": 120, "oesz": 180,
    "msk": 180, "trt": 180, "ist": 330, "sgt": 480, "hkt": 480, "awst": 480, "jst": 540, "kst": 540,
    "acst": 570, "aest": 600, "aedt": 660, "acdt": 630, "nzst": 720, "nzdt": 780, "est": -300,
    "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180, "clt": -240, "sast": 120,
    "cat": 120, "eat": 180, "wat": 60, "pkt": 300, "wib": 420, "wita": 480, "wit": 540, "ict": 420,
    "hnec": 60, "heec": 120,
}  # fmt: skip


def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for row in MONTH_ROWS:
        for number, names in enumerate(row.split(" "), 1):
            for name in names.casefold().split("/"):
                table.setdefault(name.replace("_", " "), number)
    return table


MONTHS = _months()
