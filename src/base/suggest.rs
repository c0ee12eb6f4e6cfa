//! "Did you mean …": the nearest of the known words.

use super::script;

/// The question for a word that is near: ``did you mean `kind`?``, and says which letter is another where the two look the same.
#[must_use]
pub fn did_you_mean(typed: &str, near: &str) -> String {
    match script::strange_letters(typed, near) {
        Some(why) => format!("did you mean `{near}`? In what is typed, {why}."),
        None => format!("did you mean `{near}`?"),
    }
}

/// The word of `known` nearest to `typed` by edits (insert, delete, change, swap of neighbours), if it is near enough to be a likely slip:
/// at most a third of the letters, at least one. Ties go to the first in order.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Letters of another script that look the same are no slip that an editor could see.
    let seen = |letter: char| script::latin_double(letter).unwrap_or(letter);
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).map(seen).collect();
    let limit = (typed.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let letters: Vec<char> = word.to_lowercase().chars().take(64).map(seen).collect();
        if letters.len().abs_diff(typed.len()) > limit {
            continue;
        }
        let distance = distance(&typed, &letters);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Whether two names have the same letters around other figures: `d50` is hardly a slip for `d52`, but another thing of the same series.
#[must_use]
pub fn differ_in_figures(a: &str, b: &str) -> bool {
    let plain = |letter: &char| !letter.is_numeric();
    a != b && a.chars().filter(plain).eq(b.chars().filter(plain))
}

/// Optimal string alignment distance.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_not() {
        assert_eq!(nearest("dvp-6", ["lcw-45", "dvp-5"]), Some("dvp-5"));
        assert_eq!(nearest("tilte", ["date", "title"]), Some("title"));
        assert_eq!(nearest("xyz", ["title", "date"]), None);
        assert_eq!(nearest("", ["a"]), Some("a"));
        assert_eq!(nearest("кеу", ["key", "kin"]), Some("key"));
        assert_eq!(did_you_mean("tilte", "title"), "did you mean `title`?");
    }
}
