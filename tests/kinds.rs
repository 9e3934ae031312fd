//! The data kinds of rules and the conditions under which rules speak, each on a page made for the test.

use keiyaku::rule::Rulebook;
use keiyaku::{Contract, Finding, Selection, Settings, Severity, Text, check};

/// What a page with this block reports in a text, under some facts.
fn reported(block: &str, text: &str, facts: &[(&str, &str)]) -> Vec<Finding> {
    let severity = if block.starts_with("severity") { "" } else { "severity = \"warning\"\n" };
    let page = format!("# 題名\n\n```toml rule\n{severity}since = \"1\"\n{block}\n```\n\n本文。\n");
    let rulebook = Rulebook::with([("made-up", page.as_str())]).unwrap_or_else(|e| panic!("{e:?}\n{page}"));
    let mut settings =
        Settings { selection: Selection { select: vec!["made-up".into()], ignore: Vec::new() }, ..Settings::default() };
    for (name, value) in facts {
        settings.facts.state(name, value).unwrap();
    }
    check(&Contract::parse(Text::new(text)), &rulebook, &settings)
}

fn places(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.at.as_str()).collect()
}

/// What is wrong with a page.
fn refused(block: &str) -> String {
    let page = format!("# 題名\n\n```toml rule\nseverity = \"info\"\nsince = \"1\"\n{block}\n```\n");
    Rulebook::with([("made-up", page.as_str())]).err().map_or(String::new(), |e| e[0].1.to_string())
}

const CAP: &str =
    "[when]\nhas = [\"上限とする\"]\nwithout = [\"故意\"]\nmessage = \"「{found}」に例外がありません。\"\n";

#[test]
fn when_looks_as_far_as_its_scope() {
    let text = "第1条（損害賠償）\n1. 賠償の額は、委託料を上限とする。ただし、故意の場合を除く。\n2. 賠償の額は、代金を上限とする。\n";
    assert_eq!(places(&reported(CAP, text, &[])), ["第1条第2項"]);
    let scope = |scope: &str| places(&reported(&format!("{CAP}scope = \"{scope}\""), text, &[])).len();
    assert_eq!((scope("sentence"), scope("article"), scope("contract")), (2, 0, 0));
    let clause = format!("{CAP}clause = \"damages\"\nscope = \"clause\"");
    assert!(reported(&clause, text, &[]).is_empty());
    assert!(refused(&format!("{CAP}scope = \"clause\"")).contains("clause を書いてください"));
}

#[test]
fn when_can_forbid_two_phrases_together() {
    let block = "[when]\nhas = [\"請負\"]\nwith = [\"準委任\"]\nscope = \"contract\"\nmessage = \"混在しています。\"\n";
    assert_eq!(
        places(&reported(block, "第1条（性質）\n請負とする。\n第2条（性質）\n準委任とする。\n", &[])),
        ["第1条"]
    );
    assert!(reported(block, "第1条（性質）\n請負とする。\n", &[]).is_empty());
}

#[test]
fn complete_names_what_is_missing_where_the_clause_begins_to_speak_of_it() {
    let block = "[complete]\nclause = \"confidentiality\"\nat_least = 2\nmessage = \"{all}のうち{found}です（{missing}）。\"\n\n[[complete.element]]\nname = \"公知\"\nphrases = [\"公知\"]\n\n[[complete.element]]\nname = \"独自\"\nphrases = [\"独自に\"]\n";
    let clause = |exceptions: &str| format!("第1条（秘密保持）\n1. 秘密情報を第三者に開示しない。\n2. {exceptions}\n");
    let findings = reported(block, &clause("公知の情報を除く。"), &[]);
    assert_eq!((places(&findings), findings[0].message.as_str()), (vec!["第1条第2項"], "2のうち1です（独自）。"));
    assert_eq!(places(&reported(block, &clause("以上とする。"), &[])), ["第1条"]);
    assert!(reported(block, &clause("公知の情報及び独自に開発した情報を除く。"), &[]).is_empty());
    assert!(reported(block, "第1条（期間）\n1年間とする。\n", &[]).is_empty(), "no such clause");
    // In a contract that is the clause, the whole of it counts.
    let elsewhere = clause("以上とする。") + "第2条（例外）\n公知の情報及び独自に開発した情報を除く。\n";
    assert!(reported(block, &elsewhere, &[("kind", "nda")]).is_empty());
    assert_eq!(places(&reported(block, &clause("以上とする。"), &[("kind", "nda")])), [""]);
    // What stands in an article that cites the clause counts too where the page says so, or what stands anywhere.
    let beside = |also: &str, article: &str| {
        let block = block.replace("at_least", &format!("also = \"{also}\"\nat_least"));
        let text = clause("公知の情報を除く。") + article;
        reported(&block, &text, &[]).len()
    };
    let (citing, other) =
        ("第2条（例外）\n前条は、独自に得たものを除く。\n", "第2条（例外）\n独自に得たものを除く。\n");
    assert_eq!([beside("linked", citing), beside("linked", other), beside("contract", other)], [0, 1, 0]);
    assert!(refused(&block.replace("at_least = 2", "at_least = 3")).contains("1から2まで"));
}

