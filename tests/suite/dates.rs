//! Historical dates: EDTF, printed dates, calendars, order, and the score on pairs from published editions.
//!
//! Case files are in `tests/dates`; `BLESS=1` rewrites their expectations, which are then to be read before committing.

use ibid::command::date::{CalendarName, DateArgs, DateFormat, run};
use ibid::formats::edtf;
use ibid::model::date::{Bound, Calendar, CalendarDay, Date, Day};
use ibid::parse::date::{DateContext, DateReading, Language, read};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::PathBuf;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/dates").join(name)
}

/// Holds a case file against what it should be, or rewrites it.
fn hold(name: &str, now: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path(name), now).expect("the case file can be written");
    }
    let stored = std::fs::read_to_string(path(name)).expect("the case file is there");
    for (at, (stored, now)) in stored.lines().zip(now.lines()).enumerate() {
        assert_eq!(stored, now, "{name}:{}", at + 1);
    }
    assert_eq!(stored.lines().count(), now.lines().count(), "{name}: number of lines");
}

fn end(bound: Bound) -> String {
    match bound {
        Bound::On(day) => day.to_string(),
        Bound::Open => "..".to_owned(),
        Bound::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn edtf_of_all_levels_is_read_as_the_specification_says() {
    let stored = std::fs::read_to_string(path("edtf.txt")).expect("the case file is there");
    let mut now = String::new();
    for line in stored.lines() {
        if line.starts_with('#') || line.is_empty() {
            writeln!(now, "{line}").expect("a String can be written");
            continue;
        }
        let text = line.split(" | ").next().unwrap_or(line);
        match edtf::read(text) {
            Err(error) => writeln!(now, "{text} | invalid | {}: {}", error.offset, error.message),
            Ok(value) => {
                assert_eq!(edtf::print(&value), text);
                let kind = serde_json::to_string(&value.kind()).expect("a kind is plain");
                let other = if value.canonical() == text { String::new() } else { format!(" | {}", value.canonical()) };
                let (first, last) = (end(value.earliest()), end(value.latest()));
                writeln!(now, "{text} | {} | {} | {first} | {last}{other}", value.level(), kind.trim_matches('"'))
            }
        }
        .expect("a String can be written");
    }
    hold("edtf.txt", &now);
}

/// `ru julian`, `ru switch=1918-02-14`, `en year=1920`.
fn context(words: &str) -> DateContext {
    let mut context = DateContext::default();
    for word in words.split_whitespace() {
        match word.split_once('=') {
            Some(("switch", day)) => context.switch = edtf::read(day).ok().and_then(|edtf| edtf.earliest().day()),
            Some(("year", year)) => context.year_hint = year.parse().ok(),
            _ if word == "julian" => context.calendar = Calendar::Julian,
            _ => (context.language, context.tag) = (Language::of_tag(word), word.to_owned()),
        }
    }
    context
}

fn described(text: &str, reading: &DateReading) -> String {
    let date = reading.date.as_ref();
    let edtf = date.map_or("none", |date| date.edtf.as_str());
    let mut line = format!("{edtf} | {}", reading.rule);
    let slice = |span: ibid::base::span::Span| text[span.range()].to_owned();
    let old = date.and_then(|date| date.old_style.as_ref()).map(|old| old.text.clone());
    let evidence = date.map(|date| format!("{:?}", date.evidence).to_lowercase()).filter(|evidence| evidence != "stated");
    let certainty = date.map(|date| format!("{:?}", date.certainty).to_lowercase()).filter(|certainty| certainty != "certain");
    let date_text = date.map(|date| date.printed.clone()).filter(|printed| printed != text);
    let named = [
        ("julian", old),
        ("evidence", evidence),
        ("certainty", certainty),
        ("place", reading.place.map(slice)),
        ("time", reading.time.map(slice)),
        ("date", date_text),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            write!(line, " | {name}: {value}").expect("a String can be written");
        }
    }
    for warning in &reading.warnings {
        write!(line, " | {} at `{}`", warning.kind.name(), slice(warning.span)).expect("a String can be written");
    }
    line
}

#[test]
fn printed_dates_are_read_as_the_case_files_say() {
    for name in ["printed.txt", "printed/english.txt", "printed/german.txt", "printed/french.txt", "printed/russian.txt"] {
        hold_readings(name);
    }
}

fn hold_readings(name: &str) {
    let stored = std::fs::read_to_string(path(name)).expect("the case file is there");
    let mut now = String::new();
    for line in stored.lines() {
        if line.starts_with('#') || line.is_empty() {
            writeln!(now, "{line}").expect("a String can be written");
            continue;
        }
        let mut fields = line.split(" | ");
        let text = fields.next().unwrap_or("");
        let words = fields.next().unwrap_or("");
        let reading = read(text, &context(words));
        writeln!(now, "{text} | {words} | {}", described(text, &reading)).expect("a String can be written");
    }
    hold(name, &now);
}

/// First and last day, with doubt left aside.
fn days_of(text: &str) -> Option<(Bound, Bound)> {
    let plain: String = text.chars().filter(|char| !matches!(char, '?' | '~' | '%')).collect();
    edtf::read(&plain).ok().map(|edtf| (edtf.earliest(), edtf.latest()))
}

#[derive(Default)]
struct Score {
    pairs: usize,
    exact: usize,
    /// Dates of the edition's documents: pairs as often as they stand in it.
    dates: usize,
    dates_exact: usize,
    with_year: usize,
    right_year: usize,
    wrong_year_unsaid: usize,
    /// The day that is meant, named by the editors in the other calendar: "March 27 (April 8), 1898" as 27 March.
    other_calendar: usize,
    /// The edition gives the day of writing the month of receipt: "August 17, 1870. (Received September 7.)" as 17 September.
    month_of_receipt: usize,
}

impl Score {
    /// Pairs read as the editors have them, in hundredths of a per cent.
    fn by_pair(&self) -> usize {
        10_000 * self.exact / self.pairs
    }

    /// The same of the dates, each pair as often as it stands in the edition.
    fn by_date(&self) -> usize {
        10_000 * self.dates_exact / self.dates
    }

    /// The same with one day named in either calendar.
    fn either_calendar(&self) -> usize {
        10_000 * (self.exact + self.other_calendar) / self.pairs
    }

    /// The same of the pairs in which the editors do not give the month of receipt for that of writing.
    fn without_slips(&self) -> usize {
        10_000 * (self.exact + self.other_calendar) / (self.pairs - self.month_of_receipt)
    }
}

/// The editors give the Old Style half of the date that was read as one day in both calendars.
fn is_other_calendar(reading: &DateReading, theirs: Option<(Bound, Bound)>) -> bool {
    let old = reading.date.as_ref().filter(|date| date.is_one_day()).and_then(|date| date.old_style.as_ref());
    let theirs = theirs.filter(|(first, last)| first == last).and_then(|(first, _)| first.day());
    match (old, theirs) {
        (Some(old), Some(theirs)) => old.earliest == old.latest && old.earliest == Some(theirs.on(Calendar::Gregorian)),
        _ => false,
    }
}

/// Same year and day, but the month of the note of receipt.
fn is_month_of_receipt(printed: &str, ours: Option<(Bound, Bound)>, theirs: Option<(Bound, Bound)>) -> bool {
    let one = |days: Option<(Bound, Bound)>| {
        days.filter(|(first, last)| first == last).and_then(|(first, _)| first.day()).map(|day| day.on(Calendar::Gregorian))
    };
    let (Some(ours), Some(theirs)) = (one(ours), one(theirs)) else { return false };
    printed.contains("Received") && (ours.year, ours.day) == (theirs.year, theirs.day) && ours.month != theirs.month
}

fn years(days: (Bound, Bound)) -> Vec<i32> {
    [days.0, days.1].iter().filter_map(|bound| bound.day()).map(Day::year).collect()
}

/// The score of a corpus; what is read otherwise than by its editors is added to `differing`.
fn score(corpus: &str, differing: &mut String) -> Score {
    let pairs = std::fs::read_to_string(path(&format!("pairs/{corpus}.txt"))).expect("the pairs are there");
    let mut score = Score::default();
    for line in pairs.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(" | ").collect();
        let [printed, edtf, language, count] = fields.as_slice() else { panic!("four fields: {line}") };
        let count: usize = count.parse().expect("a number");
        let reading = read(printed, &context(language));
        let ours = reading.date.as_ref().map(|date| (date.earliest, date.latest));
        let theirs = days_of(edtf);
        score.pairs += 1;
        let exact = ours.is_some() && ours == theirs;
        score.exact += usize::from(exact);
        score.dates += count;
        score.dates_exact += if exact { count } else { 0 };
        let slip = is_month_of_receipt(printed, ours, theirs);
        score.month_of_receipt += usize::from(slip);
        score.other_calendar += usize::from(!exact && is_other_calendar(&reading, theirs));
        if !exact && !slip {
            writeln!(differing, "{corpus} | {printed} | {edtf} | {}", described(printed, &reading)).expect("a String can be written");
        }
        let year_printed = printed.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
        if let (true, Some(theirs)) = (year_printed, theirs) {
            let right = ours.is_some_and(|ours| years(ours).iter().any(|year| years(theirs).contains(year)));
            score.with_year += 1;
            score.right_year += usize::from(right);
            score.wrong_year_unsaid += usize::from(!right && ours.is_some() && reading.warnings.is_empty());
        }
    }
    score
}

