//! Chromium and ChromeDriver: found, or installed where that needs nobody's answer (Debian, as root).
//!
//! `CHROME` and `CHROMEDRIVER` name other ones than those found. The two must be of the same major version.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::program;
use crate::workspace::Workspace;

/// What the tests in a browser need.
pub struct Browser {
    /// The browser itself.
    pub chromium: PathBuf,
    /// The program that steers it for the wasm tests.
    pub driver: PathBuf,
}

/// Under which names Chromium goes, the freest first.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Debian's packages: the browser, its driver, and glyphs for the labels that the tests draw.
const PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "fonts-dejavu-core", "fonts-noto-color-emoji"];

/// Finds both programs, installing them if that is possible.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if !(is_debian(&os_release) && is_root()) {
        bail!("The browser tests need Chromium and ChromeDriver of one version. {}", advice(&os_release));
    }
    println!("Installing {} with apt-get (about a minute).", PACKAGES.join(", "));
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends"]] {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet").args(arguments);
        if arguments[0] == "install" {
            apt.args(PACKAGES);
        }
        program::run(&mut apt)?;
    }
    find()?.context("apt-get installed Chromium, but there is no `chromium` and `chromedriver` on PATH")
}

fn find() -> Result<Option<Browser>> {
    let chromium = named_by("CHROME")?.or_else(|| {
        let mut folders = program::on_path();
        folders.extend(usual_places());
        NAMES.iter().find_map(|name| program::find(name, &folders)).or_else(application)
    });
    let driver = named_by("CHROMEDRIVER")?.or_else(|| program::find("chromedriver", &program::on_path()));
    Ok(chromium.zip(driver).map(|(chromium, driver)| Browser { chromium, driver }))
}

/// The program an environment variable names, by path or by a name on `PATH`.
fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) else { return Ok(None) };
    let path = PathBuf::from(&value);
    if path.is_file() {
        return Ok(Some(path));
    }
    match program::find(&value.to_string_lossy(), &program::on_path()) {
        Some(found) => Ok(Some(found)),
        None => bail!("{variable} is set to {}, but there is no such program.", path.display()),
    }
}

/// Where Chrome lives on Windows, which does not put it on `PATH`.
fn usual_places() -> Vec<PathBuf> {
    ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .iter()
        .filter_map(env::var_os)
        .flat_map(|base| ["Google/Chrome/Application", "Chromium/Application"].map(|rest| Path::new(&base).join(rest)))
        .collect()
}

/// Where Chrome lives on a Mac, which does not put it on `PATH` either.
fn application() -> Option<PathBuf> {
    let mut bases = vec![PathBuf::from("/Applications")];
    bases.extend(env::home_dir().map(|home| home.join("Applications")));
    bases
        .iter()
        .flat_map(|base| {
            ["Chromium", "Google Chrome"].map(|name| base.join(format!("{name}.app/Contents/MacOS/{name}")))
        })
        .find(|path| path.is_file())
}

/// Whether this is Debian or made from it; Ubuntu's `chromium` package is only a door to its snap store.
fn is_debian(os_release: &str) -> bool {
    let value = |key: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches(['"', '\'']).to_owned()
    };
    let family = format!("{} {}", value("ID"), value("ID_LIKE"));
    let mut words = family.split_whitespace();
    words.clone().any(|word| word == "debian") && !words.any(|word| word == "ubuntu")
}

fn is_root() -> bool {
    program::find("id", &program::on_path())
        .and_then(|id| program::output(Command::new(id).arg("-u")).ok())
        .is_some_and(|user| user.trim() == "0")
}

fn advice(os_release: &str) -> &'static str {
    if cfg!(target_os = "macos") {
        "Install them with `brew install --cask google-chrome chromedriver`."
    } else if cfg!(windows) {
        "Install them with `winget install Google.Chrome` and `winget install Chromium.ChromeDriver`."
    } else if is_debian(os_release) {
        "Install them with `sudo apt-get install chromium chromium-driver`."
    } else {
        "Install them with your package manager, or set CHROME and CHROMEDRIVER to where they are."
    }
}

/// Writes the wasm test runner's settings: `webdriver.json` of the repository, which holds for every machine, plus the
/// path of this machine's Chromium.
pub fn write_settings(workspace: &Workspace, browser: &Browser) -> Result<PathBuf> {
    let common = workspace.root.join("webdriver.json");
    let text = fs::read_to_string(&common).with_context(|| format!("cannot read {}", common.display()))?;
    let settings = with_binary(&text, &browser.chromium).with_context(|| format!("in {}", common.display()))?;
    let path = workspace.scratch().join("webdriver.json");
    fs::create_dir_all(workspace.scratch())?;
    fs::write(&path, settings).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn with_binary(settings: &str, chromium: &Path) -> Result<String> {
    let mut settings: Value = serde_json::from_str(settings)?;
    let options = settings["goog:chromeOptions"].as_object_mut().context("`goog:chromeOptions` is missing")?;
    options.insert("binary".to_owned(), Value::from(chromium.to_string_lossy()));
    Ok(settings.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_debian_but_ubuntu_is_not() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian("ID=raspbian\nID_LIKE=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\n"));
        assert!(!is_debian(""));
    }

    #[test]
    fn the_path_of_chromium_joins_the_arguments() {
        let settings = with_binary(r#"{"goog:chromeOptions":{"args":["--headless=new"]}}"#, Path::new("/opt/chrome"))
            .expect("the settings are whole");
        assert_eq!(settings, r#"{"goog:chromeOptions":{"args":["--headless=new"],"binary":"/opt/chrome"}}"#);
    }
}
