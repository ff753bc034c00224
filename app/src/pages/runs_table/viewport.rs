//! The visible rows and columns: only these are rendered.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::header::CHECK_WIDTH;
use super::state::RunsTable;

/// The height of a row, pixels; must match the stylesheet.
pub(super) const ROW_PX: f64 = 32.0;
/// Rows rendered above and below the visible ones.
const OVERSCAN_ROWS: u64 = 12;
/// Columns are added and removed in steps of this size, so that scrolling does not redraw at every pixel.
const COLUMN_STEP: usize = 4;

/// The rendered columns, by index: the pinned ones and a range of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct VisibleColumns {
    /// Number of pinned columns, which come first.
    pub(super) pinned: usize,
    /// The first of the other columns.
    pub(super) first: usize,
    /// The end of the other columns, exclusive.
    pub(super) end: usize,
}

impl VisibleColumns {
    /// The columns that a window of `left..right` pixels shows.
    fn new(widths: &[u16], pinned: usize, (left, right): (u32, u32)) -> Self {
        let mut from = CHECK_WIDTH;
        let (mut first, mut end) = (widths.len(), pinned);
        for (position, width) in widths.iter().enumerate() {
            let to = from + u32::from(*width);
            if position >= pinned && to > left && from < right {
                first = first.min(position);
                end = position + 1;
            }
            from = to;
        }
        let first = (first / COLUMN_STEP * COLUMN_STEP).max(pinned);
        let end = (end.div_ceil(COLUMN_STEP) * COLUMN_STEP).min(widths.len());
        Self { pinned, first: first.min(end), end: end.max(pinned) }
    }

    /// The column indices, from the left; the flag is set if columns before it are not rendered.
    pub(super) fn positions(self) -> impl Iterator<Item = (usize, bool)> {
        let others = self.first..self.end;
        let gap = (self.first > self.pinned).then_some(self.first);
        (0..self.pinned).chain(others).map(move |position| (position, Some(position) == gap))
    }
}

/// The visible part of the table, updated while scrolling.
#[derive(Clone, Copy)]
pub(super) struct Viewport {
    /// The range of row indices, end exclusive.
    pub(super) rows: Memo<(u64, u64)>,
    pub(super) columns: Memo<VisibleColumns>,
    area: RwSignal<ScrollArea>,
    node: NodeRef<html::Div>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct ScrollArea {
    rows: (u64, u64),
    /// Pixels from the left edge of the table.
    columns: (u32, u32),
}

impl Viewport {
    /// Follows a scrolling element.
    pub(super) fn new(
        node: NodeRef<html::Div>,
        table: RunsTable,
        widths: Memo<Vec<u16>>,
        offsets: Memo<Vec<Option<u32>>>,
    ) -> Self {
        let area = RwSignal::new(ScrollArea { rows: (0, 30), columns: (0, 1600) });
        let total = Memo::new(move |_| table.frame.with(|frame| frame.total));
        let rows = Memo::new(move |_| {
            let (first, end) = area.get().rows;
            (first.min(total.get()), end.min(total.get()))
        });
        let columns = Memo::new(move |_| {
            let pinned = offsets.with(|all| all.iter().take_while(|left| left.is_some()).count());
            widths.with(|widths| VisibleColumns::new(widths, pinned, area.get().columns))
        });
        let viewport = Self { rows, columns, area, node };
        Effect::new(move |_| {
            node.track();
            total.track();
            viewport.update();
            let handle = window_event_listener(ev::resize, move |_| viewport.update());
            on_cleanup(move || handle.remove());
        });
        viewport
    }

    /// Reads the scroll position.
    pub(super) fn update(self) {
        let Some(host) = self.node.get_untracked() else { return };
        let (top, height) = (f64::from(host.scroll_top()), f64::from(host.client_height()));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "visible rows")]
        let (first, count) = ((top / ROW_PX) as u64, (height / ROW_PX).ceil() as u64);
        let pixels = |value: i32| u32::try_from(value).unwrap_or(0);
        let left = pixels(host.scroll_left());
        let now = ScrollArea {
            rows: (first.saturating_sub(OVERSCAN_ROWS), first + count + OVERSCAN_ROWS),
            columns: (left, left + pixels(host.client_width())),
        };
        if self.area.get_untracked() != now {
            self.area.set(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_and_pinned_columns() {
        let widths = [100; 40];
        let start = VisibleColumns::new(&widths, 2, (0, 800));
        assert_eq!(start, VisibleColumns { pinned: 2, first: 2, end: 8 });
        assert!(start.positions().all(|(_, follows_gap)| !follows_gap));
        let middle = VisibleColumns::new(&widths, 2, (1736, 2536));
        assert_eq!(middle, VisibleColumns { pinned: 2, first: 16, end: 28 });
        let positions: Vec<_> = middle.positions().take(4).collect();
        assert_eq!(positions, [(0, false), (1, false), (16, true), (17, false)]);
        let end = VisibleColumns::new(&widths, 2, (3300, 4100));
        assert_eq!((end.first, end.end), (32, 40));
    }

    #[test]
    fn few_columns_and_none() {
        assert_eq!(VisibleColumns::new(&[100; 3], 1, (0, 800)).positions().count(), 3);
        assert_eq!(VisibleColumns::new(&[], 0, (0, 800)).positions().count(), 0);
        // Wider than the container: the only column is rendered.
        assert_eq!(VisibleColumns::new(&[900], 1, (0, 100)).positions().count(), 1);
    }
}