/// Figures fail in both directions: a better reader has to say so in `scores.txt` (`BLESS=1`).
#[test]
fn pairs_of_published_editions_keep_their_score() {
    let mut now = String::from(
        "# Pairs of published editions: printed form and the editors' own normalisation; `?` and `~` aside.\n\
         # An edition that writes a day without its calendar may name the Old Style half of a date printed in both: \"March 27 (April 8), 1898\"\n\
         # as 1898-03-27. That is the day that was read, by its other name, since the printed form says both; such pairs are counted beside the\n\
         # exact ones, and nothing is read otherwise for them. A date printed in one calendar only is never such a pair.\n\
         # corpus | pairs | exactly the editors' days | per cent | dates: pairs as often as they stand in the edition | exactly | per cent\n\
         # | the same day named in the other calendar | per cent of pairs with them\n\
         # | slips of the edition: month of receipt for month of writing | per cent of pairs without them\n\
         # | year printed | right year | wrong year without a warning\n",
    );
    let mut differing = String::from(
        "# Pairs read otherwise than by their editors, the month of receipt for that of writing aside. An edition's slips are in it, and the\n\
         # habit of one (frus) to give the first of two dates as a Gregorian day: the Old Style half, the date its editors correct in brackets.\n\
         # corpus | printed | the editors | read as | rule …\n",
    );
    for (corpus, least) in [("frus", 9900), ("jeanpaul", 9500), ("schnitzler", 9500), ("escher", 9500)] {
        let score = score(corpus, &mut differing);
        let shares = [score.by_pair(), score.by_date(), score.either_calendar(), score.without_slips()];
        let Score { pairs, exact, dates, dates_exact, other_calendar, with_year, right_year, wrong_year_unsaid, month_of_receipt } = score;
        assert!(shares[1].min(shares[3]) >= least, "{corpus}: {shares:?}");
        assert!(right_year * 1000 >= with_year * 995, "{corpus}: right year {right_year} of {with_year}");
        let [by_pair, by_date, either, rest] = shares.map(|share| format!("{}.{:02}", share / 100, share % 100));
        writeln!(
            now,
            "{corpus} | {pairs} | {exact} | {by_pair} | {dates} | {dates_exact} | {by_date} | {other_calendar} | {either} \
             | {month_of_receipt} | {rest} | {with_year} | {right_year} | {wrong_year_unsaid}"
        )
        .expect("a String can be written");
    }
    println!("{now}");
    hold("scores.txt", &now);
    hold("differing.txt", &differing);
}

