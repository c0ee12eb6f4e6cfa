//! From an empty folder to a site that would be deployed: an editor's commands, a bare repository in the place of the host, and the workflow of
//! the new edition run step by step, each step's own command in the shell that the host would use.
#![cfg(target_os = "linux")]

use crate::scaffold::{Job, workflow};
use crate::transcripts::{home, shell};
use std::path::Path;

/// Runs a command that must end well; what it printed.
fn run(folder: &Path, home: &Path, command: &str) -> String {
    let answer = shell(folder, home, &format!("exec 2>&1; {command}")).output().expect("sh runs");
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(answer.status.success(), "{command}\n{text}");
    text
}

/// A runner of the host: its folders and the variables that steps hand on.
struct Runner<'a> {
    home: &'a Path,
    work: std::path::PathBuf,
    releases: String,
    version: String,
}

impl<'a> Runner<'a> {
    /// A fresh checkout of `reference`, with the depth that the workflow asks for.
    fn checkout(home: &'a Path, job: &Job, reference: &str, name: &str, releases: &str, version: &str) -> Self {
        let depth = job.steps.iter().find_map(|step| step.with.get("fetch-depth")).and_then(serde_json::Value::as_u64);
        assert_eq!(depth, Some(0), "the whole history");
        let work = home.join(name);
        run(
            home,
            home,
            &format!("git clone -q file://{}/host.git {name} && cd {name} && git checkout -q --detach {reference}", home.display()),
        );
        std::fs::create_dir(home.join(format!("{name}-temp"))).expect("a folder for the runner");
        Self { home, work, releases: releases.to_owned(), version: version.to_owned() }
    }

    /// Runs the commands of the steps that this event has; the text of all, and whether all ended well.
    fn run(&self, job: &Job, pull_request: bool) -> (String, bool) {
        let temp = format!("{}-temp", self.work.display());
        let mut said = String::new();
        for step in &job.steps {
            let wanted = match step.condition.as_deref() {
                None => true,
                Some("github.event_name == 'pull_request'") => pull_request,
                Some("github.event_name != 'pull_request'") => !pull_request,
                Some(other) => panic!("a condition this test does not know: {other}"),
            };
            let Some(command) = step.run.as_ref().filter(|_| wanted) else { continue };
            // The host reads what a step has added to this file before the next one.
            let path = std::fs::read_to_string(format!("{temp}/path")).unwrap_or_default().replace('\n', ":");
            let mut bash = shell(&self.work, self.home, "exec 2>&1; exec bash -e -c \"$IBID_STEP\"");
            let rest = "/usr/local/bin:/usr/bin:/bin";
            bash.env("PATH", format!("{path}{}/tools:{rest}", self.home.display()));
            bash.env("RUNNER_TEMP", &temp).env("GITHUB_PATH", format!("{temp}/path"));
            bash.env("IBID_REPOSITORY", "nobody/nothing").env("IBID_VERSION", &self.version).env("IBID_SHA256", "");
            bash.env("IBID_RELEASES", &self.releases).env("IBID_STEP", command);
            let answer = bash.output().expect("bash runs");
            said.push_str(&format!("== {}\n{}", step.name, String::from_utf8_lossy(&answer.stdout)));
            if !answer.status.success() {
                return (said, false);
            }
        }
        (said, true)
    }
}

