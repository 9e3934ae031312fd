//! See `rules/party/role-swap.md`.

use std::ops::Range;

use super::self_dealing::account_of;
use crate::analysis::party::{Party, Role, Side};
use crate::analysis::term::word::is_noun;
use crate::contract::{Contract, UnitKind};
use crate::report::Report;
use crate::rule::Context;
use crate::text::ends_with_any;

/// How a sentence ends that makes somebody pay.
const PAYS: [&str; 12] = [
    "返済する。",
    "返済するものとする。",
    "返済しなければならない。",
    "弁済する。",
    "支払う。",
    "支払います。",
    "支払うものとする。",
    "支払うものとします。",
    "支払わなければならない。",
    "支払うこととする。",
    "支払う",
    "支払うこと。",
];

/// How a sentence ends that makes somebody deliver.
const DELIVERS: [&str; 8] = [
    "引き渡す。",
    "引渡す。",
    "引き渡すものとする。",
    "引き渡さなければならない。",
    "納入する。",
    "納入するものとする。",
    "納品する。",
    "納入しなければならない。",
];

/// What is paid for another reason than the performance.
const OTHER_PAYMENTS: &str = "返還 返金 賠償 違約 遅延 損害 補償 超過 減額 精算 立替 立て替 過払 手当 保証金 敷金 礼金 分配 報奨 奨励 販売手数料 紹介 解約 控除 売上 \
    中途 求償 不足 差額 買戻 買い戻 再委託 委託先 第三者 \
    立退 立ち退 移転 明渡 明け渡 解決 協力";

/// Words that end like fees and are none.
const NO_FEES: &str =
    "資料 材料 無料 有料 原料 飲料 食料 燃料 手数料 送料 保険料 慰謝料 肥料 塗料 衣料 試料 史料 顔料 染料 香料 給料日";

/// What is delivered for another reason than the performance.
const OTHER_DELIVERIES: &str = "支給 貸与 資料 材料 返還 返却 返品 不適合 解除 終了 請求書 書類 図面 データ 明渡 満了";

/// What somebody in a role does not do where the sentence names nobody else.
struct Deed {
    /// The roles, each by one of its words.
    roles: &'static [&'static str],
    /// Words that stand one behind the other.
    does: &'static [&'static [&'static str]],
    /// What is paid, with を.
    pays: &'static [&'static str],
}

/// What the other one does: keeps another's thing and gives it back, does the work, pays the price.
const DEEDS: [Deed; 6] = [
    Deed {
        roles: &["賃貸人"],
        does: &[
            &["転貸してはならない"],
            &["善良な管理者の注意", "使用"],
            &["居住の目的に", "使用する。"],
            &["明け渡さなければ"],
            &["を明け渡す。"],
            &["原状に回復し", "返還する。"],
            &["原状に復して", "返還する。"],
            &["弁済する。"],
            &["返済する。"],
            &["原状に回復する。"],
            &["弁済することができる。"],
            &["返済することができる。"],
            &["弁済を遅滞", "支払"],
            &["返済を遅滞", "支払"],
            &["料の支払を遅滞", "支払"],
        ],
        pays: &["賃料を", "利息を"],
    },
    Deed {
        roles: &["委託者", "荷主", "寄託者"],
        does: &[
            &["再委託してはならない"],
            &["再委託しない。"],
            &["再委託先に", "負わせ"],
            &["再委託先の行為について"],
            &["善良な管理者の注意", "業務を"],
            &["善良な管理者の注意", "事務を"],
            &["業務を遂行する。"],
            &["業務を実施する。"],
        ],
        pays: &[],
    },
    Deed {
        roles: &["受託者", "運送人", "受寄者"],
        does: &[],
        pays: &["委託料を", "請負代金を", "報酬を", "対価を", "運賃を", "保管料を"],
    },
    Deed { roles: &["売主"], does: &[], pays: &["代金を"] },
    Deed {
        roles: &["許諾者"],
        does: &[&["再許諾してはならない"]],
        pays: &["使用料を", "実施料を", "許諾料を", "ロイヤルティを"],
    },
    Deed { roles: &["労働者"], does: &[&["解雇することができる"], &["解雇する。"]], pays: &[] },
];

/// The words in a sentence by which its subject does what is the other's to do.
fn deed_of_the_other(role: Role, words: &str) -> Option<String> {
    let deed = DEEDS.iter().find(|deed| deed.roles.iter().any(|word| role.is(word)))?;
    let in_order = |done: &&&[&str]| {
        let mut rest = Some(words);
        done.iter().all(|word| {
            rest = rest.and_then(|rest| rest.split_once(word)).map(|(_, behind)| behind);
            rest.is_some()
        })
    };
    let done = deed.does.iter().find(in_order).map(|done| done[0].trim_end_matches('。').to_string());
    let paid = || {
        let is_paid = |paid: &&str| words.split_once(paid).is_some_and(|(_, behind)| behind.contains("支払"));
        let paid = deed.pays.iter().copied().find(is_paid)?;
        let is_due = ends_with_any(words, &PAYS) && !excluded(words, OTHER_PAYMENTS);
        is_due.then(|| format!("{}の支払", paid.trim_end_matches('を')))
    };
    done.or_else(paid)
}

