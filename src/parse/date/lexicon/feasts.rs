//! Feasts of several words, and the days of saints by which sources date.
//!
//! Only feasts of one day in the year: "Николин день" and "Юрьев день" are kept twice a year and are not here. Saints count only where a day is
//! meant ("St. Valentine's Day", "la Saint-Jean", "am Tage Petri und Pauli"): most of their names are those of places as well.

use super::{Feast, Sense};

impl Feast {
    /// The day before its first. The eve of New Year's Day closes the year that is printed.
    pub(in super::super) fn eve(self) -> Feast {
        match self {
            Feast::Fixed(month, day @ 2.., _) => Feast::Fixed(month, day - 1, day - 1),
            // Feasts on the first of a month are 1 January, 1 October and 1 November.
            Feast::Fixed(month, ..) => match month {
                1 => Feast::Fixed(12, 31, 31),
                10 => Feast::Fixed(9, 30, 30),
                _ => Feast::Fixed(month - 1, 31, 31),
            },
            Feast::Easter(offset, _) => Feast::Easter(offset.saturating_sub(1), 1),
            Feast::Advent(offset, _) => Feast::Advent(offset.saturating_sub(1), 1),
        }
    }

    /// The day after its first.
    pub(in super::super) fn morrow(self) -> Feast {
        match self {
            Feast::Fixed(12, 31, _) => Feast::Fixed(1, 1, 1),
            Feast::Fixed(9 | 11, 30, _) | Feast::Fixed(_, 31, _) => self,
            Feast::Fixed(month, day, _) => Feast::Fixed(month, day + 1, day + 1),
            Feast::Easter(offset, _) => Feast::Easter(offset.saturating_add(1), 1),
            Feast::Advent(offset, _) => Feast::Advent(offset.saturating_add(1), 1),
        }
    }
}

const fn fixed(month: u8, day: u8) -> Sense {
    Sense::Feast(Feast::Fixed(month, day, day))
}

const fn easter(days: i8) -> Sense {
    Sense::Feast(Feast::Easter(days, 1))
}

