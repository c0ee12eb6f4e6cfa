//! The fourth stage: `Site` → artifacts. The only room that knows HTML.

pub mod escape;
pub mod page_input;