/// An edition with a history: a branch with a document, merged into `main`, all in a bare repository; a release of ibid beside it.
fn host(home: &Path) -> String {
    run(home, home, "ibid new my-edition && git init -q --bare host.git");
    let edition = home.join("my-edition");
    let commands = [
        "sed -i 's/^# url: .*/url: https:\\/\\/name.github.io\\/perthshire\\//' content/edition.yaml",
        "git init -q && git add . && git commit -q -m 'Begin the edition'",
        "git remote add origin ../host.git && git push -q -u origin main",
        "git checkout -q -b adams",
        "ibid new document --from seward --to 'Charles Francis Adams' --date 'October 21, 1861'",
        "sed -i 's/^status: draft/status: transcribed/; s/^The text\\./Sir: I have received your despatch./' content/documents/1861-10-21-seward-adams.md",
        "git add . && git commit -q -m 'Add a letter' && git push -q -u origin adams",
        "git checkout -q main && git merge -q --no-ff adams -m 'Merge the letter' && git push -q",
    ];
    for command in commands {
        run(&edition, home, command);
    }
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("ibid-{version}-x86_64-unknown-linux-musl");
    let release = home.join(format!("releases/v{version}"));
    std::fs::create_dir_all(release.join(&name)).expect("a folder for the release");
    std::fs::copy(env!("CARGO_BIN_EXE_ibid"), release.join(&name).join("ibid")).expect("the program can be copied");
    run(&release, home, &format!("tar czf {name}.tar.gz {name} && rm -r {name} && sha256sum *.tar.gz > SHA256SUMS"));
    format!("file://{}/releases", home.display())
}

#[test]
fn a_new_edition_is_checked_and_would_be_deployed() {
    let home = home();
    let home = home.path();
    let releases = host(home);
    let version = env!("CARGO_PKG_VERSION");
    let pages = workflow(&home.join("my-edition/.github/workflows/pages.yml"));
    assert_eq!(pages.env["IBID_VERSION"], version);
    let job = &pages.jobs["build"];

    let pull = Runner::checkout(home, job, "origin/adams", "pull", &releases, version);
    let (said, well) = pull.run(job, true);
    assert!(well, "{said}");

    let main = Runner::checkout(home, job, "origin/main", "main", &releases, version);
    let (said, well) = main.run(job, false);
    assert!(well, "{said}");
    let handed_over = job.steps.iter().find_map(|step| step.with.get("path").filter(|_| step.name == "Hand over the site"));
    let site = main.work.join(handed_over.and_then(serde_json::Value::as_str).expect("a folder is handed over"));
    for file in ["index.html", "404.html", "sitemap.xml", ".nojekyll", "documents/1861-10-21-seward-adams.html"] {
        assert!(site.join(file).is_file(), "{file}");
    }
}

#[test]
fn a_program_that_was_changed_is_not_run() {
    let home = home();
    let home = home.path();
    let releases = host(home);
    let version = env!("CARGO_PKG_VERSION");
    run(home, home, &format!("printf x >> releases/v{version}/ibid-{version}-x86_64-unknown-linux-musl.tar.gz"));
    let pages = workflow(&home.join("my-edition/.github/workflows/pages.yml"));
    let job = &pages.jobs["build"];
    let runner = Runner::checkout(home, job, "origin/main", "main", &releases, version);
    let (said, well) = runner.run(job, false);
    assert!(!well && said.contains("FAILED"), "{said}");
    assert!(!runner.work.join("output").exists());
}

#[test]
fn a_program_that_is_not_released_is_built() {
    let home = home();
    let home = home.path();
    host(home);
    let version = env!("CARGO_PKG_VERSION");
    let pages = workflow(&home.join("my-edition/.github/workflows/pages.yml"));
    let job = &pages.jobs["build"];
    // There is no network here: a script stands in for cargo, says what it was asked, and puts the program where cargo would.
    std::fs::create_dir(home.join("tools")).expect("a folder for tools");
    let cargo = format!(
        "#!/bin/sh\necho \"cargo $*\" | sed \"s|$RUNNER_TEMP|TEMP|\"\nmkdir -p \"$RUNNER_TEMP/ibid/bin\" && cp {} \"$RUNNER_TEMP/ibid/bin/ibid\"\n",
        env!("CARGO_BIN_EXE_ibid")
    );
    std::fs::write(home.join("tools/cargo"), cargo).expect("a tool can be written");
    run(home, home, "chmod +x tools/cargo");
    let nowhere = format!("file://{}/nowhere", home.display());
    let runner = Runner::checkout(home, job, "origin/main", "main", &nowhere, version);
    let (said, well) = runner.run(job, false);
    assert!(well, "{said}");
    let asked = format!("cargo install --locked --git https://github.com/nobody/nothing --tag v{version} --root TEMP/ibid ibid\n");
    assert!(said.contains(&asked), "{said}");
}