fn excluded(words: &str, list: &str) -> bool {
    list.split_whitespace().any(|word| words.contains(word))
}

/// Reports sentences in which the one who is paid pays, or the one who pays delivers.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let flow = contract.flow();
    let text = flow.as_str();
    let parties = &context.analysis.parties().all;
    let object = object_of(contract);
    for sentence in context.analysis.acts() {
        let Some(subject) = sentence.subject(text) else { continue };
        if let [(_, place)] = &sentence.mentions[..] {
            alone(context, report, subject, place, &text[place.end..sentence.flow.end]);
            continue;
        }
        // Whose account it is paid into is another matter.
        let is_payee = |range: &Range<usize>| account_of(&text[range.end..sentence.flow.end]).is_some();
        let mut mentions = sentence.mentions.iter().filter(|(_, range)| !is_payee(range));
        let (Some((first, _)), Some((other, behind)), None) = (mentions.next(), mentions.next(), mentions.next())
        else {
            continue;
        };
        let (first, other) = (*first, *other);
        if first != subject || other == subject {
            continue;
        }
        let (Some(role), Some(other_role)) = (parties[subject].role, parties[other].role) else { continue };
        let words = text[sentence.flow.clone()].trim_end();
        let behind_other = &text[behind.end..];
        let to_other = behind_other.starts_with('に') || behind_other.starts_with("へ");
        let message = match (role.side, other_role.side) {
            (Side::Performs, Side::Pays)
                if to_other
                    && ends_with_any(words, &PAYS)
                    && names_a_fee(words)
                    && !excluded(words, OTHER_PAYMENTS) =>
            {
                swapped("支払う", "支払を受ける", &parties[subject], &parties[other])
            }
            (Side::Pays, Side::Performs)
                if to_other
                    && ends_with_any(words, &DELIVERS)
                    && object.as_ref().is_some_and(|object| words.contains(&format!("{object}を")))
                    && !excluded(words, OTHER_DELIVERIES) =>
            {
                swapped("引き渡す", "引渡しを受ける", &parties[subject], &parties[other])
            }
            _ => continue,
        };
        let finding = report.span(flow.span(sentence.mentions[0].1.clone()), message);
        finding.help(format!(
            "「{}」と「{}」が入れ替わっていないか確かめてください。",
            parties[subject].label, parties[other].label
        ));
    }
}

/// Looks at a sentence that names nobody but its subject.
fn alone(context: &Context, report: &mut Report, subject: usize, place: &Range<usize>, words: &str) {
    let parties = context.analysis.parties();
    let party = &parties.all[subject];
    let Some(role) = party.role else { return };
    let stands_opposite =
        |other: &&Party| role.counterpart().is_some_and(|word| other.role.is_some_and(|role| role.word == word));
    let Some(other) = parties.all.iter().find(stands_opposite) else { return };
    let Some(deed) = deed_of_the_other(role, words.trim_end()) else { return };
    let message = format!("「{deed}」の主語が{}になっています。", named(party));
    let finding = report.span(context.contract.flow().span(place.clone()), message);
    finding.help(format!("{}の誤りではないか確かめてください。", named(other)));
}

/// A party with its role: 「売主の「甲」」, but no 「売主の「売主」」.
fn named(party: &Party) -> String {
    match party.role.map(|role| role.word).filter(|word| *word != party.label) {
        Some(word) => format!("{word}の「{}」", party.label),
        None => format!("「{}」", party.label),
    }
}

fn swapped(does: &str, receives: &str, subject: &Party, other: &Party) -> String {
    let (from, to) = (named(subject), named(other));
    format!("{from}が{to}に{does}文になっています。この契約で{receives}のは「{}」です。", subject.label)
}

/// Whether a sentence names the price of the performance: 委託料, 対価, 売買代金.
fn names_a_fee(words: &str) -> bool {
    let fee = |end: &str| {
        words.match_indices(end).any(|(at, _)| {
            let start = words[..at].chars().rev().take_while(|c| is_noun(*c)).map(char::len_utf8).sum::<usize>();
            let noun = &words[at - start..at + end.len()];
            let behind = &words[at + end.len()..];
            !behind.starts_with(is_noun) && !NO_FEES.split_whitespace().any(|word| noun.ends_with(word))
        })
    };
    ["料", "代金", "報酬", "対価", "賃金", "給与", "ロイヤルティ", "ロイヤリティ", "譲渡価額", "元金", "元本", "利息"]
        .iter()
        .any(|end| fee(end))
}

/// What the contract is about: 「本車両」 of 「本車両を乙に売り渡し」, from the first article.
fn object_of(contract: &Contract) -> Option<String> {
    let article = contract.ids_of(UnitKind::Article).next()?;
    let text = &contract.flow().as_str()[contract.flow().range(contract.unit(article).contents)];
    let given = ["「本", "「当"].iter().find_map(|open| text.find(open))?;
    let inner = &text[given + '「'.len_utf8()..];
    inner.find('」').map(|end| inner[..end].to_string())
}
