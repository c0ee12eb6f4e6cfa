//! The word lists, and chance that is the same everywhere.

use std::collections::BTreeMap;

/// Lists of words and sentences by name.
pub struct Lists(BTreeMap<&'static str, Vec<&'static str>>);

impl Lists {
    /// Reads `words.txt`.
    pub fn read() -> Self {
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut name = "";
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).filter(|name| is_name(name)) {
                Some(list) => name = list,
                None => lists.entry(name).or_default().push(line),
            }
        }
        Self(lists)
    }

    /// One item of a list.
    pub fn pick(&self, list: &str, dice: &mut Dice) -> &'static str {
        let items = self.0.get(list).unwrap_or_else(|| panic!("there is no list `{list}`"));
        items[dice.below(u32::try_from(items.len()).expect("short lists")) as usize]
    }
}

/// A line such as `[sic]` is an item of the list of brackets.
fn is_name(name: &str) -> bool {
    const NAMES: [&str; 16] = [
        "places",
        "bodies",
        "things",
        "claims",
        "deeds",
        "orders",
        "times",
        "asides",
        "sentences",
        "closers",
        "tails",
        "brackets",
        "notes",
        "longer notes",
        "given",
        "stems",
    ];
    NAMES.contains(&name) || matches!(name, "endings" | "roles") || name.starts_with("open ") || name.starts_with("title ")
}

/// SplitMix64: equal names and numbers, equal streams.
pub struct Dice(u64);

impl Dice {
    /// The stream of one thing: its name and number.
    pub fn new(name: &str, number: u32) -> Self {
        let seed = name.bytes().fold(0x1922_0424_u64, |seed, byte| seed.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
        let mut dice = Self(seed ^ (u64::from(number) << 20));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `limit` - 1.
    pub fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(((self.next() >> 32) * u64::from(limit.max(1))) >> 32).expect("below the limit")
    }

    /// 0 to 1.
    pub fn share(&mut self) -> f64 {
        f64::from(self.below(u32::MAX)) / f64::from(u32::MAX)
    }

    /// Nearly normal, mean 0, deviation 1: the sum of twelve.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}
