//! `cargo xtask serve`: the optimised sandbox on this machine, rebuilt when a source changes.
//!
//! It needs rustup and nothing else. Where npm has already installed wasm-opt the page is made as small as in `dist/`;
//! elsewhere Trunk is asked for cargo's release profile instead of its own release mode, which would insist on
//! wasm-opt.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::args::{Open, Serve};
use crate::node;
use crate::setup::{Need, Setup};

/// Sets up, serves, and returns when the server has ended.
pub fn run(options: &Serve) -> Result<()> {
    let setup = Setup::prepare(&[Need::Wasm, Need::WasmBindgen, Need::Trunk])?;
    let port = free_port(options.port)?;
    if port != options.port {
        println!("Port {} is taken; using {port}.", options.port);
    }

    // Apart from `dist/`, which may be under test; empty at first, so that no old page hides a failed build.
    let folder = setup.workspace.scratch().join(format!("serve-{port}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;

    let mut trunk = setup.trunk()?;
    trunk.args(["serve", "--port", &port.to_string(), "--dist"]).arg(&folder);
    if node::has_wasm_opt(&setup.workspace) {
        trunk.arg("--release");
    } else {
        trunk.args(["--cargo-profile", "release"]);
    }
    if options.open == Open::InBrowser {
        trunk.arg("--open");
    }
    println!("Building the sandbox (one or two minutes the first time).");
    let mut server = trunk.spawn().context("cannot start Trunk")?;
    announce(&mut server, port)?;
    let status = server.wait().context("lost Trunk")?;
    if !status.success() {
        bail!("Trunk ended: {status}");
    }
    Ok(())
}

/// The first port from `wanted` on that nobody listens on.
fn free_port(wanted: u16) -> Result<u16> {
    for port in wanted..=wanted.saturating_add(99) {
        // Some systems let two programs bind one port in different ways, so ask for an answer too.
        if TcpStream::connect_timeout(&address(port), Duration::from_millis(200)).is_ok() {
            continue;
        }
        match TcpListener::bind(address(port)) {
            Ok(_) => return Ok(port),
            Err(problem) if problem.kind() == ErrorKind::AddrInUse => {}
            Err(problem) => return Err(problem).with_context(|| format!("cannot use port {port}")),
        }
    }
    bail!("The hundred ports from {wanted} on are all taken: name another with --port.")
}

/// Prints the address once the page is there; returns early if the server ends before.
fn announce(server: &mut Child, port: u16) -> Result<()> {
    let mut warned = false;
    loop {
        if server.try_wait().context("lost Trunk")?.is_some() {
            return Ok(());
        }
        match page_status(port) {
            Some(200) => break,
            Some(_) if !warned => {
                println!("\nThe build failed, see above. It starts again when a source changes; Ctrl-C ends it.\n");
                warned = true;
            }
            _ => {}
        }
        thread::sleep(Duration::from_millis(200));
    }
    println!("\n  The sandbox is at  http://127.0.0.1:{port}/\n");
    println!("  A change to the sources rebuilds it: then reload the page. Ctrl-C ends it.\n");
    Ok(())
}

/// The status with which the server answers for `/`; none if there is no answer yet.
fn page_status(port: u16) -> Option<u16> {
    let patience = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&address(port), patience).ok()?;
    stream.set_read_timeout(Some(patience)).ok()?;
    stream.write_all(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n").ok()?;
    let mut answer = [0; 12]; // "HTTP/1.0 200"
    stream.read_exact(&mut answer).ok()?;
    std::str::from_utf8(&answer[9..]).ok()?.parse().ok()
}

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind(address(0)).and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
        let (port, _listener) = taken.expect("the system gives out a free port");
        let next = free_port(port).expect("a hundred ports are not all taken");
        assert!(next > port, "{next}");
    }
}
