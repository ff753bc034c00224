//! Tests of the log store.

use common::log::LogWindow;

use super::*;

/// A file of numbered lines, as returned by the server.
fn window(from: u64, count: u64, total: u64) -> LogWindow {
    let to = (from + count).min(total);
    let lines: Vec<String> = (from..to).map(|line| format!("l{line}")).collect();
    LogWindow {
        from_line: Some(from + 1),
        times_ms: vec![None; lines.len()],
        lines,
        total_lines: Some(total),
        end_offset: to * 100,
        ..LogWindow::default()
    }
}

fn numbers(view: &VisibleItems) -> Vec<u64> {
    let number = |item: &Item| match item {
        Item::Line(row, _) => Some(row.number),
        Item::Gap { .. } => None,
    };
    view.items.iter().filter_map(number).collect()
}

fn opened(total: u64) -> LogStore {
    let mut store = LogStore::default();
    store.open(&window(total.saturating_sub(1000), 1000, total));
    store
}

#[test]
fn a_small_log_is_all_here() {
    let store = opened(3);
    assert_eq!((store.line_count(), store.height()), (3, 3));
    assert_eq!(numbers(&store.view(0, 10)), [0, 1, 2]);
}

#[test]
fn a_large_log_has_full_height_and_loads_its_end() {
    let store = opened(1_000_000);
    assert_eq!((store.line_count(), store.height()), (1_000_000, 1_000_000));
    let view = store.view(999_990, 10);
    assert_eq!(numbers(&view), (999_990..1_000_000).collect::<Vec<_>>());
    let view = store.view(500_000, 20);
    assert_eq!((numbers(&view), view.missing), (vec![], vec![500_000 / CHUNK_LINES]));
    assert_eq!(store.line_at(500_003), 500_003);
}

#[test]
fn a_chunk_fills_its_gap() {
    let mut store = opened(100_000);
    let chunk = 40;
    let first = chunk * CHUNK_LINES;
    store.take_chunk(
        chunk,
        &window(first - CONTEXT_LINES, CHUNK_LINES + 2 * CONTEXT_LINES, 100_000),
    );
    let view = store.view(first + 7, 3);
    assert_eq!((view.top, numbers(&view)), (first + 7, vec![first + 7, first + 8, first + 9]));
    assert_eq!(store.height(), 100_000);
    store.evict(99_000);
    assert_eq!(store.top_of(99_999), 99_999);
}

#[test]
fn wrapping_moves_following_lines_and_updates_sums() {
    let mut store = opened(10_000);
    store.take_chunk(2, &window(2 * CHUNK_LINES, CHUNK_LINES, 10_000));
    store.lay_out(LayoutOptions { columns: Some(2), fold: false });
    // `l1024` takes three rows of two characters.
    assert_eq!(store.top_of(3 * CHUNK_LINES), 5 * CHUNK_LINES);
    for line in [0, 5, 1024, 1025, 1536, 4000, 9_999] {
        assert_eq!(store.line_at(store.top_of(line)), line);
    }
}

#[test]
fn it_grows_and_takes_nothing_twice() {
    let mut store = LogStore::default();
    assert_eq!(store.append("a\nb\n", 4, 10), 2);
    assert_eq!(store.append("b\n", 4, 11), 0);
    assert_eq!(store.append("b\nc", 5, 12), 0);
    store.lay_out_tail();
    assert_eq!((store.line_count(), store.end()), (3, 5));
    let times: Vec<_> = store.lines_in(0, 9).map(|row| row.time_ms).collect();
    assert_eq!(times, [Some(10), Some(10), Some(12)]);
}

#[test]
fn long_growth_is_finalized_into_chunks_and_stays_bounded() {
    let mut store = opened(700);
    let mut end = 70_000;
    for line in 700..200_000_u64 {
        end += 100;
        store.append(&format!("l{line}\n"), end, line);
        if line % 1000 == 0 {
            store.evict(line);
        }
    }
    store.lay_out_tail();
    assert_eq!((store.line_count(), store.height()), (200_000, 200_000));
    assert!(store.chunks.len() <= MAX_CHUNKS + 2);
    assert_eq!(numbers(&store.view(199_000, 3)), [199_000, 199_001, 199_002]);
    assert_eq!(store.view(10, 3).missing, [0]);
}

#[test]
fn a_bar_across_chunks_is_one_line() {
    let mut store = LogStore::default();
    let bar: String = (0..2_000).map(|n| format!("\u{1b}[Astep {n}\n")).collect();
    store.append(&format!("start\nstep\n{bar}end\n"), 100_000, 0);
    store.lay_out_tail();
    let texts: Vec<String> = store.lines_in(0, 9_999).map(|row| row.line.text()).collect();
    assert_eq!(texts, ["start", "step 1999", "end"]);
    assert_eq!(store.height(), 3);
}
