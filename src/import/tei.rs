//! TEI P5 → documents.

use super::{Imported, Original, Report, Shelf, Sort};

/// Reads one file.
pub fn read(original: &Original, _shelf: &mut Shelf, report: &mut Report, _imported: &mut Imported) {
    report.say(Sort::Broken, "TEI is not read yet", &original.name, 0, "");
}
