//! The lines of a log that match.

use std::fs::File;
use std::io;
use std::path::Path;

use common::log::{DEFAULT_MATCHES, SearchMessage, SearchQuery};
use grep_matcher::Matcher;
use grep_regex::RegexMatcher;
use grep_searcher::{Searcher, SearcherBuilder, Sink, SinkMatch};
use memchr::memchr_iter;

use super::text_blocks::TextBlocks;
use super::{files, matcher};
use store::task::TaskDir;
use store::{Error, Result};

/// The most bytes of a line that are shown, and how many of them before its first match.
const SHOWN_BYTES: usize = 400;
const BEFORE_BYTES: usize = 80;
/// The most matches that are marked in one line.
const MAX_RANGES: usize = 50;
/// How many numbers of lines go into one message.
const NUMBERS: usize = 4_096;

/// Who asked for a search.
pub trait SearchClient {
    /// Takes a message; false when nobody wants more.
    fn take(&mut self, message: SearchMessage) -> bool;

    /// Whether anybody still waits. Asked again and again while nothing is found.
    fn is_waiting(&self) -> bool;
}

/// A search that is ready to begin.
pub type ReadySearch = Box<dyn FnOnce(&mut dyn SearchClient) -> Result<()> + Send>;

/// Prepares a search for lines in one of a task's logs. It hands over what it finds as it finds it, until the
/// end or until the client wants no more.
///
/// # Errors
/// When the task has no such log, or the expression is none. Nothing was handed over then.
pub fn search(dir: TaskDir, query: &SearchQuery) -> Result<ReadySearch> {
    let wanted = files::wanted_name(query.run, query.log_file_name.as_deref());
    let (_, selected) = files::select(&dir, wanted.as_deref())?;
    let matcher = matcher::of_query(query)?;
    let limit = query.limit.unwrap_or(DEFAULT_MATCHES);
    let numbers = query.numbers;
    Ok(Box::new(move |client| {
        let mut search = Search::new(matcher, limit, numbers);
        let wants_more = match &selected {
            Some(log) => search.file(&dir.run_logs().join(log), &dir.name(), log, client)?,
            None => true,
        };
        if wants_more {
            client.take(search.done());
        }
        Ok(())
    }))
}

/// A search over any number of logs.
pub(crate) struct Search {
    matcher: RegexMatcher,
    searcher: Searcher,
    limit: u64,
    numbers_only: bool,
    matches: u64,
    logs: u64,
    bytes: u64,
}

impl Search {
    pub(crate) fn new(matcher: RegexMatcher, limit: u64, numbers_only: bool) -> Self {
        let searcher = SearcherBuilder::new().line_number(false).build();
        Self { matcher, searcher, limit, numbers_only, matches: 0, logs: 0, bytes: 0 }
    }

    /// Searches one log; false when nobody wants more.
    pub(crate) fn file(
        &mut self,
        path: &Path,
        task_name: &str,
        log_file_name: &str,
        client: &mut dyn SearchClient,
    ) -> Result<bool> {
        let failed = || Error::io("searching the log", path);
        let mut blocks = TextBlocks::new(File::open(path).map_err(failed())?);
        self.logs += 1;
        let mut found = Found {
            matcher: &self.matcher,
            task_name,
            log_file_name,
            limit: self.limit,
            matches: self.matches,
            numbers: self.numbers_only.then(Vec::new),
            lines: Lines::default(),
            wants_more: true,
            client,
        };
        while let Some(block) = blocks.next().map_err(failed())? {
            self.searcher.search_slice(&self.matcher, block, &mut found).map_err(failed())?;
            if !found.wants_more || !found.client.is_waiting() {
                return Ok(false);
            }
            found.lines.end(block);
        }
        let wants_more = found.flush(true);
        self.matches = found.matches;
        self.bytes += blocks.read_bytes();
        Ok(wants_more)
    }

    /// The last message.
    pub(crate) fn done(&self) -> SearchMessage {
        let Self { matches, logs, bytes, limit, .. } = *self;
        SearchMessage::Done { matches, logs, bytes, limited: matches > limit }
    }
}

/// Counts lines, each once, as far as somebody wants to know their numbers.
#[derive(Default)]
struct Lines {
    /// Line ends before `counted`, in all blocks.
    before: u64,
    /// Up to where the present block was counted.
    counted: usize,
}

impl Lines {
    /// The number, from 1, of the line that begins at a place of the present block.
    fn number_at(&mut self, block: &[u8], at: usize) -> u64 {
        let at = at.min(block.len()).max(self.counted);
        self.before += memchr_iter(b'\n', &block[self.counted..at]).count() as u64;
        self.counted = at;
        self.before + 1
    }

    /// Counts the rest of a block; another one follows.
    fn end(&mut self, block: &[u8]) {
        self.number_at(block, block.len());
        self.counted = 0;
    }
}

/// Where matches go.
struct Found<'a> {
    matcher: &'a RegexMatcher,
    task_name: &'a str,
    log_file_name: &'a str,
    limit: u64,
    matches: u64,
    numbers: Option<Vec<u64>>,
    lines: Lines,
    wants_more: bool,
    client: &'a mut dyn SearchClient,
}

impl Sink for &mut Found<'_> {
    type Error = io::Error;

    fn matched(&mut self, _: &Searcher, line: &SinkMatch<'_>) -> io::Result<bool> {
        self.matches += 1;
        if self.matches > self.limit {
            return Ok(true);
        }
        let number = self.lines.number_at(line.buffer(), line.bytes_range_in_buffer().start);
        match &mut self.numbers {
            Some(numbers) => {
                numbers.push(number);
                let full = numbers.len() >= NUMBERS;
                self.wants_more = self.flush(full);
            }
            None => {
                let message = self.message(number, line.bytes());
                self.wants_more = self.client.take(message);
            }
        }
        Ok(self.wants_more)
    }
}

impl Found<'_> {
    /// Hands over gathered numbers, if there are any and they shall go now.
    fn flush(&mut self, now: bool) -> bool {
        match &mut self.numbers {
            Some(numbers) if now && !numbers.is_empty() => {
                let lines = std::mem::take(numbers);
                self.client.take(SearchMessage::Lines { lines })
            }
            _ => self.wants_more,
        }
    }

    fn message(&self, line: u64, bytes: &[u8]) -> SearchMessage {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let first = self.matcher.find(bytes).ok().flatten().map_or(0, |found| found.start());
        let from = if bytes.len() <= SHOWN_BYTES { 0 } else { first.saturating_sub(BEFORE_BYTES) };
        let shown = &bytes[from..bytes.len().min(from + SHOWN_BYTES)];
        let text = String::from_utf8_lossy(shown).into_owned();
        let mut ranges = Vec::new();
        // Fails for no expression that compiles.
        let _ = self.matcher.find_iter(text.as_bytes(), |found| {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            ranges.push((place(found.start()), place(found.end())));
            ranges.len() < MAX_RANGES
        });
        SearchMessage::Match {
            task_name: self.task_name.to_owned(),
            log_file_name: self.log_file_name.to_owned(),
            line,
            text,
            ranges,
        }
    }
}
