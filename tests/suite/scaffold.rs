//! The edition that `ibid new` makes, and its workflow: what is embedded is the folder, nothing is found in it, each step of the workflow does
//! what it says when its own command is run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/command/new/edition")
}

#[test]
fn the_embedded_edition_is_the_folder() {
    fn walk(folder: &Path, base: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the edition is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                walk(&path, base, found);
            } else {
                found.push(path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut on_disk = Vec::new();
    walk(&folder(), &folder(), &mut on_disk);
    on_disk.sort();
    let embedded: Vec<String> = ibid::command::new::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(embedded, on_disk);
}

#[test]
fn nothing_is_found_in_a_new_edition() {
    crate::sites::build_clean(&folder());
}

/// The part of a workflow that a machine runs.
#[derive(serde::Deserialize)]
pub struct Workflow {
    pub permissions: BTreeMap<String, String>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    pub jobs: BTreeMap<String, Job>,
}

#[derive(serde::Deserialize)]
pub struct Job {
    #[serde(default)]
    pub permissions: BTreeMap<String, String>,
    pub steps: Vec<Step>,
}

#[derive(serde::Deserialize)]
pub struct Step {
    #[serde(default)]
    pub name: String,
    pub uses: Option<String>,
    pub run: Option<String>,
    #[serde(rename = "if")]
    pub condition: Option<String>,
    #[serde(default)]
    pub with: BTreeMap<String, serde_json::Value>,
}

pub fn workflow(path: &Path) -> Workflow {
    let text = std::fs::read_to_string(path).expect("the workflow is there");
    ibid::formats::yaml::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn workflows() -> Vec<(PathBuf, Workflow)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let paths = ["ci.yml", "release.yml"].map(|name| own.join(name)).into_iter().chain([folder().join("github/workflows/pages.yml")]);
    paths.map(|path| (path.clone(), workflow(&path))).collect()
}

/// What each workflow may do, and at which commits the actions stand.
#[test]
fn workflows_have_few_rights_and_fixed_actions() {
    let mut rights = Vec::new();
    for (path, workflow) in workflows() {
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        rights.push(format!("{file}: {:?}", workflow.permissions));
        for (name, job) in &workflow.jobs {
            if !job.permissions.is_empty() {
                rights.push(format!("{file}, {name}: {:?}", job.permissions));
            }
            for uses in job.steps.iter().filter_map(|step| step.uses.as_ref()) {
                let commit = uses.split('@').nth(1).unwrap_or_default();
                assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{file}: {uses} is not fixed");
            }
        }
    }
    let expected = [
        r#"ci.yml: {"contents": "read"}"#,
        r#"release.yml: {"contents": "read"}"#,
        r#"release.yml, build: {"attestations": "write", "contents": "read", "id-token": "write"}"#,
        r#"release.yml, publish: {"contents": "write"}"#,
        r#"pages.yml: {"contents": "read"}"#,
        r#"pages.yml, deploy: {"id-token": "write", "pages": "write"}"#,
    ];
    assert_eq!(rights, expected);
}
