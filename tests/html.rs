//! The HTML report: complete in itself, true to the text, closed to hostile text. `tests/clients/report.mjs` looks at it in a browser.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use keiyaku::report::{Checked, html};
use keiyaku::{Contract, Rulebook, Settings, Text, check};

fn checked(path: &str, text: &str) -> Checked {
    let contract = Contract::parse(Text::new(text));
    let findings = check(&contract, Rulebook::builtin(), &Settings::default());
    Checked::new(path, keiyaku::report::json::Kind::default(), contract, findings)
}

fn page(files: &[Checked]) -> String {
    html::report(files, Rulebook::builtin())
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.split(opening.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The text of an element's inside: without tags, entities read, numbers of findings left out.
fn shown(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('>').unwrap() + open + 1;
        rest = match rest[open..close].starts_with("<a class=\"number") {
            true => rest.split_once("</a>").unwrap().1,
            false => &rest[close..],
        };
    }
    out.push_str(rest);
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(out, |text, (entity, character)| text.replace(entity, character))
}

fn corpus() -> Vec<Checked> {
    let mut files = Vec::new();
    for kind in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap() {
        for path in fs::read_dir(kind.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|e| e == "txt" || e == "md") {
                files.push(checked(&path.display().to_string(), &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

#[test]
fn every_line_of_a_contract_reads_as_it_is_written() {
    for file in corpus() {
        let page = page(std::slice::from_ref(&file));
        let lines = page.split("<p class=\"line ").skip(1).map(|rest| rest.split_once('>').unwrap().1);
        let shown: Vec<String> = lines.map(|line| shown(line.split("</p>\n").next().unwrap())).collect();
        let text = file.contract.text();
        let written = (0..text.line_count()).map(|index| text.slice(text.line(index)).trim_start());
        let written: Vec<&str> = written.filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(shown.iter().filter(|line| !line.is_empty()).collect::<Vec<_>>(), written, "{}", file.path);
    }
}

#[test]
fn every_link_leads_to_a_place_on_the_page_and_every_place_is_one() {
    let files = corpus();
    let page = page(&files);
    let ids = values(&page, "id");
    let places: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), places.len(), "an id is there twice");
    for link in values(&page, "href") {
        assert!(link.strip_prefix('#').is_some_and(|id| places.contains(id)), "{link}");
    }
    let findings: usize = files.iter().map(|file| file.findings.len()).sum();
    assert_eq!(page.matches("<aside class=\"note finding ").count(), findings);
    assert_eq!(page.matches("<a class=\"number finding ").count(), findings);
}

#[test]
fn the_counts_of_the_outline_are_those_of_the_findings() {
    let files = corpus();
    let page = page(&files);
    let outline = page.split_once("<nav").unwrap().1.split_once("</nav>").unwrap().0;
    let sum: usize = outline
        .split("counter-increment:n ")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(sum, files.iter().map(|file| file.findings.len()).sum::<usize>());
}

#[test]
fn the_page_needs_nothing_from_outside_and_runs_nothing() {
    let page = page(&corpus());
    assert!(page.contains("default-src 'none'"));
    for word in ["<script", "http://", "https://", "@import", "url(", " src=", "<link", "<iframe"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</title><script>alert(1)</script>\n第1条（\"><img src=x onerror=alert(1)>）\n1. 甲は、前項に従い</p></article><svg onload=alert(1)>する。。\n2. \n第3条（'onclick='alert(1)）\n\u{202E}乙\0は、第1条に従う。\n";
    let files = [checked("a\"><script>alert(2)</script>.txt", hostile)];
    assert!(!files[0].findings.is_empty());
    let page = page(&files);
    for word in ["<script", "<img", "<svg", "\u{202E}", "\0"] {
        assert!(!page.contains(word), "{word:?}");
    }
    let mut tags: BTreeMap<&str, i32> = BTreeMap::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split([' ', '>']).next().unwrap();
        *tags.entry(name.trim_start_matches('/')).or_default() += if name.starts_with('/') { -1 } else { 1 };
    }
    for name in ["p", "a", "mark", "b", "span", "aside", "article", "li", "nav", "main"] {
        assert_eq!(tags.get(name).copied().unwrap_or_default(), 0, "<{name}> is not closed as often as opened");
    }
}

#[test]
fn an_empty_file_has_a_page() {
    let files = [checked("empty.txt", ""), checked("blank.md", "\r\n\r\n　\n")];
    let findings: usize = files.iter().map(|file| file.findings.len()).sum();
    assert_eq!(page(&files).matches("<aside").count(), findings);
}
