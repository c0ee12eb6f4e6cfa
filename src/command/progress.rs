//! How far a build is, for somebody who waits at a terminal, and how long each stage took: the door to the progress bar.
//!
//! Says nothing where nobody looks: in a pipe, in a log, in less than half a second.

use crate::pipeline::update::{Stage, Watcher};
use crate::tell;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Shorter work is not announced.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on standard error, and a clock for each stage.
pub struct Progress {
    started: Instant,
    bar: ProgressBar,
    stages: Mutex<Vec<(Stage, Instant)>>,
    ended: Mutex<Option<Instant>>,
}

impl Progress {
    /// Starts the clock.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        Self { started: Instant::now(), bar, stages: Mutex::default(), ended: Mutex::default() }
    }

    /// Stops the clock and clears the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        if let Ok(mut ended) = self.ended.lock() {
            *ended = Some(Instant::now());
        }
    }

    /// A line for each stage: seconds and words.
    #[must_use]
    pub fn table(&self) -> String {
        let stages = self.stages.lock().map(|stages| stages.clone()).unwrap_or_default();
        let end = self.ended.lock().ok().and_then(|ended| *ended).unwrap_or_else(Instant::now);
        let ends = stages.iter().skip(1).map(|(_, begin)| *begin).chain([end]);
        let line = |seconds: Duration, words: &str| format!("{:>9.3} s  {words}\n", seconds.as_secs_f64());
        let mut table: String = stages.iter().zip(ends).map(|((stage, begin), end)| line(end - *begin, stage.name())).collect();
        table.push_str(&line(end - self.started, "in all"));
        table
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Watcher for Progress {
    fn begin(&self, stage: Stage, steps: usize) {
        if let Ok(mut stages) = self.stages.lock() {
            stages.push((stage, Instant::now()));
        }
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        self.bar.set_message(stage.name());
        if self.started.elapsed() > PATIENCE {
            let template = if steps > 0 { "{msg} {bar:30} {pos}/{len}" } else { "{msg}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.tick();
        }
    }

    fn step(&self) {
        if !self.bar.is_hidden() {
            self.bar.inc(1);
        }
    }

    fn tell(&self, words: &str) {
        self.bar.suspend(|| tell!("{words}"));
    }
}
