//! Source notes of real editions: sentence → fields → the same sentence.

use super::*;

/// A sentence as `fields = printed back?`.
fn shown(sentence: &Sentence) -> String {
    let show = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!(" {name}={value}")).unwrap_or_default();
    let fields = match &sentence.statement {
        Statement::Published(published) => format!(
            "published {:?}{}{}{}{}{}{}{}",
            published.extent,
            show("date", &published.date),
            published.noun.map(|noun| format!(" noun={noun:?}")).unwrap_or_default(),
            show("in", &published.container),
            show("volume", &published.volume),
            show("issue", &published.issue),
            show("at", &published.location),
            show("pages", &published.pages)
        ),
        Statement::Copy(copy) => format!("copy {}{}{}", copy.kind.unwrap_or("?"), show("hand", &copy.hand), show("found", &copy.found)),
        Statement::Sent { from, to } => format!("sent{}{}", show("from", from), show("to", to)),
        Statement::Written { place, date } => format!("written{}{}", show("place", place), show("date", date)),
        Statement::Printed(printed) => format!(
            "printed{}{}{}{}{}{}{}{}{}",
            show("author", &printed.author),
            show("title", &printed.title),
            show("publisher", &printed.publisher),
            show("date", &printed.date),
            show("at", &printed.location),
            show("volume", &printed.volume),
            show("pages", &printed.pages),
            show("number", &printed.number),
            show("edition", &printed.edition)
        ),
        Statement::Other => "other".to_owned(),
    };
    format!("{fields}{}", if sentence.is_exact() { " = exact" } else { "" })
}

fn read_all(text: &str) -> Vec<String> {
    read(text).iter().map(shown).collect()
}

#[test]
fn the_letter_of_24_april_1922() {
    assert_eq!(
        read_all("First published in 1959 in Lenin Miscellany XXXVI. Printed from a typewritten copy."),
        ["published Unsaid date=1959 in=Lenin Miscellany volume=XXXVI = exact", "copy typewritten-copy"]
    );
    assert_eq!(
        shown(&read_source("Lenin Collected Works, Progress Publishers, 1976, Moscow, Volume 45, pages 533b-534a.")),
        "printed author=Lenin title=Collected Works publisher=Progress Publishers date=1976 at=Moscow volume=45 pages=533b-534a = exact"
    );
}

#[test]
fn notes_of_the_english_collected_works() {
    let cases: [(&str, &[&str]); 11] = [
        (
            "First published in 1964 in Collected Works, Fifth (Russian) Ed., Vol. 46. Sent from Geneva. Printed from a copy in Krupskaya’s handwriting.",
            &[
                "published Unsaid date=1964 in=Collected Works, Fifth (Russian) Ed. volume=46 = exact",
                "sent from=Geneva = exact",
                "copy hand-copy hand=Krupskaya",
            ],
        ),
        (
            "First published in Bakinsky Rabochy No. 17, January 21, 1927. Sent to Capri. Printed from the original.",
            &["published Unsaid date=January 21, 1927 in=Bakinsky Rabochy issue=17 = exact", "sent to=Capri = exact", "copy original"],
        ),
        (
            "First published in 1929 in the journal Proletarskaya Revolyutsiya No. 11. Sent from Krakow to Vologda.",
            &[
                "published Unsaid date=1929 noun=Journal in=Proletarskaya Revolyutsiya issue=11 = exact",
                "sent from=Krakow to=Vologda = exact",
            ],
        ),
        (
            "First published in part in 1940 in Lenin Miscellany XXXIII. Published in full in 1965 in Lenin Miscellany XXXVII.",
            &[
                "published Part date=1940 in=Lenin Miscellany volume=XXXIII = exact",
                "published Full date=1965 in=Lenin Miscellany volume=XXXVII = exact",
            ],
        ),
        (
            "First published in 1933 in Lenin Miscellany XXV. Sent from Paris to St. Petersburg. Printed from a typewritten copy found in police records.",
            &[
                "published Unsaid date=1933 in=Lenin Miscellany volume=XXV = exact",
                "sent from=Paris to=St. Petersburg = exact",
                "copy typewritten-copy found=found in police records",
            ],
        ),
        (
            "First published in Der Briefwechsel zwischen F. Engels und K. Marx, Bd. 2, Stuttgart, 1913",
            &["published Unsaid date=1913 in=Der Briefwechsel zwischen F. Engels und K. Marx volume=Bd. 2 at=Stuttgart = exact"],
        ),
        (
            "Published in English for the first time in Marx-Engels Collected Works, Volume 40",
            &["published Unsaid in=Marx-Engels Collected Works volume=40"],
        ),
        (
            "First published abridged in Der Briefwechsel zwischen F. Engels und K. Marx, 1913 and in full in MEGA, Berlin, 1929.",
            &["other"],
        ),
        ("Published according to the manuscript.", &["copy manuscript"]),
        ("Written in Geneva in April–May 1905", &["written place=Geneva date=April–May 1905"]),
        ("Printed from the original. The end of the letter is missing.", &["copy original", "other"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text), expected, "{text}");
    }
}

