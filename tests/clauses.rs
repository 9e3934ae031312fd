//! Kinds and clauses are recognised in the words that contracts use: captions, and sentences under any caption.

use keiyaku::{Analysis, Contract, Rulebook, Settings, Text, check};

fn has(text: &str, clause: &str) -> bool {
    let contract = Contract::parse(Text::new(text));
    Analysis::new(&contract, Rulebook::builtin()).clauses().get(clause).is_some()
}

/// Each clause with captions under which it is known, whatever stands there.
const CAPTIONS: [(&str, &[&str]); 20] = [
    ("payment", &["業務委託料", "報酬及び支払方法", "お支払い", "支払条件"]),
    ("late-charge", &["遅延損害金", "遅延利息", "延滞損害金", "遅滞損害金"]),
    ("inspection", &["検収", "受入検査", "検品", "納入及び検査"]),
    ("nonconformity", &["契約不適合責任", "瑕疵担保責任", "品質保証", "保証"]),
    ("title-transfer", &["所有権の移転", "所有権及び危険の移転"]),
    ("risk-of-loss", &["危険負担", "所有権及び危険の移転"]),
    ("intellectual-property", &["知的財産権の帰属", "成果物の権利", "著作権等", "権利の帰属"]),
    ("subcontracting", &["再委託の禁止", "下請負", "第三者への委託", "再委任"]),
    ("confidentiality", &["秘密保持", "機密保持義務", "守秘義務", "秘密情報の取扱い"]),
    ("personal-information", &["個人情報の保護", "個人データの取扱い", "特定個人情報等"]),
    ("damages", &["損害賠償", "賠償責任", "損害の賠償"]),
    ("term", &["契約期間", "有効期間", "委託期間及び更新", "契約の更新"]),
    ("termination", &["契約の解除", "中途解約", "解除及び期限の利益の喪失"]),
    ("acceleration", &["期限の利益の喪失", "解除及び期限の利益の喪失"]),
    ("anti-social-forces", &["反社会的勢力の排除", "暴力団等の排除", "反社条項"]),
    ("jurisdiction", &["合意管轄", "専属的合意管轄裁判所", "紛争の解決", "準拠法及び裁判管轄"]),
    ("governing-law", &["準拠法", "準拠法及び裁判管轄"]),
    ("assignment", &["権利義務の譲渡禁止", "譲渡の制限", "契約上の地位の移転", "債権譲渡の禁止"]),
    ("consultation", &["協議事項", "誠実協議", "規定外事項", "疑義の解決"]),
    ("survival", &["存続条項", "残存条項", "契約終了後の効力"]),
];

