//! See `rules/party/signature-parties.md`.

use crate::analysis::party::{LABELS, Party, normal};
use crate::contract::UnitKind;
use crate::report::Report;
use crate::rule::Context;

/// Reports names in the signature block that differ from the preamble, parties without a place to sign, and those who sign without being parties.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let parties = context.analysis.parties();
    for party in &parties.all {
        let Some((signed, (written, span))) = party.signed.as_ref().and_then(|s| Some((s, s.name.as_ref()?))) else {
            continue;
        };
        let Some(name) = party.name.as_ref().filter(|name| !is_blank_form(name)) else { continue };
        let (opening, closing) = (normal(name), normal(written));
        let same = opening.contains(&closing) || closing.contains(&opening);
        if same || is_blank_form(written) || spells_no_name(name) {
            continue;
        }
        let message = format!("「{}」の名称が、署名欄では「{written}」、前文では「{name}」です。", party.label);
        let finding = report.span_of(*span, signed.unit, message);
        finding.help("登記された商号や本人の氏名を確かめ、前文と署名欄の名称をそろえてください。");
        finding.related(party.span, format!("前文の「{}」", party.label));
    }
    let signing = parties.all.iter().filter(|party| party.signed.is_some()).count();
    if signing < 2 {
        return;
    }
    let opening = |party: &&Party| contract.enclosing(party.unit, UnitKind::Article).is_none();
    for party in parties.all.iter().filter(|party| party.signed.is_none()).filter(opening) {
        let Some(signed) = parties.all.iter().find_map(|party| party.signed.as_ref()) else { continue };
        let message = format!("当事者の「{}」の署名欄がありません。", party.label);
        let finding = report.span_of(signed.label, signed.unit, message);
        finding.help(format!("署名欄に「{}」の欄を加えるか、当事者から外してください。", party.label));
        finding.related(party.span, format!("前文の「{}」", party.label));
    }
    for (label, signed) in parties.only_signed.iter().filter(|(label, _)| LABELS.contains(&label.as_str())) {
        if parties.are_lettered() {
            let message = format!("署名欄の「{label}」は、前文で当事者とされていません。");
            report
                .span_of(signed.label, signed.unit, message)
                .help("前文で当事者に加えるか、署名欄から外してください。");
        }
    }
}

/// Whether a name is still to be filled in.
fn is_blank_form(name: &str) -> bool {
    name.contains(['●', '○', '◯', '〇', '＿', '_', '$', '{', '【', '[', '△', '×', 'X', 'Ｘ']) || name.is_empty()
}

/// Whether the words taken for a name are none: 「頭書の会社」.
fn spells_no_name(name: &str) -> bool {
    ["頭書", "上記", "下記", "別記", "本サービス", "以下"].iter().any(|word| name.contains(word))
}
