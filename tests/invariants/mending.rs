//! Mending settles, touches nothing but what it says, and loses nothing.

use keiyaku::finding::Edit;
use keiyaku::{Analysis, Contract, Rulebook, Settings, Text, fix as mend, number, renumber as numbering};

use super::contract::is_in;
use super::text_and_dice;

/// Fixes a text.
pub fn fix(bytes: &[u8]) {
    let (source, _) = text_and_dice(bytes);
    fixes(&source, &Settings::default());
}

/// Fixes a text, safely and with every fix.
pub fn fixes(source: &str, settings: &Settings) {
    let rulebook = Rulebook::builtin();
    for with_unsafe in [false, true] {
        let contract = Contract::parse(Text::new(source));
        let findings = keiyaku::check(&contract, rulebook, settings);
        let (edits, _) = mend::choose(&findings, with_unsafe);
        apart(source, &edits);
        let fixed = mend::fix(Text::new(source), rulebook, settings, with_unsafe);
        let again = mend::fix(Text::new(fixed.text.as_str()), rulebook, settings, with_unsafe);
        assert_eq!(again.text, fixed.text, "fixing twice is fixing once");
        assert_eq!(again.count, 0, "nothing is left to mend");
    }
}

/// Numbers a text anew.
pub fn renumber(bytes: &[u8]) {
    let (source, _) = text_and_dice(bytes);
    let contract = Contract::parse(Text::new(source.as_str()));
    match numbering::renumber(&Analysis::new(&contract, Rulebook::builtin())) {
        Ok(renumbering) => {
            apart(&source, &renumbering.edits);
            let after = mend::apply(&source, &renumbering.edits);
            let contract = Contract::parse(Text::new(after.as_str()));
            let again = numbering::renumber(&Analysis::new(&contract, Rulebook::builtin()));
            let settled = again.expect("what was numbered anew can be numbered anew");
            assert!(settled.edits.is_empty(), "numbering twice is numbering once: {:?}", settled.edits);
        }
        Err(obstacles) => {
            assert!(!obstacles.is_empty());
            assert!(obstacles.iter().all(|obstacle| is_in(&source, obstacle.span) && !obstacle.message.is_empty()));
        }
    }
}

/// The letters of a contract's sentences, whatever their notation: no labels, marks, blanks or widths, and nothing of 第2項 but 項.
pub fn words(source: &str) -> String {
    let contract = Contract::parse(Text::new(source));
    let is_letter = |c: &char| c.is_alphabetic() && !number::is_numeral(*c) && *c != '第';
    contract.flow().as_str().chars().filter(is_letter).collect()
}

/// Edits are in order and apart, and lie on characters.
fn apart(source: &str, edits: &[Edit]) {
    let mut end = 0;
    for edit in edits {
        assert!(is_in(source, edit.span) && edit.span.start >= end, "{edits:?}");
        end = edit.span.end;
    }
}
