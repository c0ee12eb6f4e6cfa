//! Which bytes a passage has: a check that needs others does not look at its letters.

/// The bytes of a text.
pub struct Signs([bool; 256]);

impl Signs {
    /// Those of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut seen = [false; 256];
        text.bytes().for_each(|byte| seen[usize::from(byte)] = true);
        Self(seen)
    }

    /// Whether one of these occurs.
    #[must_use]
    pub fn any(&self, bytes: &[u8]) -> bool {
        bytes.iter().any(|byte| self.0[usize::from(*byte)])
    }

    fn within(&self, bytes: std::ops::RangeInclusive<u8>) -> bool {
        self.0[usize::from(*bytes.start())..=usize::from(*bytes.end())].contains(&true)
    }

    /// Perhaps a quotation mark that is looked at, `"“”„«»`, or a line end inside a quotation.
    #[must_use]
    pub fn quotation_mark(&self) -> bool {
        self.any(b"\"") || self.any(&[0xe2]) && self.any(&[0x9c, 0x9d, 0x9e]) || self.any(&[0xc2]) && self.any(&[0xab, 0xbb])
    }

    /// Perhaps a hyphen.
    #[must_use]
    pub fn hyphen(&self) -> bool {
        self.any(b"-") || self.any(&[0xe2]) && self.any(&[0x90])
    }

    /// Cyrillic letters, and others.
    #[must_use]
    pub fn two_scripts(&self) -> bool {
        self.within(0xd0..=0xd4) && (self.within(b'a'..=b'z') || self.within(b'A'..=b'Z') || self.within(0xc3..=0xc9))
    }

    /// A figure, or a sign that a transcription hardly ever has.
    #[must_use]
    pub fn figure_or_rare_sign(&self) -> bool {
        self.within(b'0'..=b'9') || self.any(b"^~|\\{}<>@#_=`") || self.any(&[0xc2]) || self.any(&[0xe2])
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn what_a_check_needs_is_seen() {
        let seen = |text: &str| {
            let signs = Signs::of(text);
            [signs.quotation_mark(), signs.hyphen(), signs.two_scripts(), signs.figure_or_rare_sign()]
        };
        assert_eq!(seen("plain words"), [false; 4]);
        for mark in ["“", "”", "„", "«", "»", "\""] {
            assert!(seen(mark)[0], "{mark}");
        }
        assert!(!seen("’")[0] && !seen("°")[0]);
        assert!(seen("-")[1] && seen("\u{2010}")[1] && !seen("—")[1]);
        assert!(seen("aж")[2] && seen("éж")[2] && seen("ԱԯB")[2] && !seen("жжж")[2] && !seen("abc")[2]);
        assert!("^~|\\¦¬■□▪▫●○◆◇¶{}<>@#_=`§•©®¤¢¥1".chars().all(|sign| seen(&sign.to_string())[3]));
    }
}
