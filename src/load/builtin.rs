//! The built-in themes, embedded in the program so that an edition needs no theme folder.
//!
//! A test compares the list with the `themes` folder.

macro_rules! embed {
    ($($path:literal)*) => {
        /// Files of the built-in themes by path under `themes/`, in order.
        pub const FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/", $path)))),*];
    };
}

embed! {
    "broadside/static/tokens.css"
    "broadside/theme.yaml"
    "octavo/static/favicon.svg"
    "octavo/static/fonts/OFL.txt"
    "octavo/static/fonts/README.md"
    "octavo/static/fonts/cyrillic-italic.woff2"
    "octavo/static/fonts/cyrillic.woff2"
    "octavo/static/fonts/latin-ext-italic.woff2"
    "octavo/static/fonts/latin-ext.woff2"
    "octavo/static/fonts/latin-italic.woff2"
    "octavo/static/fonts/latin.woff2"
    "octavo/static/lists.css"
    "octavo/static/notes.js"
    "octavo/static/site.js"
    "octavo/static/style.css"
    "octavo/templates/base.html"
    "octavo/templates/bibliography.html"
    "octavo/templates/chronology.html"
    "octavo/templates/cite.html"
    "octavo/templates/correspondence.html"
    "octavo/templates/correspondences.html"
    "octavo/templates/document.html"
    "octavo/templates/entity.html"
    "octavo/templates/home.html"
    "octavo/templates/not_found.html"
    "octavo/templates/notes.html"
    "octavo/templates/page.html"
    "octavo/templates/parts.html"
    "octavo/templates/redirect.html"
    "octavo/templates/register.html"
    "octavo/templates/review.html"
    "octavo/templates/source.html"
    "octavo/templates/this_day.html"
    "octavo/templates/wanted.html"
    "octavo/templates/withdrawn.html"
    "octavo/templates/work.html"
    "octavo/theme.yaml"
    "octavo/words/de.yaml"
    "octavo/words/en.yaml"
    "octavo/words/fr.yaml"
    "octavo/words/phrases/de.yaml"
    "octavo/words/phrases/en.yaml"
    "octavo/words/phrases/fr.yaml"
    "octavo/words/phrases/ru.yaml"
    "octavo/words/ru.yaml"
}
