//! A document with its fields filled in, and an id that can stay: day, writer, recipient.

use super::quoted;
use crate::base::{slug, suggest};
use crate::load::{self, Inputs};
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::entity::Entity;
use crate::model::theme::Words;
use crate::parse::date::{DateContext, Language};
use crate::parse::{self, Parsed};
use crate::render::date_words;
use crate::write::fresh;
use clap::Args;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is known of the document.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ibid new document --kind letter --from lenin --to stalin --date \"April 24, 1922\"\n  ibid new document --kind telegram --from \"Frank L. Polk\" --date 1918-12-03 --by \"A. Smith\"\n  ibid new document --title \"Minutes of the first meeting\" --kind minutes"
)]
pub struct DocumentArgs {
    /// What it is (for example: --kind telegram)
    #[arg(long, value_name = "KIND", default_value = "letter")]
    kind: String,
    /// Who wrote it: an id of a register or a name; may stand several times (for example: --from lenin)
    #[arg(long, value_name = "WHO")]
    from: Vec<String>,
    /// To whom; may stand several times (for example: --to "Frank L. Polk")
    #[arg(long, value_name = "WHO")]
    to: Vec<String>,
    /// When, as printed or in EDTF (for example: --date "November 7 (20), 1912")
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Its title; otherwise it is made from the names (for example: --title "Minutes of the first meeting")
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Who transcribes it (for example: --by "A. Smith")
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Its permanent name; otherwise it is made from day and names (for example: --id 1922-04-24-lenin-stalin)
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The edition's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

/// Writes the document and says where.
pub(super) fn make(args: &DocumentArgs) -> Result<String, String> {
    crate::command::place::check(&args.root)?;
    let inputs = load::load(&args.root).value;
    if inputs.content.is_empty() {
        return Err(format!("`{}` holds no edition: there is no `content/`. Name its folder with `--root`", args.root.display()));
    }
    let parsed = parse::parse(&inputs).value;
    let config = &parsed.edition.config;
    let words = words(&inputs, &parsed);
    check_kind(&args.kind, config, &words)?;
    let from = args.from.iter().map(|who| Party::read(&parsed, who, "--from")).collect::<Result<Vec<_>, _>>()?;
    let to = args.to.iter().map(|who| Party::read(&parsed, who, "--to")).collect::<Result<Vec<_>, _>>()?;
    let date = args.date.as_deref().map(|date| read_date(&parsed, date)).transpose()?;
    let title = match &args.title {
        Some(title) => title.clone(),
        None => title_of(&words, &kind_name(&args.kind, &parsed.edition.config, &words), &from, &to)?,
    };
    let id = id_of(args, &parsed, date.as_ref(), &from, &to, &title)?;
    let text = text(args, &id, &title, &from, &to);
    let path = format!("content/documents/{id}.md");
    let made = fresh::make(&args.root, &[(path.clone(), text.into_bytes())])?;
    if !made.kept.is_empty() {
        return Err(format!("`{path}` is there already; nothing was changed. Give another `--id`"));
    }
    Ok(format!("{path}: a draft. Type the text under its fields; take out `status: draft` when it may be published"))
}

/// A kind may be a word of the editors' own, but not a slip of the pen.
fn check_kind(kind: &str, config: &Config, words: &Words) -> Result<(), String> {
    if !slug::is_id(kind) {
        return Err(format!("`--kind` takes one word in small letters, but is `{kind}`; for instance `letter`"));
    }
    let known = words.0.keys().filter_map(|key| key.strip_prefix("kind_")).chain(config.kinds.keys().map(String::as_str));
    match suggest::nearest(kind, known) {
        Some(near) if near != kind && !config.kinds.contains_key(kind) => Err(format!(
            "there is no kind `{kind}`. Did you mean `{near}`? A kind of your own is listed under `kinds` in content/edition.yaml"
        )),
        _ => Ok(()),
    }
}

/// A person or body of the command line.
struct Party<'a> {
    /// As it will stand in the document.
    typed: String,
    entity: Option<&'a Entity>,
}

impl<'a> Party<'a> {
    /// An id must be in a register; a name that a register has is replaced by its id.
    fn read(parsed: &'a Parsed, typed: &str, option: &str) -> Result<Self, String> {
        let entities = parsed.edition.entities.get();
        if slug::is_id(typed) && typed != "unknown" {
            let Some(entity) = entities.get(typed) else {
                let near = suggest::nearest(typed, entities.keys().map(String::as_str));
                let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
                return Err(format!(
                    "no register has the id `{typed}` of `{option}`.{near} Add it to content/registers/, or give the name with a capital letter"
                ));
            };
            return Ok(Self { typed: typed.to_owned(), entity: Some(entity) });
        }
        let mut named = entities.values().filter(|entity| entity.name == typed || entity.aliases.iter().any(|alias| alias == typed));
        match (named.next(), named.next()) {
            (Some(entity), None) => Ok(Self { typed: entity.id.clone(), entity: Some(entity) }),
            _ => Ok(Self { typed: typed.to_owned(), entity: None }),
        }
    }

