//! What each stage and each rule costs, and how that grows: `cargo bench --bench growth`.
//!
//! Three tables: the stages and the rules on contracts of 100 kB, 1 MB and 10 MB, and hostile texts of two sizes. `growth` is the cost of a
//! byte of the largest against that of the smallest: 1.0 is linear. Of the small sizes several texts are read in turn: a processor learns one text
//! that it reads fifty times by heart, and nobody's contract is read fifty times. `-- stages`, `-- rules` or `-- hostile` prints one of them, `-- quick`
//! leaves the 10 MB out.

#[path = "texts.rs"]
mod texts;

use std::hint::black_box;
use std::time::{Duration, Instant};

use keiyaku::{Analysis, Contract, Rulebook, Selection, Settings, Text, check, check_analysed, syntax};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wants = |table: &str| {
        let tables = ["stages", "rules", "hostile"];
        asked.iter().any(|name| name == table) || !asked.iter().any(|name| tables.contains(&name.as_str()))
    };
    let quick = asked.iter().any(|name| name == "quick");
    let sizes: &[usize] = if quick { &[100_000, 1_000_000] } else { &[100_000, 1_000_000, 10_000_000] };
    let texts: Vec<Vec<String>> = sizes.iter().map(|&size| texts::contracts(size, (TOGETHER / size).max(1))).collect();
    if wants("stages") {
        stages(&texts);
    }
    if wants("rules") {
        rules(&texts);
    }
    if wants("hostile") {
        hostile();
    }
}

/// How many bytes the texts of one size have together, at least.
const TOGETHER: usize = 2_000_000;

/// Takes a result, so that it has to be computed.
fn done<T>(result: T) {
    black_box(result);
}

/// The shortest of several runs: what else the machine does makes a run longer, and nothing makes it shorter.
fn time(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    let begun = Instant::now();
    for runs in 1.. {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
        if runs >= 3 && begun.elapsed() > Duration::from_millis(300) || runs >= 50 {
            break;
        }
    }
    best
}

fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9)
}

/// A row: for each size the time of one text, and the speed.
fn row(name: &str, texts: &[Vec<String>], times: &[Duration]) {
    print!("{name:32}");
    for (texts, time) in texts.iter().zip(times) {
        print!("{:10.3} ms {:8.0} MB/s", time.as_secs_f64() * 1e3 / texts.len() as f64, speed(bytes(texts), *time));
    }
    println!("{:8.2}", growth(texts, times));
}

