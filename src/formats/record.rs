//! The record of the last build as bytes: a head that names the form, then the value. The door to the compact serialiser.

use crate::base::digest::Digest;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// First bytes of every part of the record; another form has another number.
const HEAD: &[u8] = b"ibid record 2\n";

/// Bytes of the digest before a packed value.
const CHECK: usize = 8;

/// A value as bytes, with a digest of them, so that a damaged record is noticed.
///
/// # Errors
/// The serialiser's, in words.
pub fn print<T: Serialize>(value: &T) -> Result<Vec<u8>, String> {
    let body = postcard::to_allocvec(value).map_err(|error| error.to_string())?;
    let mut bytes = Vec::with_capacity(HEAD.len() + 16 + body.len());
    bytes.extend_from_slice(HEAD);
    bytes.extend_from_slice(Digest::of(&body).bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// The value again; `None` when the bytes are of another form, cut or damaged.
#[must_use]
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let rest = bytes.strip_prefix(HEAD)?;
    let (digest, body) = rest.split_at_checked(16)?;
    if Digest::of(body).bytes().as_slice() != digest {
        return None;
    }
    postcard::from_bytes(body).ok()
}

/// A value as bytes that stand among others: eight bytes of their digest, then the value.
///
/// # Errors
/// The serialiser's, in words.
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, String> {
    let body = postcard::to_extend(value, vec![0; CHECK]).map_err(|error| error.to_string())?;
    let check = Digest::of(&body[CHECK..]);
    let mut bytes = body;
    bytes[..CHECK].copy_from_slice(&check.bytes()[..CHECK]);
    Ok(bytes)
}

/// The packed value again; `None` when the bytes are damaged.
#[must_use]
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (check, body) = bytes.split_at_checked(CHECK)?;
    if Digest::of(body).bytes()[..CHECK] != *check {
        return None;
    }
    postcard::from_bytes(body).ok()
}

/// A value as bytes that never leave the program.
///
/// # Panics
/// When the value has no such form, which the derived ones all have.
#[must_use]
pub fn fold<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("a value of the model has a compact form")
}

/// The folded value again.
///
/// # Panics
/// When the bytes are not from [`fold`].
#[must_use]
pub fn unfold<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).expect("what was folded can be unfolded")
}

#[cfg(test)]
mod tests {
    use super::{pack, print, read, unpack};

    #[test]
    fn damage_is_noticed() {
        let mut bytes = print(&vec!["a".to_owned(), "b".to_owned()]).expect("plain data");
        assert_eq!(read::<Vec<String>>(&bytes), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read::<Vec<String>>(&bytes[..bytes.len() - 1]), None);
        *bytes.last_mut().expect("not empty") ^= 1;
        assert_eq!(read::<Vec<String>>(&bytes), None);
        assert_eq!(read::<Vec<String>>(b"ibid manifest 1\n"), None);
        let mut bytes = pack(&7_u32).expect("plain data");
        assert_eq!((unpack::<u32>(&bytes), unpack::<u32>(&bytes[..3])), (Some(7), None));
        *bytes.last_mut().expect("not empty") ^= 1;
        assert_eq!(unpack::<u32>(&bytes), None);
    }
}
