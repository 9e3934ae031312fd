//! See `rules/reference/topic-mismatch.md`.

use foldhash::HashMap;

use super::references;
use crate::analysis::term::word::{is_hiragana, is_kanji, is_noun};
use crate::contract::{UnitId, UnitKind};
use crate::report::Report;
use crate::rule::Context;

/// Reports articles that are cited for what another article is about.
pub fn check(context: &Context, report: &mut Report) {
    let contract = context.contract;
    let captions = context.analysis.captions();
    let flow = contract.flow();
    let mut known: HashMap<(UnitId, UnitId), bool> = HashMap::default();
    for reference in references::resolved(context) {
        if !references::cites_article(reference)
            || reference.caption.is_some()
            || reference.list.is_some()
            || reference.targets.len() != 1
        {
            continue;
        }
        let behind = references::behind(context, reference);
        let Some(topic) = references::topic(behind).or_else(|| of(behind)).or_else(|| by(behind)) else { continue };
        let owned = || captions.at_start(behind_owner(topic).filter(|_| references::topic(behind).is_some())?);
        let Some((words, other)) = captions.at_start(topic).or_else(owned) else { continue };
        // Behind 「第8条の」 only a whole noun says what the article is cited for: 「第8条の委託料の支払」, 「第8条の検査に合格した」.
        // 「第1条の業務」 has its 費用 too, and so has what an article cites that is headed with the noun itself.
        let is_whole = !words.contains(is_hiragana) && !topic[words.len()..].starts_with(is_kanji);
        let of_its_own = ["費用", "対価"].contains(&words) || contract.ancestors(reference.unit).any(|up| up == other);
        if references::topic(behind).is_none() && (!is_whole || of_its_own) {
            continue;
        }
        let Some(article) = contract.enclosing(reference.targets[0], UnitKind::Article) else { continue };
        let generic = [
            "規定", "場合", "義務", "方法", "期間", "目的", "条件", "事項", "手続", "基準", "範囲", "内容", "責任",
            "措置", "定義", "金額", "協議", "権利", "契約", "通知",
        ];
        if article == other || generic.contains(&words) || captions.agree(article, words) {
            continue;
        }
        let mentions = *known
            .entry((article, other))
            .or_insert_with(|| flow.as_str()[flow.range(contract.unit(article).contents)].contains(words));
        if mentions {
            continue;
        }
        let cited = references::words(context, reference);
        let finding = report.span_of(
            reference.span,
            reference.unit,
            format!("「{cited}」に「{words}」の定めはなく、{}にあります。", contract.citation(other)),
        );
        finding.help("条の追加や削除で番号がずれていないか確かめてください。");
        finding.related(contract.heading_span(article), "参照先の条");
        finding.related(contract.heading_span(other), "見出しが一致する条");
        if let (Some(number), false) = (contract.unit(other).number, reference.citation.paragraph.is_some()) {
            finding.fix = Some(references::renumber(context, reference, number));
        }
    }
}

/// What is done by an article: 「第8条により本契約が解除された」.
fn by(behind: &str) -> Option<&str> {
    let links = ["の規定により", "により", "の規定に基づき", "に基づき"];
    let done = links.iter().find_map(|link| behind.strip_prefix(link))?;
    let done = done.trim_start_matches('、');
    if done.starts_with("期限の利益を失") {
        return Some("期限の利益の喪失");
    }
    let of_contract =
        ["本契約が", "本契約を", "個別契約が", "個別契約を"].iter().find_map(|words| done.strip_prefix(words));
    Some(of_contract.unwrap_or(done)).filter(|noun| noun.starts_with(is_noun))
}

/// What stands behind the one whose it is: 「引渡し」 of 「本件不動産の引渡し」, 「株主総会の承認」 of 「甲又は乙の株主総会の承認」.
fn behind_owner(topic: &str) -> Option<&str> {
    const FARTHEST: usize = 12;
    let (at, _) = topic.char_indices().take(FARTHEST).find(|(_, c)| *c == 'の')?;
    let owner = &topic[..at];
    let is_owner =
        owner.starts_with(['本', '甲', '乙', '丙']) || owner.starts_with("当該") || owner.starts_with("個別契約");
    is_owner.then(|| &topic[at + 'の'.len_utf8()..])
}

/// The noun behind 「第8条の」. 「第8条の規定」 is the article itself.
fn of(behind: &str) -> Option<&str> {
    behind.strip_prefix('の').filter(|noun| noun.starts_with(is_noun) && !noun.starts_with("規定"))
}
