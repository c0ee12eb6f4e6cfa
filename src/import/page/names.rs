//! Names as a header, a title or an addressee line gives them: who is meant, in which role, person or body.

use crate::model::document::Role;
use crate::model::entity::EntityKind;

/// One name of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// What they are to the document.
    pub role: Role,
    /// As printed, with its preposition: `for the Politbureau`.
    pub printed: String,
    /// The name without titles; `None` for "all the members of the delegation", which no register holds.
    pub name: Option<String>,
    /// Person or body.
    pub kind: EntityKind,
}

/// Words before a name.
const TITLES: [&str; 26] = [
    "Comrade ",
    "Comrades ",
    "Cde. ",
    "Com. ",
    "Mr. ",
    "Mrs. ",
    "Miss ",
    "Messrs. ",
    "Monsieur ",
    "Herr ",
    "Citizen ",
    "Dr. ",
    "Prof. ",
    "comrade ",
    "COMRADE ",
    "COMRADES ",
    "Тов. ",
    "тов. ",
    "Т. ",
    "т. ",
    "Тт. ",
    "тт. ",
    "Товарищу ",
    "товарищу ",
    "Товарищам ",
    "Гражданину ",
];

/// Words of bodies.
const BODIES: [&str; 40] = [
    "politbureau",
    "politburo",
    "committee",
    "council",
    "bureau",
    "board",
    "commissariat",
    "commission",
    "delegation",
    "government",
    "party",
    "congress",
    "conference",
    "editors",
    "editorial",
    "secretariat",
    "union",
    "soviet",
    "presidium",
    "embassy",
    "legation",
    "ministry",
    "department",
    "office",
    "association",
    "league",
    "international",
    "press",
    "c.c.",
    "r.c.p",
    "members",
    "comrades",
    "workers",
    "staff",
    "политбюро",
    "комитет",
    "совет",
    "редакци",
    "комисси",
    "делегаци",
];

/// Beginnings of words for offices, as whoever holds one is addressed.
const OFFICES: [&str; 52] = [
    "secretary",
    "minister",
    "ambassador",
    "president",
    "chairman",
    "consul",
    "chargé",
    "commissioner",
    "commissar",
    "governor",
    "viceroy",
    "emperor",
    "empress",
    "king",
    "queen",
    "tsar",
    "czar",
    "pope",
    "director",
    "manager",
    "head",
    "chief",
    "commander",
    "dean",
    "premier",
    "chancellor",
    "envoy",
    "representative",
    "delegate",
    "plenipotentiary",
    "attaché",
    "editor",
    "general",
    "admiral",
    "председател",
    "секретар",
    "министр",
    "посол",
    "послу",
    "нарком",
    "комиссар",
    "консул",
    "уполномоченн",
    "командующ",
    "управляющ",
    "заведующ",
    "редактор",
    "представител",
    "президент",
    "император",
    "поверенн",
    "главнокомандующ",
];

/// Words that may stand before an office: "Acting", "Vice".
const BEFORE_OFFICES: [&str; 24] = [
    "acting",
    "vice",
    "deputy",
    "under",
    "assistant",
    "prime",
    "foreign",
    "special",
    "general",
    "first",
    "second",
    "third",
    "high",
    "lord",
    "american",
    "british",
    "french",
    "german",
    "japanese",
    "russian",
    "chinese",
    "italian",
    "allied",
    "people’s",
];

/// An office rather than a name: "the Secretary of State", "the Acting Secretary of State", "Minister for Foreign Affairs"; not
/// "President Wilson".
#[must_use]
pub fn is_office(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    let all: Vec<&str> = lower.split([' ', '-']).map(|word| word.trim_matches(['.', ',', '(', ')', '[', ']'])).collect();
    let office = |word: &&str| {
        *word != "editors" && OFFICES.iter().any(|head| word.strip_prefix(head).is_some_and(|rest| rest.chars().count() <= 3))
    };
    let Some(at) = all.iter().position(office) else { return false };
    let before = all[..at].iter().all(|word| BEFORE_OFFICES.contains(word) || *word == "the");
    let rest = all[at + 1..].iter().find(|word| !office(word) && !BEFORE_OFFICES.contains(*word));
    let of =
        |word: &&str| ["of", "at", "in", "for", "to", "on", "ad", "d’affaires", "d'affaires", "affairs", "по", "в", "при"].contains(word);
    // «Председателю Совнаркома», but «Председателю Рыкову».
    const BODIES_OF_OFFICES: [&str; 11] =
        ["сов", "сто", "цик", "вцик", "комит", "комис", "конфер", "республ", "правит", "народн", "делегац"];
    let body = |word: &&str| BODIES_OF_OFFICES.iter().any(|head| word.starts_with(head));
    before && rest.is_none_or(|word| of(word) || body(word))
}