#[test]
fn clauses_are_known_by_their_captions() {
    let mut missed = Vec::new();
    for (clause, captions) in CAPTIONS {
        for caption in captions {
            for text in [
                format!("第1条（{caption}）\n詳細は、別に定める。\n"),
                format!("## 第１条　{caption}\n\n詳細は、別に定める。\n"),
            ] {
                if !has(&text, clause) {
                    missed.push(format!("{clause}: {caption}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Each clause with sentences that prove it under a caption that says nothing.
const SENTENCES: [(&str, &[&str]); 22] = [
    (
        "scope",
        &[
            "委託者は、下記の業務を受託者に委託し、受託者は、これを受託する。",
            "甲は、経理に関する業務を乙に委託し、乙は、これを受託する。",
            "甲は、会場の運営の業務（以下「本業務」という。）を乙に委託する。",
        ],
    ),
    (
        "object-of-sale",
        &[
            "売主は、別紙目録記載の物件を買主に売り渡す。",
            "甲は、次の自動車（以下「本件自動車」という。）を乙に売り渡す。",
        ],
    ),
    (
        "leased-property",
        &["甲は、後記の建物を乙に賃貸する。", "甲は、甲の所有する建物（以下「本物件」という。）を乙に賃貸する。"],
    ),
    (
        "late-charge",
        &[
            "支払が遅れたときは、年3パーセントの割合による金員を加えて支払う。",
            "乙は、延滞利息を支払うものとする。",
            "期限までに支払わないときは、遅延した日数に応じ、法定の利率を乗じた額を支払う。",
        ],
    ),
    ("inspection", &["甲は、納入後10日以内に検査を行い、合否を通知する。", "甲は、納品された物を検品する。"]),
    (
        "nonconformity",
        &[
            "商品が仕様に適合しないときは、代替品を引き渡す。",
            "成果物に不具合が発見されたときは、乙は、これを無償で修補する。",
            "目的物が種類又は品質に関して約定に適合していないときは、減額を請求できる。",
        ],
    ),
    ("title-transfer", &["商品の所有権は、代金の完済と同時に甲に移転する。"]),
    ("risk-of-loss", &["引渡しの前に生じた滅失又は毀損は、売主の負担とする。"]),
    (
        "intellectual-property",
        &["本業務により生じた著作権は、甲に帰属する。", "成果物に関する知的財産権は乙に属する。"],
    ),
    (
        "subcontracting",
        &["乙は、業務の一部を第三者に再委託してはならない。", "乙は、本業務を第三者に行わせることができない。"],
    ),
    (
        "confidentiality",
        &[
            "乙は、業務上知り得た甲の秘密を漏らしてはならない。",
            "知り得た情報を第三者に開示しないものとする。",
            "甲及び乙は、互いに秘密を保持する。",
        ],
    ),
    ("personal-information", &["乙は、個人情報を適切に管理する。", "乙は、個人情報を目的外に利用してはならない。"]),
    ("damages", &["違反により生じた損害を賠償しなければならない。"]),
    ("term", &["本契約は、締結の日から1年間有効とする。", "期間は2027年4月1日から2028年3月31日までとする。"]),
    ("termination", &["相手方が違反したときは、本契約を解除することができる。"]),
    ("acceleration", &["乙は、当然に期限の利益を失い、直ちに全額を支払う。"]),
    ("anti-social-forces", &["甲及び乙は、暴力団員でないことを表明する。", "自己が反市場勢力でないことを確約する。"]),
    (
        "jurisdiction",
        &[
            "訴訟は、甲の本店所在地を管轄する裁判所に提起する。",
            "東京簡易裁判所又は東京地方裁判所に専属的に管轄権を認める。",
        ],
    ),
    ("governing-law", &["本契約は、日本国の法律に準拠する。"]),
    ("assignment", &["本契約上の権利を、相手方の承諾なく第三者に譲渡してはならない。"]),
    ("force-majeure", &["地震、戦争その他の事由による不履行については、責任を負わない。"]),
    ("consultation", &["本契約に規定のない事項は、誠意をもって協議する。", "疑義は、甲乙協議して解決する。"]),
];

#[test]
fn clauses_are_known_by_what_they_say() {
    let mut missed = Vec::new();
    for (clause, sentences) in SENTENCES {
        for sentence in sentences {
            if !has(&format!("第1条（雑則）\n1. 別に定める。\n2. {sentence}\n"), clause) {
                missed.push(format!("{clause}: {sentence}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_word_in_passing_is_no_clause() {
    let clean = [
        ("anti-corruption", "自己又は第三者の不正の利益を図る目的で反社会的勢力を利用しない。"),
        ("entire-agreement", "個別契約の定めは、本契約の定めに優先する。"),
        ("consultation", "甲及び乙は、信義に従い誠実に本契約を履行する。"),
        ("personal-information", "秘密情報には、個人情報を含む。"),
        ("force-majeure", "乙は、火災保険に加入する。"),
        ("no-licence", "甲は、秘密である旨を明示して情報を開示する。"),
        ("amendment", "乙は、本契約書記載の住所を変更したときは、書面により甲に届け出る。"),
        ("midterm-termination", "期間満了の3か月前までに終了の申出がないときは、更に1年間更新する。"),
    ];
    for (clause, sentence) in clean {
        assert!(!has(&format!("第1条（雑則）\n{sentence}\n"), clause), "{clause}: {sentence}");
    }
    assert!(!has(
        "第1条（紛争の防止）\n派遣先は、労働者を雇用しようとするときは、あらかじめ派遣元に通知する。\n",
        "jurisdiction"
    ));
}

fn kind(text: &str) -> String {
    let contract = Contract::parse(Text::new(text));
    Analysis::new(&contract, Rulebook::builtin()).kind().id().to_string()
}

#[test]
fn the_title_may_stand_below_a_cover() {
    let text = "経営研修用資料\n\nひな形 第2版\n\n秘密保持契約書（双方向）\n\n第1条（目的）\n甲及び乙は、秘密情報を相互に開示する。\n第2条（秘密保持）\n受領者は、秘密情報を第三者に開示してはならない。\n";
    assert_eq!(kind(text), "nda");
}

#[test]
fn a_text_that_says_too_little_is_of_no_kind() {
    assert_eq!(kind("第1条（総則）\n甲及び乙は、信義に従い誠実に行動する。\n"), "unknown");
    assert_eq!(kind("契約書\n第1条（総則）\n甲及び乙は、協力する。\n第2条（協議）\n疑義は、協議する。\n"), "unknown");
}

#[test]
fn kinds_are_known_by_their_titles() {
    const TITLES: [(&str, &[&str]); 18] = [
        ("quasi-mandate", &["コンサルティング契約書", "準委任契約書", "事務代行契約書"]),
        ("contract-for-work", &["製造請負契約書", "看板製作請負契約書", "加工委託契約書"]),
        (
            "maintenance",
            &["システム保守契約書", "ソフトウェア保守契約書", "運用保守委託契約書", "エレベーター保守契約書"],
        ),
        ("software-development", &["システム開発委託契約書", "ソフトウェア開発契約書", "ホームページ制作契約書"]),
        ("terms-of-service", &["サービス利用規約", "会員規約", "ポイント規約", "イベント参加規約"]),
        ("nda", &["秘密保持契約書", "機密保持契約書", "相互秘密保持契約書", "秘密保持に関する覚書"]),
        ("master-sale", &["取引基本契約書", "売買基本契約書", "継続的売買契約書"]),
        ("construction", &["建設工事請負契約書", "リフォーム工事請負契約書", "工事下請負契約書"]),
        ("sale", &["売買契約書", "動産売買契約書", "自動車売買契約書"]),
        ("real-estate-sale", &["不動産売買契約書", "土地建物売買契約書"]),
        ("lease", &["建物賃貸借契約書", "賃貸借契約書", "店舗賃貸借契約書"]),
        ("fixed-term-lease", &["定期建物賃貸借契約書"]),
        ("land-lease", &["土地賃貸借契約書", "駐車場賃貸借契約書"]),
        ("license", &["ソフトウェア使用許諾契約書", "特許実施許諾契約書", "商標使用許諾契約書"]),
        ("joint-research", &["共同研究契約書", "共同開発契約書"]),
        ("distribution", &["販売代理店契約書", "販売店契約書", "特約店契約書"]),
        ("loan", &["金銭消費貸借契約書", "債務弁済契約書", "借用書"]),
        ("share-transfer", &["株式譲渡契約書", "投資契約書", "株主間契約書"]),
    ];
    let mut wrong = Vec::new();
    for (wanted, titles) in TITLES {
        for title in titles {
            let text = format!(
                "{title}\n\n第1条（総則）\n甲及び乙は、本契約を誠実に履行する。\n第2条（協議）\n疑義は、甲乙協議して解決する。\n"
            );
            let found = kind(&text);
            if found != wanted {
                wrong.push(format!("{title}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_first_articles_decide_where_a_title_may_mean_many_kinds() {
    let text = |opening: &str| {
        format!(
            "業務委託契約書\n\n第1条（委託）\n{opening}\n第2条（成果物）\n成果物の検収は、仕様書による。\n第3条（委託料）\n委託料は、月額10万円とする。\n第4条（契約不適合責任）\n成果物が契約の内容に適合しないときは、修補する。\n"
        )
    };
    assert_eq!(kind(&text("甲は、経理に関する業務を乙に委託し、乙は、これを受託する。")), "quasi-mandate");
    assert_eq!(kind(&text("甲は、在庫管理システムの開発を乙に委託し、乙は、これを受託する。")), "software-development");
    assert_eq!(kind(&text("乙は、看板の製作を請け負い、仕事を完成させる。")), "contract-for-work");
    let delivered = "業務委託基本契約書\n\n第1条（個別契約）\n個々の業務の代金、納期その他の条件は、個別契約で定める。\n第2条（納入）\n乙は、納期までに目的物を甲に納入する。\n第3条（検査）\n甲は、納入を受けた日から10日以内に検査し、検収書を交付する。\n第4条（代金）\n甲は、検収月の翌月末日までに代金を支払う。\n";
    assert_eq!(kind(delivered), "contract-for-work");
}

#[test]
fn narrower_kinds_leave_out_the_wider_one() {
    let lease = |rest: &str| {
        format!("建物賃貸借契約書\n第1条（契約）\n甲は、乙に本物件を賃貸し、乙は、これを賃借する。{rest}\n")
    };
    assert_eq!(kind(&lease("")), "lease");
    assert_eq!(kind(&lease("本契約は、借地借家法第38条に規定する定期建物賃貸借とする。")), "fixed-term-lease");
    assert_eq!(
        kind("売買契約書\n第1条（売買）\n売主は、後記の土地を買主に売り渡し、買主は、これを買い受ける。\n"),
        "real-estate-sale"
    );
    assert_eq!(kind("賃貸借契約の期間の更新に関する覚書\n甲及び乙は、原契約の期間を更新する。\n"), "amendment");
}

#[test]
fn a_title_may_be_spaced_out_stand_below_a_cover_or_in_the_preamble() {
    let body = "第1条（内容）\n甲は、乙に情報を渡す。\n";
    assert_eq!(kind(&format!("秘　密　保　持　契　約　書（案）\n{body}")), "nda");
    assert_eq!(kind(&format!("別冊資料1\n\n技術検証（PoC）契約書（AI）\n\n{body}")), "software-development");
    let preamble = "甲と乙とは、情報の開示に関し、次のとおり秘密保持契約（以下「本契約」という。）を締結する。\n";
    assert_eq!(kind(&format!("{preamble}{body}")), "nda");
}

#[test]
fn cited_captions_and_the_exclusion_of_criminal_groups_prove_no_other_clause() {
    let text = "業務委託契約書\n第1条（反社会的勢力の排除）\n甲又は乙は、相手方が暴力団員であるときは、本契約を解除し、損害を賠償させることができる。\n第2条（存続条項）\n第8条（秘密保持）及び第9条（合意管轄）の規定は、本契約の終了後も有効に存続する。\n";
    for clause in ["termination", "damages", "confidentiality", "jurisdiction"] {
        assert!(!has(text, clause), "{clause}");
    }
    assert!(has(text, "survival") && has(text, "anti-social-forces"));
}

#[test]
fn a_model_clause_stands_behind_the_whole_article_and_takes_no_bookmark_along() {
    let text = "[bookmark: _a]第1条（委託料）\n1. 甲は、委託料を乙に支払う。\n2. \n[bookmark: _b]第2条（協議）\n疑義は、甲乙協議して定める。乙は、これに応じる。\n";
    let mut settings = Settings::default();
    settings.selection.select = vec!["late-rate-missing".into()];
    settings.facts.state("kind", "quasi-mandate").unwrap();
    let findings = check(&Contract::parse(Text::new(text)), Rulebook::builtin(), &settings);
    let edit = &findings[0].fix.as_ref().unwrap().edits[0];
    assert!(text[..edit.span.start as usize].ends_with("\n2. "), "{edit:?}");
    assert!(edit.text.starts_with("\n第1条の2（遅延損害金）\n"), "{edit:?}");
}