const REQUIRE: &str = "[require]\nclause = \"anti-social-forces\"\nmessage = \"{clause}がありません。\"\n";

#[test]
fn require_asks_as_the_table_of_kinds_says() {
    let text = "第1条（業務の内容）\n乙は、清掃を行う。\n第2条（協議）\n疑義は、協議する。\n";
    let severity = |kind: &str| reported(REQUIRE, text, &[("kind", kind)]).first().map(|f| f.severity);
    assert_eq!(severity("quasi-mandate"), Some(Severity::Warning), "expected");
    assert_eq!(severity("nda"), Some(Severity::Info), "suggested");
    assert_eq!(severity("employment"), None, "not in the table");
    let findings = reported(REQUIRE, text, &[("kind", "quasi-mandate")]);
    assert_eq!(findings[0].at, "");
    let help = findings[0].help.as_deref().unwrap();
    assert!(
        help.contains("見出し「反社会的勢力」") && help.contains("置くなら、第1条（業務の内容）の後が適当です。"),
        "{help}"
    );
    let with_kinds = format!("kinds = [\"employment\"]\n{REQUIRE}");
    assert_eq!(reported(&with_kinds, text, &[("kind", "employment")]).len(), 1);
    assert!(reported(&with_kinds, text, &[]).is_empty(), "unknown kind");
}

#[test]
fn require_is_silent_below_another_contract() {
    let text =
        "覚書\n第1条（業務の内容）\n乙は、清掃を行う。\n第2条（適用）\n本覚書に定めのない事項は、原契約による。\n";
    assert!(reported(REQUIRE, text, &[("kind", "quasi-mandate")]).is_empty());
    assert_eq!(reported(&format!("{REQUIRE}even_below_another = true"), text, &[("kind", "quasi-mandate")]).len(), 1);
}

#[test]
fn agree_compares_numbers_with_their_units() {
    let block = "[agree]\nmessage = \"{at}では{left}、ここでは{right}です。\"\nleft = { clause = \"confidentiality\", phrases = [\"終了後#(年|か月)\"] }\nright = { outside = \"confidentiality\", phrases = [\"秘密保持の義務…終了後#(年|か月)\"] }\n";
    let text = |period: &str| {
        format!(
            "第1条（秘密保持）\n秘密情報を第三者に開示しない。本条は、契約の終了後3年間存続する。\n第2条（存続）\n秘密保持の義務は、契約の終了後{period}間存続する。\n"
        )
    };
    let findings = reported(block, &text("５年"), &[]);
    assert_eq!(
        (places(&findings), findings[0].message.as_str()),
        (vec!["第2条"], "第1条では3年間、ここでは5年間です。")
    );
    assert_eq!(findings[0].related[0].at, "第1条");
    assert!(reported(block, &text("三十六か月"), &[]).is_empty());
    assert!(
        refused("[agree]\nmessage = \"\"\nleft = { phrases = [\"終了\"] }\nright = { phrases = [\"#年\"] }")
            .contains("「終了」")
    );
}

