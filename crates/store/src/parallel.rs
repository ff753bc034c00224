//! Work on a long list, shared among the cores.

/// Does work on a list, keeping its order, with as many threads as the machine has cores, when there is enough of it.
pub fn in_parts<T: Send, R: Send>(
    mut items: Vec<T>,
    many: usize,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    if items.len() < many || threads == 1 {
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
