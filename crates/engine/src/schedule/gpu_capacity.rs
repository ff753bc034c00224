//! Free capacity of each GPU.

use common::message::WaitText;
use common::options::RunOptions;
use common::system::{Gpu, GpuProcess};

use super::gpu_users::GpuUser;
use crate::task::WaitReason;

/// Tolerance for rounding errors of added shares.
const EPSILON: f64 = 1e-6;

/// The GPUs of the machine and the shares that are in use.
#[derive(Debug, Clone)]
pub(super) struct GpuCapacity {
    slots: Vec<Slot>,
}

#[derive(Debug, Clone)]
struct Slot {
    index: u32,
    total_gib: f64,
    /// The share that no run uses, `0..=1`.
    free: f64,
    /// Description of another user's process on the GPU.
    used_by: Option<String>,
    /// A process on the GPU is exiting.
    is_exiting: bool,
}

impl GpuCapacity {
    /// `user` classifies a process. Processes of our runs are accounted by the shares that their tasks requested.
    /// A GPU with any other process, or with an exiting one, is not available.
    pub(super) fn new(gpus: &[Gpu], user: impl Fn(u32) -> GpuUser) -> Self {
        let slot = |gpu: &Gpu| {
            let other = gpu.processes.iter().find(|process| user(process.pid) == GpuUser::Other);
            let exiting = |process: &GpuProcess| user(process.pid) == GpuUser::Exiting;
            Slot {
                index: gpu.index,
                total_gib: gpu.mem_total / 1024.0,
                free: 1.0,
                used_by: other.map(|process| {
                    let Gpu { index, .. } = gpu;
                    let GpuProcess { user, pid, .. } = process;
                    match user.is_empty() {
                        true => WaitText::GpuUnknownUser.fill(&[index, pid]),
                        false => WaitText::GpuUser.fill(&[index, user, pid]),
                    }
                }),
                is_exiting: gpu.processes.iter().any(exiting),
            }
        };
        Self { slots: gpus.iter().map(slot).collect() }
    }

    /// Subtracts the share of a run on these GPUs.
    pub(super) fn take(&mut self, gpus: &[u32], options: &RunOptions) {
        for slot in self.slots.iter_mut().filter(|slot| gpus.contains(&slot.index)) {
            slot.free -= slot.share(options);
        }
    }

    /// The GPUs that a task would get now. Prefers the fullest of those with enough free capacity, so that
    /// unused GPUs remain available for tasks that need a whole one.
    pub(super) fn choose(&self, options: &RunOptions) -> Result<Vec<u32>, WaitReason> {
        let mut suitable: Vec<&Slot> =
            self.slots.iter().filter(|slot| slot.fits(options)).collect();
        let asked = options.gpus as usize;
        if suitable.len() < asked {
            let fits_ever = |slot: &&Slot| slot.share(options) <= 1.0 + EPSILON;
            return Err(WaitReason::Gpus {
                asked: options.gpus,
                share: options.gpu_share,
                free: count(suitable.len()),
                all: count(self.slots.iter().filter(fits_ever).count()),
                used_by: self.slots.iter().filter_map(|slot| slot.used_by.clone()).collect(),
            });
        }
        suitable.sort_by(|a, b| a.free.total_cmp(&b.free).then(a.index.cmp(&b.index)));
        let mut chosen: Vec<u32> = suitable.iter().take(asked).map(|slot| slot.index).collect();
        chosen.sort_unstable();
        Ok(chosen)
    }

    /// Reserves the GPUs that a waiting task could use, so that later tasks do not get them.
    pub(super) fn reserve(&mut self, options: &RunOptions) {
        let asked = options.gpus as usize;
        let fitting = self.slots.iter_mut().filter(|slot| slot.fits(options));
        for slot in fitting.take(asked) {
            slot.free -= slot.share(options);
        }
    }
}

impl Slot {
    /// The share of this GPU that a run uses; all of it by default.
    fn share(&self, options: &RunOptions) -> f64 {
        options.gpu_share.map_or(1.0, |share| share.of(self.total_gib))
    }

