//! What somebody writes about contracts: configurations, baselines, playbooks. A mistake in them has a place and a message.

use keiyaku::baseline::Baseline;
use keiyaku::config::{self as configuration, Config};
use keiyaku::rule::examples;
use keiyaku::{Contract, Rulebook, Text, check};

use super::text_and_dice;

const CONTRACT: &str = "業務委託契約書\n第1条（目的）\n1. 甲は、乙に清掃を委託する。\n2. \n第3条（期間）\n期間は、第9条により1年間とする。。\n";

/// A configuration file, or a baseline.
pub fn config(bytes: &[u8]) {
    let (source, _) = text_and_dice(bytes);
    if let Ok(baseline) = Baseline::read(&source) {
        let written = baseline.write();
        assert_eq!(Baseline::read(&written).expect("what was written is read").write(), written);
    }
    let _ = Config::playbook_of(&source);
    match Config::read(&source, Rulebook::builtin()) {
        Ok(config) => {
            let settings = config.settings("contracts/a.txt", Rulebook::builtin());
            let _ = (config.excludes("contracts/a.txt"), configuration::above(&settings.facts, &settings.facts));
            let contract = Contract::parse(Text::new(CONTRACT));
            check(&contract, Rulebook::builtin(), &settings);
        }
        Err(mistakes) => {
            let lines = Text::new(source.as_str()).line_count() as u32;
            assert!(!mistakes.is_empty());
            for mistake in mistakes {
                assert!((1..=lines).contains(&mistake.line) && mistake.column >= 1, "{mistake}");
                assert!(!mistake.message.is_empty());
            }
        }
    }
}

/// The page of a playbook, alone and in the place of a built-in rule.
pub fn playbook(bytes: &[u8]) {
    let (source, mut dice) = text_and_dice(bytes);
    let id = ["our-page", "empty-item", "jurisdiction-missing"][dice.roll(3)];
    match Rulebook::with([(id, source.as_str())]) {
        Ok(rulebook) => {
            let rule = rulebook.rule(id).into_iter();
            rule.for_each(|rule| drop(examples::verify(rule, &rulebook)));
            let contract = Contract::parse(Text::new(CONTRACT));
            check(&contract, &rulebook, &Default::default());
            let own = Contract::parse(Text::new(source.as_str()));
            check(&own, &rulebook, &Default::default());
        }
        Err(mistakes) => {
            let lines = source.split('\n').count();
            assert!(!mistakes.is_empty());
            for (of, mistake) in mistakes {
                assert!(of == id && (1..=lines).contains(&mistake.line) && !mistake.message.is_empty(), "{mistake:?}");
            }
        }
    }
}
