//! YAML without places: the door to serde's YAML, for what programs write and the makers of themes read (manifests, interface words),
//! and for printing. What an editor types goes through `parse::yaml`, which knows where each word stands.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Why a text is no YAML of the wanted form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// In the parser's words.
    pub message: String,
    /// From 1; 0 when the place is not known.
    pub line: usize,
    /// From 1, in characters; 0 when the place is not known.
    pub column: usize,
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.line > 0 {
            write!(f, " (line {}, column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for YamlError {}

/// Reads a text into a typed value.
///
/// # Errors
/// When the text is no YAML or not of the type's form.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, YamlError> {
    serde_yaml::from_str(text).map_err(|error| {
        let place = error.location();
        let message = error.to_string();
        // The place stands in the fields; the parser's own " at line 3 column 5" would say it twice.
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        YamlError { message, line: place.as_ref().map_or(0, |place| place.line()), column: place.map_or(0, |place| place.column()) }
    })
}

/// Prints a value as YAML.
///
/// # Errors
/// When the value has a form that YAML cannot hold, such as a map with a list as a key.
pub fn print<T: Serialize>(value: &T) -> Result<String, YamlError> {
    serde_yaml::to_string(value).map_err(|error| YamlError { message: error.to_string(), line: 0, column: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_printed_reads_the_same() {
        let value = BTreeMap::from([("title".to_owned(), "Letter: a draft".to_owned()), ("yes".to_owned(), "no".to_owned())]);
        let text = print(&value).expect("a map of texts prints");
        assert_eq!(text, "title: 'Letter: a draft'\nyes: no\n");
        assert_eq!(read::<BTreeMap<String, String>>(&text), Ok(value));
    }

    #[test]
    fn an_error_has_its_place() {
        let error = read::<BTreeMap<String, String>>("a: b\nc: [").expect_err("the bracket is not closed");
        assert_eq!((error.line, error.column > 0), (2, true), "{error}");
    }
}