#[test]
fn julian_and_gregorian_days_agree_with_icu_over_four_thousand_years() {
    use icu_calendar::Date as IcuDate;
    let first = Day::gregorian(-2000, 1, 1).expect("a day").number();
    let last = Day::gregorian(2100, 12, 31).expect("a day").number();
    for number in first..=last {
        let day = Day::from_number(number);
        let (ours, old) = (day.on(Calendar::Gregorian), day.on(Calendar::Julian));
        assert_eq!(Day::gregorian(ours.year, ours.month, ours.day), Some(day));
        assert_eq!(Day::julian(old.year, old.month, old.day), Some(day));
        // The second source on every 11th day and on all days around the ends of February.
        if number % 11 == 0 || (ours.month == 2 && ours.day > 26) || (ours.month == 3 && ours.day < 3) {
            let icu = IcuDate::try_new_gregorian(ours.year, ours.month, ours.day).expect("icu has every day");
            let theirs = icu.to_calendar(icu_calendar::cal::Julian);
            assert_eq!(
                (theirs.era_year().extended_year, theirs.month().ordinal, theirs.day_of_month().0),
                (old.year, old.month, old.day),
                "{day}"
            );
            assert_eq!(icu.weekday() as usize, day.weekday() as usize + 1, "{day}");
        }
    }
}