/// What several words say together, by their first: the words after it, and the sense.
const PHRASES: &[(&str, &[&str], Sense)] = &[
    ("heiliger", &["abend"], fixed(12, 24)),
    ("heiligen", &["abend", "abends", "christabend"], fixed(12, 24)),
    ("heiligen", &["drei konige", "drei konigen", "drei konigs"], fixed(1, 6)),
    ("heilige", &["drei konige"], fixed(1, 6)),
    ("drei", &["konige", "konigen"], fixed(1, 6)),
    ("sankt", &["stephanstag"], fixed(12, 26)),
    ("ash", &["wednesday"], easter(-46)),
    ("mercredi", &["des cendres"], easter(-46)),
    ("shrove", &["tuesday"], easter(-47)),
    ("shrove", &["monday"], easter(-48)),
    ("shrove", &["sunday"], easter(-49)),
    ("mardi", &["gras"], easter(-47)),
    ("lundi", &["saint"], easter(-6)),
    ("mardi", &["saint"], easter(-5)),
    ("mercredi", &["saint"], easter(-4)),
    ("mardi", &["de paques"], easter(2)),
    ("mercredi", &["de paques"], easter(3)),
    ("mardi", &["de pentecote", "de la pentecote"], easter(51)),
    ("semaine", &["sainte"], Sense::Feast(Feast::Easter(-6, 6))),
    ("holy", &["week"], Sense::Feast(Feast::Easter(-6, 6))),
    ("passion", &["week"], Sense::DayName),
    ("easter", &["week"], Sense::Feast(Feast::Easter(0, 7))),
    ("whitsun", &["week"], Sense::Feast(Feast::Easter(49, 7))),
    ("hilary", &["term"], Sense::DayName),
    ("easter", &["term"], Sense::DayName),
    ("trinity", &["term"], Sense::DayName),
    ("michaelmas", &["term"], Sense::DayName),
    ("lent", &["term"], Sense::DayName),
    ("easter", &["sunday eve"], easter(-1)),
    ("jeudi", &["gras"], easter(-52)),
    ("palm", &["sunday"], easter(-7)),
    ("dimanche", &["des rameaux"], easter(-7)),
    ("maundy", &["thursday"], easter(-3)),
    ("holy", &["thursday"], easter(-3)),
    ("jeudi", &["saint"], easter(-3)),
    ("good", &["friday"], easter(-2)),
    ("vendredi", &["saint"], easter(-2)),
    ("holy", &["saturday"], easter(-1)),
    ("samedi", &["saint"], easter(-1)),
    ("easter", &["eve", "even"], easter(-1)),
    ("easter", &["sunday", "day"], easter(0)),
    ("dimanche", &["de paques"], easter(0)),
    ("easter", &["monday"], easter(1)),
    ("lundi", &["de paques"], easter(1)),
    ("easter", &["tuesday"], easter(2)),
    ("low", &["sunday"], easter(7)),
    ("ascension", &["day"], easter(39)),
    ("whit", &["sunday"], easter(49)),
    ("whit", &["monday"], easter(50)),
    ("lundi", &["de pentecote", "de la pentecote"], easter(50)),
    ("whit", &["tuesday"], easter(51)),
    ("trinity", &["sunday"], easter(56)),
    ("dreifaltigkeits", &["sonntag"], easter(56)),
    ("corpus", &["christi"], easter(60)),
    ("fete", &["dieu"], easter(60)),
    ("fete", &["des rois"], fixed(1, 6)),
    ("new", &["year s day", "years day"], fixed(1, 1)),
    ("new", &["year s eve", "years eve"], fixed(12, 31)),
    ("lady", &["day"], fixed(3, 25)),
    ("all", &["saints day", "saints", "hallows", "hallows day"], fixed(11, 1)),
    ("all", &["souls day", "souls"], fixed(11, 2)),
    ("christmas", &["eve"], fixed(12, 24)),
    ("christmas", &["day"], fixed(12, 25)),
    ("boxing", &["day"], fixed(12, 26)),
    ("twelfth", &["day"], fixed(1, 6)),
    ("twelfth", &["night"], Sense::Feast(Feast::Fixed(1, 5, 6))),
    ("guy", &["fawkes day", "fawkes night"], fixed(11, 5)),
    ("midsummer", &["day"], fixed(6, 24)),
    ("jour", &["de l an"], fixed(1, 1)),
    ("jour", &["des rois"], fixed(1, 6)),
    ("jour", &["des morts"], fixed(11, 2)),
    ("jour", &["de noel"], fixed(12, 25)),
    ("maria", &["himmelfahrt"], fixed(8, 15)),
    ("mariae", &["himmelfahrt"], fixed(8, 15)),
    ("maria", &["verkundigung"], fixed(3, 25)),
    ("mariae", &["verkundigung"], fixed(3, 25)),
    ("maria", &["lichtmess", "lichtmeß", "reinigung"], fixed(2, 2)),
    ("mariae", &["lichtmess", "lichtmeß", "reinigung"], fixed(2, 2)),
    ("maria", &["geburt"], fixed(9, 8)),
    ("mariae", &["geburt"], fixed(9, 8)),
    ("maria", &["heimsuchung"], fixed(7, 2)),
    ("mariae", &["heimsuchung"], fixed(7, 2)),
    ("maria", &["empfangnis"], fixed(12, 8)),
    ("mariae", &["empfangnis"], fixed(12, 8)),
    ("christi", &["himmelfahrt"], easter(39)),
    ("peter", &["und paul", "and paul", "u paul", "und pauli"], fixed(6, 29)),
    ("petri", &["und pauli", "et pauli", "u pauli", "und paul"], fixed(6, 29)),
    ("petri", &["kettenfeier"], fixed(8, 1)),
    ("petri", &["stuhlfeier"], fixed(2, 22)),
    ("pauli", &["bekehrung"], fixed(1, 25)),
    ("philippi", &["und jacobi", "et jacobi", "jacobi", "und jakobi"], fixed(5, 1)),
    ("simonis", &["et judae", "und judae", "und juda"], fixed(10, 28)),
    ("simon", &["und juda", "und judas", "and jude"], fixed(10, 28)),
    ("johannis", &["baptistae", "des taufers"], fixed(6, 24)),
    ("рождество", &["христово", "христова"], fixed(12, 25)),
    ("рождества", &["христова"], fixed(12, 25)),
    ("рождество", &["богородицы", "пресвятой богородицы"], fixed(9, 8)),
    ("новый", &["год"], fixed(1, 1)),
    ("духов", &["день"], easter(50)),
    ("вербное", &["воскресенье", "воскресение"], easter(-7)),
    ("вербного", &["воскресенья"], easter(-7)),
    ("светлое", &["воскресенье", "воскресение", "христово воскресенье", "христово воскресение"], easter(0)),
    ("светлого", &["воскресенья", "христова воскресенья", "христова воскресения"], easter(0)),
    ("чистый", &["понедельник"], easter(-48)),
    ("прощеное", &["воскресенье"], easter(-49)),
    ("страстная", &["пятница"], easter(-2)),
    ("великая", &["пятница"], easter(-2)),
    ("страстная", &["суббота"], easter(-1)),
    ("великая", &["суббота"], easter(-1)),
    ("великий", &["четверг"], easter(-3)),
    ("святой", &["неделе", "неделя", "недели"], Sense::Feast(Feast::Easter(0, 7))),
    ("светлой", &["неделе", "недели"], Sense::Feast(Feast::Easter(0, 7))),
    ("страстной", &["неделе", "недели"], Sense::Feast(Feast::Easter(-6, 6))),
    ("фомино", &["воскресенье"], easter(7)),
    ("петров", &["день"], fixed(6, 29)),
    ("ильин", &["день"], fixed(7, 20)),
    ("иванов", &["день"], fixed(6, 24)),
    ("татьянин", &["день"], fixed(1, 12)),
    ("year", &["of our lord", "of the lord", "of grace", "of our lord god", "of christ"], Sense::YearWord),
    ("anno", &["domini", "christi", "salutis"], Sense::YearWord),
    ("an", &["de grace", "du seigneur", "de notre seigneur"], Sense::YearWord),
    ("jahre", &["des herrn", "christi"], Sense::YearWord),
    ("jahr", &["des herrn", "christi"], Sense::YearWord),
    ("лето", &["от рождества христова"], Sense::YearWord),
    ("лета", &["от рождества христова", "от р х"], Sense::YearWord),
    ("от", &["рождества христова", "р х"], Sense::Filler),
];

