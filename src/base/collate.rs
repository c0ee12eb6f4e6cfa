//! The order of names in a language: the door to the Unicode collation tables.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::cmp::Ordering;

/// Compares names as readers of one language expect: `ё` beside `е`, `Ärger` beside `Arger`, `2` before `10`.
pub struct Collation(CollatorBorrowed<'static>);

impl Collation {
    /// The order of `language` (BCP 47); an unknown language gets the order of Unicode's root.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let preferences = |tag: &str| {
            let locale: icu_locale_core::Locale = tag.parse().unwrap_or(icu_locale_core::Locale::UNKNOWN);
            let mut preferences = CollatorPreferences::from(&locale);
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            preferences
        };
        let collator = Collator::try_new(preferences(language), CollatorOptions::default())
            .or_else(|_| Collator::try_new(preferences("und"), CollatorOptions::default()));
        Self(collator.expect("the root collation is compiled in"))
    }

    /// The order of two names; equal keys fall back to their code points, so that the order is total.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b).then_with(|| a.cmp(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_readers_look() {
        let mut names = ["Еремин", "Ёлкин", "Ежов", "Lenin 10", "Lenin 2"];
        names.sort_by(|a, b| Collation::of("ru").compare(a, b));
        assert_eq!(names, ["Ежов", "Ёлкин", "Еремин", "Lenin 2", "Lenin 10"]);
    }
}