#[test]
fn days_that_only_one_calendar_has() {
    assert_eq!(Day::gregorian(1900, 2, 29), None);
    assert_eq!(Day::julian(1900, 2, 29).map(|day| day.to_string()), Some("1900-03-13".to_owned()));
    assert_eq!(Day::julian(1582, 10, 5), Day::gregorian(1582, 10, 15));
    assert_eq!(Day::julian(-43, 3, 15).map(|day| day.to_string()), Some("-0043-03-13".to_owned()));
    assert_eq!(Day::gregorian(1970, 1, 1).map(Day::number), Some(0));
}

#[test]
fn a_year_stands_after_its_dated_items_and_every_date_where_the_rule_puts_it() {
    let texts = [
        "[..1900-09-04]",
        "1921",
        "1922-01-01",
        "1922-04-24",
        "1922-04-24~",
        "1922-04-24?",
        "[1922-04-20..1922-04-24]",
        "1922-04-30",
        "1922-04",
        "1922-04/1922-05",
        "1922-12-31",
        "1922-12",
        "1922",
        "1922?",
        "[1923-01-01..]",
        "1924-01-01",
        "../..",
    ];
    let mut dates: Vec<Date> = texts.iter().rev().filter_map(|text| edtf::read(text).ok().map(|edtf| Date::new(text, edtf))).collect();
    dates.sort();
    let sorted: Vec<&str> = dates.iter().map(|date| date.printed.as_str()).collect();
    let readable: Vec<&str> = texts.iter().copied().filter(|text| edtf::read(text).is_ok()).collect();
    assert_eq!(sorted, readable);
}

fn answer(args: &DateArgs, input: &str) -> (u8, String) {
    let mut out = Vec::new();
    let status = run(args, &mut input.as_bytes(), &mut out).expect("memory can be written");
    (status, String::from_utf8(out).expect("the answer is text"))
}

fn args(texts: &[&str], format: DateFormat) -> DateArgs {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    DateArgs { texts, lang: None, calendar: CalendarName::Gregorian, switch: None, year: None, format }
}

