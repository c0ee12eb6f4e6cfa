//! Correspondences: what two register entries wrote to each other, in the order of time, with the answers known.

use super::DocumentIndex;
use super::order::Order;
use super::routes::Routes;
use crate::model::document::{Party, Relation, Role, Summary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// So many letters make a correspondence.
pub const LEAST: usize = 2;

/// The letters between two entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondence {
    /// In time.
    pub letters: Vec<Letter>,
}

/// One letter of a correspondence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The document.
    pub document: DocumentIndex,
    /// The first of the pair wrote it; otherwise the second.
    pub from_first: bool,
    /// What it answers, if that is of the same correspondence.
    pub answers: Vec<DocumentIndex>,
}

/// The two ids, in their order.
pub type Pair = (String, String);

/// All pairs with at least [`LEAST`] letters.
#[must_use]
pub fn collect(documents: &[Summary], order: &Order, routes: &Routes) -> BTreeMap<Pair, Correspondence> {
    let id = |party: &Party| party.entity.as_ref().map(|id| id.value.clone());
    let mut pairs: BTreeMap<Pair, Correspondence> = BTreeMap::new();
    for index in &order.time {
        let front = &documents[index.at()].front;
        for from in front.author.iter().filter_map(id) {
            for to in front.to.iter().filter(|party| party.role == Role::To).filter_map(id).filter(|to| *to != from) {
                let from_first = from < to;
                let pair = if from_first { (from.clone(), to) } else { (to, from.clone()) };
                let letters = &mut pairs.entry(pair).or_default().letters;
                if letters.last().is_none_or(|letter| letter.document != *index) {
                    letters.push(Letter { document: *index, from_first, answers: Vec::new() });
                }
            }
        }
    }
    pairs.retain(|_, correspondence| correspondence.letters.len() >= LEAST);
    let answered = answers(documents, order, routes);
    for correspondence in pairs.values_mut() {
        let mut own: Vec<DocumentIndex> = correspondence.letters.iter().map(|letter| letter.document).collect();
        own.sort_unstable();
        for letter in &mut correspondence.letters {
            let known = answered.get(&letter.document).into_iter().flatten();
            letter.answers = known.filter(|document| own.binary_search(document).is_ok()).copied().collect();
        }
    }
    pairs
}

/// Reply → what it answers, from both ends of the relation.
#[must_use]
pub fn answers(documents: &[Summary], order: &Order, routes: &Routes) -> BTreeMap<DocumentIndex, Vec<DocumentIndex>> {
    let mut answered: BTreeMap<DocumentIndex, Vec<DocumentIndex>> = BTreeMap::new();
    for index in &order.time {
        for (relation, id) in &documents[index.at()].front.relations {
            let Some(other) = routes.by_id.get(&id.value.0).filter(|other| *other != index) else { continue };
            let (reply, letter) = match relation {
                Relation::RepliesTo => (*index, *other),
                Relation::AnsweredBy => (*other, *index),
                _ => continue,
            };
            let list = answered.entry(reply).or_default();
            if !list.contains(&letter) {
                list.push(letter);
            }
        }
    }
    answered
}
