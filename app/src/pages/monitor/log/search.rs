//! Finding a text in the lines at hand.

use super::buffer::Buffer;

/// The lines that hold a text, in any case of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    needle: String,
    /// Numbers of the lines that hold it, increasing.
    hits: Vec<i64>,
    /// Which hit is shown.
    at: Option<usize>,
    /// Lines below this number were looked at.
    looked_until: i64,
}

impl Search {
    /// Looks for another text; nothing ends the search.
    pub fn start(&mut self, needle: &str, buffer: &Buffer) {
        *self = Self { needle: needle.to_lowercase(), ..Self::default() };
        self.looked_until = i64::MIN;
        self.refresh(buffer);
    }

    /// Looks at the lines that came since, and forgets those that went.
    pub fn refresh(&mut self, buffer: &Buffer) {
        let first = buffer.lines().next().map_or(0, |line| line.number());
        let gone = self.hits.partition_point(|number| *number < first);
        self.hits.drain(..gone);
        self.at = self.at.and_then(|at| at.checked_sub(gone));
        if self.needle.is_empty() {
            return;
        }
        let known = self.hits.partition_point(|number| *number < self.looked_until);
        self.hits.truncate(known);
        for line in buffer.lines().filter(|line| line.number() >= self.looked_until) {
            if line.plain().to_lowercase().contains(&self.needle) {
                self.hits.push(line.number());
            }
        }
        // The last line may grow, so it is looked at again.
        self.looked_until = buffer.lines().last().map_or(i64::MIN, |line| line.number());
    }

    /// Looks at everything anew, after lines came before the others.
    pub fn restart(&mut self, buffer: &Buffer) {
        let needle = std::mem::take(&mut self.needle);
        self.start(&needle, buffer);
    }

    /// Goes to the next hit (or the one before), round the end; returns the number of its line.
    pub fn step(&mut self, forward: bool) -> Option<i64> {
        let last = self.hits.len().checked_sub(1)?;
        self.at = Some(match (self.at, forward) {
            (None, true) => 0,
            (None, false) | (Some(0), false) => last,
            (Some(at), true) => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => at - 1,
        });
        self.current()
    }

    /// The number of the line that is shown.
    #[must_use]
    pub fn current(&self) -> Option<i64> {
        self.hits.get(self.at?).copied()
    }

    /// Which hit is shown, from 1 (0 where none is), and how many there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.at.map_or(0, |at| at + 1), self.hits.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(text: &str) -> Buffer {
        let mut buffer = Buffer::new(100);
        buffer.append(text, text.len() as u64);
        buffer
    }

    #[test]
    fn hits_are_found_in_any_case_and_gone_round() {
        let buffer = buffer("Error one\nfine\nan ERROR\n\u{1b}[31merr\u{1b}[0mor\n");
        let mut search = Search::default();
        search.start("error", &buffer);
        assert_eq!(search.counts(), (0, 3));
        assert_eq!(
            [true, true, true, true].map(|on| search.step(on)),
            [Some(0), Some(2), Some(3), Some(0)]
        );
        assert_eq!(search.step(false), Some(3));
    }

    #[test]
    fn new_and_growing_lines_are_looked_at() {
        let mut buffer = buffer("a\nerr");
        let mut search = Search::default();
        search.start("error", &buffer);
        assert_eq!(search.counts().1, 0);
        buffer.append("or\nerror\n", 15);
        search.refresh(&buffer);
        assert_eq!(search.counts().1, 2);
        search.refresh(&buffer);
        assert_eq!(search.counts().1, 2, "nothing is counted twice");
    }

    #[test]
    fn hits_go_with_their_lines() {
        let mut buffer = Buffer::new(2);
        buffer.append("x1\nx2\n", 6);
        let mut search = Search::default();
        search.start("x", &buffer);
        search.step(true);
        buffer.append("x3\n", 9);
        search.refresh(&buffer);
        assert_eq!(search.counts(), (0, 2));
        assert_eq!(search.step(true), Some(1));
    }

    #[test]
    fn an_empty_search_finds_nothing() {
        let mut search = Search::default();
        search.start("", &buffer("a\nb\n"));
        assert_eq!((search.counts(), search.step(true)), ((0, 0), None));
    }
}
