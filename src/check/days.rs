//! What checks ask of two dates. Doubt speaks for the editor: a bound that is open or unknown contradicts nothing.

use crate::model::date::{Calendar, Date, Day};

/// Days that clocks and meridians explain: a telegram of the 5th from Tokyo arrives in Washington on the 4th.
const MERIDIAN: i32 = 1;

/// `a` is over before `b` begins, by more than a day, in whichever style the two are printed.
pub(super) fn is_before(a: &Date, b: &Date) -> bool {
    let before = |last: Option<Day>, first: Option<Day>| matches!((last, first), (Some(last), Some(first)) if last.plus(MERIDIAN) < first);
    if !before(a.latest.day(), b.earliest.day()) {
        return false;
    }
    // One of the two may be Old Style without saying so: both as printed must be in the same order.
    let (_, printed_last) = as_printed(a);
    let (printed_first, _) = as_printed(b);
    before(printed_last, printed_first)
}

/// Both can mean the same day, in either style.
pub(super) fn can_agree(a: &Date, b: &Date) -> bool {
    let meet = |(first, last): (Option<Day>, Option<Day>), (other_first, other_last): (Option<Day>, Option<Day>)| {
        let after = |first: Option<Day>, last: Option<Day>| matches!((first, last), (Some(first), Some(last)) if first > last);
        !after(first, other_last) && !after(other_first, last)
    };
    let forms = |date: &Date| [(date.earliest.day(), date.latest.day()), as_printed(date)];
    forms(a).into_iter().any(|form| forms(b).into_iter().any(|other| meet(form, other)))
}

/// The days as the paper counts them: Old Style days taken by their names.
fn as_printed(date: &Date) -> (Option<Day>, Option<Day>) {
    let name =
        |day: Option<crate::model::date::CalendarDay>| day.and_then(|day| Day::of(Calendar::Gregorian, day.year, day.month, day.day));
    match &date.old_style {
        Some(old) => (name(old.earliest).or(date.earliest.day()), name(old.latest).or(date.latest.day())),
        None => (date.earliest.day(), date.latest.day()),
    }
}
