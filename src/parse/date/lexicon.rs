//! The words dates are made of, in English, German, French and Russian.
//!
//! Words are compared folded: lower case, without accents (`März` is `marz`, `août` is `aout`, `ё` is `е`). One word
//! has one sense in all four languages, so a line in another language than the edition's still reads. Looked up by
//! a hash table made at compile time. This file refuses to know grammar.

mod feasts;

pub(super) use feasts::{honours, opens_phrase, phrase, saint};

/// What a word can mean in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// 1–12.
    Month(u8),
    /// 0 Monday – 6 Sunday.
    Weekday(u8),
    /// 1 spring – 4 winter.
    Season(u8),
    Feast(Feast),
    /// A month of the French Republic, 1–12; 13 are its complementary days.
    Republican(u8),
    /// "Kal.", "Idus": a day that others are counted from.
    Roman(RomanDay),
    /// The day before one of those.
    Pridie,
    /// "unknown": after `DateWord`, undated.
    Unknown,
    /// "feast", "Yom": a day is named that is not read.
    DayName,
    /// "St.", "Saint": of a day or of a place.
    Saint,
    /// "dreißiger": 30, the years of a century.
    Tens(u8),
    /// "eve", "veille": the day before a feast.
    Eve,
    /// "good", "ash": the first word of a feast of several words, and nothing by itself.
    Opens,
    /// "lendemain": the day after a feast.
    Morrow,
    Part(Part),
    /// "first", "erste": 1; 0 is "last".
    Ordinal(u8),
    /// "twenty" before "-first".
    Twenty(u8),
    Half,
    /// Ten days: "Drittel", "декада".
    Tenner,
    Week,
    Quarter,
    And,
    Or,
    To,
    /// "bis", "until": joins two dates; before a single one, not after it.
    Until,
    /// Russian "до": joins two dates; before a single one, earlier than it.
    UntilBefore,
    Before,
    After,
    /// German "vor", "nach" with a day: the day itself is counted in, as German editions do.
    BeforeCounted,
    AfterCounted,
    Not,
    /// "later", "earlier", with or without "not".
    Later,
    Earlier,
    NotBefore,
    NotAfter,
    Since,
    /// Russian "с": since, if no second date follows.
    From,
    Between,
    Circa,
    /// "probably": a question mark in words.
    Perhaps,
    /// German "um den": five days either side.
    Around,
    Received,
    Undated,
    /// "no", "ohne", "без": before `DateWord`, undated.
    Without,
    DateWord,
    YearWord,
    /// French "années": the years of a decade.
    Years,
    Century,
    /// "Moon": another calendar.
    Moon,
    /// "day", "month": words of another calendar after a numeral, else no more than a filler.
    Unit,
    /// "day", as a `Unit`, but one.
    OneDay,
    /// A month of another calendar.
    ForeignMonth,
    Bce,
    Ce,
    /// "old", "new": count only before "style".
    Old,
    New,
    Style,
    OldStyle,
    NewStyle,
    /// A.m. or p.m. with dots or `pm`.
    HalfDay,
    /// English "am" or German "am".
    Am,
    /// "o'clock", "Uhr", "heures".
    Clock,
    /// "noon", "abends": a time of day by itself.
    TimeOfDay,
    /// Russian "дня": "of the day" after an hour, "day" after its numeral.
    OfDay,
    /// "Z", "GMT": behind an hour.
    Zone,
    /// "No.", "Nr.", "№": the next numeral is no date.
    NumberSign,
    Filler,
}

/// A feast that dates a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// From and to, as month and day.
    Fixed(u8, u8, u8),
    /// Days after Easter Sunday, and how many days it lasts.
    Easter(i8, u8),
    /// Days after the first Sunday in Advent, and how many days it lasts; 0 is until Christmas Eve.
    Advent(i8, u8),
}

/// The days of a Roman month that the others are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RomanDay {
    Kalends,
    Nones,
    Ides,
}

/// A part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// 1st–10th; of a year, January.
    Begin,
    /// 11th–20th; of a year, June and July.
    Middle,
    /// 21st to the last; of a year, December.
    End,
    /// Halves: 1 or 2.
    Half(u8),
    /// The ten days from the 10th or 20th on.
    From(u8),
    /// The last day.
    Last,
    /// Weeks of a month: 1–4, 0 the last.
    Week(u8),
    /// Quarters of a year.
    Quarter(u8),
}

