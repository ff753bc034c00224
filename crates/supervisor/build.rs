//! Embeds the Python package, so that `import pyruns` works in a task without installation.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../python/src/pyruns");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    let mut source = String::from("const FILES: &[(&str, &str)] = &[\n");
    for (name, path) in &files {
        fs::read(path)?.hash(&mut hasher);
        name.hash(&mut hasher);
        writeln!(source, "    ({name:?}, include_str!({:?})),", path.canonicalize()?)?;
    }
    writeln!(source, "];\nconst HASH: &str = \"{:016x}\";", hasher.finish())?;
    fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("python_module.rs"), source)?;
    Ok(())
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, PathBuf)>) -> std::io::Result<()> {
    for item in fs::read_dir(dir)? {
        let path = item?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|ext| ext == "py" || ext == "pyi")
            || path.file_name().is_some_and(|name| name == "py.typed")
        {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            files.push((name, path));
        }
    }
    Ok(())
}
