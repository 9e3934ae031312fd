//! How the program is linked. On Linux it lies at a fixed address, so that the loader has nothing to relocate in the tables of the rules; and
//! a release holds the C library, where that is there as an archive, so that the loader has nothing to find and map either: one file that runs
//! on every Linux of its kind and starts in half the time. The project has no unsafe code that addresses would have to be hidden from.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The libraries that the standard library asks for, and the archives in which they are.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    ("util", &["libutil.a"]),
    ("rt", &["librt.a"]),
    ("pthread", &["libpthread.a"]),
    ("m", &["libm.a"]),
    ("dl", &["libdl.a"]),
    ("c", &["libc.a"]),
];

/// Tells Cargo how to link the program.
pub fn link(out: &Path) {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let fixed = vec!["-no-pie".to_string()];
    let archives = out.join("archives");
    let whole = vec!["-no-pie".to_string(), "-static".to_string(), format!("-L{}", archives.display())];
    let is_at_home = is("PROFILE", "release") && env::var("HOST") == env::var("TARGET");
    let arguments = if is_at_home && gather(&archives).is_some() && runs(out, &whole) { whole } else { fixed };
    arguments.iter().for_each(|argument| println!("cargo::rustc-link-arg-bins={argument}"));
}

/// Writes a folder in which the linker finds the archives under the names of the libraries; `None` where one is not there.
fn gather(folder: &Path) -> Option<()> {
    fs::create_dir_all(folder).expect("OUT_DIR can be written");
    for (library, archives) in LIBRARIES {
        let found = archives.iter().map(|name| archive(name)).collect::<Option<Vec<String>>>()?;
        let script = format!("INPUT({})\n", found.join(" "));
        fs::write(folder.join(format!("lib{library}.a")), script).expect("OUT_DIR can be written");
    }
    Some(())
}

/// Where the compiler of C has an archive.
fn archive(name: &str) -> Option<String> {
    let output = Command::new("cc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?.trim().to_string();
    PathBuf::from(&path).is_absolute().then_some(path)
}

/// Whether a small program that is linked like this runs, threads and unwinding included.
fn runs(out: &Path, arguments: &[String]) -> bool {
    let (source, program) = (out.join("probe.rs"), out.join("probe"));
    let text = "fn main() {\n    std::panic::set_hook(Box::new(|_| {}));\n    let thread = std::thread::spawn(|| std::panic::catch_unwind(|| panic!()).is_err());\n    std::process::exit(if thread.join().unwrap() { 0 } else { 1 });\n}\n";
    fs::write(&source, text).expect("OUT_DIR can be written");
    let mut compiler = Command::new(env::var_os("RUSTC").expect("cargo sets it"));
    compiler.arg(&source).arg("-o").arg(&program);
    compiler.args(arguments.iter().map(|argument| format!("-Clink-arg={argument}")));
    compiler.args(env::var("RUSTC_LINKER").map(|linker| format!("-Clinker={linker}")));
    let succeeds = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    succeeds(&mut compiler) && succeeds(&mut Command::new(&program))
}
