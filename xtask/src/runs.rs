//! What runs is a second program, in a folder of its own in `dist/`. Trunk puts a hash of its content into the name of
//! every other file, so that a host may let browsers keep it for ever; here the folder gets one. It is the folder and not
//! its files because these name each other.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What Trunk calls the folder; `index.html` says so.
const FOLDER: &str = "runs";

/// Whether a file of `dist/`, by its path inside it, belongs to what runs.
pub fn has(file: &str) -> bool {
    file.split_once('/').is_some_and(|(folder, _)| {
        folder.strip_prefix(FOLDER).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

/// Puts a hash of what is in the folder into its name, and the name into `index.html`.
pub fn name_by_content(dist: &Path) -> Result<()> {
    let folder = dist.join(FOLDER);
    let name = format!("{FOLDER}-{:016x}", hash(&folder)?);
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let text = renamed(&text, &name)?;
    fs::rename(&folder, dist.join(&name)).with_context(|| format!("cannot rename {}", folder.display()))?;
    fs::write(&page, text).with_context(|| format!("cannot write {}", page.display()))
}

fn hash(folder: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    add(folder, &mut hasher)?;
    Ok(hasher.finish())
}

/// Adds all that is in a folder, names and contents, in the order of the names.
fn add(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        hasher.write(path.file_name().unwrap_or_default().as_encoded_bytes());
        if path.is_dir() {
            add(&path, hasher)?;
        } else {
            hasher.write(&fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    Ok(())
}

/// The page with another name of the folder in the one place where it is named.
fn renamed(page: &str, name: &str) -> Result<String> {
    let named = format!("./{FOLDER}/");
    match page.matches(&named).count() {
        1 => Ok(page.replace(&named, &format!("./{name}/"))),
        count => bail!("index.html names the folder {named} {count} times, not once: who fetches what runs?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_folder_by_its_new_name() {
        let page = "<script src=./runs-77.js data-folder=./runs/></script>";
        let expected = "<script src=./runs-77.js data-folder=./runs-1f/></script>";
        assert_eq!(renamed(page, "runs-1f").expect("it is named once"), expected);
    }

    #[test]
    fn a_page_that_does_not_name_the_folder_is_refused() {
        assert!(renamed("<script src=./runs-77.js></script>", "runs-1f").is_err());
        assert!(renamed("./runs/ ./runs/", "runs-1f").is_err());
    }

    #[test]
    fn what_runs_is_told_by_its_folder() {
        assert!(has("runs/a.js") && has("runs-1f/a.wasm"));
        assert!(!has("runs-1f.js") && !has("running/a.js") && !has("index.html"));
    }

    #[test]
    fn other_content_is_another_name() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("partition-lab-runs-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let with = |text: &str| fs::write(folder.join("a.js"), text).map_err(Into::into).and_then(|()| hash(&folder));
        let (one, two, one_again) = (with("one")?, with("two")?, with("one")?);
        fs::remove_dir_all(&folder)?;
        assert_ne!(one, two);
        assert_eq!(one, one_again);
        Ok(())
    }
}
