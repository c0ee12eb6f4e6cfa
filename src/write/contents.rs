//! Values of the record that are read one by one, when somebody asks: front matter, notes, lists of all documents. New ones are added at the end
//! of the file, so that a build that dies leaves what the last one wrote; when most of it is no longer needed, it is written anew.

use super::record::{self, CONTENTS};
use super::say;
use crate::base::later::Later;
use crate::formats::record::{pack, unpack};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    at: u64,
    length: u32,
}

impl Chunk {
    /// Its length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        u64::from(self.length)
    }
}

/// The values of the last build.
#[derive(Debug)]
pub struct Contents {
    file: Mutex<File>,
    length: u64,
    damaged: AtomicBool,
}

impl Contents {
    /// Opens the values in an output folder; `None` when there are none.
    #[must_use]
    pub fn open(output: &Path) -> Option<Arc<Self>> {
        let file = File::open(record::placed(output, CONTENTS)).ok()?;
        let length = file.metadata().ok()?.len();
        Some(Arc::new(Self { file: Mutex::new(file), length, damaged: AtomicBool::new(false) }))
    }

    /// Bytes of the file.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether a value was asked for and was not there as it was written: then nothing that was made with it counts.
    #[must_use]
    pub fn are_damaged(&self) -> bool {
        self.damaged.load(Ordering::SeqCst)
    }

    /// A value that is read when somebody asks; the empty one when it is damaged.
    pub fn later<T>(self: &Arc<Self>, chunk: Chunk) -> Arc<Later<T>>
    where
        T: DeserializeOwned + Default + Send + Sync + 'static,
    {
        let contents = Arc::clone(self);
        Arc::new(Later::when_asked(move || contents.get(chunk)))
    }

    fn get<T: DeserializeOwned + Default>(&self, chunk: Chunk) -> T {
        self.read(chunk).unwrap_or_default()
    }

    /// A value that is needed at once; `None` when it is damaged.
    pub fn read<T: DeserializeOwned>(&self, chunk: Chunk) -> Option<T> {
        let value = self.bytes(chunk).and_then(|bytes| unpack(&bytes));
        if value.is_none() {
            self.damaged.store(true, Ordering::SeqCst);
        }
        value
    }

    fn bytes(&self, chunk: Chunk) -> Option<Vec<u8>> {
        if chunk.at.checked_add(chunk.length()).is_none_or(|end| end > self.length) {
            return None;
        }
        let mut bytes = vec![0; chunk.length as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(chunk.at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// The values of this build while they are written.
pub struct Filling {
    file: BufWriter<File>,
    at: u64,
}

impl Filling {
    /// Goes on after `before` bytes of the last build's values; with 0 a new file is begun, which takes its place with the site.
    ///
    /// # Errors
    /// The file that could not be written, in words.
    pub(super) fn begin(output: &Path, before: u64) -> Result<Self, String> {
        let new = record::prepared(output, CONTENTS);
        if before > 0 {
            // A new file that a dead build left must not take the place of the one that is gone on with.
            match std::fs::remove_file(&new) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(say(&new, &error)),
                _ => {}
            }
        }
        let path = if before > 0 { record::placed(output, CONTENTS) } else { new };
        let open = File::options().write(true).create(true).truncate(before == 0).open(&path);
        let mut file = open.map_err(|error| say(&path, &error))?;
        file.seek(SeekFrom::Start(before)).map_err(|error| say(&path, &error))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), at: before })
    }

    /// Adds a value.
    ///
    /// # Errors
    /// Why it could not be written, in words.
    pub fn put<T: Serialize>(&mut self, value: &T) -> Result<Chunk, String> {
        self.add(&pack(value)?)
    }

    /// Adds a value that is packed.
    ///
    /// # Errors
    /// Why it could not be written, in words.
    pub fn add(&mut self, bytes: &[u8]) -> Result<Chunk, String> {
        let length = u32::try_from(bytes.len()).map_err(|_| "a value of the record is larger than 4 GiB".to_owned())?;
        self.file.write_all(bytes).map_err(|error| say(Path::new(CONTENTS), &error))?;
        let chunk = Chunk { at: self.at, length };
        self.at += chunk.length();
        Ok(chunk)
    }

    /// Ends the file; its length.
    ///
    /// # Errors
    /// Why it could not be written, in words.
    pub fn end(mut self) -> Result<u64, String> {
        self.file.flush().map_err(|error| say(Path::new(CONTENTS), &error))?;
        Ok(self.at)
    }
}
