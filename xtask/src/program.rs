//! Finding other programs and running them.
//!
//! A program is looked up by ourselves and started by its full path: Windows would not find `npm.cmd` under the name
//! `npm`, and a tool just installed may be in a folder that is not on `PATH`. [`tee`] shows a program's output while it
//! runs and keeps a copy for counting.

use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// How an executable's file name may end.
const ENDINGS: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };

/// The folders on `PATH`.
pub fn on_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

/// The program of this name in the first of these folders that has it.
pub fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    folders
        .iter()
        .flat_map(|folder| ENDINGS.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|path| path.is_file())
}

/// A value for `PATH` with these folders before the others.
pub fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in first.iter().cloned().chain(on_path()) {
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    env::join_paths(folders).context("a folder's name cannot stand in PATH")
}

/// Runs a program with its output shown.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a program and returns what it prints; its complaints are shown.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed something that is not UTF-8", name(command)))
}

/// Whether a program can be run and is content; nothing is shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The version a program reports: the last word of the first line of `program --version`.
pub fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().next()?.split_whitespace().last().map(str::to_owned)
}

/// What a program printed while it was shown, and how it ended.
pub struct Teed {
    /// Standard output, then standard error.
    pub text: String,
    /// Whether it exited with 0.
    pub success: bool,
}

/// Runs a program, shows its output as it comes, and keeps it.
pub fn tee(command: &mut Command) -> Result<Teed> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let text = thread::scope(|scope| {
        let err = scope.spawn(|| err.map_or_else(Vec::new, |pipe| copy(pipe, io::stderr())));
        let mut text = out.map_or_else(Vec::new, |pipe| copy(pipe, io::stdout()));
        text.push(b'\n');
        text.extend(err.join().unwrap_or_default());
        text
    });
    let status = child.wait().with_context(|| format!("lost {}", name(command)))?;
    Ok(Teed { text: String::from_utf8_lossy(&text).into_owned(), success: status.success() })
}

/// Passes everything from one pipe on at once, and returns it.
fn copy(mut from: impl Read, mut to: impl Write) -> Vec<u8> {
    let mut all = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return all,
            Ok(length) => {
                all.extend_from_slice(&buffer[..length]);
                // Should our own output be closed, the program still runs to its end and is counted.
                let _ = to.write_all(&buffer[..length]).and_then(|()| to.flush());
            }
            Err(problem) if problem.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return all,
        }
    }
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// A command as one would type it, for messages.
fn line(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| format!(" {}", argument.to_string_lossy()));
    name(command) + &arguments.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_shows_a_command_as_one_would_type_it() {
        let mut command = Command::new("/some/where/npm");
        command.args(["ci", "--no-fund"]);
        assert_eq!(line(&command), "npm ci --no-fund");
    }

    #[test]
    fn folders_of_our_own_come_first_on_the_path_and_once() {
        let first = on_path().last().cloned().expect("the tests run with a PATH");
        let path = path_with(&[first.clone(), first.clone()]).expect("PATH's own folders can stand in PATH");
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        assert_eq!(folders[0], first);
        assert_eq!(folders.iter().filter(|folder| **folder == first).count(), 1);
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        assert_eq!(find("cargo", &[PathBuf::from("/no/such/folder")]), None);
    }
}