    fn name(&self) -> &str {
        self.entity.map_or(&self.typed, |entity| &entity.name)
    }

    /// For the id of a document: the id of the register, or the surname.
    fn short(&self) -> String {
        match self.entity {
            Some(entity) => entity.id.clone(),
            None => slug::slug(self.typed.split(',').next().unwrap_or_default().split_whitespace().last().unwrap_or_default()),
        }
    }
}

fn read_date(parsed: &Parsed, typed: &str) -> Result<Date, String> {
    let config = &parsed.edition.config;
    let context = DateContext { language: Language::of_tag(&config.language), calendar: config.calendar, ..DateContext::default() };
    parse::date::read(typed, &context)
        .date
        .ok_or_else(|| format!("the date `{typed}` cannot be read; `ibid date \"{typed}\"` says more. It may also be left out"))
}

fn words(inputs: &Inputs, parsed: &Parsed) -> Words {
    parse::theme::read(&parsed.edition.config, &inputs.themes, load::builtin::FILES).value.words
}

/// A kind in words.
fn kind_name(kind: &str, config: &Config, words: &Words) -> String {
    let key = format!("kind_{kind}");
    let known = Some(words.get(&key)).filter(|word| *word != key);
    config.kinds.get(kind).map(String::as_str).or(known).unwrap_or(kind).to_owned()
}

/// "Lenin to Stalin", "Petrograd Soviet: Order". The day stands beside the title in every list and citation, so it is not in it.
fn title_of(words: &Words, kind: &str, from: &[Party<'_>], to: &[Party<'_>]) -> Result<String, String> {
    let names = |parties: &[Party<'_>]| parties.iter().map(Party::name).collect::<Vec<_>>().join(", ");
    match (names(from), names(to)) {
        (from, to) if from.is_empty() && to.is_empty() => Err("a document needs a title: give `--title`, or `--from` and `--to`".into()),
        (from, to) if to.is_empty() => Ok(format!("{from}: {kind}")),
        (from, to) if from.is_empty() => Ok(words.fill("to_names", &[("names", &to)])),
        (from, to) => Ok(words.fill("from_to", &[("from", &from), ("to", &to)])),
    }
}

/// Day, writer and recipient; a number behind it where that is taken.
fn id_of(
    args: &DocumentArgs,
    parsed: &Parsed,
    date: Option<&Date>,
    from: &[Party<'_>],
    to: &[Party<'_>],
    title: &str,
) -> Result<String, String> {
    let taken: BTreeSet<String> = parsed
        .documents
        .iter()
        .filter(|document| !document.summary.page)
        .flat_map(|document| [document.summary.front.id.value.0.clone(), document.summary.file.stem().to_owned()])
        .collect();
    if let Some(id) = &args.id {
        if !slug::is_id(id) {
            return Err(format!("an id has only small letters a–z, digits and hyphens; `{}` would do", slug::slug(id)));
        }
        return if taken.contains(id) { Err(format!("the id `{id}` is taken by another document")) } else { Ok(id.clone()) };
    }
    let day = date.and_then(date_words::machine).or_else(|| date.and_then(Date::placed).map(|day| day.year().to_string()));
    let mut parts: Vec<String> = day.into_iter().collect();
    parts.extend([from.first(), to.first()].into_iter().flatten().map(Party::short).filter(|part| !part.is_empty()));
    if from.is_empty() && to.is_empty() {
        parts.push(slug::slug(title).split('-').take(6).collect::<Vec<_>>().join("-"));
    }
    let id = parts.join("-");
    let id = if slug::is_id(&id) { id } else { "document".to_owned() };
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| !taken.contains(id));
    free.ok_or_else(|| "no id is free".into())
}

fn text(args: &DocumentArgs, id: &str, title: &str, from: &[Party<'_>], to: &[Party<'_>]) -> String {
    let mut lines = vec!["---".to_owned(), format!("id: {id}"), format!("kind: {}", args.kind), format!("title: {}", quoted(title))];
    for (field, parties) in [("author", from), ("to", to)] {
        let typed: Vec<String> = parties.iter().map(|party| quoted(&party.typed)).collect();
        match typed.as_slice() {
            [] => {}
            [one] => lines.push(format!("{field}: {one}")),
            several => lines.push(format!("{field}: [{}]", several.join(", "))),
        }
    }
    lines.extend(args.date.as_ref().map(|date| format!("date: {}", quoted(date))));
    lines.push("# source: { work: key-of-the-bibliography, pages: \"12-13\" }".into());
    lines.extend(args.by.as_ref().map(|who| format!("responsibility: {{ who: {}, did: transcribed }}", quoted(who))));
    lines.extend(["status: draft", "---", "", "The text.", ""].map(str::to_owned));
    lines.join("\n")
}