    fn fits(&self, options: &RunOptions) -> bool {
        self.used_by.is_none() && !self.is_exiting && self.share(options) <= self.free + EPSILON
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use common::options::GpuShare;
    use proptest::prelude::*;

    fn gpu(index: u32) -> Gpu {
        Gpu { index, mem_total: 24.0 * 1024.0, ..Gpu::default() }
    }

    fn asks(gpus: u32, gpu_share: Option<GpuShare>) -> RunOptions {
        RunOptions { gpus, gpu_share, ..RunOptions::default() }
    }

    #[test]
    fn a_gpu_is_given_once_unless_it_is_shared() {
        let mut capacity = GpuCapacity::new(&[gpu(0), gpu(1)], |_| GpuUser::Other);
        let (whole, half) = (asks(1, None), asks(1, Some(GpuShare::Fraction(0.5))));
        let ten_gib = asks(1, Some(GpuShare::MemoryGib(10.0)));
        assert_eq!(capacity.choose(&half), Ok(vec![0]));
        capacity.take(&[0], &half);
        assert_eq!(capacity.choose(&ten_gib), Ok(vec![0]), "the fuller one is filled first");
        capacity.take(&[0], &ten_gib);
        assert_eq!(capacity.choose(&whole), Ok(vec![1]));
        capacity.take(&[1], &whole);
        let reason = capacity.choose(&half).unwrap_err();
        assert_eq!(reason.to_string(), "waits for 1 GPU with room for 50 % of it: 0 of 2 free");
        assert_eq!(
            capacity.choose(&asks(3, None)).unwrap_err().to_string(),
            "asks for 3 GPUs; there are only 2"
        );
    }

    #[test]
    fn a_gpu_used_by_another_user_is_not_free_and_the_user_is_named() {
        let alice = GpuProcess { pid: 4711, user: "alice".into(), ..GpuProcess::default() };
        let ours = GpuProcess { pid: 5, user: "me".into(), ..GpuProcess::default() };
        let gpus =
            [Gpu { processes: vec![ours], ..gpu(0) }, Gpu { processes: vec![alice], ..gpu(1) }];
        let user = |pid| if pid == 5 { GpuUser::Ours } else { GpuUser::Other };
        let mut capacity = GpuCapacity::new(&gpus, user);
        assert_eq!(capacity.choose(&asks(1, None)), Ok(vec![0]));
        capacity.take(&[0], &asks(1, None));
        let reason = capacity.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "waits for 1 GPU: 0 of 2 free; GPU 1 used by alice, pid 4711");
        let none = GpuCapacity::new(&[], |_| GpuUser::Other);
        let reason = none.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "asks for 1 GPU; this machine has none");
    }

    #[test]
    fn a_gpu_with_an_exiting_process_is_not_free_and_has_no_user() {
        let dying = GpuProcess { pid: 6, user: "root".into(), ..GpuProcess::default() };
        let gpus = [Gpu { processes: vec![dying], ..gpu(0) }];
        let capacity = GpuCapacity::new(&gpus, |_| GpuUser::Exiting);
        let reason = capacity.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "waits for 1 GPU: 0 of 1 free");
    }

    proptest! {
        /// For any sequence of requests, no GPU is allocated beyond its capacity.
        #[test]
        fn no_gpu_is_ever_given_twice(
            requests in prop::collection::vec((1_u32..4, prop::option::of(1_u32..5)), 1..20),
        ) {
            let mut capacity = GpuCapacity::new(&[gpu(0), gpu(1), gpu(2)], |_| GpuUser::Other);
            let mut taken = [0.0_f64; 3];
            for (gpus, quarters) in requests {
                let share = quarters.map(|n| GpuShare::Fraction(f64::from(n) / 4.0));
                let options = asks(gpus, share);
                if let Ok(chosen) = capacity.choose(&options) {
                    prop_assert_eq!(chosen.len(), gpus as usize);
                    for index in &chosen {
                        taken[*index as usize] += quarters.map_or(1.0, |n| f64::from(n) / 4.0);
                    }
                    capacity.take(&chosen, &options);
                } else {
                    capacity.reserve(&options);
                }
            }
            prop_assert!(taken.iter().all(|taken| *taken <= 1.0 + EPSILON), "{:?}", taken);
        }
    }
}
