//! A reply dated before what it answers.

use super::days::is_before;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::{Event, Relation, Summary};
use crate::resolve::Site;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    for (at, summary) in site.documents.iter().enumerate().filter(|(_, summary)| !summary.page) {
        for (relation, id) in &summary.front.relations {
            let Some(other) = site.routes.by_id.get(&id.value.0).filter(|other| other.at() != at) else { continue };
            let other = &site.documents[other.at()];
            let (reply, letter) = match relation {
                Relation::RepliesTo => (summary, other),
                // Said from both ends it is found once, at the reply.
                Relation::AnsweredBy if !says(other, Relation::RepliesTo, summary) => (other, summary),
                _ => continue,
            };
            let (Some(answered), Some(written)) = (written(reply), written(letter)) else { continue };
            let (Some(reply_date), Some(letter_date)) = (&answered.date, &written.date) else { continue };
            if is_before(reply_date, letter_date) {
                findings.push(
                    Diagnostic::new(
                        Code::ReplyBeforeLetter,
                        format!("this reply is dated `{}`, what it answers `{}`", reply_date.printed, letter_date.printed),
                        Label::new(&reply.file, answered.span),
                    )
                    .also(Label::new(&letter.file, written.span).saying("what it answers"))
                    .help("correct one of the dates, or the relation"),
                );
            }
        }
    }
}

fn says(summary: &Summary, relation: Relation, other: &Summary) -> bool {
    summary.front.relations.iter().any(|(own, id)| *own == relation && id.value == other.front.id.value)
}

/// When it was written, else sent.
fn written(summary: &Summary) -> Option<&Event> {
    [&summary.front.written, &summary.front.sent].into_iter().flatten().find(|event| event.date.is_some())
}
