//! Processes long lists on several threads.

/// Splits a list of at least `min_parallel` items among up to 8 threads and returns the results in order; a
/// shorter list is processed on the calling thread.
pub fn in_parts<T: Send, R: Send>(
    mut items: Vec<T>,
    min_parallel: usize,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if items.len() < min_parallel || threads == 1 {
        return work(items);
    }
    let share = items.len().div_ceil(threads);
    let mut parts = Vec::new();
    while items.len() > share {
        parts.push(items.split_off(items.len() - share));
    }
    parts.push(items);
    parts.reverse();
    let work = &work;
    std::thread::scope(|scope| {
        let parts: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || work(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}
