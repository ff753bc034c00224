//! Checks that there are no import cycles between the modules of a crate, by `use` lines and paths in the code.
//!
//! A re-export in a `mod.rs` is resolved to its source module. Unit tests are ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout::root;

type Name = Vec<String>;

#[derive(Default)]
struct Modules {
    texts: BTreeMap<Name, String>,
    /// `(module, item)` of a re-export → the path of the item.
    exports: BTreeMap<(Name, String), Name>,
}

impl Modules {
    fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        collect(src, &mut files);
        let mut modules = Self::default();
        for file in files {
            let relative = file.strip_prefix(src).unwrap().with_extension("");
            let mut name: Name =
                relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if matches!(name.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                name.pop();
            }
            modules.texts.insert(name, without_tests(&fs::read_to_string(&file).unwrap()));
        }
        let mut exports = BTreeMap::new();
        for (module, text) in &modules.texts {
            for (path, alias) in uses(text)
                .into_iter()
                .filter(|import| import.is_public)
                .flat_map(|import| import.leaves)
            {
                if let Some((target, Some(_))) = modules
                    .resolve(module, &path)
                    .or_else(|| modules.resolve(module, &format!("self::{path}")))
                {
                    exports.insert(
                        (module.clone(), alias),
                        [target.clone(), vec![last(&path)]].concat(),
                    );
                }
            }
        }
        modules.exports = exports;
        modules
    }

    /// Resolves a path to a module and an item in it.
    fn resolve(&self, from: &Name, path: &str) -> Option<(Name, Option<String>)> {
        let mut parts = path.split("::").map(str::trim).peekable();
        let mut full = match *parts.peek()? {
            "crate" => Vec::new(),
            "self" | "super" => from.clone(),
            _ => return None,
        };
        for part in parts {
            match part {
                "crate" | "self" => {}
                "super" => drop(full.pop()),
                part => full.push(part.to_owned()),
            }
        }
        let known = (0..=full.len()).rev().find(|len| self.texts.contains_key(&full[..*len]))?;
        Some((full[..known].to_vec(), full.get(known).cloned()))
    }

    /// Like [`resolve`](Self::resolve), through re-exports.
    fn target(&self, from: &Name, path: &str) -> Option<Name> {
        let (mut module, mut item) = self.resolve(from, path)?;
        for _ in 0..8 {
            let Some(exported) =
                item.clone().and_then(|item| self.exports.get(&(module.clone(), item)))
            else {
                break;
            };
            let path = format!("crate::{}", exported.join("::"));
            (module, item) = self.resolve(&Vec::new(), &path)?;
        }
        Some(module)
    }

    fn imports(&self) -> BTreeMap<&Name, BTreeSet<Name>> {
        let of = |module: &Name, text: &str| {
            let mut paths: Vec<String> = uses(text)
                .into_iter()
                .flat_map(|import| import.leaves)
                .map(|(path, _)| path)
                .collect();
            paths.extend(paths_in_code(text));
            let targets = paths.iter().filter_map(|path| self.target(module, path));
            targets.filter(|target| target != module).collect()
        };
        self.texts.iter().map(|(module, text)| (module, of(module, text))).collect()
    }
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for item in fs::read_dir(dir).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// A file without comments and without its `#[cfg(test)]` module, which is at the end.
fn without_tests(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text[..end].lines().map(code).collect::<Vec<_>>().join("\n")
}

struct Import {
    is_public: bool,
    /// Path and local name.
    leaves: Vec<(String, String)>,
}

fn uses(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("use ") {
        let before = text[..at].rsplit('\n').next().unwrap_or_default().trim();
        if !before.is_empty() && !before.starts_with("pub") {
            continue;
        }
        let Some(end) = text[at..].find(';') else { continue };
        let mut leaves = Vec::new();
        flatten("", &text[at + 4..at + end].replace('\n', " "), &mut leaves);
        found.push(Import { is_public: before.starts_with("pub"), leaves });
    }
    found
}

