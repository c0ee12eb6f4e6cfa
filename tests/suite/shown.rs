//! Values of the model as a person reads them: made from their `Debug` form, without what is absent, spans as the words they cover.

/// A value as `Debug` prints it.
enum Shape {
    Word(String),
    /// Name (may be empty), fields by name.
    Fields(String, Vec<(String, Shape)>),
    /// Name (may be empty), items.
    Items(String, Vec<Shape>),
    /// Key and value.
    Pairs(Vec<(Shape, Shape)>),
}

/// Prints `value`, whose spans are of `text`.
pub fn shown(value: &impl std::fmt::Debug, text: &str) -> String {
    let printed = format!("{value:?}");
    let mut rest = printed.as_str();
    let shape = read(&mut rest);
    assert!(rest.is_empty(), "not read: {rest}");
    let mut out = String::new();
    print(&shape, text, 0, &mut out);
    out
}

fn skip(rest: &mut &str, mark: &str) -> bool {
    match rest.trim_start().strip_prefix(mark) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

fn read(rest: &mut &str) -> Shape {
    *rest = rest.trim_start();
    if rest.starts_with('"') || rest.starts_with('\'') {
        let mark = rest.chars().next().expect("not empty");
        let mut escaped = false;
        let end = rest[1..].find(|letter| {
            let ends = letter == mark && !escaped;
            escaped = letter == '\\' && !escaped;
            ends
        });
        let (word, after) = rest.split_at(end.expect("a text ends") + 2);
        *rest = after;
        return Shape::Word(word.to_owned());
    }
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+'))).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after;
    if skip(rest, "(") {
        return Shape::Items(name.to_owned(), items(rest, ")"));
    }
    if skip(rest, "[") {
        return Shape::Items(name.to_owned(), items(rest, "]"));
    }
    if !skip(rest, "{") {
        return Shape::Word(name.to_owned());
    }
    let mut fields = Vec::new();
    let mut pairs = Vec::new();
    while !skip(rest, "}") {
        let key = read(rest);
        assert!(skip(rest, ":"), "no colon: {rest}");
        let value = read(rest);
        match key {
            Shape::Word(word) if !word.starts_with('"') => fields.push((word, value)),
            key => pairs.push((key, value)),
        }
        skip(rest, ",");
    }
    if fields.is_empty() && name.is_empty() { Shape::Pairs(pairs) } else { Shape::Fields(name.to_owned(), fields) }
}

fn items(rest: &mut &str, end: &str) -> Vec<Shape> {
    let mut items = Vec::new();
    while !skip(rest, end) {
        items.push(read(rest));
        skip(rest, ",");
    }
    items
}

fn field<'a>(fields: &'a [(String, Shape)], name: &str) -> Option<&'a Shape> {
    fields.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

fn covered(shape: &Shape, text: &str) -> Option<String> {
    let Shape::Fields(name, fields) = shape else { return None };
    let number = |name: &str| match field(fields, name) {
        Some(Shape::Word(word)) => word.parse::<usize>().ok(),
        _ => None,
    };
    if name != "Span" {
        return None;
    }
    let (start, end) = (number("start")?, number("end")?);
    let words = text.get(start..end).unwrap_or("OUTSIDE THE FILE");
    let lines = words.trim_end().lines().count();
    Some(if lines > 1 {
        format!("⟨{} … {} lines⟩", words.lines().next().unwrap_or_default(), lines)
    } else {
        format!("⟨{words}⟩")
    })
}

/// On one line, where a value fits there; `None` for what is absent.
fn short(shape: &Shape, text: &str) -> Option<String> {
    if let Some(words) = covered(shape, text) {
        return Some(words);
    }
    match shape {
        Shape::Word(word) => Some(word.clone()),
        Shape::Items(name, items) if name == "Some" || name == "ContentPath" || name == "DocumentId" => short(items.first()?, text),
        Shape::Fields(name, fields) if name == "Spanned" => {
            let value = short(field(fields, "value")?, text)?;
            let place = covered(field(fields, "span")?, text)?;
            Some(if place == format!("⟨{}⟩", value.trim_matches('"')) { value } else { format!("{value} {place}") })
        }
        // The reader of dates has its own cases; here only which words reached it.
        Shape::Fields(name, fields) if name == "Date" => Some(format!("date {}", short(field(fields, "printed")?, text)?)),
        Shape::Items(name, items) if items.len() == 1 || name.is_empty() => {
            let words = items.iter().map(|item| short(item, text)).collect::<Option<Vec<_>>>()?.join(", ");
            (words.chars().count() < 90).then(|| if name.is_empty() { format!("[{words}]") } else { format!("{name}({words})") })
        }
        _ => None,
    }
}

fn absent(shape: &Shape) -> bool {
    match shape {
        Shape::Word(word) => matches!(word.as_str(), "None" | "false" | "\"\""),
        Shape::Items(name, items) => {
            name.is_empty() && items.is_empty()
                || name == "Some"
                    && items.iter().all(absent)
                    && !items.is_empty()
                    && matches!(items[0], Shape::Word(ref word) if word == "None")
        }
        Shape::Pairs(pairs) => pairs.is_empty(),
        Shape::Fields(name, fields) => name == "Spanned" && field(fields, "value").is_some_and(absent),
    }
}

fn print(shape: &Shape, text: &str, depth: usize, out: &mut String) {
    let lead = "  ".repeat(depth);
    if let Some(line) = short(shape, text) {
        out.push_str(&format!("{lead}{line}\n"));
        return;
    }
    let named = |name: &str, value: &Shape, out: &mut String| match short(value, text) {
        Some(line) => out.push_str(&format!("{lead}{name}: {line}\n")),
        None => {
            out.push_str(&format!("{lead}{name}:\n"));
            print(value, text, depth + 1, out);
        }
    };
    match shape {
        Shape::Fields(_, fields) => fields.iter().filter(|(_, value)| !absent(value)).for_each(|(name, value)| named(name, value, out)),
        Shape::Pairs(pairs) => pairs.iter().for_each(|(key, value)| named(&short(key, text).unwrap_or_default(), value, out)),
        Shape::Items(name, items) if name == "Some" => items.iter().for_each(|item| print(item, text, depth, out)),
        Shape::Items(_, items) => {
            for item in items {
                let mut inner = String::new();
                print(item, text, depth + 1, &mut inner);
                let first = inner.trim_start();
                out.push_str(&format!("{lead}- {first}"));
            }
        }
        Shape::Word(word) => out.push_str(&format!("{lead}{word}\n")),
    }
}