#[test]
fn the_command_answers_people_and_programs() {
    let (status, human) = answer(&args(&["November 7 (20), 1912"], DateFormat::Human), "");
    assert_eq!(
        (status, human.as_str()),
        (
            0,
            "November 7 (20), 1912\n  edtf      1912-11-20\n  julian    1912-11-07\n  earliest  1912-11-20\n  latest    1912-11-20\n  rule      dual-date\n"
        )
    );
    let (status, json) = answer(&args(&[], DateFormat::Json), "Moscow, May 1, 1918, 9 p.m.\n\n31 April 1900\n");
    assert_eq!(status, 1);
    let expected = concat!(
        r#"{"printed":"Moscow, May 1, 1918, 9 p.m.","edtf":"1918-05-01","calendar":"gregorian","earliest":"1918-05-01","latest":"1918-05-01","rule":"day","warnings":[]}"#,
        "\n",
        r#"{"printed":"31 April 1900","edtf":null,"calendar":null,"earliest":null,"latest":null,"rule":"unread","warnings":[{"kind":"no-such-day","message":"April 1900 has 30 days, so there is no 31 April; type what is meant beside what is printed: `{printed: \"31 April 1900\", edtf: 1900-04}`","text":"31 April 1900"}]}"#,
        "\n"
    );
    assert_eq!(json, expected);
}

