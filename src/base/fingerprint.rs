//! Digests of values: two values have one digest when a person who prints them as data sees no difference. Places in files do not count.

use super::digest::Digest;
use serde::ser::{self, Serialize};
use std::fmt;

/// The digest of what `value` says. Every type that is part of it must serialise without failing; maps must be ordered.
#[must_use]
pub fn of<T: Serialize + ?Sized>(value: &T) -> Digest {
    let mut bytes = Vec::with_capacity(512);
    match value.serialize(Printer(&mut bytes)) {
        Ok(()) => Digest::of(&bytes),
        // Counts as always changed rather than as equal to another failure.
        Err(Unprintable(why)) => Digest::of(format!("{why}{:p}", bytes.as_ptr()).as_bytes()),
    }
}

/// Writes values as bytes that no other value of the same type has.
struct Printer<'a>(&'a mut Vec<u8>);

/// A type refused to be serialised.
#[derive(Debug)]
struct Unprintable(String);

impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unprintable {}

impl ser::Error for Unprintable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty)*) => {
        $(fn $method(self, value: $type) -> Result<(), Unprintable> {
            self.0.extend_from_slice(&value.to_le_bytes());
            Ok(())
        })*
    };
}

impl<'a> ser::Serializer for Printer<'a> {
    type Ok = ();
    type Error = Unprintable;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Items<'a>;
    type SerializeStruct = Items<'a>;
    type SerializeStructVariant = Items<'a>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128 serialize_f32 f32 serialize_f64 f64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Unprintable> {
        self.serialize_u8(u8::from(value))
    }

    fn serialize_char(self, value: char) -> Result<(), Unprintable> {
        self.serialize_u32(u32::from(value))
    }

    fn serialize_str(self, value: &str) -> Result<(), Unprintable> {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unprintable> {
        self.0.extend_from_slice(&(value.len() as u64).to_le_bytes());
        self.0.extend_from_slice(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unprintable> {
        self.serialize_u8(0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unprintable> {
        self.0.push(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unprintable> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unprintable> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Unprintable> {
        self.serialize_u32(index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unprintable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unprintable> {
        self.0.extend_from_slice(&index.to_le_bytes());
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Unprintable> {
        Ok(Items(self.0))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Unprintable> {
        Ok(Items(self.0))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Unprintable> {
        Ok(Items(self.0))
    }

    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Items<'a>, Unprintable> {
        self.0.extend_from_slice(&index.to_le_bytes());
        Ok(Items(self.0))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a>, Unprintable> {
        Ok(Items(self.0))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Unprintable> {
        Ok(Items(self.0))
    }

    fn serialize_struct_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Items<'a>, Unprintable> {
        self.0.extend_from_slice(&index.to_le_bytes());
        Ok(Items(self.0))
    }
}

/// Items one after the other: a mark before each, another at the end, so that lists in lists stay apart.
struct Items<'a>(&'a mut Vec<u8>);

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unprintable> {
        self.0.push(1);
        value.serialize(Printer(self.0))
    }

    fn close(self) {
        self.0.push(0);
    }
}

macro_rules! items {
    ($($trait:ident $method:ident)*) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Unprintable;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unprintable> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unprintable> {
                self.close();
                Ok(())
            }
        })*
    };
}

items! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! fields {
    ($($trait:ident)*) => {
        $(impl ser::$trait for Items<'_> {
            type Ok = ();
            type Error = Unprintable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Result<(), Unprintable> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unprintable> {
                self.close();
                Ok(())
            }
        })*
    };
}

fields! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Unprintable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unprintable> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unprintable> {
        value.serialize(Printer(self.0))
    }

    fn end(self) -> Result<(), Unprintable> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::base::span::{Span, Spanned};

    #[test]
    fn equal_words_are_equal_wherever_they_stand() {
        assert_eq!(of(&Spanned::new("a", Span::new(1, 2))), of(&Spanned::new("a", Span::new(7, 8))));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&vec![vec![1_u8], vec![]]), of(&vec![vec![], vec![1_u8]]));
        assert_ne!(of(&Some(0_u8)), of(&None::<u8>));
    }
}
