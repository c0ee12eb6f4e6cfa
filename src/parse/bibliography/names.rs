//! Names of authors and editors as one types them in a line: one name, or several with ` and ` or semicolons between.

use crate::model::entry::Name;

/// What a text with a name, or several, is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The names.
    Names(Vec<Name>),
    /// Probably several, as these parts; but it may be one.
    Doubtful(Vec<String>),
}

/// Reads names. Several are told apart where each has its comma, as `Lenin, V. I. and Kamenev, L. B.`; a body may have ` and ` in its name.
pub(super) fn read(text: &str) -> Reading {
    let by_semicolons = parts(text, ";");
    if by_semicolons.len() > 1 {
        return Reading::Names(by_semicolons.into_iter().map(one).collect());
    }
    let by_words = parts(text, " and ");
    if by_words.len() > 1 {
        if by_words.iter().all(|part| (1..=2).contains(&part.matches(',').count())) {
            return Reading::Names(by_words.into_iter().map(one).collect());
        }
        // Without commas the words are printed as they stand, which is right for names and for bodies.
        if !text.contains(',') {
            return Reading::Names(vec![one(text)]);
        }
    }
    match chained(text) {
        Some(names) => Reading::Doubtful(names.into_iter().map(str::to_owned).collect()),
        None => Reading::Names(vec![one(text)]),
    }
}

fn parts<'t>(text: &'t str, between: &str) -> Vec<&'t str> {
    text.split(between).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// `Lenin, V. I., Kamenev, L. B.`: every second part is no surname. `V. I. Lenin, L. B. Kamenev`: each part is a whole name.
fn chained(text: &str) -> Option<Vec<&str>> {
    let parts = parts(text, ",");
    if parts.len() >= 2 && parts.iter().all(|part| is_of_person(part) && begins_with_initial(part)) {
        return Some(parts);
    }
    let pairs =
        parts.len() >= 4 && parts.len().is_multiple_of(2) && parts.iter().skip(1).step_by(2).all(|given| begins_with_initial(given));
    pairs.then(|| {
        let mut names = Vec::new();
        let mut rest = text;
        for _ in 0..parts.len() / 2 {
            let end = rest.match_indices(',').nth(1).map_or(rest.len(), |(at, _)| at);
            names.push(rest[..end].trim());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        names
    })
}

/// `V. I.`, `V.I. Lenin`
fn begins_with_initial(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
}

/// At least an initial and a surname, or a surname and initials with a comma between.
fn is_of_person(part: &str) -> bool {
    let words: Vec<&str> = part.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    words.len() >= 2 && words.iter().all(|word| word.starts_with(char::is_uppercase)) && words.iter().any(|word| begins_with_initial(word))
}

/// `Family, Given`, `Family, Suffix, Given` or one name.
fn one(words: &str) -> Name {
    match words.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [family, suffix, given] => Name { family: format!("{family} {suffix}"), given: Some((*given).to_owned()) },
        _ => Name::read(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(family: &str, given: &str) -> Name {
        Name { family: family.to_owned(), given: Some(given.to_owned()) }
    }

    #[test]
    fn several_names_in_one_line_are_told_apart() {
        let two = || Reading::Names(vec![name("Lenin", "V. I."), name("Kamenev", "L. B.")]);
        assert_eq!(read("Lenin, V. I. and Kamenev, L. B."), two());
        assert_eq!(read("Lenin, V. I.; Kamenev, L. B."), two());
        let doubtful = |parts: [&str; 2]| Reading::Doubtful(parts.map(str::to_owned).to_vec());
        assert_eq!(read("Lenin, V. I., Kamenev, L. B."), doubtful(["Lenin, V. I.", "Kamenev, L. B."]));
        assert_eq!(read("V. I. Lenin, L. B. Kamenev"), doubtful(["V. I. Lenin", "L. B. Kamenev"]));
    }

    #[test]
    fn one_name_stays_one() {
        let whole = |text: &str| Reading::Names(vec![Name { family: text.to_owned(), given: None }]);
        for body in [
            "Foreign Office and War Office",
            "V. I. Lenin and L. B. Kamenev",
            "Ministry of Trade and Industry",
            "United States Department of State",
            "U.S. Senate",
        ] {
            assert_eq!(read(body), whole(body));
        }
        assert_eq!(read("Lenin, V. I."), Reading::Names(vec![name("Lenin", "V. I.")]));
        assert_eq!(read("King, Jr., Martin L."), Reading::Names(vec![name("King Jr.", "Martin L.")]));
        assert_eq!(read("Carr, E. H"), Reading::Names(vec![name("Carr", "E. H")]));
    }
}
