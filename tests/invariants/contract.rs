//! Any text is a contract: it is read, analysed, checked and reported.

use keiyaku::analysis::reference::{Item, References, Status};
use keiyaku::config::FailOn;
use keiyaku::facts::{Answer, Medium, PartyType, Side, Stage};
use keiyaku::marks::Marks;
use keiyaku::report::{Checked, Summary, github, gitlab, html, inspect, json, junit, ndjson, rdjson, sarif, short};
use keiyaku::{Analysis, Contract, Date, Facts, Rulebook, Selection, Settings, Span, Text, syntax};

use super::{Dice, text_and_dice};

/// Looks at a text from every side.
pub fn holds(source: &str) {
    reads(source);
    checks(source, &Settings::default());
    super::mending::fixes(source, &Settings::default());
}

/// Reads a text into a tree; and as an editor does, from another text that is like it but for one place.
pub fn heads(bytes: &[u8]) {
    let (source, mut dice) = text_and_dice(bytes);
    reads(&source);
    let boundary = |at: usize| (at..=source.len()).find(|at| source.is_char_boundary(*at)).unwrap_or(source.len());
    let at = |dice: &mut Dice| boundary((dice.roll(256) * 256 + dice.roll(256)) % (source.len() + 1));
    let (from, until) = (at(&mut dice), at(&mut dice));
    let inserted = &source[from.min(until)..from.max(until)];
    let changed = [&source[..until], inserted, &source[from..]].concat();
    let (before, after) = (Text::new(source.as_str()), Text::new(changed));
    let again = syntax::lines_again(&after, &before, &syntax::lines(&before));
    assert!(again == syntax::lines(&after), "what is read anew is what is read for the first time");
}

/// A tree that prints its text.
fn reads(source: &str) {
    let contract = Contract::parse(Text::new(source));
    assert!(contract.is_well_formed());
    assert_eq!(contract.print(), source);
    for id in contract.ids() {
        let unit = contract.unit(id);
        assert!(is_in(source, unit.span) && is_in(source, unit.label) && unit.caption.is_none_or(|s| is_in(source, s)));
        assert!(is_in(source, contract.heading_span(id)) && is_in(source, contract.visible_span(id)));
        let _ = (contract.citation(id), contract.path(id), contract.caption(id));
    }
    for (index, content) in contract.contents().iter().enumerate() {
        assert!(is_in(source, content.span));
        let flow = contract.flow();
        let range = flow.range((index as u32, index as u32 + 1));
        assert!(is_in(source, flow.span(range)));
    }
    let _ = inspect::outline(&contract);
}

/// Finds and resolves what a text cites.
pub fn references(bytes: &[u8]) {
    let (source, _) = text_and_dice(bytes);
    let contract = Contract::parse(Text::new(source.as_str()));
    let references = References::of(&contract, &Marks::of(contract.flow().as_str()));
    let units = contract.units().len() as u32;
    let mut end = 0;
    for reference in &references.all {
        assert!(is_in(&source, reference.span) && !reference.span.is_empty());
        assert!(reference.flow.start >= end, "in order and apart");
        end = reference.flow.end;
        assert!(reference.targets.iter().all(|target| target.0 < units));
        let pointing = matches!(reference.status, Status::Resolved | Status::Ambiguous);
        // 次の各号 may announce a table or words that run on in the text.
        let announces = reference.citation.item == Some(Item::Following);
        assert!(pointing != reference.targets.is_empty() || pointing && announces, "{:?}", reference.citation);
    }
    let _ = inspect::vocabulary(&contract, Rulebook::builtin(), &[]);
}

/// Checks a text with any facts and writes every report.
pub fn check(bytes: &[u8]) {
    let (source, mut dice) = text_and_dice(bytes);
    checks(&source, &Settings { facts: facts(&mut dice), ..Settings::default() });
}

