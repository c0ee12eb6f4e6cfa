//! Fields above a document's text, and entries of registers, as an editor would type them: one line a field, small maps in braces.

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// Named values.
    Map(Fields),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Map(fields)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

/// Named values in the order in which they are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, Value)>);

impl Fields {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field; an empty text or list is no field, and a field that is there already stays.
    pub fn put(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let empty = match &value {
            Value::Text(text) => text.trim().is_empty(),
            Value::List(values) => values.is_empty(),
            Value::Map(fields) => fields.0.is_empty(),
        };
        if !empty && self.get(name).is_none() {
            self.0.push((name.to_owned(), value));
        }
    }

    /// Adds a field when there is a value.
    pub fn put_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// A list of one value is that value.
    pub fn put_list(&mut self, name: &str, mut values: Vec<Value>) {
        match values.len() {
            1 => self.put(name, values.remove(0)),
            _ => self.put(name, Value::List(values)),
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The words of a field.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &(String, Value)> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Longest line of a map or list in braces or brackets, in characters.
const WIDEST: usize = 140;

/// Prints fields as lines of YAML, `indent` blanks before each.
#[must_use]
pub fn print(fields: &Fields, indent: usize) -> String {
    let mut out = String::new();
    for (name, value) in fields.iter() {
        field(name, value, indent, &mut out);
    }
    out
}

fn field(name: &str, value: &Value, indent: usize, out: &mut String) {
    let blanks = " ".repeat(indent);
    let line = format!("{blanks}{}: {}", word(name, false), flow(value, false));
    let long = line.chars().count() > WIDEST;
    match value {
        Value::Map(fields) if long => {
            out.push_str(&format!("{blanks}{}:\n{}", word(name, false), print(fields, indent + 2)));
        }
        // A list of maps reads best with one line for each.
        Value::List(values) if long || values.iter().any(|value| matches!(value, Value::Map(_))) => {
            out.push_str(&format!("{blanks}{}:\n", word(name, false)));
            for value in values {
                entry(value, indent + 2, out);
            }
        }
        _ => {
            out.push_str(&line);
            out.push('\n');
        }
    }
}

fn entry(value: &Value, indent: usize, out: &mut String) {
    let blanks = " ".repeat(indent);
    let line = format!("{blanks}- {}", flow(value, false));
    match value {
        Value::Map(fields) if line.chars().count() > WIDEST => {
            let lines = print(fields, indent + 2);
            out.push_str(&format!("{blanks}- {}", &lines[indent + 2..]));
        }
        _ => {
            out.push_str(&line);
            out.push('\n');
        }
    }
}

fn flow(value: &Value, inside: bool) -> String {
    match value {
        Value::Text(text) => word(text, inside),
        Value::List(values) => format!("[{}]", values.iter().map(|value| flow(value, true)).collect::<Vec<_>>().join(", ")),
        Value::Map(fields) => {
            let inner: Vec<String> = fields.iter().map(|(name, value)| format!("{}: {}", word(name, true), flow(value, true))).collect();
            format!("{{ {} }}", inner.join(", "))
        }
    }
}

/// A word as YAML: plain where any reader of YAML takes it for that text, else in quotation marks.
pub(super) fn word(text: &str, inside: bool) -> String {
    if is_plain(text, inside) { text.to_owned() } else { in_quotes(text) }
}

fn is_plain(text: &str, inside: bool) -> bool {
    let start = text.chars().next().is_some_and(|letter| letter.is_alphanumeric());
    let end = !text.ends_with(|letter: char| letter.is_whitespace() || letter == ':');
    let signs = text.chars().all(|letter| {
        letter.is_alphanumeric()
            || matches!(letter, ' ' | '.' | '-' | '_' | '/' | '(' | ')' | '’' | '‘' | '“' | '”' | '–' | '—' | ';' | '\'' | '&' | '§' | '…')
            || matches!(letter, ':' | '@' | '+' | '#')
            || (!inside && letter == ',')
    });
    let keyword = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    start && end && signs && !keyword && !text.contains(": ") && !text.contains(" #") && !text.contains("  ")
}

fn in_quotes(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() || matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_read_as_an_editor_would_type_them() {
        let mut author = Fields::new();
        author.put("ref", "summers");
        author.put("as", "The Consul General at Moscow (Summers), acting");
        let mut fields = Fields::new();
        fields.put("title", "Telegram #45: “Yes”");
        fields.put("author", author);
        fields.put("written", "December 13, 1917");
        fields.put("keywords", vec!["no", "debts"]);
        fields.put("empty", "");
        let expected = "title: Telegram #45: “Yes”\n".replace("Telegram #45: “Yes”", "\"Telegram #45: “Yes”\"")
            + "author: { ref: summers, as: \"The Consul General at Moscow (Summers), acting\" }\nwritten: December 13, 1917\nkeywords: [\"no\", debts]\n";
        assert_eq!(print(&fields, 0), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1922), ..ProptestConfig::default() })]

        #[test]
        fn any_text_comes_back(text in "\\PC{1,40}", other in "[ -~\n]{1,40}") {
            let mut fields = Fields::new();
            let mut map = Fields::new();
            for text in [&text, &other].into_iter().filter(|text| !text.trim().is_empty()) {
                map.put(if map.is_empty() { "a" } else { "b" }, text.as_str());
            }
            prop_assume!(!map.is_empty());
            fields.put("map", map.clone());
            fields.put_some("plain", map.text("a"));
            let printed = print(&fields, 0);
            let read: std::collections::BTreeMap<String, serde_json::Value> = crate::formats::yaml::read(&printed).expect(&printed);
            // Figures may stay without quotation marks: our own reader keeps their text.
            for (value, text) in [(&read["plain"], map.text("a")), (&read["map"]["a"], map.text("a")), (&read["map"]["b"], map.text("b"))] {
                prop_assert!(value.is_number() || value.as_str() == text, "{}", printed);
            }
        }
    }
}
