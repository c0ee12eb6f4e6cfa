//! Templates: the door to Tera. A template sees `edition`, `words` and `page` and nothing else.

use super::page_input::{EditionInput, PageInput};
use crate::model::theme::Theme;
use tera::{Context, Tera};

/// The templates of a theme with what all pages share.
#[derive(Clone)]
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// Compiles a theme's templates.
    ///
    /// # Errors
    /// The compiler's report, with template, line and column.
    pub fn compile(theme: &Theme, edition: &EditionInput) -> Result<Self, String> {
        let mut tera = Tera::new();
        tera.add_raw_templates(theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(|error| report(&error))?;
        tera.global_context().insert("edition", edition);
        tera.global_context().insert("words", &theme.words);
        Ok(Self { tera })
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// The engine's report, with template, line and column.
    pub fn page(&self, page: &PageInput) -> Result<Vec<u8>, String> {
        let mut context = Context::new();
        context.insert("page", page);
        let mut html = Vec::with_capacity(16 * 1024);
        self.tera.render_to(&format!("{}.html", page.kind), &context, &mut html).map_err(|error| report(&error))?;
        Ok(html)
    }
}

fn report(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(&format!("\n{inner}"));
        source = inner.source();
    }
    text
}