/// Whether a word of this sense can be the first of several that have a sense together.
pub(in super::super) fn opens_phrase(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Opens
            | Sense::Weekday(_)
            | Sense::New
            | Sense::Feast(_)
            | Sense::Ordinal(12)
            | Sense::OneDay
            | Sense::Week
            | Sense::Season(2)
            | Sense::YearWord
            | Sense::DateWord
            | Sense::Filler
    )
}

/// The sense of the words that begin with `first` and go on as `follows` says: asked for the words that may come next, it gives where they end.
pub(in super::super) fn phrase(first: &str, follows: impl Fn(&str) -> Option<usize>) -> Option<(Sense, usize)> {
    let own = PHRASES.iter().filter(|(word, ..)| *word == first);
    let found = own.flat_map(|(_, rests, sense)| rests.iter().map(|rest| (*rest, *sense)));
    found.filter_map(|(rest, sense)| follows(rest).map(|end| (sense, end))).max_by_key(|(_, end)| *end)
}

/// Words before the name of a saint.
pub(in super::super) fn honours(word: &str) -> bool {
    matches!(
        word,
        "st" | "saint"
            | "sainte"
            | "ste"
            | "sankt"
            | "sanct"
            | "sancti"
            | "s"
            | "св"
            | "святого"
            | "святаго"
            | "святой"
            | "heiligen"
            | "hl"
            | "heil"
            | "ss"
    )
}

