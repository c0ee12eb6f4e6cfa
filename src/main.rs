//! The program `ibid`. Everything is in the library, so that tests can reach it.

use std::process::ExitCode;

/// Threads that render pages do not wait for each other here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ibid::cli::main()
}
