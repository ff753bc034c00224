//! Feeds a parser with its corpus and with what becomes of it, until the time is over.
//!
//! A short while by default; `PYRUNS_FUZZ_SECONDS=600` takes longer, `PYRUNS_FUZZ_SEED` repeats a walk. What
//! breaks the parser, or holds it up, is written into the corpus, from where it is tried first next time:
//! commit it with the repair.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Default duration of a walk.
const SECONDS: f64 = 0.4;
/// The most bytes of an input. Long ones find little more and cost much.
const MAX_BYTES: usize = 2048;
/// The longest that one input may take, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tries `check` on the corpus of `target`, then on changed inputs. `tokens` are pieces that mean something.
pub(crate) fn fuzz(target: &str, tokens: &[&str], check: impl Fn(&[u8])) {
    let folder =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus")).join(target);
    let mut corpus: Vec<Vec<u8>> = fs::read_dir(&folder)
        .expect("the corpus is there")
        .map(|item| fs::read(item.unwrap().path()).unwrap())
        .collect();
    assert!(!corpus.is_empty(), "{} is empty", folder.display());
    corpus.sort();
    for input in &corpus {
        run(&folder, input, &check);
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<f64>().ok());
    let seed = number("PYRUNS_FUZZ_SEED").map_or_else(now, |seed| seed as u64);
    let seconds = number("PYRUNS_FUZZ_SECONDS").unwrap_or(SECONDS);
    let mut random = Random(seed | 1);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut tried: u64 = 0;
    while Instant::now() < end {
        let input = random.changed(&corpus, tokens);
        run(&folder, &input, &check);
        tried += 1;
        // What was survived may lead further than what it was made of.
        if random.below(200) == 0 && corpus.len() < 2000 {
            corpus.push(input);
        }
    }
    println!("{target}: {tried} inputs in {seconds} s without a finding (seed {seed})");
}

fn run(folder: &std::path::Path, input: &[u8], check: &impl Fn(&[u8])) {
    let start = Instant::now();
    let broken = catch_unwind(AssertUnwindSafe(|| check(input))).is_err();
    let slow = start.elapsed() > PATIENCE;
    if broken || slow {
        let sum = input.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let path = folder.join(format!("found-{sum:016x}"));
        fs::write(&path, input).unwrap();
        let what = if slow { "takes too long on" } else { "breaks on" };
        panic!("the parser {what} {}", path.display());
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64)
}

/// xorshift64*: good enough to walk with, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn changed(&mut self, corpus: &[Vec<u8>], tokens: &[&str]) -> Vec<u8> {
        let mut input = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input, corpus, tokens);
        }
        input.truncate(MAX_BYTES);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&str]) {
        let (from, to) = (self.below(input.len() + 1), self.below(input.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 64));
        match self.below(7) {
            0 if !input.is_empty() => {
                let place = self.below(input.len());
                input[place] = self.next() as u8;
            }
            1 => input.insert(from, self.next() as u8),
            2 => drop(input.drain(from..to)),
            3 => {
                let piece = input[from..to].to_vec();
                for _ in 0..=self.below(4) {
                    input.splice(from..from, piece.iter().copied());
                }
            }
            4 => {
                let other = &corpus[self.below(corpus.len())];
                let start = self.below(other.len() + 1);
                input.truncate(from);
                input.extend_from_slice(&other[start..]);
            }
            _ => {
                let token = tokens[self.below(tokens.len())];
                input.splice(from..to.min(from + self.below(3)), token.bytes());
            }
        }
    }
}
