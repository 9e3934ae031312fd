//! The law of the day: the same words are judged by what was in force when a contract was signed, or else on the day that is asked for.

use keiyaku::{Contract, Rulebook, Settings, Severity, Text, check};

/// The severities of a rule's findings in a text under some facts.
fn severities(rule: &str, text: &str, facts: &[(&str, &str)]) -> Vec<Severity> {
    let mut settings = Settings::default();
    settings.selection.select = vec![rule.into()];
    for (name, value) in facts {
        settings.facts.state(name, value).unwrap();
    }
    check(&Contract::parse(Text::new(text)), Rulebook::builtin(), &settings).iter().map(|f| f.severity).collect()
}

/// Asserts what a rule says on the day before a change and on the day itself: for a contract signed then, for an undated one judged as of
/// then, and for one that bears the day in its closing.
fn changes(rule: &str, text: &str, facts: &[(&str, &str)], days: [&str; 2], wanted: [&[Severity]; 2]) {
    for (day, wanted) in days.into_iter().zip(wanted) {
        for fact in ["signing-date", "as-of"] {
            let mut facts = facts.to_vec();
            facts.push((fact, day));
            assert_eq!(severities(rule, text, &facts), wanted, "{rule} with {fact} {day}");
        }
        let [year, month, date]: [&str; 3] = day.split('-').collect::<Vec<_>>().try_into().unwrap();
        let signed = format!(
            "{text}\n本契約の成立を証するため、本書2通を作成し、甲乙記名押印の上、各1通を保有する。\n\n{year}年{month}月{date}日\n\n甲　株式会社架空\n"
        );
        // What stands in the contract counts, whenever it is checked.
        let mut facts = facts.to_vec();
        facts.push(("as-of", "2030-01-01"));
        assert_eq!(severities(rule, &signed, &facts), wanted, "{rule} in a contract of {day}");
    }
}

const SILENT: &[Severity] = &[];
const WARNING: &[Severity] = &[Severity::Warning];
const ERROR: &[Severity] = &[Severity::Error];

#[test]
fn the_reform_of_the_civil_code_of_2020_04_01() {
    let days = ["2020-03-31", "2020-04-01"];
    changes("obsolete-term", "第1条（責任）\n乙は、瑕疵担保責任を負う。\n", &[], days, [SILENT, WARNING]);
    let rate = "第1条（遅延損害金）\n乙は、商事法定利率年6分の遅延損害金を支払う。\n";
    changes("statutory-rate-stale", rate, &[], days, [SILENT, WARNING]);
    let guarantee = "第1条（連帯保証）\n丙は、本契約に基づく乙の一切の債務について連帯して保証する。\n第2条（賃料）\n賃料は月額10万円とする。\n";
    changes("guarantee-cap-missing", guarantee, &[("kind", "lease")], days, [SILENT, WARNING]);
}

#[test]
fn the_freelance_act_of_2024_11_01() {
    let days = ["2024-10-31", "2024-11-01"];
    let facts = [("kind", "freelance"), ("party-type", "freelance"), ("toriteki", "no")];
    let notice = "第1条（解約）\n甲は、7日前までに通知して、本契約を解約することができる。\n";
    changes("freelance-30-day-notice", notice, &facts, days, [SILENT, ERROR]);
    let payment = "第1条（報酬）\n甲は、成果物を受領した日から90日以内に報酬を支払う。\n";
    changes("payment-over-60-days", payment, &facts, days, [SILENT, ERROR]);
    // The act that is 取適法 today had the same limit before.
    let facts = [("kind", "contract-for-work"), ("party-type", "b2b"), ("toriteki", "yes")];
    changes("payment-over-60-days", payment, &facts, days, [ERROR, ERROR]);
}

#[test]
fn toriteki_act_of_2026_01_01() {
    let days = ["2025-12-31", "2026-01-01"];
    let facts = [("kind", "master-sale"), ("toriteki", "yes")];
    changes("obsolete-term", "第1条（法令）\n甲は、下請法を遵守する。\n", &[], days, [SILENT, WARNING]);
    let price = "第1条（単価）\n単価は、甲が随時改定し、乙は、これに従う。\n";
    changes("unilateral-price", price, &facts, days, [SILENT, ERROR]);
    let note = "第1条（代金）\n甲は、代金を約束手形により支払う。\n";
    changes("payment-by-note", note, &facts, days, [SILENT, ERROR]);
}

#[test]
fn the_notice_to_part_time_workers_of_2026_10_01() {
    let text = "パートタイム雇用契約書\n第1条（賃金）\n時給は、金1,200円とする。昇給、賞与及び退職手当はない。相談の窓口は、総務課とする。\n";
    let facts = [("kind", "employment")];
    changes("labor-parttime-explanation", text, &facts, ["2026-09-30", "2026-10-01"], [SILENT, WARNING]);
    changes("labor-parttime-notice", text, &facts, ["2026-09-30", "2026-10-01"], [SILENT, SILENT]);
}

#[test]
fn the_whistleblower_act_of_2026_12_01() {
    let text = "第1条（秘密保持）\n乙は、業務上知り得た甲の秘密を第三者に漏らしてはならない。\n";
    let facts = [("kind", "employment")];
    changes("nda-whistleblower-exception", text, &facts, ["2026-11-30", "2026-12-01"], [&[Severity::Info], WARNING]);
}

#[test]
fn without_any_day_the_newest_law_counts() {
    assert_eq!(severities("obsolete-term", "第1条（責任）\n乙は、瑕疵担保責任を負う。\n", &[]), WARNING);
    assert_eq!(severities("obsolete-term", "第1条（法令）\n甲は、下請法を遵守する。\n", &[]), WARNING);
}

#[test]
fn what_is_not_yet_in_force_is_said_of_an_undated_contract_with_its_day() {
    let text = "第1条（秘密保持）\n乙は、業務上知り得た甲の秘密を第三者に漏らしてはならない。\n";
    let mut settings = Settings::default();
    settings.selection.select = vec!["nda-whistleblower-exception".into()];
    settings.facts.state("kind", "employment").unwrap();
    let said = |settings: &Settings| {
        let findings = check(&Contract::parse(Text::new(text)), Rulebook::builtin(), settings);
        (findings[0].severity, findings[0].message.ends_with("（2026年12月1日以後に締結する場合）。"))
    };
    assert_eq!(said(&settings), (Severity::Info, true));
    settings.facts.state("as-of", "2026-12-01").unwrap();
    assert_eq!(said(&settings), (Severity::Warning, false));
}
