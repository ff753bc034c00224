//! A server that was itself given some of the GPUs gives its runs no others.

use common::system::Gpu;

use super::GpuInventory;

/// The GPUs that `CUDA_VISIBLE_DEVICES` names.
#[derive(Debug)]
pub(super) struct Visible<I> {
    all: I,
    /// Indexes or the beginnings of UUIDs; nothing where the variable is not set.
    named: Option<Vec<String>>,
}

impl<I: GpuInventory> Visible<I> {
    pub(super) fn from_env(all: I) -> Self {
        Self::new(all, std::env::var("CUDA_VISIBLE_DEVICES").ok().as_deref())
    }

    /// As CUDA reads it: names until the first that means no GPU; none at all for an empty text.
    fn new(all: I, text: Option<&str>) -> Self {
        let names = |text: &str| {
            let names = text.split(',').map(str::trim);
            names.take_while(|name| !name.is_empty() && *name != "-1").map(str::to_owned).collect()
        };
        Self { all, named: text.map(names) }
    }
}

impl<I: GpuInventory> GpuInventory for Visible<I> {
    fn look(&self) -> Vec<Gpu> {
        self.visible(self.all.look())
    }

    fn look_anew(&self) -> Vec<Gpu> {
        self.visible(self.all.look_anew())
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
        fn look(&self) -> Vec<Gpu> {
            let gpu = |index| Gpu { index, uuid: format!("GPU-{index}abc"), ..Gpu::default() };
            vec![gpu(0), gpu(1)]
        }
    }

    #[test]
    fn the_variable_is_read_as_cuda_reads_it() {
        let seen = |text| {
            let gpus = Visible::new(Two, text).look();
            gpus.iter().map(|gpu| gpu.index).collect::<Vec<_>>()
        };
        assert_eq!(seen(None), [0, 1]);
        assert_eq!(seen(Some("1")), [1]);
        assert_eq!(seen(Some("GPU-0a, 1")), [0, 1]);
        assert_eq!(seen(Some("-1,0")), [0; 0]);
        assert_eq!(seen(Some("")), [0; 0]);
    }
}
