//! The size budgets: what a browser downloads before the first screen can be used, and what it downloads later, with each
//! of the other programs.
//!
//! The first is `index.html` and every file of `dist/` named in it or in a text file it names (scripts, style sheets).
//! The others are in the folder of what runs: its loader names files in it, too, but only fetches them later (a
//! browser test holds it to that); one that `index.html` itself names is fetched at once, and counts for the first
//! screen. What is in the folder `prove` in it is the room Prove's. Type declarations are for editors and are never downloaded. Each file counts as a host sends it: through gzip
//! at level 9.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::runs;

/// The most that the first screen may weigh, in bytes.
const FIRST: usize = 300 * 1024;
/// The most that the second program may weigh, which comes while one looks at the first screen, in bytes.
const LATER: usize = 450 * 1024;
/// The most that the third may weigh, the room Prove, in bytes: six pages, the explorer, and a reader of logs.
const PROVE: usize = 550 * 1024;

/// Files by their path inside `dist/`, with `/` between folders.
type Files = BTreeMap<String, Vec<u8>>;

/// Weighs both downloads of `dist/`, prints the scales, and fails if one is too heavy.
pub fn check(dist: &Path) -> Result<()> {
    if !dist.join("index.html").is_file() {
        bail!("There is nothing to weigh in {} yet: `cargo xtask dist` builds it.", dist.display());
    }
    let mut files = Files::new();
    read(dist, "", &mut files)?;
    println!("{:>10} {:>10}  (bytes; gzip at level 9)", "raw", "gzip");
    let first = first_screen(&files);
    let rest = files.keys().map(String::as_str).filter(|name| runs::has(name) && !first.contains(name));
    let (prove, later) = rest.partition(|name| name.contains("/prove/"));
    weigh("The first screen", FIRST, &first, &files)?;
    weigh("What runs beside the canvas", LATER, &later, &files)?;
    weigh("The room Prove", PROVE, &prove, &files)
}

/// Prints the scales for a download, and fails if it is too heavy.
fn weigh(what: &str, budget: usize, names: &BTreeSet<&str>, files: &Files) -> Result<()> {
    let mut total = 0;
    println!("{:>10} {:>10}  {what}", "", "");
    for name in names {
        let bytes = &files[*name];
        let gzip = gzip_size(bytes)?;
        total += gzip;
        println!("{:>10} {gzip:>10}  {name}", bytes.len());
    }
    println!("{:>10} {total:>10}  together, of {budget} ({} %)", "", total * 100 / budget);
    if total > budget {
        bail!("{what} is {} bytes over its budget of {budget}.", total - budget);
    }
    Ok(())
}

/// The files needed for the first screen: those reachable from `index.html` by name. What runs is so only if the page
/// itself names it.
fn first_screen(files: &Files) -> BTreeSet<&str> {
    let mut needed = BTreeSet::new();
    let mut to_read = vec!["index.html"];
    while let Some(name) = to_read.pop() {
        if !needed.insert(name) {
            continue;
        }
        let Some(text) = files.get(name).filter(|_| is_text(name)).and_then(|bytes| std::str::from_utf8(bytes).ok())
        else {
            continue;
        };
        let counts = |other: &str| !other.ends_with(".d.ts") && (name == "index.html" || !runs::has(other));
        let named = files.keys().filter(|other| counts(other) && text.contains(file_name(other)));
        to_read.extend(named.map(String::as_str));
    }
    needed.retain(|name| files.contains_key(*name));
    needed
}

fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["html", "js", "mjs", "css"].contains(&ending)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn read(folder: &Path, prefix: &str, into: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), into)?;
        } else {
            into.insert(name, fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    Ok(())
}

fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_first_screen_is_what_can_be_reached_by_name() {
        let files = files(&[
            ("index.html", "import './app-1f.js'; <link href=\"./www/style-2a.css\">"),
            ("app-1f.js", "import './snippets/clipboard.js'; fetch('app-1f_bg.wasm')"),
            ("app-1f.d.ts", "export function mount(): void;"),
            ("app-1f_bg.wasm", "\0asm later.js"),
            ("www/style-2a.css", "url(letters.woff2)"),
            ("www/letters.woff2", ""),
            ("snippets/clipboard.js", ""),
            ("later.js", ""),
        ]);
        let expected = [
            "app-1f.js",
            "app-1f_bg.wasm",
            "index.html",
            "snippets/clipboard.js",
            "www/letters.woff2",
            "www/style-2a.css",
        ];
        assert!(first_screen(&files).into_iter().eq(expected), "{:?}", first_screen(&files));
    }

    #[test]
    fn what_runs_counts_for_the_first_screen_only_if_the_page_itself_names_it() {
        let names = |page: &'static str| {
            let files = files(&[
                ("index.html", page),
                ("loader.js", "import(folder + 'program.js')"),
                ("runs-1f/program.js", "fetch('program_bg.wasm')"),
                ("runs-1f/program_bg.wasm", ""),
            ]);
            first_screen(&files).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(names("<script src=loader.js data-folder=./runs-1f/>"), ["index.html", "loader.js"]);
        assert!(
            names("<link rel=preload href=./runs-1f/program_bg.wasm>").contains(&"runs-1f/program_bg.wasm".to_owned())
        );
    }

    #[test]
    fn files_that_name_each_other_are_counted_once() {
        let files = files(&[("index.html", "a.js"), ("a.js", "b.js index.html"), ("b.js", "a.js")]);
        assert_eq!(first_screen(&files).len(), 3);
    }

    #[test]
    fn gzip_makes_repetition_small() {
        let size = gzip_size(&[b'a'; 10_000]).expect("a vector can always be written");
        assert!((20..100).contains(&size), "{size}");
    }
}