fn checks(source: &str, settings: &Settings) {
    let beside = Contract::parse(Text::new(
        "業務委託契約書\n第1条（目的）\n甲は、業務を乙に委託する。\n第3条（期間）\n1年間とする。\n",
    ));
    let run = |way: Way| {
        let contract = Contract::parse(Text::new(source));
        let analysis = Analysis::under(&contract, Rulebook::builtin(), settings);
        let findings = match way {
            Way::Alone => keiyaku::check_analysed(&analysis, settings),
            Way::ByThreads => keiyaku::check_side_by_side(&analysis, settings, 3),
            Way::Together => {
                let few = Settings {
                    selection: Selection { select: vec!["structure".into()], ignore: Vec::new() },
                    ..Settings::default()
                };
                let other = Analysis::under(&beside, Rulebook::builtin(), &few);
                keiyaku::check_together(&[(&other, &few), (&analysis, settings)]).swap_remove(1)
            }
        };
        let kind = json::Kind::of(analysis.kind());
        drop(analysis);
        Checked::new("x", kind, contract, findings)
    };
    let file = run(Way::Alone);
    for pair in file.findings.windows(2) {
        assert!(pair[0].span <= pair[1].span, "in the order of the text");
    }
    for finding in &file.findings {
        assert!(is_in(source, finding.span) && finding.related.iter().all(|related| is_in(source, related.span)));
        assert!(finding.fix.iter().flat_map(|fix| &fix.edits).all(|edit| is_in(source, edit.span)));
        assert!(!finding.message.is_empty() && finding.fingerprint.len() == 16);
    }
    let overview = inspect::overview(&file.contract, Rulebook::builtin(), &settings.facts);
    let files = [file];
    let once = reports(&files);
    assert!(once == reports(&[run(Way::Together)]), "the same input gives the same bytes");
    let files = [run(Way::ByThreads)];
    assert!(once == reports(&files), "the same input gives the same bytes");
    let whole = serde_json::to_string_pretty(&json::report(&files)).expect("a report can be written as JSON");
    let pieces = [json::Pieces::opening(), json::Pieces::file(&files[0]), json::Pieces::closing(&files[0].counts)];
    assert_eq!(pieces.concat(), whole + "\n");
    assert_eq!(overview, inspect::overview(&files[0].contract, Rulebook::builtin(), &settings.facts));
    let summary = Summary::of(&files);
    assert_eq!(summary.errors + summary.warnings + summary.infos, files[0].findings.len());
    assert!(FailOn::Info.severity().is_some_and(|info| summary.reaches(info) != files[0].findings.is_empty()));
}

/// How a contract is held against the rules.
enum Way {
    Alone,
    ByThreads,
    /// With another contract, under other settings.
    Together,
}

fn reports(files: &[Checked; 1]) -> Vec<String> {
    let rulebook = Rulebook::builtin();
    let json = |value: serde_json::Result<String>| value.expect("a report can be written as JSON");
    vec![
        short::report(&files[0]),
        github::report(&files[0]),
        junit::report(files),
        ndjson::report(&files[0]),
        html::report(files, rulebook),
        json(serde_json::to_string(&json::report(files))),
        json(serde_json::to_string(&sarif::report(files, rulebook))),
        json(serde_json::to_string(&gitlab::report(files))),
        json(serde_json::to_string(&rdjson::report(files))),
    ]
}

/// Any facts.
fn facts(dice: &mut Dice) -> Facts {
    fn one<T: Copy>(dice: &mut Dice, of: &[T]) -> Option<T> {
        of.get(dice.roll(of.len() + 1)).copied()
    }
    fn day(dice: &mut Dice) -> Option<Date> {
        Date::new(1990 + dice.roll(50) as i32, 1 + dice.roll(12) as u32, dice.roll(32) as u32)
    }
    let kinds = Rulebook::builtin().vocabulary().kinds.iter().map(|kind| kind.id.as_ref()).collect::<Vec<&str>>();
    Facts {
        kind: one(dice, &kinds).map(str::to_string),
        side: one(dice, Side::ALL),
        party_type: one(dice, PartyType::ALL),
        toriteki: one(dice, Answer::ALL),
        stage: one(dice, Stage::ALL),
        medium: one(dice, Medium::ALL),
        signing_date: day(dice),
        as_of: day(dice),
    }
}

/// Whether a span lies on characters of a text.
pub fn is_in(source: &str, span: Span) -> bool {
    span.start <= span.end && source.is_char_boundary(span.start as usize) && source.is_char_boundary(span.end as usize)
}
