//! Words for the terminal. A reader who has seen enough, as in `ibid import … | head`, is no fault: what is still said goes nowhere, and the work
//! goes on to its end.

use std::fmt::Display;
use std::io::{Error, ErrorKind, Result, Write};
use std::process::ExitCode;

/// Says something on standard output, without a line end of its own. If it cannot be said for another reason than a closed pipe, as on a full
/// disk, the program says why and ends with status 2.
pub fn out(words: impl Display) {
    if let Err(error) = put(std::io::stdout().lock(), words)
        && unsaid(&error) != ExitCode::SUCCESS
    {
        std::process::exit(2);
    }
}

/// The exit status of a program that could not say all on standard output; the reason is told unless the reader went away.
#[must_use]
pub fn unsaid(error: &Error) -> ExitCode {
    if error.kind() == ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    err(format_args!("error: nothing can be written to standard output: {error}\n"));
    ExitCode::from(2)
}

/// Says something on standard error, without a line end of its own; where nobody listens, nothing else could be told either.
pub fn err(words: impl Display) {
    drop(put(std::io::stderr().lock(), words));
}

fn put(mut stream: impl Write, words: impl Display) -> Result<()> {
    write!(stream, "{words}")?;
    stream.flush()
}

/// A line on standard output, as with `println!`.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => { $crate::base::say::out(format_args!("{}\n", format_args!($($words)*))) };
}

/// A line on standard error, as with `eprintln!`.
#[macro_export]
macro_rules! tell {
    ($($words:tt)*) => { $crate::base::say::err(format_args!("{}\n", format_args!($($words)*))) };
}