/// Several who are named by what they are: "the Ambassadors of France, Italy and Japan", "the Allied Ministers".
#[must_use]
pub fn is_group(name: &str) -> bool {
    const GROUPS: [&str; 22] = [
        "ambassadors",
        "ministers",
        "consuls",
        "delegates",
        "representatives",
        "commissioners",
        "commissars",
        "members",
        "governors",
        "secretaries",
        "envoys",
        "chiefs",
        "heads",
        "chairmen",
        "presidents",
        "generals",
        "plenipotentiaries",
        "members",
        "послы",
        "послам",
        "членам",
        "делегатам",
    ];
    name.to_lowercase().split_whitespace().take(5).any(|word| GROUPS.contains(&word.trim_matches([',', '.', '(', ')'])))
}

/// The name without the titles before it.
#[must_use]
pub fn without_titles(name: &str) -> &str {
    let mut name = name.trim();
    while let Some(rest) = TITLES.iter().find_map(|title| name.strip_prefix(title)) {
        name = rest.trim_start();
    }
    name
}

/// `Чичерин Г. В.` → `Г. В. Чичерин`.
#[must_use]
pub fn in_order(name: &str) -> String {
    let Some((family, given)) = name.split_once(' ') else { return name.to_owned() };
    let initial = |word: &str| word.ends_with('.') && word.chars().filter(|letter| *letter != '.').count() <= 2;
    let whole = family.chars().count() > 2 && !family.ends_with(['.', ',']);
    if whole && given.split(' ').all(initial) { format!("{given} {family}") } else { name.to_owned() }
}

/// The name in a greeting that names somebody: `Dear Comrade Radek,`, «т. Чичерин!».
#[must_use]
pub fn greeted(salutation: &str) -> Option<String> {
    let bare = salutation.trim().trim_end_matches([',', '!', ':', ';', '.', '—']);
    const BEFORE: [&str; 9] =
        ["Dear ", "My dear ", "Esteemed ", "Respected ", "Дорогой ", "Дорогая ", "Уважаемый ", "Многоуважаемый ", "Dearest "];
    let bare = BEFORE.iter().find_map(|head| bare.strip_prefix(head)).unwrap_or(bare);
    let name = bare.strip_prefix("товарищ ").unwrap_or_else(|| without_titles(bare));
    let words: Vec<&str> = name.split_whitespace().collect();
    let sound = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '-' | '’'))
    };
    (name.len() < bare.len() && (1..=3).contains(&words.len()) && words.iter().all(sound) && !is_office(name)).then(|| words.join(" "))
}

/// Whether words name a body rather than a person.
#[must_use]
pub fn names_body(name: &str) -> bool {
    let lower = name.to_lowercase();
    BODIES.iter().any(|word| lower.contains(word))
}

/// Person or body, by the words of the name.
#[must_use]
pub fn kind_of(name: &str) -> EntityKind {
    let lower = name.to_lowercase();
    let body = lower.starts_with("the ") || names_body(name);
    if body { EntityKind::Organisation } else { EntityKind::Person }
}

/// "Stalin, Joseph" of "Joseph Stalin"; `None` for one word, a body, or a name that is inverted already.
#[must_use]
pub fn inverted(name: &str) -> Option<String> {
    if kind_of(name) != EntityKind::Person || name.contains(',') {
        return None;
    }
    let (given, family) = name.trim().rsplit_once(' ')?;
    let sound = family.chars().next().is_some_and(char::is_uppercase) && !family.ends_with('.');
    sound.then(|| format!("{family}, {given}"))
}

/// The last word of a name, by which notes and signatures name a person.
#[must_use]
pub fn family(name: &str) -> &str {
    let name = name.split_once(',').map_or(name, |(family, _)| family).trim();
    name.rsplit(' ').next().unwrap_or(name)
}

