//! What is left of each GPU.

use common::options::RunOptions;
use common::system::{Gpu, GpuProcess};

use super::gpu_users::GpuUser;
use crate::task::WaitReason;

/// Shares add up with rounding: three thirds are one.
const EPSILON: f64 = 1e-6;

/// The GPUs of the machine, with what runs have taken of them.
#[derive(Debug, Clone)]
pub(super) struct GpuRoom {
    slots: Vec<Slot>,
}

#[derive(Debug, Clone)]
struct Slot {
    index: u32,
    total_gib: f64,
    /// What no run has taken, `0..=1`.
    left: f64,
    /// Who else uses it, in words.
    used_by: Option<String>,
    /// A process on it is on its way out.
    being_left: bool,
}

impl GpuRoom {
    /// `user` tells whose a process is. Those of our own runs are counted by what their tasks asked
    /// for. A GPU with any other process on it is free for nobody, and one that is being left not yet.
    pub(super) fn new(gpus: &[Gpu], user: impl Fn(u32) -> GpuUser) -> Self {
        let slot = |gpu: &Gpu| {
            let other = gpu.processes.iter().find(|process| user(process.pid) == GpuUser::Other);
            let leaving = |process: &GpuProcess| user(process.pid) == GpuUser::Leaving;
            Slot {
                index: gpu.index,
                total_gib: gpu.mem_total / 1024.0,
                left: 1.0,
                used_by: other.map(|process| {
                    let user = if process.user.is_empty() { "somebody" } else { &process.user };
                    format!("GPU {} used by {user}, pid {}", gpu.index, process.pid)
                }),
                being_left: gpu.processes.iter().any(leaving),
            }
        };
        Self { slots: gpus.iter().map(slot).collect() }
    }

    /// A run has these GPUs, or is about to.
    pub(super) fn take(&mut self, gpus: &[u32], options: &RunOptions) {
        for slot in self.slots.iter_mut().filter(|slot| gpus.contains(&slot.index)) {
            slot.left -= slot.share(options);
        }
    }

    /// The GPUs that a task would get now: of those with room enough the fullest, so that whole ones
    /// stay whole.
    pub(super) fn choose(&self, options: &RunOptions) -> Result<Vec<u32>, WaitReason> {
        let mut free: Vec<&Slot> = self.slots.iter().filter(|slot| slot.fits(options)).collect();
        let asked = options.gpus as usize;
        if free.len() < asked {
            let fits_ever = |slot: &&Slot| slot.share(options) <= 1.0 + EPSILON;
            return Err(WaitReason::Gpus {
                asked: options.gpus,
                share: options.gpu_share,
                free: count(free.len()),
                all: count(self.slots.iter().filter(fits_ever).count()),
                used_by: self.slots.iter().filter_map(|slot| slot.used_by.clone()).collect(),
            });
        }
        free.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.index.cmp(&b.index)));
        let mut chosen: Vec<u32> = free.iter().take(asked).map(|slot| slot.index).collect();
        chosen.sort_unstable();
        Ok(chosen)
    }

    /// Keeps the GPUs that a waiting task could use from those behind it.
    pub(super) fn reserve(&mut self, options: &RunOptions) {
        let asked = options.gpus as usize;
        let fitting = self.slots.iter_mut().filter(|slot| slot.fits(options));
        for slot in fitting.take(asked) {
            slot.left -= slot.share(options);
        }
    }
}

impl Slot {
    /// The part of this GPU that a run takes: all of it unless it says otherwise.
    fn share(&self, options: &RunOptions) -> f64 {
        options.gpu_share.map_or(1.0, |share| share.of(self.total_gib))
    }

    fn fits(&self, options: &RunOptions) -> bool {
        self.used_by.is_none() && !self.being_left && self.share(options) <= self.left + EPSILON
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
        let mut room = GpuRoom::new(&[gpu(0), gpu(1)], |_| GpuUser::Other);
        let (whole, half) = (asks(1, None), asks(1, Some(GpuShare::Fraction(0.5))));
        let ten_gib = asks(1, Some(GpuShare::MemoryGib(10.0)));
        assert_eq!(room.choose(&half), Ok(vec![0]));
        room.take(&[0], &half);
        assert_eq!(room.choose(&ten_gib), Ok(vec![0]), "the fuller one is filled first");
        room.take(&[0], &ten_gib);
        assert_eq!(room.choose(&whole), Ok(vec![1]));
        room.take(&[1], &whole);
        let reason = room.choose(&half).unwrap_err();
        assert_eq!(reason.to_string(), "waits for 1 GPU with room for 50 % of it: 0 of 2 free");
        assert_eq!(
            room.choose(&asks(3, None)).unwrap_err().to_string(),
            "asks for 3 GPUs; there are only 2"
        );
    }

    #[test]
    fn what_somebody_else_uses_is_not_free_and_is_named() {
        let alice = GpuProcess { pid: 4711, user: "alice".into(), ..GpuProcess::default() };
        let ours = GpuProcess { pid: 5, user: "me".into(), ..GpuProcess::default() };
        let gpus =
            [Gpu { processes: vec![ours], ..gpu(0) }, Gpu { processes: vec![alice], ..gpu(1) }];
        let user = |pid| if pid == 5 { GpuUser::Ours } else { GpuUser::Other };
        let mut room = GpuRoom::new(&gpus, user);
        assert_eq!(room.choose(&asks(1, None)), Ok(vec![0]));
        room.take(&[0], &asks(1, None));
        let reason = room.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "waits for 1 GPU: 0 of 2 free; GPU 1 used by alice, pid 4711");
        let none = GpuRoom::new(&[], |_| GpuUser::Other);
        let reason = none.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "asks for 1 GPU; this machine has none");
    }

    #[test]
    fn a_gpu_that_is_being_left_is_not_free_yet_and_used_by_nobody() {
        let dying = GpuProcess { pid: 6, user: "root".into(), ..GpuProcess::default() };
        let gpus = [Gpu { processes: vec![dying], ..gpu(0) }];
        let room = GpuRoom::new(&gpus, |_| GpuUser::Leaving);
        let reason = room.choose(&asks(1, None)).unwrap_err().to_string();
        assert_eq!(reason, "waits for 1 GPU: 0 of 1 free");
    }

    proptest! {
        /// Whatever comes in whatever order, nobody gets what somebody has.
        #[test]
        fn no_gpu_is_ever_given_twice(
            wishes in prop::collection::vec((1_u32..4, prop::option::of(1_u32..5)), 1..20),
        ) {
            let mut room = GpuRoom::new(&[gpu(0), gpu(1), gpu(2)], |_| GpuUser::Other);
            let mut taken = [0.0_f64; 3];
            for (gpus, quarters) in wishes {
                let share = quarters.map(|n| GpuShare::Fraction(f64::from(n) / 4.0));
                let options = asks(gpus, share);
                if let Ok(chosen) = room.choose(&options) {
                    prop_assert_eq!(chosen.len(), gpus as usize);
                    for index in &chosen {
                        taken[*index as usize] += quarters.map_or(1.0, |n| f64::from(n) / 4.0);
                    }
                    room.take(&chosen, &options);
                } else {
                    room.reserve(&options);
                }
            }
            prop_assert!(taken.iter().all(|taken| *taken <= 1.0 + EPSILON), "{:?}", taken);
        }
    }
}