#[rustfmt::skip]
const WORDS: &[(Sense, &[&str])] = &[
    (Sense::Month(1), &["january", "jan", "janry", "jany", "januar", "janner", "jenner", "januarii", "januarius", "janvier", "janv", "январь", "января", "январе", "янв", "январем", "janr", "januari", "januaris", "генваря", "генварь", "генваре", "janvr", "ianuarii", "ianuarias", "januarias", "januariis", "jenn"]),
    (Sense::Month(2), &["february", "feb", "feby", "febry", "februar", "febr", "feber", "februarii", "fevrier", "fevr", "fev", "февраль", "февраля", "феврале", "фев", "февр", "februaris", "febv", "febvrier", "febvr", "februarias", "februariis"]),
    (Sense::Month(3), &["march", "mar", "mch", "marz", "maerz", "merz", "martii", "mars", "март", "марта", "марте", "martias", "martiis", "martium"]),
    (Sense::Month(4), &["april", "apr", "apl", "aprill", "aprilis", "avril", "avr", "апрель", "апреля", "апреле", "апр", "ap", "apvril", "aprile", "aprilibus"]),
    (Sense::Month(5), &["may", "mai", "mays", "maji", "май", "мая", "мае", "maii", "маия", "mey", "maias", "maiis"] ),
    (Sense::Month(6), &["june", "jun", "juni", "juny", "junius", "junii", "juin", "июнь", "июня", "июне", "июн", "juing", "junias", "juniis", "iunii", "iunias"]),
    (Sense::Month(7), &["july", "jul", "juli", "julius", "julii", "juillet", "juil", "июль", "июля", "июле", "июл", "juilt", "juill", "jullet", "juillt", "julias", "juliis", "iulii", "iulias"]),
    (Sense::Month(8), &["august", "aug", "augt", "augusti", "aout", "август", "августа", "августе", "авг", "augst", "aoust", "augustas", "augustis"]),
    (Sense::Month(9), &["september", "sept", "sep", "sepr", "septr", "septbr", "septembris", "septembre", "сентябрь", "сентября", "сентябре", "сент", "сен", "viibre", "viiber", "viibris", "septembr", "septembres", "septembribus"]),
    (Sense::Month(10), &["october", "oct", "octr", "octbr", "oktober", "okt", "oktbr", "octobris", "octobre", "октябрь", "октября", "октябре", "окт", "viiibre", "viiiber", "viiibris", "octobr", "ocr", "octobres", "octobribus"]),
    (Sense::Month(11), &["november", "nov", "novr", "novbr", "novembris", "novembre", "ноябрь", "ноября", "ноябре", "нояб", "ноя", "ixbre", "ixber", "ixbris", "novembr", "novembres", "novembribus"]),
    (Sense::Month(12), &["december", "dec", "decr", "decbr", "dezember", "dez", "dezbr", "decembris", "decembre", "xbre", "xber", "декабрь", "декабря", "декабре", "дек", "xbris", "xbr", "decemb", "decembr", "decembres", "decembribus"]),
    (Sense::Weekday(0), &["monday", "mon", "montag", "montags", "lundi", "понедельник", "понедельника"]),
    (Sense::Weekday(1), &["tuesday", "tues", "tue", "dienstag", "dienstags", "dinstag", "dinstags", "mardi", "вторник", "вторника", "zinstag", "aftermontag"]),
    (Sense::Weekday(2), &["wednesday", "wed", "weds", "mittwoch", "mittwochs", "mitwoch", "mitwochs", "mercredi", "среда", "mittwochen", "wednes", "среду", "среды", "mitwuch", "mittwuch"]),
    (Sense::Weekday(3), &["thursday", "thurs", "thur", "thu", "donnerstag", "donnerstags", "donerstag", "jeudi", "четверг", "donnerstages", "четверга", "donrstag", "dornstag"]),
    (Sense::Weekday(4), &["friday", "fri", "freitag", "freitags", "freytag", "freytags", "vendredi", "пятница", "пятницу", "пятницы", "frytag"]),
    (Sense::Weekday(5), &["saturday", "sat", "samstag", "samstags", "sonnabend", "sonnabends", "samedi", "суббота", "saturd", "субботу", "субботы", "sambstag", "sambstags"]),
    (Sense::Weekday(6), &["sunday", "sun", "sonntag", "sonntags", "dimanche", "воскресенье", "воскресенья", "воскресение"]),
    (Sense::Season(1), &["spring", "fruhling", "fruhjahr", "fruhlings", "fruhjahrs", "printemps", "весна", "весны", "весной", "vorfruhling", "spatfruhling", "springtime"]),
    (Sense::Season(2), &["summer", "sommer", "sommers", "ete", "лето", "лета", "летом", "fruhsommer", "hochsommer", "spatsommer", "summertime"]),
    (Sense::Season(3), &["autumn", "fall", "herbst", "herbstes", "spatherbst", "automne", "осень", "осени", "осенью", "fruhherbst"]),
    (Sense::Season(4), &["winter", "winters", "hiver", "зима", "зимы", "зимой", "fruhwinter", "spatwinter"]),
    (Sense::Feast(Feast::Fixed(12, 24, 26)), &["weihnachten", "weihnacht", "weihnachtstage"]),
    (Sense::Feast(Feast::Fixed(12, 25, 25)), &["christmas", "xmas", "noel", "рождество", "рождества", "christtag", "christfest", "weihnachtstag", "weihnachtsfeiertag", "christmastide", "christmass"]),
    (Sense::Feast(Feast::Fixed(12, 24, 24)), &["heiligabend", "weihnachtsabend", "christabend", "сочельник"]),
    (Sense::Feast(Feast::Fixed(12, 26, 26)), &["stephanstag", "stephanitag"]),
    (Sense::Feast(Feast::Fixed(12, 31, 31)), &["silvester", "sylvester", "silvesterabend", "sylvesterabend"]),
    (Sense::Feast(Feast::Fixed(1, 1, 1)), &["neujahr", "neujahrstag", "neujahrs"]),
    (Sense::Feast(Feast::Fixed(1, 6, 6)), &["epiphany", "epiphanias", "dreikonigstag", "dreikonige", "dreikonig", "epiphanie", "крещение", "крещенье", "крещения", "богоявление", "богоявления", "heiligdreikonig"]),
    (Sense::Feast(Feast::Fixed(2, 2, 2)), &["candlemas", "lichtmess", "lichtmeß", "chandeleur"]),
    (Sense::Feast(Feast::Fixed(3, 25, 25)), &["annunciation", "благовещение", "благовещенье"]),
    (Sense::Feast(Feast::Fixed(6, 24, 24)), &["johannis", "johannistag", "johanni", "midsummer"]),
    (Sense::Feast(Feast::Fixed(7, 25, 25)), &["jakobi", "jacobi", "jakobitag"]),
    (Sense::Feast(Feast::Fixed(8, 15, 15)), &["assumption", "assomption"]),
    (Sense::Feast(Feast::Fixed(2, 14, 14)), &["valentinstag"]),
    (Sense::Feast(Feast::Advent(0, 0)), &["advent", "adventssonntag", "adventsonntag", "avent"]),
    (Sense::Feast(Feast::Advent(-7, 1)), &["totensonntag", "todtensonntag", "totenfest", "todtenfest"]),
    (Sense::Feast(Feast::Fixed(10, 31, 31)), &["reformationsfest", "reformationstag"]),
    (Sense::Feast(Feast::Easter(-6, 6)), &["karwoche", "charwoche"]),
    (Sense::Feast(Feast::Easter(0, 7)), &["osterwoche"]),
    (Sense::Feast(Feast::Easter(49, 7)), &["pfingstwoche"]),
    (Sense::Feast(Feast::Fixed(4, 23, 23)), &["georgi", "georgii", "georgentag"]),
    (Sense::Feast(Feast::Fixed(6, 15, 15)), &["viti", "veitstag"]),
    (Sense::Feast(Feast::Fixed(10, 16, 16)), &["galli", "gallustag"]),
    (Sense::Feast(Feast::Fixed(11, 25, 25)), &["catharinae", "katharinae", "catharinentag", "katharinentag"]),
    (Sense::Feast(Feast::Fixed(11, 30, 30)), &["andreae", "andreastag"]),
    (Sense::Feast(Feast::Fixed(12, 13, 13)), &["luciae", "lucientag"]),
    (Sense::Feast(Feast::Fixed(12, 21, 21)), &["thomae", "thomastag"]),
    (Sense::Feast(Feast::Fixed(8, 6, 6)), &["преображение", "преображения"]),
    (Sense::Feast(Feast::Fixed(8, 15, 15)), &["успение", "успения"]),
    (Sense::Feast(Feast::Fixed(9, 14, 14)), &["воздвижение", "воздвижения"]),
    (Sense::Feast(Feast::Fixed(2, 2, 2)), &["сретение", "сретенье", "сретения"]),
    (Sense::Feast(Feast::Fixed(9, 29, 29)), &["michaelis", "michaelmas", "michaeli", "michaelistag"]),
    (Sense::Feast(Feast::Fixed(10, 1, 1)), &["покров", "покрова"]),
    (Sense::Feast(Feast::Fixed(11, 1, 1)), &["allerheiligen", "toussaint", "hallowmas"]),
    (Sense::Feast(Feast::Fixed(11, 2, 2)), &["allerseelen"]),
    (Sense::Feast(Feast::Fixed(11, 11, 11)), &["martini", "martinmas", "martinstag", "martinitag"]),
    (Sense::Feast(Feast::Fixed(12, 6, 6)), &["nikolaustag", "nikolaus"]),
    (Sense::Feast(Feast::Easter(-63, 1)), &["septuagesima"]),
    (Sense::Feast(Feast::Easter(-56, 1)), &["sexagesima"]),
    (Sense::Feast(Feast::Easter(-49, 1)), &["estomihi", "quinquagesima"]),
    (Sense::Feast(Feast::Easter(-42, 1)), &["invocavit", "invokavit"]),
    (Sense::Feast(Feast::Easter(-35, 1)), &["reminiscere"]),
    (Sense::Feast(Feast::Easter(-28, 1)), &["oculi", "okuli"]),
    (Sense::Feast(Feast::Easter(-21, 1)), &["laetare", "latare"]),
    (Sense::Feast(Feast::Easter(-14, 1)), &["judica", "iudica"]),
    (Sense::Feast(Feast::Easter(7, 1)), &["quasimodogeniti", "quasimodo"]),
    (Sense::Feast(Feast::Easter(14, 1)), &["misericordias"]),
    (Sense::Feast(Feast::Easter(21, 1)), &["jubilate"]),
    (Sense::Feast(Feast::Easter(28, 1)), &["cantate", "kantate"]),
    (Sense::Feast(Feast::Easter(35, 1)), &["rogate"]),
    (Sense::Feast(Feast::Easter(42, 1)), &["exaudi"]),
    (Sense::Feast(Feast::Fixed(8, 10, 10)), &["laurentii", "laurentiustag"]),
    (Sense::Feast(Feast::Fixed(8, 24, 24)), &["bartholomai", "bartholomaei", "bartholomaustag"]),
    (Sense::Feast(Feast::Fixed(9, 1, 1)), &["aegidii", "egidii"]),
    (Sense::Feast(Feast::Easter(-48, 1)), &["rosenmontag"]),
    (Sense::Feast(Feast::Easter(-47, 1)), &["fastnacht", "faschingsdienstag", "fastnachtsdienstag", "fastnachtdienstag"]),
    (Sense::Feast(Feast::Easter(-46, 1)), &["aschermittwoch"]),
    (Sense::Feast(Feast::Easter(-7, 1)), &["palmsonntag", "palmarum"]),
    (Sense::Feast(Feast::Easter(-3, 1)), &["grundonnerstag"]),
    (Sense::Feast(Feast::Easter(-2, 1)), &["karfreitag", "charfreitag"]),
    (Sense::Feast(Feast::Easter(-1, 1)), &["karsamstag", "charsamstag", "ostersamstag", "ostersonnabend"]),
    (Sense::Feast(Feast::Easter(0, 2)), &["ostern", "osterfest", "ostertage"]),
    (Sense::Feast(Feast::Easter(0, 1)), &["easter", "ostersonntag", "ostertag", "paques", "пасха", "пасхи", "пасху", "osterfeiertag"]),
    (Sense::Feast(Feast::Easter(1, 1)), &["ostermontag"]),
    (Sense::Feast(Feast::Easter(2, 1)), &["osterdienstag"]),
    (Sense::Feast(Feast::Easter(39, 1)), &["himmelfahrt", "himmelfahrtstag", "ascension", "вознесение"]),
    (Sense::Feast(Feast::Easter(49, 2)), &["pfingsten", "pfingstfest", "pfingsttage"]),
    (Sense::Feast(Feast::Easter(49, 1)), &["pfingstsonntag", "pfingsttag", "whitsun", "whitsunday", "whitsuntide", "pentecost", "pentecote", "троица", "троицу", "троицын", "pfingstfeiertag"]),
    (Sense::Feast(Feast::Easter(50, 1)), &["pfingstmontag"]),
    (Sense::Feast(Feast::Easter(51, 1)), &["pfingstdienstag"]),
    (Sense::Feast(Feast::Easter(56, 1)), &["trinitatis"]),
    (Sense::Feast(Feast::Easter(60, 1)), &["fronleichnam", "fronleichnamstag"]),
    (Sense::Eve, &["eve", "veille", "vorabend", "vigil", "vigile", "накануне"]),
    (Sense::Morrow, &["lendemain", "morrow"]),
    (Sense::Opens, &["heiliger", "heiligen", "sankt", "good", "ash", "palm", "maundy", "holy", "shrove", "whit", "trinity", "boxing", "all", "corpus", "fete", "lady", "peter", "petri", "philippi", "simonis", "simon", "maria", "mariae", "drei", "heilige", "pauli", "low", "plough", "hilary", "passion", "lent", "великий", "святой", "светлой", "страстной", "guy", "dreifaltigkeits", "духов", "вербное", "вербного", "светлое", "светлого", "чистый", "прощеное", "страстная", "великая", "фомино", "петров", "ильин", "иванов", "татьянин"]),
    (Sense::Part(Part::Begin), &["beginning", "early", "start", "anfang", "anfangs", "beginn", "debut", "commencement", "начало", "начале", "начала", "beginnings", "commencing", "началом", "нач", "anf"]),
    (Sense::Part(Part::Middle), &["mid", "middle", "mitte", "mi", "milieu", "середина", "середине", "середины", "сер"]),
    (Sense::Part(Part::End), &["end", "late", "close", "ende", "ausgang", "fin", "конец", "конце", "конца", "концу", "кон"]),
    (Sense::Ordinal(1), &["first", "erste", "ersten", "erster", "erstes", "premiere", "premier", "первая", "первой", "первый", "первую", "первое", "первые", "первых", "erstem", "первого", "перв", "premiers", "premieres"]),
    (Sense::Ordinal(2), &["second", "zweite", "zweiten", "zweiter", "zweites", "deuxieme", "seconde", "вторая", "второй", "вторую", "второе", "zweitem", "второго", "втор"]),
    (Sense::Ordinal(3), &["third", "dritte", "dritten", "drittes", "troisieme", "третья", "третьей", "третий", "dritter", "drittem", "третьего", "третье"]),
    (Sense::Ordinal(4), &["fourth", "vierte", "vierten", "quatrieme", "четвертая", "четвертый"]),
    (Sense::Ordinal(0), &["last", "letzte", "letzten", "letztes", "dernier", "derniere", "derniers", "последняя", "последние", "последних", "letztem", "letzter", "lezten", "lezter", "dernieres", "последний", "последнего"]),
    (Sense::Ordinal(5), &["fifth", "funfte", "funften", "cinquieme"]),
    (Sense::Ordinal(6), &["sixth", "sechste", "sechsten"]),
    (Sense::Ordinal(7), &["seventh", "siebte", "siebten", "siebenten"]),
    (Sense::Ordinal(8), &["eighth", "achte", "achten"]),
    (Sense::Ordinal(9), &["ninth", "neunte", "neunten"]),
    (Sense::Ordinal(10), &["tenth", "zehnte", "zehnten", "десятых"]),
    (Sense::Ordinal(11), &["eleventh", "elfte", "elften"]),
    (Sense::Ordinal(12), &["twelfth", "zwolfte", "zwolften"]),
    (Sense::Ordinal(13), &["thirteenth", "dreizehnten"]),
    (Sense::Ordinal(14), &["fourteenth", "vierzehnten"]),
    (Sense::Ordinal(15), &["fifteenth", "funfzehnten"]),
    (Sense::Ordinal(16), &["sixteenth", "sechzehnten"]),
    (Sense::Ordinal(17), &["seventeenth", "siebzehnten"]),
    (Sense::Ordinal(18), &["eighteenth", "achtzehnten"]),
    (Sense::Ordinal(19), &["nineteenth", "neunzehnten"]),
    (Sense::Ordinal(20), &["twentieth", "zwanzigsten", "двадцатых"]),
    (Sense::Ordinal(30), &["thirtieth", "dreissigsten", "dreißigsten", "тридцатых"]),
    (Sense::Twenty(20), &["twenty"]),
    (Sense::Twenty(30), &["thirty"]),
    (Sense::Half, &["half", "halfte", "moitie", "quinzaine", "половина", "половине", "половины", "halbjahr", "jahreshalfte", "monatshalfte", "semester", "semestre", "semestres", "полугодие", "полугодии", "полугодия", "пол"]),
    (Sense::Tenner, &["drittel", "tiers", "треть", "трети", "декада", "декаде", "decade", "декады", "декадой"]),
    (Sense::Week, &["week", "woche", "semaine", "неделя", "неделе", "weeks", "wochen", "semaines", "недели", "неделю"]),
    (Sense::Quarter, &["quarter", "quartal", "trimestre", "квартал", "quartals", "квартала", "квартале", "четверть", "четверти", "viertel", "quart"]),
    (Sense::And, &["u", "and", "und", "et", "и", "but", "aber", "sowie", "но", "&"]),
    (Sense::Or, &["or", "oder", "ou", "или", "resp", "либо", "bzw"]),
    (Sense::To, &["to", "through", "thru", "au", "auf", "по", "на"]),
    (Sense::Until, &["bis", "until", "till", "jusqu", "jusque"]),
    (Sense::UntilBefore, &["до"]),
    (Sense::Before, &["before", "prior", "avant", "перед", "ante", "pre"]),
    (Sense::After, &["after", "apres", "после", "post"]),
    (Sense::BeforeCounted, &["vor"]),
    (Sense::AfterCounted, &["nach"]),
    (Sense::Not, &["not", "no", "nicht", "pas", "не"]),
    (Sense::Later, &["later", "spater", "danach", "nachher", "posterieur", "позднее", "позже", "latest", "posterieure", "posterieurs"]),
    (Sense::Earlier, &["earlier", "fruher", "davor", "vorher", "anterieur", "ранее", "раньше", "sooner", "earliest", "anterieure", "anterieurs"]),
    (Sense::NotBefore, &["fruhestens", "tot"]),
    (Sense::NotAfter, &["spatestens", "tard", "by"]),
    (Sense::Since, &["since", "seit", "ab", "depuis", "partir"]),
    (Sense::From, &["с", "со"]),
    (Sense::Between, &["between", "zwischen", "entre", "между"]),
    (Sense::Circa, &["circa", "ca", "c", "cca", "about", "around", "approximately", "approx", "etwa", "ungefahr", "gegen", "vers", "environ", "env", "около", "ок", "приблизительно", "примерно", "circ", "approximativement"]),
    (Sense::Perhaps, &["probably", "perhaps", "possibly", "presumably", "vermutlich", "vielleicht", "wohl", "wahrscheinlich", "probablement", "вероятно", "возможно", "видимо", "vermutl", "prob", "предположительно", "wahrsch", "peut", "видимому"]),
    (Sense::Around, &["um"]),
    (Sense::Received, &["received", "recd", "rec'd", "recu", "recue", "empfangen", "erhalten", "eingegangen", "получено", "получена", "transmitted", "forwarded", "arrive", "arrived", "ankunft", "eingang", "eingeg", "eing", "arrivee", "parvenue"]),
    (Sense::Undated, &["undated", "undatiert", "undat", "недатировано", "датировано", "dateless", "установлена", "установлено", "указана", "проставлена"]),
    (Sense::Without, &["ohne", "sans", "без", "without"]),
    (Sense::DateWord, &["date", "datum", "даты", "дата", "дате", "jahr", "annee"]),
    (Sense::YearWord, &["year", "years", "jahre", "jahres", "an", "anno", "ao", "г", "год", "года", "году", "гг", "годы", "годов", "годах", "jahren"]),
    (Sense::Years, &["annees"]),
    (Sense::Century, &["century", "cent", "jahrhundert", "jahrhunderts", "jh", "jhdt", "jhd", "siecle", "век", "века", "веке", "вв", "веков", "столетия", "столетие", "siecles", "jhs"]),
    (Sense::Moon, &["moon", "moons", "reign", "regni", "regne", "meiji", "meije", "taisho", "showa", "keio", "kwangsu", "kuanghsu", "tungchih", "tungchi", "hsienfeng"]),
    (Sense::OneDay, &["day", "tag", "jour", "день"]),
    (Sense::Unit, &["month", "days", "months", "tage", "tagen", "monat", "monats", "jours", "mois", "дней", "дни", "числа", "месяц", "месяца", "числах", "число", "числом", "tages"]),
    (Sense::Republican(1), &["vendemiaire", "vendem"]),
    (Sense::Republican(2), &["brumaire", "brum"]),
    (Sense::Republican(3), &["frimaire", "frim"]),
    (Sense::Republican(4), &["nivose"]),
    (Sense::Republican(5), &["pluviose", "pluv"]),
    (Sense::Republican(6), &["ventose"]),
    (Sense::Republican(7), &["germinal"]),
    (Sense::Republican(8), &["floreal", "flor"]),
    (Sense::Republican(9), &["prairial", "prair"]),
    (Sense::Republican(10), &["messidor", "mess"]),
    (Sense::Republican(11), &["thermidor", "therm"]),
    (Sense::Republican(12), &["fructidor", "fruct"]),
    (Sense::Republican(13), &["complementaire", "complementaires", "sansculottide", "sansculottides"]),
    (Sense::Roman(RomanDay::Kalends), &["kal", "cal", "calend", "kalend", "kalends", "calends", "kalendis", "calendis", "kalendas", "calendas", "kalendae", "calendae", "kalenden"]),
    (Sense::Roman(RomanDay::Nones), &["non", "nones", "nonis", "nonas", "nonae", "nonen"]),
    (Sense::Roman(RomanDay::Ides), &["id", "ides", "idus", "idibus", "iden"]),
    (Sense::Pridie, &["pridie", "prid"]),
    (Sense::Unknown, &["unknown", "unbekannt", "inconnue", "неизвестна"]),
    (Sense::DayName, &["feast", "festum", "festo", "yom", "rosh", "passover", "pessach", "pesach", "purim", "hanukkah", "ostermesse", "jubilatemesse", "neujahrsmesse", "term", "michaelismesse", "николин", "праздник", "neujahrsnacht", "silvesternacht", "sylvesternacht", "namenstag", "geburtstag", "юрьев", "егорьев"]),
    (Sense::Saint, &["saint", "sainte"]),
    (Sense::Tens(20), &["zwanziger"]),
    (Sense::Tens(30), &["dreissiger", "dreißiger"]),
    (Sense::Tens(40), &["vierziger"]),
    (Sense::Tens(50), &["funfziger"]),
    (Sense::Tens(60), &["sechziger"]),
    (Sense::Tens(70), &["siebziger"]),
    (Sense::Tens(80), &["achtziger"]),
    (Sense::Tens(90), &["neunziger"]),
    (Sense::ForeignMonth, &["nisan", "tishri", "kislev", "adar", "elul", "sivan", "tammuz", "muharram", "safar", "rajab", "shaban", "ramadan", "shawwal", "ramazan", "redjeb", "rejeb", "moharrem", "muharrem", "zilhadj", "zilkade", "zilhicce", "chaban", "chewal", "djemazi", "heshvan", "cheshvan", "tevet", "shevat", "tishrei", "iyar"]),
    (Sense::Bce, &["bc", "bce", "a.c.n"]),
    (Sense::Ce, &["ad"]),
    (Sense::OldStyle, &["o.s", "a.st", "a.s", "v.s", "ст.ст", "стст", "st.v"]),
    (Sense::NewStyle, &["n.s", "n.st", "н.ст", "st.n"]),
    (Sense::Old, &["old", "alten", "alter", "vieux", "старого", "старый", "julian", "старому"]),
    (Sense::New, &["new", "neuen", "neuer", "nouveau", "нового", "новый", "gregorian", "новому"]),
    (Sense::Style, &["style", "stil", "stils", "styl", "styls", "стиля", "стиль", "стилю", "calendar", "kalender", "calendrier", "календаря", "календарю"]),
    (Sense::HalfDay, &["a.m", "p.m", "pm"]),
    (Sense::Am, &["am"]),
    (Sense::Clock, &["o'clock", "o’clock", "uhr", "h", "heure", "heures", "hours", "hrs", "час", "часа", "часов", "ч", "мин", "м", "минут", "min", "minutes"]),
    (Sense::TimeOfDay, &["noon", "midnight", "morning", "evening", "afternoon", "night", "forenoon", "midday", "daybreak", "fruh", "morgens", "morgen", "vormittag", "vormittags", "mittag", "mittags", "nachmittag", "nachmittags", "nachm", "vorm", "nm", "vm", "abds", "abend", "abends", "nacht", "nachts", "mitternacht", "matin", "soir", "midi", "minuit", "nuit", "apres-midi", "утра", "утро", "утром", "вечера", "вечер", "вечером", "ночи", "ночь", "ночью", "полдень", "полночь"]),
    (Sense::OfDay, &["дня"]),
    (Sense::Zone, &["z", "gmt", "utc"]),
    (Sense::NumberSign, &["nr", "num", "numero", "№", "nos", "тел", "telegram", "despatch", "dispatch", "p", "pp", "vol", "bd", "doc", "document", "dok", "brief", "letter"]),
    (Sense::Filler, &["the", "of", "in", "on", "at", "it", "is", "dated", "den", "der", "des", "dem", "das", "im", "vom", "von", "zum", "zu", "le", "la", "les", "du", "de", "d", "l", "a", "plus", "than", "from", "datiert", "v", "от", "к", "ко", "во", "в", "during", "dans", "wahrend", "en", "courant", "als", "que", "чем", "some", "sometime", "time", "ten", "t", "s", "st", "ст", "shortly", "soon", "kurz", "bald", "gleich", "written", "geschrieben", "exact", "recte", "richtig", "rectius", "rather", "correctly", "ce", "ye", "this", "toward", "towards", "begun", "finished", "dictated", "drafted", "composed", "made", "given", "done", "mense", "die", "anni", "etre", "unmittelbar", "peu", "dat", "postmark", "postmarked", "poststempel", "pst", "cachet", "instant", "inst", "instt", "сего", "dieses"]),
];