/// Saints by the names under which sources date, and their days.
#[rustfmt::skip]
const SAINTS: &[(&[&str], u8, u8)] = &[
    (&["hilary", "hilarii"], 1, 13), (&["sebastian", "sebastiani", "sebastien"], 1, 20),
    (&["agnes", "agnetis"], 1, 21), (&["vincent", "vincentii"], 1, 22), (&["blasius", "blasii", "blaise"], 2, 3), (&["agatha", "agathe"], 2, 5),
    (&["valentine", "valentin", "valentini", "valentins"], 2, 14), (&["matthias", "mathias", "matthiae"], 2, 24), (&["david"], 3, 1),
    (&["gregory", "gregorii", "gregoire"], 3, 12), (&["patrick", "patricks"], 3, 17), (&["joseph", "josephs", "josephi"], 3, 19),
    (&["george", "georg", "georges", "georgii", "georgs"], 4, 23), (&["mark", "marc", "marci", "markus"], 4, 25),
    (&["philip and james", "philippe"], 5, 1), (&["urban", "urbani"], 5, 25), (&["barnabas", "barnabe"], 6, 11),
    (&["vitus", "viti", "veit", "veits"], 6, 15),
    (&["john", "john the baptist", "john baptist", "jean", "jean baptiste", "johann", "johannis", "johannes", "johannes des taufers", "johannis baptistae", "johannis des taufers", "johannes baptista", "johanns"], 6, 24),
    (&["peter", "peter and paul", "pierre", "pierre et saint paul", "pierre et paul", "petri und pauli", "petri", "peter und paul"], 6, 29),
    (&["swithin", "swithun"], 7, 15), 
    (&["mary magdalene", "madeleine", "maria magdalena", "mariae magdalenae"], 7, 22),
    (&["james", "jacques", "jakob", "jakobs", "jacobi", "jakobi"], 7, 25), (&["anne", "anna", "annae"], 7, 26),
    (&["lawrence", "laurence", "laurent", "lorenz", "laurentius", "laurentii"], 8, 10),
    (&["bartholomew", "barthelemy", "bartholomaus", "bartholomaei"], 8, 24), (&["louis"], 8, 25), (&["augustine", "augustin", "augustini"], 8, 28),
    (&["giles", "gilles", "agidius", "aegidii"], 9, 1), (&["matthew", "mathieu", "matthieu", "matthaus", "matthaei", "matthai"], 9, 21),
    (&["maurice", "mauritius", "moritz"], 9, 22), (&["michael", "michel", "michaels", "michaelis"], 9, 29), (&["jerome", "hieronymus"], 9, 30),
    (&["remi", "remy"], 10, 1), (&["francis", "franz", "francois"], 10, 4), (&["denis", "denys", "dionysius", "dionysii"], 10, 9),
    (&["gallus", "galli", "gall", "gallen"], 10, 16), (&["luke", "luc", "lukas", "lucae"], 10, 18), (&["ursula"], 10, 21),
    (&["crispin"], 10, 25), (&["simon and jude", "simonis et judae", "simon"], 10, 28), (&["hubert"], 11, 3),
    (&["martin", "martins", "martini"], 11, 11), (&["elisabeth", "elizabeth"], 11, 19), (&["cecilia", "cecile", "caeciliae"], 11, 22),
    (&["clement", "clementis"], 11, 23), (&["catherine", "katharina", "catharinae", "katharinen"], 11, 25),
    (&["andrew", "andre", "andreas", "andreae"], 11, 30), (&["barbara", "barbe", "barbarae"], 12, 4),
    (&["nicholas", "nicolas", "nikolaus", "nicolai", "nikolai"], 12, 6), (&["ambrose", "ambroise", "ambrosius"], 12, 7),
    (&["lucy", "luciae", "lucia"], 12, 13), (&["thomas", "thomae"], 12, 21),
    (&["stephen", "etienne", "stephan", "stephani", "stephans"], 12, 26), (&["john the evangelist", "jean l evangeliste", "johannes evangelista", "johannis evangelistae"], 12, 27),
    (&["sylvestre", "silvester", "sylvester"], 12, 31),
];

/// The day of a saint of this name.
pub(in super::super) fn saint(name: &str) -> Option<Feast> {
    SAINTS.iter().find(|(names, ..)| names.contains(&name)).map(|(_, month, day)| Feast::Fixed(*month, *day, *day))
}
