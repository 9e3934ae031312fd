//! Files are written whole or not at all, and nothing else is touched.

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

/// A document of Word with the parts it has to have.
fn docx() -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let entries = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_string()),
        ("_rels/.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{kind}\" Target=\"word/document.xml\"/></Relationships>")),
        ("word/document.xml", "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>第1条（目的）</w:t></w:r></w:p><w:p><w:r><w:t>甲は、委託する。。</w:t></w:r></w:p></w:body></w:document>".to_string()),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The fingerprint of the first finding of a file.
fn fingerprint(folder: &Path, name: &str) -> String {
    let output = keiyaku(folder, &["check", "--format", "short", "--fingerprints", name]);
    let line = stdout(&output).lines().next().unwrap().to_string();
    line[line.rfind('[').unwrap() + 1..line.len() - 1].to_string()
}

#[test]
fn a_full_disk_is_told() {
    let folder = folder(&[("a.txt", FLAWED)]);
    let commands: [&[&str]; 9] = [
        &["check", "a.txt"],
        &["check", "--format", "json", "a.txt"],
        &["inspect", "a.txt"],
        &["fix", "--diff", "a.txt"],
        &["fix", "-"],
        &["rules"],
        &["init", "--stdout"],
        &["completions", "bash"],
        &["--help"],
    ];
    for arguments in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let input = fs::File::open(folder.path().join("a.txt")).unwrap();
        let output = program(folder.path(), arguments).stdin(input).stdout(full).output().unwrap();
        refused(&output, &["ディスクの空きがありません"]);
    }
    // A device is written to and never replaced.
    for arguments in [&["baseline", "--output", "/dev/full", "a.txt"][..], &["review", "b.docx", "-o", "/dev/full"]] {
        fs::write(folder.path().join("b.docx"), docx()).unwrap();
        refused(&keiyaku(folder.path(), arguments), &["/dev/full: 書き込めません（ディスクの空きがありません）"]);
        assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_changes() {
    let folder = folder(&[("a.txt", FLAWED), ("keiyaku.toml", "")]);
    let path = folder.path();
    fs::write(path.join("b.docx"), docx()).unwrap();
    let print = fingerprint(path, "a.txt");
    fs::write(path.join("numbers.txt"), "第1条（目的）\n売買する。\n第3条（代金）\n支払う。\n").unwrap();
    // The copy of the program, and what each command is to write.
    let _ = as_a_user(path, &["--version"]);
    fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    let before = names(path);
    let commands: [(&[&str], &str); 6] = [
        (&["fix", "a.txt"], "a.txt"),
        (&["renumber", "numbers.txt"], "numbers.txt"),
        (&["baseline", "a.txt"], "keiyaku-baseline.json"),
        (&["review", "b.docx", "-o", "c.docx"], "c.docx"),
        (&["allow", &print, "--reason", "確認済み", "a.txt"], "keiyaku.toml"),
        (&["review", "b.docx", "-o", "absent/c.docx"], "absent/c.docx"),
    ];
    for (arguments, target) in commands {
        let output = as_a_user(path, arguments);
        refused(&output, &[target, "書き込めません（"]);
        assert_eq!(names(path), before, "nothing is left");
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fs::read_to_string(path.join("a.txt")).unwrap(), FLAWED);
    assert_eq!(fs::read_to_string(path.join("keiyaku.toml")).unwrap(), "");
    refused(&keiyaku(path, &["baseline", "--output", "a.txt/b.json", "a.txt"]), &["a.txt/b.json: 書き込めません（"]);
    refused(&keiyaku(path, &["baseline", "--output", ".", "a.txt"]), &[".: 書き込めません（フォルダです）"]);
    refused(&keiyaku(path, &["init"]), &["keiyaku.toml は既にあります"]);
}

#[test]
fn every_command_that_writes_replaces_the_file_at_once() {
    let folder = folder(&[("a.txt", FLAWED), ("d.txt", FLAWED), ("keiyaku.toml", ""), ("keiyaku-baseline.json", "{}")]);
    let path = folder.path();
    fs::write(path.join("numbers.txt"), "第1条（目的）\n売買する。\n第3条（代金）\n支払う。\n").unwrap();
    fs::write(path.join("b.docx"), docx()).unwrap();
    fs::write(path.join("c.docx"), "").unwrap();
    let print = fingerprint(path, "d.txt");
    let commands: [(&[&str], &str); 5] = [
        (&["allow", &print, "--reason", "確認済み", "d.txt"], "keiyaku.toml"),
        (&["baseline", "a.txt"], "keiyaku-baseline.json"),
        (&["review", "b.docx", "-o", "c.docx"], "c.docx"),
        (&["renumber", "numbers.txt"], "numbers.txt"),
        (&["fix", "a.txt"], "a.txt"),
    ];
    for (arguments, target) in commands {
        let file = path.join(target);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let before = fs::metadata(&file).unwrap();
        // A second name of the same file keeps the old bytes only if the file was replaced and not written over.
        let old = fs::read(&file).unwrap();
        fs::hard_link(&file, path.join("second")).unwrap();
        let output = keiyaku(path, arguments);
        assert_eq!(status(&output), 0, "{arguments:?}: {}", stderr(&output));
        let after = fs::metadata(&file).unwrap();
        assert_ne!(fs::read(&file).unwrap(), old, "{target} was written");
        assert_eq!(fs::read(path.join("second")).unwrap(), old, "{target} was written beside and renamed");
        assert_ne!(before.ino(), after.ino());
        assert_eq!(after.permissions().mode() & 0o7777, 0o640, "{target} keeps its permissions");
        assert_eq!((before.uid(), before.gid()), (after.uid(), after.gid()));
        fs::remove_file(path.join("second")).unwrap();
        assert!(names(path).iter().all(|name| !name.starts_with(".keiyaku-")));
    }
}

#[test]
fn a_link_stays_a_link() {
    let folder = folder(&[("real.txt", FLAWED), ("real.json", "{}")]);
    let path = folder.path();
    symlink("real.txt", path.join("link.txt")).unwrap();
    symlink("new.json", path.join("dangling.json")).unwrap();
    assert_eq!(status(&keiyaku(path, &["fix", "link.txt"])), 0);
    assert_eq!(fs::read_to_string(path.join("real.txt")).unwrap(), MENDED);
    assert_eq!(status(&keiyaku(path, &["baseline", "--output", "dangling.json", "real.txt"])), 0);
    assert!(fs::read_to_string(path.join("new.json")).unwrap().contains("\"version\""));
    for link in ["link.txt", "dangling.json"] {
        assert!(fs::symlink_metadata(path.join(link)).unwrap().is_symlink(), "{link}");
    }
}

#[test]
fn a_new_file_has_the_permissions_of_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let umask = Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", "umask 027 && \"$0\" init && touch other", env!("CARGO_BIN_EXE_keiyaku")])
        .stderr(Stdio::null())
        .status();
    assert!(umask.unwrap().success());
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("keiyaku.toml"), mode("other")), (0o640, 0o640));
}

/// Whenever it comes, an interruption leaves every file as it was or whole, and nothing temporary.
#[test]
fn an_interruption_leaves_whole_files() {
    let mut stopped_midway = false;
    for wait in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        (0..400).for_each(|number| fs::write(path.join(format!("{number:03}.txt")), FLAWED).unwrap());
        let mut child = program(path, &["fix", "."]).stdout(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        let mended = |number: usize| fs::read_to_string(path.join(format!("{number:03}.txt"))).unwrap() == MENDED;
        while !mended(0) && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(wait));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let ended = child.wait().unwrap();
        assert!(matches!(ended.code(), Some(0 | 130)), "{ended}");
        let count = (0..400)
            .filter(|number| {
                let content = fs::read_to_string(path.join(format!("{number:03}.txt"))).unwrap();
                assert!(content == FLAWED || content == MENDED, "{number}: {content}");
                content == MENDED
            })
            .count();
        stopped_midway |= count < 400 && ended.code() == Some(130);
        assert_eq!(names(path).len(), 400, "nothing temporary is left");
    }
    assert!(stopped_midway, "at least one run was interrupted while it wrote");
}