fn bytes(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

fn growth(texts: &[Vec<String>], times: &[Duration]) -> f64 {
    speed(bytes(&texts[0]), times[0]) / speed(bytes(&texts[texts.len() - 1]), times[times.len() - 1])
}

type Stage = (&'static str, fn(&Analysis));

/// What a contract says of itself, without a word of a rule page.
const OWN: [Stage; 11] = [
    ("numbers that do not run on", |a| done(a.breaks())),
    ("brackets", |a| done(a.brackets())),
    ("sentences", |a| done(a.sentences())),
    ("numerals", |a| done(a.numerals())),
    ("dates", |a| done(a.dates())),
    ("amounts", |a| done(a.amounts())),
    ("captions", |a| done(a.captions())),
    ("references", |a| done(a.references())),
    ("terms", |a| done(a.terms())),
    ("parties", |a| done(a.parties())),
    ("acts", |a| done(a.acts())),
];

/// What the words of all rule pages and of the vocabulary show.
const SHOWN: [Stage; 4] = [
    ("words", |a| done(a.occurrences())),
    ("kind", |a| done(a.kind())),
    ("clauses", |a| done(a.clauses().all().count())),
    ("facts", |a| done(a.facts())),
];

fn stages(texts: &[Vec<String>]) {
    let book = Rulebook::builtin();
    println!("\n{:32}{}", "stage (with what it needs)", heading(texts));
    let each = |name: &str, work: &dyn Fn(&str)| {
        let of_size = |texts: &Vec<String>| time(|| texts.iter().for_each(|text| work(text)));
        row(name, texts, &texts.iter().map(of_size).collect::<Vec<Duration>>());
    };
    each("text", &|text| done(Text::new(text)));
    let times = |work: &dyn Fn(&Text)| {
        let of_size = |texts: &Vec<String>| {
            let texts: Vec<Text> = texts.iter().map(|text| Text::new(text.as_str())).collect();
            time(|| texts.iter().for_each(work))
        };
        texts.iter().map(of_size).collect::<Vec<Duration>>()
    };
    row("lines", texts, &times(&|text| done(syntax::lines(text))));
    each("parse (text, lines, fold, flow)", &|text| done(Contract::parse(Text::new(text))));
    let contracts: Vec<Vec<Contract>> = texts.iter().map(|texts| parsed(texts)).collect();
    for (name, stage) in OWN.into_iter().chain(SHOWN) {
        let work = |contract: &Contract| stage(&Analysis::new(contract, book));
        let of_size = |contracts: &Vec<Contract>| time(|| contracts.iter().for_each(work));
        row(name, texts, &contracts.iter().map(of_size).collect::<Vec<Duration>>());
    }
    let together = |text: &str, stages: &mut dyn Iterator<Item = &Stage>| {
        let contract = Contract::parse(Text::new(text));
        let analysis = Analysis::new(&contract, book);
        stages.for_each(|(_, stage)| stage(&analysis));
    };
    each("parse, all but what words show", &|text| together(text, &mut OWN.iter()));
    each("parse and all of the above", &|text| together(text, &mut OWN.iter().chain(&SHOWN)));
    each("parse and check, all rules", &|text| {
        let contract = Contract::parse(Text::new(text));
        done(check(&contract, book, &Settings::default()));
    });
}

fn parsed(texts: &[String]) -> Vec<Contract> {
    texts.iter().map(|text| Contract::parse(Text::new(text.as_str()))).collect()
}

/// The rules by themselves: everything they ask the analysis for is there.
fn rules(texts: &[Vec<String>]) {
    let book = Rulebook::builtin();
    println!("\n{:32}{}", "rule (slowest first)", heading(texts));
    let contracts: Vec<Vec<Contract>> = texts.iter().map(|texts| parsed(texts)).collect();
    let analyses: Vec<Vec<Analysis>> = contracts
        .iter()
        .map(|contracts| contracts.iter().map(|contract| Analysis::new(contract, book)).collect())
        .collect();
    let only = |id: &str| Settings {
        selection: Selection { select: vec![id.to_string()], ignore: Vec::new() },
        ..Settings::default()
    };
    let everything =
        Settings { selection: Selection { select: vec!["all".into()], ignore: Vec::new() }, ..Settings::default() };
    analyses.iter().flatten().for_each(|analysis| drop(check_analysed(analysis, &everything)));
    let cost = |id: &str| -> Vec<Duration> {
        let settings = only(id);
        let of_size = |analyses: &Vec<Analysis>| {
            time(|| analyses.iter().for_each(|analysis| done(check_analysed(analysis, &settings))))
        };
        analyses.iter().map(of_size).collect()
    };
    let nothing = cost("none");
    let mut rows: Vec<(&str, Vec<Duration>)> = Vec::new();
    for rule in book.rules() {
        let own = cost(rule.id()).into_iter().zip(&nothing).map(|(time, nothing)| time.saturating_sub(*nothing));
        rows.push((rule.id(), own.collect()));
    }
    rows.sort_by_key(|(_, times)| std::cmp::Reverse(times[times.len() - 1]));
    row("(no rule)", texts, &nothing);
    rows.iter().for_each(|(id, times)| row(id, texts, times));
}

/// How many pieces the smaller hostile text has, and how many times as many the larger one.
const PIECES: usize = 5_000;
const TIMES: usize = 8;

fn hostile() {
    println!("\n{:32}{:>14}{:>14}{:>10}{:>8}", "hostile text", "pieces", "", "", "growth");
    for (name, make) in texts::HOSTILE {
        let texts = [vec![make(PIECES)], vec![make(PIECES * TIMES)]];
        let times: Vec<Duration> = texts
            .iter()
            .map(|texts| {
                time(|| {
                    let contract = Contract::parse(Text::new(texts[0].as_str()));
                    done(check(&contract, Rulebook::builtin(), &Settings::default()));
                })
            })
            .collect();
        let shown = |i: usize| times[i].as_secs_f64() * 1e3;
        println!(
            "{name:32}{:11.1} ms{:11.1} ms{:5.0} MB/s{:8.2}",
            shown(0),
            shown(1),
            speed(bytes(&texts[1]), times[1]),
            growth(&texts, &times)
        );
    }
}

fn heading(texts: &[Vec<String>]) -> String {
    let sizes: String = texts.iter().map(|texts| format!("{:>21} kB  ", texts[0].len() / 1000)).collect();
    format!("{sizes}  growth")
}