pub(super) const SLOTS: usize = 4096;

/// Group and word of `WORDS` by hash, plus one; zero is an empty slot.
static TABLE: [(u16, u16); SLOTS] = build();

/// The slot a word is looked for first.
pub(super) const fn hash(word: &[u8]) -> usize {
    let mut state: u32 = 2_166_136_261;
    let mut at = 0;
    while at < word.len() {
        state = (state ^ word[at] as u32).wrapping_mul(16_777_619);
        at += 1;
    }
    (state ^ (state >> 15)) as usize % SLOTS
}

const fn build() -> [(u16, u16); SLOTS] {
    let mut table = [(0, 0); SLOTS];
    let mut group = 0;
    while group < WORDS.len() {
        let mut word = 0;
        while word < WORDS[group].1.len() {
            let mut slot = hash(WORDS[group].1[word].as_bytes());
            while table[slot].0 != 0 {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = (group as u16 + 1, word as u16);
            word += 1;
        }
        group += 1;
    }
    table
}

/// The sense of a folded word, if it is a word of dates.
pub(super) fn sense(word: &str) -> Option<Sense> {
    let mut slot = hash(word.as_bytes());
    loop {
        let (group, index) = TABLE[slot];
        let (sense, words) = WORDS.get(usize::from(group).checked_sub(1)?)?;
        if words.get(usize::from(index)) == Some(&word) {
            return Some(*sense);
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// Two or more abbreviations with dots, joined by dots: `p. m.` is `p.m`, `до н. э.` ends in `н.э`.
pub(super) fn abbreviation(joined: &str) -> Option<Sense> {
    Some(match joined {
        "a.m" | "p.m" => Sense::HalfDay,
        "o.d" | "s.d" | "n.d" | "б.д" | "s.l.n.d" | "o.o.u.d" | "o.j" | "s.a" | "s.l.s.d" | "n.p.n.d" | "o.o.o.d" | "б.г" => {
            Sense::Undated
        }
        "a.d" | "c.e" | "n.chr" | "u.z" | "н.э" | "ap.j.c" | "apr.j.c" => Sense::Ce,
        "b.c" | "b.c.e" | "v.chr" | "v.u.z" | "av.j.c" => Sense::Bce,
        "i.e" | "d.h" | "d.i" | "c.a.d" => Sense::Filler,
        "ст.стилю" | "ст.стиля" | "стар.стилю" | "стар.стиля" | "с.стиля" | "a.stils" | "alt.stils" | "v.style" | "vx.style" => {
            Sense::OldStyle
        }
        "н.стилю" | "н.стиля" | "нов.стилю" | "нов.стиля" | "n.stils" | "neu.stils" | "n.style" => {
            Sense::NewStyle
        }
        "o.s" | "a.st" | "a.s" | "v.s" | "ст.ст" | "стар.ст" | "с.ст" | "st.v" | "v.st" => Sense::OldStyle,
        "n.s" | "n.st" | "н.ст" | "нов.ст" | "st.n" => Sense::NewStyle,
        _ => return None,
    })
}

/// "Maihälfte", "Juliwoche": the month at its head, and what the rest means.
pub(super) fn compound(word: &str) -> Option<(Sense, Sense)> {
    let (head, part) = ["halfte", "wochen", "woche", "drittel", "tagen", "tage", "mitte", "ende", "anfang"]
        .iter()
        .find_map(|tail| Some((word.strip_suffix(tail)?, sense(tail)?)))?;
    let month = sense(head).filter(|sense| matches!(sense, Sense::Month(_)))?;
    Some((month, part))
}

/// German names of months before the Latin ones won: the stem as it stands before "monat", "mond" and the like; `true` if it is a name
/// without them as well. "Wintermonat" is November, as in Switzerland and in the dictionaries of the time.
#[rustfmt::skip]
const GERMAN_MONTHS: &[(&str, u8, bool)] = &[
    ("hartung", 1, true), ("hart", 1, false), ("eis", 1, false), ("schnee", 1, false), ("jenner", 1, false), ("janner", 1, false), ("januar", 1, false),
    ("hornung", 2, true), ("hornunger", 2, true), ("schmelz", 2, false), ("tau", 2, false), ("thau", 2, false), ("feber", 2, false), ("februar", 2, false),
    ("lenz", 3, false), ("lenzing", 3, true), ("fruhlings", 3, false), ("marz", 3, false),
    ("oster", 4, false), ("wandel", 4, false), ("launing", 4, true), ("april", 4, false), ("aprillen", 4, true),
    ("wonne", 5, false), ("wunne", 5, false), ("winne", 5, false), ("weide", 5, false), ("mai", 5, false), ("maien", 5, false), ("mayen", 5, false), ("bluten", 5, false), ("bluthen", 5, false),
    ("brach", 6, false), ("brachet", 6, true), ("bracht", 6, false), ("brachot", 6, true), ("rosen", 6, false), ("sommer", 6, false), ("juni", 6, false),
    ("heu", 7, false), ("heuet", 7, true), ("heuert", 7, true), ("heuw", 7, false), ("how", 7, false), ("hew", 7, false), ("juli", 7, false),
    ("ernte", 8, false), ("ernten", 8, false), ("erndte", 8, false), ("ernde", 8, false), ("arnte", 8, false), ("arndte", 8, false), ("ernting", 8, true), ("august", 8, false), ("augst", 8, false), ("augsten", 8, true),
    ("herbst", 9, false), ("scheiding", 9, true), ("september", 9, false),
    ("wein", 10, false), ("wyn", 10, false), ("wyin", 10, false), ("gilbhard", 10, true), ("gilbhart", 10, true), ("oktober", 10, false),
    ("winter", 11, false), ("wind", 11, false), ("nebel", 11, false), ("nebelung", 11, true), ("neblung", 11, true), ("schlacht", 11, false), ("laub", 11, false), ("november", 11, false),
    ("christ", 12, false), ("heil", 12, false), ("heilig", 12, false), ("heiligen", 12, false), ("jul", 12, false), ("dezember", 12, false),
];

const MONTH_ENDINGS: &[&str] = &[
    "monats", "monates", "monat", "monaths", "monath", "monate", "monds", "mondes", "mondens", "monden", "monde", "mond", "mont", "monts",
    "manoth",
];

/// "Brachmond", "Heumonats", "Hornungs": the month.
pub(super) fn german_month(word: &str) -> Option<u8> {
    let stem = |stem: &str, whole: bool| {
        GERMAN_MONTHS.iter().find(|(own, _, alone)| *own == stem && (*alone || !whole)).map(|(_, month, _)| *month)
    };
    let ending = MONTH_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).map(|rest| rest.strip_suffix('-').unwrap_or(rest));
    match ending {
        Some(rest) => stem(rest, false),
        None => stem(word, true).or_else(|| stem(word.strip_suffix('s')?, true)),
    }
}

/// The month a misspelt word is one letter away from, if exactly one; only words of five letters and more.
pub(super) fn nearly_month(word: &str) -> Option<(u8, &'static str)> {
    let mut found: Option<(u8, &'static str)> = None;
    for (sense, words) in WORDS {
        let Sense::Month(month) = *sense else { continue };
        for name in words.iter().copied().filter(|name| name.chars().count() >= 5) {
            if !one_letter_apart(word, name) {
                continue;
            }
            match found {
                Some((other, _)) if other != month => return None,
                _ => found = Some((month, name)),
            }
        }
    }
    found
}

/// Whether two words differ by one letter changed, added or left out, or two neighbours exchanged.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let mut left = one.chars().peekable();
    let mut right = other.chars().peekable();
    while left.peek().is_some() && left.peek() == right.peek() {
        left.next();
        right.next();
    }
    let left: &str = &left.collect::<String>();
    let right: &str = &right.collect::<String>();
    let rest = |text: &str, skip: usize| text.chars().skip(skip).collect::<String>();
    let swapped = {
        let mut chars: Vec<char> = left.chars().collect();
        if chars.len() > 1 {
            chars.swap(0, 1);
        }
        chars.into_iter().collect::<String>() == right
    };
    rest(left, 1) == rest(right, 1) || rest(left, 1) == right || left == rest(right, 1) || swapped
}
