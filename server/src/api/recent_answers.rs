//! Answers that were just given, for clients that ask the same again and again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use common::page::TaskQuery;
use engine::{Engine, Pick};
use serde::Serialize;

use super::{Answer, json_answer, written};

/// How many answers are kept.
const ANSWERS: usize = 32;
/// A larger answer is not kept.
const MAX_BYTES: usize = 1 << 20;
/// A file that another program has changed shows in an answer at the latest after so long.
const MAX_AGE: Duration = Duration::from_millis(500);

/// What is asked again and again.
#[derive(Clone, PartialEq)]
pub(crate) enum Question {
    /// A page of tasks.
    Tasks(TaskQuery),
    /// A workspace.
    Workspace,
    /// A workspace at a glance, with so many of its newest tasks.
    Dashboard(u32),
}

/// The newest answers. One is good for as long as nothing has happened since it was made.
#[derive(Clone, Default)]
pub struct RecentAnswers(Arc<Mutex<VecDeque<RecentAnswer>>>);

struct RecentAnswer {
    pick: Pick,
    question: Question,
    /// The newest event before it was made.
    event_id: u64,
    made: Instant,
    json: Bytes,
}

impl RecentAnswers {
    /// The kept answer, or the engine's.
    pub(super) async fn answer<T: Serialize>(
        &self,
        engine: Engine,
        pick: Pick,
        question: Question,
        ask: impl FnOnce(&Engine) -> engine::Result<T> + Send + 'static,
    ) -> Answer {
        // Asked before the answer is made: what happens meanwhile makes it an old one.
        let event_id = engine.newest_event_id();
        if let Some(json) = self.find(&pick, &question, event_id) {
            return Ok(json_answer(json));
        }
        let made = Instant::now();
        let json = Bytes::from(written(engine, ask).await?);
        self.keep(RecentAnswer { pick, question, event_id, made, json: json.clone() });
        Ok(json_answer(json))
    }

    fn find(&self, pick: &Pick, question: &Question, event_id: u64) -> Option<Bytes> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |kept: &&RecentAnswer| {
            kept.event_id == event_id
                && kept.made.elapsed() < MAX_AGE
                && kept.pick == *pick
                && kept.question == *question
        };
        answers.iter().find(is_good).map(|kept| kept.json.clone())
    }

    /// Keeps an answer, in place of one to the same question or of the oldest.
    fn keep(&self, new: RecentAnswer) {
        if new.json.len() > MAX_BYTES {
            return;
        }
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|kept| kept.pick != new.pick || kept.question != new.question);
        answers.truncate(ANSWERS - 1);
        answers.push_front(new);
    }
}
