//! A small chart for each year: twelve bars, stacked by kind. Words stand beside it in HTML, so that they keep their size.

use super::filter_style::combinations;
use super::filters::{Class, Classes, Filters, SLOTS};
use super::{year_and_month, year_name};
use crate::model::theme;
use crate::render::page_input::{ChartPath, YearChart};
use crate::resolve::Site;
use crate::resolve::chronology::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// What a year's chart shows.
#[derive(Default)]
struct Year {
    bars: [[u32; SLOTS]; 12],
    documents: u32,
    /// The sets of classes its rows have.
    classes: BTreeSet<Classes>,
}

/// The charts of the years that have a row; only documents make bars. `filtered`: the page has filters that the charts answer.
/// `colours`: bars are told apart by kind; `link`: the address of a year.
pub(super) fn of(
    filters: &Filters,
    site: &Site,
    moments: &[Moment],
    (filtered, colours): (bool, bool),
    link: impl Fn(i32) -> String,
) -> Vec<YearChart> {
    let mut years: BTreeMap<i32, Year> = BTreeMap::new();
    for moment in moments {
        let Some((year, month)) = moment.date(&site.documents).and_then(year_and_month) else { continue };
        let year = years.entry(year).or_default();
        if filtered {
            year.classes.insert(filters.classes(site, moment));
        }
        if moment.principal {
            year.documents += 1;
            if let Some(bar) = year.bars.get_mut(usize::from(month - 1)) {
                bar[if colours { filters.kind_slot(site, moment) - 1 } else { 0 }] += 1;
            }
        }
    }
    let greatest = years.values().flat_map(|year| &year.bars).map(|month| month.iter().sum::<u32>()).max().unwrap_or(1).max(1);
    let chart = |(number, year): (i32, Year)| YearChart {
        year: year_name(number),
        href: link(number),
        count: year.documents,
        documents: if year.documents == 0 { String::new() } else { theme::number(&site.config.language, year.documents as usize) },
        class: pairs(&year.classes),
        tall: tall(&year.bars, greatest),
        paths: paths(&year.bars, greatest),
    };
    years.into_iter().map(chart).collect()
}

/// The classes of a year's rows, and each two of different groups that one row has as one word: `k1 k1p2 p2`.
fn pairs(rows: &BTreeSet<Classes>) -> String {
    let sets = rows.iter().flat_map(|classes| combinations(*classes)).filter(|set| (1..=2).contains(&set.len()));
    let words: BTreeSet<String> = sets.map(|set| set.iter().map(Class::to_string).collect()).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// How much of the 60 units a year's highest month takes, and at least a tenth: charts without high bars are low, on one scale with all.
fn tall(months: &[[u32; SLOTS]; 12], greatest: u32) -> u32 {
    let highest = months.iter().map(|month| month.iter().sum::<u32>()).max().unwrap_or(0);
    // A bar of several kinds may be rounded up once for each.
    ((highest * 60).div_ceil(greatest) + 1).clamp(6, 60)
}

/// Bars of a year on a canvas of 96 × 60, stacked by kind from the base.
fn paths(months: &[[u32; SLOTS]; 12], greatest: u32) -> Vec<ChartPath> {
    let height = |count: u32| (count * 600).div_ceil(greatest);
    let tenth = |value: u32| if value.is_multiple_of(10) { (value / 10).to_string() } else { format!("{}.{}", value / 10, value % 10) };
    let mut base = [0_u32; 12];
    let mut paths = Vec::new();
    for slot in 0..SLOTS {
        let mut d = String::new();
        for (month, counts) in months.iter().enumerate().filter(|(_, counts)| counts[slot] > 0) {
            let bar = height(counts[slot]).min(600 - base[month].min(600));
            base[month] += bar;
            d.push_str(&format!("M{} {}h7v{}h-7z", 8 * month, tenth(600 - base[month]), tenth(bar)));
        }
        if !d.is_empty() {
            paths.push(ChartPath { class: format!("k{}", slot + 1), d });
        }
    }
    paths
}
