//! The words dates are made of, in English, German, French and Russian.
//!
//! Words are compared folded: lower case, without accents (`März` is `marz`, `août` is `aout`, `ё` is `е`). One word
//! has one sense in all four languages, so a line in another language than the edition's still reads. Looked up by
//! a hash table made at compile time. This file refuses to know grammar.

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
    Part(Part),
    /// "first", "erste": 1; 0 is "last".
    Ordinal(u8),
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
    Century,
    /// "Moon": another calendar.
    Moon,
    /// "day", "month": words of another calendar after a numeral, else no more than a filler.
    Unit,
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
    /// Weeks of a month: 1–4, 0 the last.
    Week(u8),
    /// Quarters of a year.
    Quarter(u8),
}

#[rustfmt::skip]
const WORDS: &[(Sense, &[&str])] = &[
    (Sense::Month(1), &["january", "jan", "janry", "jany", "januar", "janner", "jenner", "januarii", "januarius", "janvier", "janv", "январь", "января", "январе", "янв", "январем"]),
    (Sense::Month(2), &["february", "feb", "feby", "febry", "februar", "febr", "feber", "februarii", "fevrier", "fevr", "fev", "февраль", "февраля", "феврале", "фев", "февр"]),
    (Sense::Month(3), &["march", "mar", "mch", "marz", "maerz", "merz", "martii", "mars", "март", "марта", "марте"]),
    (Sense::Month(4), &["april", "apr", "apl", "aprill", "aprilis", "avril", "avr", "апрель", "апреля", "апреле", "апр"]),
    (Sense::Month(5), &["may", "mai", "mays", "maji", "май", "мая", "мае"]),
    (Sense::Month(6), &["june", "jun", "juni", "juny", "junius", "junii", "juin", "июнь", "июня", "июне", "июн"]),
    (Sense::Month(7), &["july", "jul", "juli", "julius", "julii", "juillet", "juil", "июль", "июля", "июле", "июл"]),
    (Sense::Month(8), &["august", "aug", "augt", "augusti", "aout", "август", "августа", "августе", "авг"]),
    (Sense::Month(9), &["september", "sept", "sep", "sepr", "septr", "septbr", "septembris", "septembre", "сентябрь", "сентября", "сентябре", "сент", "сен"]),
    (Sense::Month(10), &["october", "oct", "octr", "octbr", "oktober", "okt", "oktbr", "octobris", "octobre", "октябрь", "октября", "октябре", "окт"]),
    (Sense::Month(11), &["november", "nov", "novr", "novbr", "novembris", "novembre", "ноябрь", "ноября", "ноябре", "нояб", "ноя"]),
    (Sense::Month(12), &["december", "dec", "decr", "decbr", "dezember", "dez", "dezbr", "decembris", "decembre", "xbre", "xber", "декабрь", "декабря", "декабре", "дек"]),
    (Sense::Weekday(0), &["monday", "mon", "montag", "montags", "lundi", "понедельник"]),
    (Sense::Weekday(1), &["tuesday", "tues", "tue", "dienstag", "dienstags", "dinstag", "dinstags", "mardi", "вторник"]),
    (Sense::Weekday(2), &["wednesday", "wed", "weds", "mittwoch", "mittwochs", "mitwoch", "mitwochs", "mercredi", "среда"]),
    (Sense::Weekday(3), &["thursday", "thurs", "thur", "thu", "donnerstag", "donnerstags", "donerstag", "jeudi", "четверг"]),
    (Sense::Weekday(4), &["friday", "fri", "freitag", "freitags", "freytag", "freytags", "vendredi", "пятница"]),
    (Sense::Weekday(5), &["saturday", "sat", "samstag", "samstags", "sonnabend", "sonnabends", "samedi", "суббота"]),
    (Sense::Weekday(6), &["sunday", "sun", "sonntag", "sonntags", "dimanche", "воскресенье"]),
    (Sense::Season(1), &["spring", "fruhling", "fruhjahr", "fruhlings", "fruhjahrs", "printemps", "весна", "весны", "весной"]),
    (Sense::Season(2), &["summer", "sommer", "sommers", "ete", "лето", "лета", "летом"]),
    (Sense::Season(3), &["autumn", "fall", "herbst", "herbstes", "spatherbst", "automne", "осень", "осени", "осенью"]),
    (Sense::Season(4), &["winter", "winters", "hiver", "зима", "зимы", "зимой"]),
    (Sense::Feast(Feast::Fixed(12, 24, 26)), &["weihnachten", "weihnacht"]),
    (Sense::Feast(Feast::Fixed(12, 25, 25)), &["christmas", "noel", "рождество"]),
    (Sense::Feast(Feast::Fixed(12, 24, 24)), &["heiligabend", "weihnachtsabend"]),
    (Sense::Feast(Feast::Fixed(12, 31, 31)), &["silvester", "sylvester"]),
    (Sense::Feast(Feast::Fixed(1, 1, 1)), &["neujahr", "neujahrstag"]),
    (Sense::Feast(Feast::Fixed(1, 6, 6)), &["epiphany", "epiphanias", "dreikonigstag"]),
    (Sense::Feast(Feast::Fixed(6, 24, 24)), &["johannis", "johannistag", "midsummer"]),
    (Sense::Feast(Feast::Fixed(9, 29, 29)), &["michaelis", "michaelmas"]),
    (Sense::Feast(Feast::Fixed(11, 11, 11)), &["martini", "martinmas"]),
    (Sense::Feast(Feast::Easter(0, 2)), &["ostern"]),
    (Sense::Feast(Feast::Easter(0, 1)), &["easter", "ostersonntag", "paques", "пасха"]),
    (Sense::Feast(Feast::Easter(1, 1)), &["ostermontag"]),
    (Sense::Feast(Feast::Easter(-2, 1)), &["karfreitag", "charfreitag"]),
    (Sense::Feast(Feast::Easter(39, 1)), &["himmelfahrt", "ascension"]),
    (Sense::Feast(Feast::Easter(49, 2)), &["pfingsten"]),
    (Sense::Feast(Feast::Easter(49, 1)), &["pfingstsonntag", "whitsun", "whitsunday", "pentecost", "pentecote"]),
    (Sense::Part(Part::Begin), &["beginning", "early", "start", "anfang", "anfangs", "beginn", "debut", "commencement", "начало", "начале", "начала"]),
    (Sense::Part(Part::Middle), &["mid", "middle", "mitte", "mi", "milieu", "середина", "середине", "середины"]),
    (Sense::Part(Part::End), &["end", "late", "close", "ende", "ausgang", "fin", "конец", "конце", "конца", "концу"]),
    (Sense::Ordinal(1), &["first", "erste", "ersten", "erster", "erstes", "premiere", "premier", "первая", "первой", "первый", "первую", "первое", "первые", "первых"]),
    (Sense::Ordinal(2), &["second", "zweite", "zweiten", "zweiter", "zweites", "deuxieme", "seconde", "вторая", "второй", "вторую", "второе"]),
    (Sense::Ordinal(3), &["third", "dritte", "dritten", "drittes", "troisieme", "третья", "третьей", "третий"]),
    (Sense::Ordinal(4), &["fourth", "vierte", "vierten", "quatrieme", "четвертая", "четвертый"]),
    (Sense::Ordinal(0), &["last", "letzte", "letzten", "letztes", "dernier", "derniere", "derniers", "последняя", "последние", "последних"]),
    (Sense::Half, &["half", "halfte", "moitie", "quinzaine", "половина", "половине", "половины"]),
    (Sense::Tenner, &["drittel", "декада", "декаде", "decade"]),
    (Sense::Week, &["week", "woche", "semaine", "неделя", "неделе"]),
    (Sense::Quarter, &["quarter", "quartal", "trimestre", "квартал"]),
    (Sense::And, &["and", "und", "et", "и", "but", "aber", "sowie", "но", "&"]),
    (Sense::Or, &["or", "oder", "ou", "или", "resp", "либо"]),
    (Sense::To, &["to", "through", "thru", "au", "auf", "по", "на"]),
    (Sense::Until, &["bis", "until", "till", "jusqu", "jusque"]),
    (Sense::UntilBefore, &["до"]),
    (Sense::Before, &["before", "prior", "avant", "перед"]),
    (Sense::After, &["after", "apres", "после"]),
    (Sense::BeforeCounted, &["vor"]),
    (Sense::AfterCounted, &["nach"]),
    (Sense::Not, &["not", "no", "nicht", "pas", "не"]),
    (Sense::Later, &["later", "spater", "posterieur", "позднее", "позже", "latest"]),
    (Sense::Earlier, &["earlier", "fruher", "anterieur", "ранее", "раньше", "sooner", "earliest"]),
    (Sense::NotBefore, &["fruhestens", "tot"]),
    (Sense::NotAfter, &["spatestens", "tard", "by"]),
    (Sense::Since, &["since", "seit", "ab", "depuis"]),
    (Sense::Between, &["between", "zwischen", "entre", "между"]),
    (Sense::Circa, &["circa", "ca", "c", "cca", "about", "around", "approximately", "approx", "etwa", "ungefahr", "gegen", "vers", "environ", "env", "около", "ок", "приблизительно", "примерно"]),
    (Sense::Perhaps, &["probably", "perhaps", "possibly", "presumably", "vermutlich", "vielleicht", "wohl", "wahrscheinlich", "probablement", "вероятно", "возможно", "видимо"]),
    (Sense::Around, &["um"]),
    (Sense::Received, &["received", "recd", "rec'd", "recu", "recue", "empfangen", "erhalten", "eingegangen", "получено", "получена", "transmitted", "forwarded"]),
    (Sense::Undated, &["undated", "undatiert", "undat", "недатировано", "датировано", "dateless"]),
    (Sense::Without, &["ohne", "sans", "без", "without"]),
    (Sense::DateWord, &["date", "datum", "даты", "дата", "дате", "jahr", "annee"]),
    (Sense::YearWord, &["year", "years", "jahre", "jahres", "an", "annees", "anno", "ao", "г", "год", "года", "году", "гг", "годы", "годов", "годах"]),
    (Sense::Century, &["century", "cent", "jahrhundert", "jahrhunderts", "jh", "jhdt", "jhd", "siecle", "век", "века", "веке"]),
    (Sense::Moon, &["moon", "moons"]),
    (Sense::Unit, &["day", "month", "days", "months", "tag", "tage", "tagen", "monat", "monats", "jour", "jours", "mois", "дней", "дни", "числа", "месяц", "месяца"]),
    (Sense::ForeignMonth, &["vendemiaire", "brumaire", "frimaire", "nivose", "pluviose", "ventose", "germinal", "floreal", "prairial", "messidor", "thermidor", "fructidor", "nisan", "tishri", "kislev", "adar", "elul", "sivan", "tammuz", "muharram", "safar", "rajab", "shaban", "ramadan", "shawwal"]),
    (Sense::Bce, &["bc", "bce", "a.c.n"]),
    (Sense::Ce, &["ad", "ce"]),
    (Sense::OldStyle, &["o.s", "a.st", "a.s", "v.s", "ст.ст", "стст", "st.v"]),
    (Sense::NewStyle, &["n.s", "n.st", "н.ст", "st.n"]),
    (Sense::Old, &["old", "alten", "alter", "vieux", "старого", "старый", "julian"]),
    (Sense::New, &["new", "neuen", "neuer", "nouveau", "нового", "новый", "gregorian"]),
    (Sense::Style, &["style", "stil", "stils", "styl", "styls", "стиля", "стиль", "стилю", "calendar"]),
    (Sense::HalfDay, &["a.m", "p.m", "pm"]),
    (Sense::Am, &["am"]),
    (Sense::Clock, &["o'clock", "o’clock", "uhr", "h", "heure", "heures", "hours", "hrs", "час", "часа", "часов", "ч", "мин", "м", "минут", "min", "minutes"]),
    (Sense::TimeOfDay, &["noon", "midnight", "morning", "evening", "afternoon", "night", "forenoon", "midday", "daybreak", "fruh", "morgens", "morgen", "vormittag", "vormittags", "mittag", "mittags", "nachmittag", "nachmittags", "nachm", "vorm", "nm", "vm", "abds", "abend", "abends", "nacht", "nachts", "mitternacht", "matin", "soir", "midi", "minuit", "nuit", "apres-midi", "утра", "утро", "утром", "дня", "вечера", "вечер", "вечером", "ночи", "ночь", "ночью", "полдень", "полночь"]),
    (Sense::NumberSign, &["nr", "num", "numero", "№", "nos", "тел", "telegram", "despatch", "dispatch", "p", "pp", "vol", "bd", "doc", "document", "dok", "brief", "letter"]),
    (Sense::Filler, &["the", "of", "in", "on", "at", "it", "is", "dated", "den", "der", "des", "dem", "das", "im", "vom", "von", "zum", "zu", "le", "la", "les", "du", "de", "d", "l", "a", "plus", "than", "from", "datiert", "v", "с", "со", "от", "к", "ко", "во", "в", "during", "dans", "wahrend", "en", "courant", "als", "que", "чем", "some", "sometime", "time", "ten", "eve", "s", "st", "ст", "shortly", "soon", "kurz", "bald", "gleich", "written", "geschrieben", "exact"]),
];

const SLOTS: usize = 4096;

/// Group and word of `WORDS` by hash, plus one; zero is an empty slot.
static TABLE: [(u16, u16); SLOTS] = build();

const fn hash(word: &[u8]) -> usize {
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
        "o.s" | "a.st" | "a.s" | "v.s" | "ст.ст" | "st.v" | "v.st" => Sense::OldStyle,
        "n.s" | "n.st" | "н.ст" | "st.n" => Sense::NewStyle,
        _ => return None,
    })
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
