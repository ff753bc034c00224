//! Restricts the GPUs to those in `CUDA_VISIBLE_DEVICES`: runs get only the GPUs that were given to
//! the server.

use common::system::Gpu;

use super::GpuInventory;

/// The GPUs in `CUDA_VISIBLE_DEVICES`.
#[derive(Debug)]
pub(super) struct Visible<I> {
    all: I,
    /// Indices or prefixes of UUIDs; `None` if the variable is not set.
    named: Option<Vec<String>>,
}

impl<I: GpuInventory> Visible<I> {
    pub(super) fn from_env(all: I) -> Self {
        Self::new(all, std::env::var("CUDA_VISIBLE_DEVICES").ok().as_deref())
    }

    /// Parsed like CUDA does: entries up to the first empty one or `-1`; an empty text means no
    /// GPUs.
    fn new(all: I, text: Option<&str>) -> Self {
        let names = |text: &str| {
            let names = text.split(',').map(str::trim);
            names.take_while(|name| !name.is_empty() && *name != "-1").map(str::to_owned).collect()
        };
        Self { all, named: text.map(names) }
    }
}

impl<I: GpuInventory> GpuInventory for Visible<I> {
    fn poll(&self) -> Vec<Gpu> {
        self.visible(self.all.poll())
    }

    fn refresh(&self) -> Vec<Gpu> {
        self.visible(self.all.refresh())
    }
}

impl<I> Visible<I> {
    fn visible(&self, mut gpus: Vec<Gpu>) -> Vec<Gpu> {
        if let Some(named) = &self.named {
            gpus.retain(|gpu| {
                named.iter().any(|name| match name.parse::<u32>() {
                    Ok(index) => gpu.index == index,
                    Err(_) => gpu.uuid.starts_with(name),
                })
            });
        }
        gpus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Two;

    impl GpuInventory for Two {
        fn poll(&self) -> Vec<Gpu> {
            let gpu = |index| Gpu { index, uuid: format!("GPU-{index}abc"), ..Gpu::default() };
            vec![gpu(0), gpu(1)]
        }
    }

    #[test]
    fn the_variable_is_read_as_cuda_reads_it() {
        let visible_indices = |text| {
            let gpus = Visible::new(Two, text).poll();
            gpus.iter().map(|gpu| gpu.index).collect::<Vec<_>>()
        };
        assert_eq!(visible_indices(None), [0, 1]);
        assert_eq!(visible_indices(Some("1")), [1]);
        assert_eq!(visible_indices(Some("GPU-0a, 1")), [0, 1]);
        assert_eq!(visible_indices(Some("-1,0")), [0; 0]);
        assert_eq!(visible_indices(Some("")), [0; 0]);
    }
}
