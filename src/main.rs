//! The program `ibid`. Everything is in the library, so that tests can reach it.

use std::process::ExitCode;

/// Threads that render pages do not wait for each other here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Enough for texts nested as deep as is allowed; what the system gives the first thread may be a fraction of it.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    match std::thread::Builder::new().stack_size(STACK).spawn(ibid::cli::main).map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status,
        // The thread has said why.
        Ok(Err(_)) => ExitCode::from(2),
        Err(error) => {
            ibid::tell!("error: the program could not begin: {error}");
            ExitCode::from(2)
        }
    }
}
