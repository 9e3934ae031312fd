//! The texts that are measured: contracts of any length made of those of `corpus/`, and texts that are made to be slow.
//!
//! As a program it writes them to a folder: `cargo run --release --example texts -- FOLDER`.

use std::path::{Path, PathBuf};
use std::{fs, io};

use regex::{Captures, Regex};

/// A contract of at least so many bytes: the articles of the corpus one behind the other, numbered on, with their references.
pub fn contract(size: usize) -> String {
    contract_from(size, 0)
}

/// Some such contracts, each beginning with another one of the corpus.
pub fn contracts(size: usize, count: usize) -> Vec<String> {
    (0..count).map(|text| contract_from(size, text * (1 + size / 8_000))).collect()
}

/// The same as [`contract`], beginning with another contract of the corpus.
fn contract_from(size: usize, first: usize) -> String {
    let article = Regex::new(r"(?m)^第([0-9]+)条（[^（）\n]+）[ 　]*$").expect("a pattern");
    let cited = Regex::new(r"第([0-9]+)条").expect("a pattern");
    let blocks: Vec<String> = corpus().iter().filter_map(|path| block(&fs::read_to_string(path).ok()?)).collect();
    let mut text = String::from(
        "業務委託契約書\n\n東雲商事株式会社（以下「甲」という。）と北辰工業株式会社（以下「乙」という。）は、次のとおり契約を締結する。\n\n",
    );
    let (mut number, mut copy) = (0, first);
    while text.len() < size {
        let block = &blocks[copy % blocks.len()];
        let starts: Vec<usize> = article.find_iter(block).map(|found| found.start()).chain([block.len()]).collect();
        // A name can be defined once.
        let kept: Vec<&str> = starts
            .windows(2)
            .map(|range| block[range[0]..range[1]].trim_end())
            .filter(|article| !article.contains('「') && !article.contains("別紙"))
            .collect();
        let old = |article: &str| article.trim_start_matches('第').split('条').next().map(str::to_string);
        let numbers: Vec<Option<String>> = kept.iter().map(|article| old(article)).collect();
        let renumbered = |found: &Captures| {
            let place = numbers.iter().position(|n| n.as_deref() == Some(&found[1])).unwrap_or(0);
            format!("第{}条", number + place + 1)
        };
        for (place, article) in kept.iter().enumerate() {
            let (_, rest) = article.split_once('（').unwrap_or((article, ""));
            text.push_str(&format!(
                "第{}条（その{copy} {}\n\n",
                number + place + 1,
                cited.replace_all(rest, renumbered)
            ));
        }
        number += kept.len();
        copy += 1;
    }
    text
}

/// The articles of a contract, without title, preamble and what stands behind them.
fn block(text: &str) -> Option<String> {
    let start = text.find("\n第1条（")? + 1;
    let end = Regex::new(r"(?m)^(以上|本契約の成立|本契約締結|この契約の成立|附則|附　則|別紙|第[0-9]+章)")
        .expect("a pattern");
    let end = end.find(&text[start..]).map_or(text.len(), |found| start + found.start());
    Some(text[start..end].replace('\r', ""))
}

fn corpus() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let entries = |folder: &Path| {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let folders = entries(&root);
    let files = folders.iter().flat_map(|folder| entries(folder));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect()
}

/// Makes a text of so many pieces.
type Maker = fn(usize) -> String;

/// Texts that are made to be slow, each of `n` pieces.
pub const HOSTILE: [(&str, Maker); 26] = [
    ("one line", |n| article(&"甲は、乙に対し、秘密情報を第三者に開示してはならない。".repeat(n))),
    ("articles", |n| numbered(n, |i| format!("第{i}条（条項{i}）\n甲は、乙に支払う。\n"))),
    ("headings without text", |n| numbered(n, |i| format!("第{i}条\n"))),
    ("references to one article", |n| article(&numbered(n, |i| format!("{i}　甲は、第1条の規定に従う。\n")))),
    ("references on one line", |n| article(&"第1条、".repeat(n))),
    ("references in a circle", |n| numbered(n, |i| format!("第{i}条（準用）\n第{}条の規定を準用する。\n", i % n + 1))),
    ("broken references", |n| numbered(n, |i| format!("第{i}条（準用）\n第{}条第2項の規定を準用する。\n", i + n))),
    ("relative references", |n| article(&numbered(n, |i| format!("{i}　甲は、前項の規定に従う。\n")))),
    ("terms", |n| {
        numbered(n, |i| format!("第{i}条（定義）\n品目{i}（以下「用語{i}」という。）のうち用語{i}を除く。\n"))
    }),
    ("brackets", |n| article(&("（".repeat(n) + &"）".repeat(n)))),
    ("quotes", |n| article(&"「".repeat(n))),
    ("items", |n| article(&format!("次の各号のとおりとする。\n{}", numbered(n, |i| format!("({i}) 項目{i}\n"))))),
    ("lines without numbers", |n| article(&"甲及び甲及び乙\n".repeat(n))),
    ("annexes", |n| numbered(n, |i| format!("別紙{i}\n甲は、別紙{i}に従う。\n"))),
    ("chapters", |n| numbered(n, |i| format!("第{i}章　総則\n第1条（目的）\n甲は、第{i}章に従う。\n"))),
    ("digits", |n| article(&"1".repeat(n))),
    ("findings on one line", |n| article(&"甲は、、乙に支払う。".repeat(n))),
    ("blank lines", |n| "\n".repeat(n)),
    ("captions of citations", |n| article(&"第2条（秘密保持）に違反する。".repeat(n))),
    ("annexes without numbers", |n| "別紙\n甲は、別紙に従う。\n".repeat(n)),
    ("annexes that are missing", |n| numbered(n, |i| format!("別紙{i}に定める。別表{i}\n"))),
    ("variants of words", |n| article(&"及び。および。又は。または。".repeat(n))),
    ("exceptions of rules", |n| {
        article(&"再委託しては。尚更、但馬、但書き。著作権は、原始的に甲に帰属する。".repeat(n))
    }),
    ("sums", |n| {
        article(&"請負代金は、金12万円とする。\n1　請負代金を次のとおり分割して支払う。\n(1) 前金　金4万円\n(2) 残金　金8万円\n".repeat(n))
    }),
    ("grounds for ending", |n| {
        numbered(n, |i| {
            format!(
                "第{i}条（解除{i}）\n1　甲は、乙が本契約に違反したときは、催告を要せず、本契約を解除することができる。\n\
                 2　乙は、甲が本契約に違反したときは、催告の上、本契約を解除することができる。\n"
            )
        })
    }),
    ("waivers", |n| {
        article(
            &"<!-- keiyaku-allow rule = \"doubled-punctuation\", reason = \"略\" -->\n甲は、、乙に支払う。\n".repeat(n),
        )
    }),
];

fn article(text: &str) -> String {
    format!("第1条（目的）\n甲は、乙に支払う。\n第2条（方法）\n{text}\n")
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (1..=count).map(piece).collect()
}

#[allow(dead_code, reason = "the benchmark uses the texts and not the program")]
fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).unwrap_or_else(|| {
        eprintln!("usage: texts FOLDER");
        std::process::exit(2)
    });
    fs::create_dir_all(folder.join("1000"))?;
    for (name, size) in [("8kB", 8_000), ("100kB", 100_000), ("1MB", 1_000_000), ("10MB", 10_000_000)] {
        fs::write(folder.join(name).with_extension("txt"), contract(size))?;
    }
    for file in 0..1000 {
        fs::write(folder.join(format!("1000/{file:04}.txt")), contract_from(6500, file))?;
    }
    Ok(())
}