#[test]
fn the_command_refuses_options_it_cannot_read_and_takes_any_line() {
    let mut other = args(&["May 1, 1918"], DateFormat::Human);
    other.lang = Some("xx".to_owned());
    let refused = "error: dates are not read in the language `xx`\nhelp: type `en`, `de`, `fr` or `ru`, or leave it out\n";
    assert_eq!(answer(&other, ""), (2, refused.to_owned()));
    let mut other = args(&["May 1, 1918"], DateFormat::Human);
    other.switch = Some("never".to_owned());
    assert_eq!(answer(&other, ""), (2, "error: `--switch never` is no day\nhelp: type it as `1918-02-14`\n".to_owned()));
    // A line of another encoding, a byte order mark, the ends of lines of another system.
    let mut out = Vec::new();
    let lines: &[u8] = b"\xef\xbb\xbf1 May 1918\r\nZ\xfcrich, 4. Juni 1853\r\n";
    let status = run(&args(&[], DateFormat::Json), &mut &lines[..], &mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("the answer is text");
    assert_eq!(status, 0);
    assert_eq!(text.matches("\"rule\":\"day\"").count(), 2, "{text}");
    assert!(text.contains("\"printed\":\"1 May 1918\",\"edtf\":\"1918-05-01\"") && text.contains("1853-06-04"), "{text}");
}

/// Valid expressions put together from their parts.
fn any_edtf() -> impl Strategy<Value = String> {
    let day = (-2000_i32..9999, 1_u8..=12, 1_u8..=28).prop_map(|(year, month, day)| CalendarDay { year, month, day }.to_string());
    let year = (-2000_i32..9999).prop_map(|year| format!("{}{:04}", if year < 0 { "-" } else { "" }, year.unsigned_abs()));
    let month = (year.clone(), prop_oneof![1_u8..=12, 21_u8..=41]).prop_map(|(year, month)| format!("{year}-{month:02}"));
    let open =
        (10_u8..=20, prop_oneof![Just("XX"), Just("XX-12-25"), Just("XX-XX")]).prop_map(|(century, rest)| format!("{century}{rest}"));
    let mark = prop_oneof![Just(""), Just("?"), Just("~"), Just("%")];
    let single = prop_oneof![day.clone(), year.clone(), month, open].boxed();
    let marked = (single.clone(), mark).prop_map(|(date, mark)| format!("{date}{mark}")).boxed();
    let interval = (prop_oneof![marked.clone(), Just("..".to_owned()), Just(String::new())], marked.clone())
        .prop_map(|(from, to)| format!("{from}/{to}"));
    let set = (day.clone(), year, any::<bool>())
        .prop_map(|(one, other, all)| if all { format!("{{{one},{other}}}") } else { format!("[{one},{other}]") });
    let range = (day.clone(), day).prop_map(|(one, other)| format!("[{one}..{other}]"));
    prop_oneof![marked, interval, set, range]
}

fn sample_dates() -> Vec<Date> {
    let texts = [
        "1922",
        "1922-04",
        "1922-04-24",
        "1922-04-24?",
        "[..1922]",
        "[1922..]",
        "1922-04-24~",
        "1921/1922",
        "1922/",
        "/1922",
        "{1922-04-24,1922-05-01}",
        "192X",
    ];
    texts.iter().filter_map(|text| edtf::read(text).ok().map(|edtf| Date::new(text, edtf))).collect()
}

proptest! {
    #[test]
    fn what_is_read_prints_as_it_was_and_its_days_are_in_order(text in any_edtf()) {
        if let Ok(value) = edtf::read(&text) {
            prop_assert_eq!(edtf::print(&value), text.clone());
            let again = edtf::read(value.canonical()).expect("the canonical spelling is valid");
            prop_assert_eq!(again.canonical(), value.canonical());
            prop_assert_eq!((again.earliest(), again.latest()), (value.earliest(), value.latest()));
            if let (Some(first), Some(last)) = (value.earliest().day(), value.latest().day()) {
                prop_assert!(first <= last, "{} {} {}", text, first, last);
            }
        }
    }

    #[test]
    fn the_order_is_total(one in any_edtf(), other in any_edtf(), third in any_edtf()) {
        let mut dates: Vec<Date> = sample_dates();
        dates.extend([one, other, third].iter().filter_map(|text| edtf::read(text).ok().map(|edtf| Date::new(text, edtf))));
        for a in &dates {
            for b in &dates {
                prop_assert_eq!(a.cmp(b), b.cmp(a).reverse());
                prop_assert_eq!(a == b, a.cmp(b).is_eq());
                for c in &dates {
                    prop_assert!(!(a <= b && b <= c) || a <= c, "{} {} {}", a.edtf, b.edtf, c.edtf);
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_said_not_to_be(text in "[0-9IVX a-zA-Zа-я.,/()\\[\\]?—–-]{0,40}|\\PC{0,30}") {
        let reading = read(&text, &DateContext::default());
        prop_assert!(reading.is_read() || !reading.warnings.is_empty(), "{}", text);
        for span in reading.warnings.iter().map(|warning| warning.span).chain([reading.span]).chain(reading.place).chain(reading.time) {
            prop_assert!(text.get(span.range()).is_some(), "{} {:?}", text, span);
        }
    }

    #[test]
    fn a_day_printed_in_any_language_is_that_day(number in -200_000_i32..60_000, shape in 0_usize..8) {
        let day = Day::from_number(number);
        let CalendarDay { year, month, day: of_month } = day.on(Calendar::Gregorian);
        let english = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let german = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
        let french = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
        let russian = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
        let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let at = usize::from(month) - 1;
        let text = match shape {
            0 => format!("London, {} {of_month}, {year}, 9 p.m.", english[at]),
            1 => format!("[{of_month}. {} {year}]", german[at]),
            2 => format!("Paris, le {of_month} {} {year}", french[at]),
            3 => format!("Москва, {of_month} {} {year} г.", russian[at]),
            4 => format!("{of_month}/{}. {year}", roman[at]),
            5 => format!("{of_month}.\u{a0}{month}.\u{a0}[{year}]"),
            6 => format!("{of_month} {}, {year}", english[at]),
            _ => {
                let old = day.on(Calendar::Julian);
                format!("{} {}, {} ({} {of_month}, {year})", english[usize::from(old.month) - 1], old.day, old.year, english[at])
            }
        };
        let reading = read(&text, &DateContext::default());
        let bounds = reading.date.map(|date| (date.earliest, date.latest));
        let gap = year == 1582 && month == 10 && (5..=14).contains(&of_month) && shape != 7;
        prop_assert_eq!(bounds, (!gap).then_some((Bound::On(day), Bound::On(day))), "{}", text);
    }
}