#[test]
fn dates_of_writing_keep_their_words() {
    let cases = [
        ("Written December 20, 1904", "written date=December 20, 1904"),
        ("Written at the beginning of October 1912", "written date=at the beginning of October 1912"),
        ("Written on February 19, 1913", "written date=February 19, 1913"),
        ("Written after May 23, 1914", "written date=after May 23, 1914"),
        ("Written in April 1905", "written date=April 1905"),
        ("Dictated by phone", "written date=by phone"),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text), [expected], "{text}");
    }
}

#[test]
fn works_as_pages_name_them() {
    let cases = [
        (
            "Lenin Collected Works, Progress Publishers, [1977], Moscow, Volume 43, page 260a.",
            "printed author=Lenin title=Collected Works publisher=Progress Publishers date=[1977] at=Moscow volume=43 pages=260a = exact",
        ),
        ("MECW Volume 39, p. 399.", "printed title=MECW volume=39 pages=399"),
        ("MECW, Volume 41, p. 454;", "printed title=MECW volume=41 pages=454"),
        (
            "Marx Engels On Literature and Art, Progress Publishers, 1976;",
            "printed title=Marx Engels On Literature and Art publisher=Progress Publishers date=1976 = exact",
        ),
        ("private papers", "other"),
        (
            "Ленин В. И. Полное собрание сочинений. 5-е изд. М.: Политиздат, 1970. Т. 45. С. 163—164.",
            "printed author=Ленин, В. И. title=Полное собрание сочинений publisher=Политиздат date=1970 at=М. volume=45 pages=163—164 edition=5-е изд. = exact",
        ),
        (
            "В. И. Ленин, Полное собрание сочинений, 5 изд., том 54, стр. 248—249.",
            "printed author=Ленин, В. И. title=Полное собрание сочинений volume=54 pages=248—249 edition=5 изд.",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(&read_source(text)), expected, "{text}");
    }
}

#[test]
fn russian_legends() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "Впервые напечатано в 1959 г. в Ленинском сборнике XXXVI. Печатается по машинописной копии.",
            &["published Unsaid date=1959 in=Ленинский сборник volume=XXXVI = exact", "copy typewritten-copy"],
        ),
        (
            "Впервые напечатано 21 января 1927 г. в газете «Бакинский рабочий» № 17. Печатается по рукописи.",
            &["published Unsaid date=21 января 1927 noun=Newspaper in=Бакинский рабочий issue=17 = exact", "copy manuscript"],
        ),
        (
            "Впервые опубликовано в 1929 году в журнале «Пролетарская революция» № 11",
            &["published Unsaid date=1929 noun=Journal in=Пролетарская революция issue=11"],
        ),
        ("Написано 24 апреля 1922 г.", &["written date=24 апреля 1922 г."]),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text), expected, "{text}");
    }
}
