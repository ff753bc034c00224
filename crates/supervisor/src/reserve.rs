//! Room on the disk for the end of a run, taken before it begins: a run that ends on a full disk can
//! still say how it ended.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;

use super::claim::Claim;
use store::disk::open_empty;
use store::task::{KeptEnd, TaskDir};
use store::{Error, Result};

/// One block of the usual file systems: how a run ended takes less.
const BYTES: usize = 4096;
/// The longest text in it.
const TEXT_BYTES: usize = 512;

/// The reserved room: `run_logs/runN.reserve`, which becomes `runN.end` when it is used.
pub(crate) struct Reserve {
    file: File,
    dir: TaskDir,
    run_index: u32,
    is_used: bool,
}

impl Reserve {
    /// Takes the room.
    ///
    /// # Errors
    /// When there is none: then the run must not begin.
    pub(crate) fn take(claim: &Claim) -> Result<Self> {
        let path = claim.dir.reserve(claim.run_index);
        let tell = Error::io("reserving room for the end of the run in", &path);
        let file = match open_empty(&path).and_then(|file| {
            // Written, not promised by fallocate: a block that is written is found or refused at once, and
            // costs nothing where the file is gone before the system has put it on the disk.
            file.write_all_at(&[0; BYTES], 0)?;
            Ok(file)
        }) {
            Ok(file) => file,
            Err(error) => {
                // Gone already is as good.
                let _ = fs::remove_file(&path);
                return Err(tell(error));
            }
        };
        Ok(Self { file, dir: claim.dir.clone(), run_index: claim.run_index, is_used: false })
    }

    /// Keeps how the run ended, in place: that takes no more room. Does nothing the second time.
    pub(crate) fn keep(&mut self, end: &KeptEnd) {
        if self.is_used {
            return;
        }
        match self.write(end) {
            Ok(()) => self.is_used = true,
            Err(error) => tracing::warn!(%error, "the end of a run cannot be kept"),
        }
    }

    fn write(&self, end: &KeptEnd) -> io::Result<()> {
        let mut end = end.clone();
        cut(&mut end.reason);
        cut(&mut end.command);
        self.file.write_all_at(&serde_json::to_vec(&end)?, 0)?;
        self.file.sync_data()?;
        fs::rename(self.dir.reserve(self.run_index), self.dir.kept_end(self.run_index))
    }

    /// Gives the room to whoever writes next.
    pub(crate) fn give_up(&self) {
        let _ = self.file.set_len(0);
    }
}

impl Drop for Reserve {
    /// Removes what is not needed any more. A kept end is removed when it is written where it belongs.
    fn drop(&mut self) {
        if !self.is_used {
            let _ = fs::remove_file(self.dir.reserve(self.run_index));
        }
    }
}

/// Removes the kept end of a run that is written where it belongs, and the room of one that has died.
pub(crate) fn clear(dir: &TaskDir, run_index: u32) {
    for path in [dir.kept_end(run_index), dir.reserve(run_index)] {
        // Hardly ever there.
        let _ = fs::remove_file(path);
    }
}

fn cut(text: &mut String) {
    if let Some((at, _)) = text.char_indices().find(|(at, c)| at + c.len_utf8() > TEXT_BYTES) {
        text.truncate(at);
    }
}