/// In capitals → with capitals: `F. ENGELS` → `F. Engels`.
#[must_use]
pub fn lowered(name: &str) -> String {
    if name.replace("Mc", "MC").chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    name.split(' ')
        .map(|word| {
            if let Some(rest) = word.strip_prefix("Mc") {
                return format!("Mc{}", lowered(rest));
            }
            let mut letters = word.chars();
            let first: String = letters.by_ref().take_while(|letter| !letter.is_alphabetic()).collect();
            let begin = word.chars().find(|letter| letter.is_alphabetic()).map_or(String::new(), String::from);
            let initial = word.chars().filter(|letter| letter.is_alphabetic()).count() < 2 || word.trim_end_matches('.').contains('.');
            if word.ends_with('.') && initial { word.to_owned() } else { format!("{first}{begin}{}", letters.as_str().to_lowercase()) }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads an addressee line: "Comrade Stalin for the Politbureau", "To Comrades Kamenev and Stalin", "Copy to Zinoviev".
#[must_use]
pub fn addressed(line: &str) -> Vec<Addressed> {
    let line = line.trim().trim_end_matches([':', ',', ';']).trim_start_matches(['“', '"', '«', '„', '‘']);
    let (main, purpose) = match line.find(" for ").filter(|at| stands_for(&line[at + 5..])) {
        Some(at) => (&line[..at], Some(&line[at + 1..])),
        None => (line, None),
    };
    let mut out = Vec::new();
    let lower = main.to_lowercase();
    let (role, rest) = ["copy to ", "copies to ", "копия ", "копии "]
        .iter()
        .find(|head| lower.starts_with(**head))
        .map_or((Role::To, main), |head| (Role::Cc, &main[head.len()..]));
    let bare = ["To ", "TO ", "To: ", "To the ", "Кому: "].iter().find_map(|head| rest.strip_prefix(head)).unwrap_or(rest);
    let several: Vec<&str> = split_names(bare);
    if several.len() > 1 {
        out.extend(several.into_iter().map(|name| one(role, name, name)));
    } else {
        out.push(one(role, main, bare));
    }
    if let Some(purpose) = purpose {
        out.push(one(Role::For, purpose, purpose.trim_start_matches("for ")));
    }
    out
}

/// "for the Politbureau", "for all members", but not "for your letter".
fn stands_for(text: &str) -> bool {
    text.starts_with("the ") || text.starts_with("all ") || text.starts_with("members ") || text.starts_with(char::is_uppercase)
}

fn one(role: Role, printed: &str, name: &str) -> Addressed {
    let name = without_titles(name.trim());
    let kind = kind_of(name);
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let group = is_office(bare)
        || is_group(bare)
        || ["all ", "members", "comrades", "everyone", "***"].iter().any(|head| bare.to_lowercase().starts_with(head));
    let sound = !group && bare.starts_with(char::is_uppercase) && bare.split(' ').count() <= 8;
    Addressed { role, printed: printed.trim().to_owned(), name: sound.then(|| lowered(bare)), kind }
}

/// Names joined by commas and "and", when each is a name of its own.
fn split_names(text: &str) -> Vec<&str> {
    let parts: Vec<&str> =
        text.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" и ")).map(str::trim).collect();
    let name = |part: &&str| {
        let bare = without_titles(part);
        (1..=3).contains(&bare.split(' ').count()) && bare.split(' ').all(|word| word.starts_with(char::is_uppercase))
    };
    if parts.iter().all(name) && !is_group(text) && !is_office(text) { parts } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        addressed(line)
            .into_iter()
            .map(|party| format!("{:?} {} = {}", party.role, party.printed, party.name.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn addressee_lines_are_taken_apart() {
        assert_eq!(shown("Comrade Stalin for the Politbureau"), ["To Comrade Stalin = Stalin", "For for the Politbureau = Politbureau"]);
        assert_eq!(
            shown("“To Chicherin for all the members of the delegation"),
            ["To To Chicherin = Chicherin", "For for all the members of the delegation = "]
        );
        assert_eq!(shown("To Comrades Kamenev and Stalin"), ["To Comrades Kamenev = Kamenev", "To Stalin = Stalin"]);
        assert_eq!(shown("TO F. ENGELS"), ["To TO F. ENGELS = F. Engels"]);
        assert_eq!(shown("Copy to Comrade Tsyurupa"), ["Cc Copy to Comrade Tsyurupa = Tsyurupa"]);
        assert_eq!(shown("TO ***"), ["To TO *** = "]);
        assert_eq!(shown("The Secretary of State"), ["To The Secretary of State = "]);
        assert_eq!(shown("To the Ambassadors of France, Italy and Japan"), ["To To the Ambassadors of France, Italy and Japan = "]);
        assert_eq!(shown("To President Wilson"), ["To To President Wilson = President Wilson"]);
        for office in ["Acting Secretary of State", "the Consul General at Moscow", "Chargé d’Affaires", "Председателю Совнаркома"]
        {
            assert!(is_office(office), "{office}");
        }
        for name in ["Secretary Hay", "King George V", "Stalin", "Frederick Engels", "General Graves"] {
            assert!(!is_office(name), "{name}");
        }
        assert_eq!(kind_of("the Council of People’s Commissars"), EntityKind::Organisation);
        assert_eq!(inverted("Joseph Stalin").as_deref(), Some("Stalin, Joseph"));
        assert_eq!(lowered("FREDERICK ENGELS"), "Frederick Engels");
        assert_eq!(lowered("WM. L. DAYTON"), "Wm. L. Dayton");
        assert_eq!(lowered("V.I. LENIN"), "V.I. Lenin");
    }
}
