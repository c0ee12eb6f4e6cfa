//! `ibid serve`: a preview that follows the editor's hand.

use crate::resolve::Drafts;
use crate::serve::{Options, run as serve};
use crate::tell;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `ibid serve` is asked.
#[derive(Debug, Clone, Args)]
#[command(
    about = "Show the edition in a browser while you write",
    after_help = "Examples:\n  ibid serve\n  ibid serve --open\n  ibid serve --root my-edition --port 8000\n\nOnly this computer can see the preview. It writes nothing; `ibid build` makes the site."
)]
pub struct ServeArgs {
    /// The edition's folder, the one that holds `content` (for example: --root my-edition)
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Port to listen on; when it is taken, the next free one (for example: --port 8000)
    #[arg(long, value_name = "PORT", default_value_t = 4242)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Leave out drafts, as `build` does
    #[arg(long)]
    no_drafts: bool,
}

/// Serves until the program is ended. The exit status is 2 when it cannot begin or go on.
#[must_use]
pub fn run(args: &ServeArgs) -> ExitCode {
    if let Err(message) = super::place::check(&args.root) {
        tell!("error: {message}");
        return ExitCode::from(2);
    }
    let drafts = if args.no_drafts { Drafts::LeftOut } else { Drafts::Shown };
    let options = Options { root: &args.root, port: args.port, drafts, open: args.open };
    let Err(message) = serve(&options);
    tell!("error: {message}");
    ExitCode::from(2)
}
