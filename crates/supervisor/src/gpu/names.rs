//! Names of the GPUs, read from `/proc` without loading NVML, so that the start of a run does not
//! wait for it.

use std::fs;
use std::path::Path;

/// Contains a folder for each GPU, named after its PCI address.
const LIST: &str = "/proc/driver/nvidia/gpus";

/// Index and name of the given GPUs, or of all when none are given.
pub(crate) fn names(of: &[u32]) -> Vec<String> {
    names_in(Path::new(LIST), of)
}

fn names_in(list: &Path, of: &[u32]) -> Vec<String> {
    let Ok(listing) = fs::read_dir(list) else {
        return Vec::new();
    };
    // Sorted by PCI address, which is the driver's order.
    let mut folders: Vec<_> = listing.flatten().map(|item| item.path()).collect();
    folders.sort();
    let named = (0_u32..).zip(folders).map(|(index, folder)| {
        let text = fs::read_to_string(folder.join("information")).unwrap_or_default();
        let model = text.lines().find_map(|line| line.strip_prefix("Model:"));
        (index, format!("{index}: {}", model.unwrap_or("unknown").trim()))
    });
    named.filter(|(index, _)| of.is_empty() || of.contains(index)).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gpus_are_ordered_by_pci_bus_id() {
        let temp = tempfile::tempdir().unwrap();
        for (place, model) in
            [("0000:41:00.0", "Model: \t\t NVIDIA H200\n"), ("0000:01:00.0", "x\n")]
        {
            fs::create_dir(temp.path().join(place)).unwrap();
            fs::write(temp.path().join(place).join("information"), model).unwrap();
        }
        assert_eq!(names_in(temp.path(), &[]), ["0: unknown", "1: NVIDIA H200"]);
        assert_eq!(names_in(temp.path(), &[1]), ["1: NVIDIA H200"]);
        assert!(names_in(&temp.path().join("none"), &[]).is_empty());
    }
}