#[test]
fn position_accepts_reports_and_refuses() {
    let block = "[position]\nclause = \"jurisdiction\"\nwanted = \"大阪地方裁判所\"\nrequired = [\"大阪地方裁判所\"]\nfallback = [\"神戸地方裁判所\"]\nunacceptable = [\"東京地方裁判所\"]\n";
    let severity = |court: &str| {
        let text = format!("第1条（合意管轄）\n{court}を第一審の専属的合意管轄裁判所とする。\n");
        reported(block, &text, &[]).first().map(|finding| finding.severity)
    };
    assert_eq!(severity("大阪地方裁判所"), None);
    assert_eq!(severity("神戸地方裁判所"), Some(Severity::Info));
    assert_eq!(severity("東京地方裁判所"), Some(Severity::Warning));
    assert_eq!(severity("広島地方裁判所"), Some(Severity::Warning));
}

#[test]
fn an_unknown_fact_lowers_the_severity_and_is_named() {
    let block = format!("severity = \"error\"\ncontext = [\"toriteki\", \"freelance\"]\n{CAP}");
    let text = "第1条（責任）\n委託料を上限とする。\n";
    let said = |facts: &[(&str, &str)]| reported(&block, text, facts).first().map(|f| (f.severity, f.message.clone()));
    let plain = "「上限とする」に例外がありません。".to_string();
    assert_eq!(said(&[("toriteki", "yes")]), Some((Severity::Error, plain.clone())));
    assert_eq!(said(&[("party-type", "freelance")]), Some((Severity::Error, plain)));
    assert_eq!(said(&[("party-type", "b2c")]), None);
    let case =
        "「上限とする」に例外がありません（取適法の適用がある場合又は相手方が特定受託事業者である場合）。".to_string();
    assert_eq!(said(&[]), Some((Severity::Warning, case)));
    let case = "「上限とする」に例外がありません（取適法の適用がある場合）。".to_string();
    assert_eq!(said(&[("party-type", "b2b")]), Some((Severity::Warning, case)));
}

#[test]
fn the_law_of_the_day_of_the_contract_counts() {
    let text = "第1条（責任）\n委託料を上限とする。\n";
    let signed = |year: i32, month: u32| {
        format!(
            "{text}本契約の成立を証するため、本書2通を作成し、甲乙記名押印の上、各1通を保有する。\n\n{year}年{month}月1日\n\n甲　株式会社架空\n"
        )
    };
    let from = format!("from = \"2026-12-01\"\n{CAP}");
    let as_of = [("as-of", "2026-11-22")];
    assert_eq!(reported(&from, text, &[]).len(), 1, "no day is known: the newest law");
    assert!(reported(&from, text, &as_of).is_empty());
    assert_eq!(
        reported(&from, &signed(2026, 12), &as_of).len(),
        1,
        "the contract's own day wins over that of the check"
    );
    assert!(reported(&from, &signed(2026, 11), &[("as-of", "2027-01-01")]).is_empty());
    assert_eq!(reported(&from, &signed(2026, 11), &[("signing-date", "2026-12-01")]).len(), 1, "a stated day wins");
    let rising = format!("severity = \"info\"\n[[where]]\nfrom = \"2026-12-01\"\nseverity = \"warning\"\n{CAP}");
    let severity = |day: &str| reported(&rising, text, &[("signing-date", day)])[0].severity;
    assert_eq!((severity("2026-11-30"), severity("2026-12-01")), (Severity::Info, Severity::Warning));
}

#[test]
fn kinds_and_clauses_that_do_not_exist_are_refused() {
    assert!(
        refused(&format!("kinds = [\"ndaa\"]\n{CAP}"))
            .contains("「ndaa」という種類の契約はありません。使えるのは quasi-mandate, ")
    );
    assert!(
        refused(&format!("{CAP}clause = \"damage\""))
            .contains("「damage」という条項はありません。使えるのは purpose, ")
    );
    assert!(refused(&format!("covers = [\"moral\"]\n{CAP}")).contains("「moral」という条項はありません"));
    assert!(refused(&format!("context = [\"b2d\"]\n{CAP}")).contains("b2b"));
}
