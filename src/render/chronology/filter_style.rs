//! The style rules by which choices of several groups hold together without script.
//!
//! A style sheet can ask whether a month has a row of three classes, but not whether it has a row that is left. So the rules are written out for each
//! combination of choices, and only for the filters of the page: rows that lack a chosen class vanish, months and years without a row of all chosen
//! classes vanish, charts of such years and bars of other kinds turn pale.

use super::filters::{Class, Classes, Filters};
use crate::render::page_input::FilterGroup;
use crate::resolve::Site;
use crate::resolve::chronology::Moment;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The rules for the filters of a page and the rows they choose from.
pub(super) fn of(filters: &Filters, site: &Site, groups: &[FilterGroup], moments: impl Iterator<Item = Moment>) -> String {
    let rows: BTreeSet<Classes> = moments.map(|moment| filters.classes(site, &moment)).collect();
    // Rows of a kind are many, kinds of rows are few.
    let words = |set: Vec<Class>| set.iter().map(Class::to_string).collect::<Vec<String>>();
    let found: BTreeSet<Vec<String>> = rows.iter().flat_map(|classes| combinations(*classes)).map(words).collect();
    let mut style = Style { groups, found, rules: String::new(), barren: Vec::new() };
    for (at, group) in groups.iter().enumerate() {
        for filter in &group.filters {
            style.choice(&[filter.class.as_str()], at);
        }
    }
    style.finish()
}

/// Every set of a row's classes with at most one of each group.
pub(super) fn combinations(classes: Classes) -> Vec<Vec<Class>> {
    let mut all: Vec<Vec<Class>> = vec![Vec::new()];
    for class in classes.iter() {
        let fits = |known: &&Vec<Class>| known.iter().all(|other| other.group != class.group);
        let longer: Vec<Vec<Class>> = all.iter().filter(fits).map(|known| [known.as_slice(), &[class]].concat()).collect();
        all.extend(longer);
    }
    all
}

struct Style<'a> {
    groups: &'a [FilterGroup],
    /// Sets of classes that some row has, each in the order of the groups.
    found: BTreeSet<Vec<String>>,
    rules: String,
    /// Choices that no row meets.
    barren: Vec<String>,
}

impl Style<'_> {
    /// The rules for a set of choices and, within it, for those of the groups after `last`.
    fn choice(&mut self, chosen: &[&str], last: usize) {
        let checked: String = chosen.iter().map(|class| format!(":has(#{class}:checked)")).collect();
        let known: Vec<String> = chosen.iter().map(|class| (*class).to_owned()).collect();
        if !self.found.contains(&known) {
            self.barren.push(checked);
            return;
        }
        let body = format!("body{checked}");
        let classes: String = chosen.iter().map(|class| format!(".{class}")).collect();
        let mut rule = format!("{body} :is(.mo,.yr):not(:has({classes}))");
        let mut pale = String::new();
        match chosen {
            [class] => {
                rule.insert_str(0, &format!("{body} .rows>li:not(.{class}),"));
                write!(pale, "{body} .charts li:not(.{class})").expect("memory can be written");
                if class.starts_with('k') {
                    write!(pale, ",{body} path:not(.{class})").expect("memory can be written");
                }
            }
            [one, other] => write!(pale, "{body} .charts li:not(.{one}{other})").expect("memory can be written"),
            _ => {}
        }
        writeln!(self.rules, "{rule}{{display:none}}").expect("memory can be written");
        if !pale.is_empty() {
            writeln!(self.rules, "{pale}{{opacity:.16}}").expect("memory can be written");
        }
        let groups = self.groups;
        for (at, group) in groups.iter().enumerate().skip(last + 1) {
            for filter in &group.filters {
                self.choice(&[chosen, &[filter.class.as_str()]].concat(), at);
            }
        }
    }

    fn finish(self) -> String {
        if self.barren.is_empty() {
            return self.rules;
        }
        let barren = self.barren.join(",");
        let rules = ":is(.mo,.yr){display:none}.none{display:block}.charts li{opacity:.16}";
        format!("{}body:is({barren}){{{rules}}}\n", self.rules)
    }
}
