//! Opening the reader's browser: its door.

/// Opens the browser at `address`.
///
/// # Errors
/// Why no browser could be opened.
pub fn open(address: &str) -> Result<(), String> {
    open::that_detached(address).map_err(|error| error.to_string())
}