/// Splits `a::{b, c::{d, e as f}}` into its paths.
fn flatten(prefix: &str, tree: &str, leaves: &mut Vec<(String, String)>) {
    let (mut depth, mut start) = (0, 0);
    let mut parts = Vec::new();
    for (at, letter) in tree.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        match (part.find('{'), part.rfind('}')) {
            (Some(open), Some(close)) => {
                flatten(&format!("{prefix}{}", &part[..open]), &part[open + 1..close], leaves);
            }
            _ => {
                let (path, alias) = part.split_once(" as ").unwrap_or((part, ""));
                let path = format!("{prefix}{}", path.trim());
                let path = path.strip_suffix("::self").unwrap_or(&path).to_owned();
                let alias = if alias.is_empty() { last(&path) } else { alias.trim().to_owned() };
                leaves.push((path, alias));
            }
        }
    }
}

fn last(path: &str) -> String {
    path.rsplit("::").next().unwrap_or_default().to_owned()
}

/// Paths such as `crate::a::b` and `super::b` in the code.
fn paths_in_code(text: &str) -> Vec<String> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in text.match_indices(start) {
            if text[..at].ends_with(|letter| is_word(letter) || letter == ':' || letter == '$') {
                continue;
            }
            let end = text[at..]
                .find(|letter| !is_word(letter) && letter != ':')
                .unwrap_or(text.len() - at);
            found.push(text[at..at + end].trim_end_matches(':').to_owned());
        }
    }
    found
}

/// A cycle through `start`, if there is one.
fn circle(imports: &BTreeMap<&Name, BTreeSet<Name>>, start: &Name) -> Option<Vec<String>> {
    let mut came_from: BTreeMap<&Name, &Name> = BTreeMap::new();
    let mut next = vec![start];
    while let Some(module) = next.pop() {
        for target in imports.get(module).into_iter().flatten() {
            if target == start {
                let mut way = vec![start.join("::")];
                let mut at = module;
                while at != start {
                    way.push(at.join("::"));
                    at = came_from[at];
                }
                way.push(start.join("::"));
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(target) {
                came_from.insert(target, module);
                next.push(target);
            }
        }
    }
    None
}

fn circles(src: &Path) -> Vec<String> {
    let modules = Modules::read(src);
    let imports = modules.imports();
    imports
        .keys()
        .filter_map(|module| circle(&imports, module))
        .map(|way| way.join(" → "))
        .collect()
}

#[test]
fn no_module_imports_itself_by_way_of_others() {
    let root = root();
    let mut crates: Vec<PathBuf> =
        ["app", "cli", "server", "site"].map(|name| root.join(name)).into();
    crates.extend(fs::read_dir(root.join("crates")).unwrap().map(|item| item.unwrap().path()));
    let found = |dir: &PathBuf| (dir.file_name().unwrap().to_owned(), circles(&dir.join("src")));
    let bad: Vec<_> = crates.iter().map(found).filter(|(_, circles)| !circles.is_empty()).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_circle_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("lib.rs", "mod a;\npub use a::inner::One;\n");
    write("a/mod.rs", "mod inner;\npub(crate) use inner::{One, Two as Three};\n");
    write("a/inner.rs", "use std::fs;\n// use crate::c::C;\npub struct One;\n");
    write("b.rs", "use crate::a::One;\nfn f() -> crate::c::C { todo!() }\n");
    assert_eq!(circles(folder.path()), Vec::<String>::new());
    write("c.rs", "use super::{\n    a::Three,\n    b,\n};\npub struct C;\n");
    assert_eq!(circles(folder.path()), ["b → c → b", "c → b → c"]);
    write("c.rs", "pub struct C;\n#[cfg(test)]\nmod tests {\n    use crate::b;\n}\n");
    assert_eq!(circles(folder.path()), Vec::<String>::new());
}
