//! What the rules about references have in common.

use foldhash::HashMap;

use crate::analysis::reference::rewrite::{self, Level};
use crate::analysis::reference::{Article, Broken, Reference, Status};
use crate::analysis::term::word::is_hiragana;
use crate::contract::{Contract, Numbering, Scheme, UnitId, UnitKind};
use crate::finding::{Edit, Fix, Safety};
use crate::number::Number;
use crate::report::{Draft, Report};
use crate::rule::{Context, Severity};

/// The references that point at nothing for the reasons a rule is about.
pub fn broken<'c>(
    context: &'c Context,
    reason: impl Fn(Broken) -> bool + 'c,
) -> impl Iterator<Item = (&'c Reference, Broken)> {
    context.analysis.references().all.iter().filter_map(move |reference| match reference.status {
        Status::Broken(broken) if reason(broken) => Some((reference, broken)),
        _ => None,
    })
}

/// The references that point at units of the contract.
pub fn resolved<'c>(context: &'c Context) -> impl Iterator<Item = &'c Reference> {
    context.analysis.references().all.iter().filter(|r| r.status == Status::Resolved && !r.targets.is_empty())
}

/// A reference as it is written.
pub fn words<'c>(context: &'c Context, reference: &Reference) -> &'c str {
    context.contract.text().slice(reference.span)
}

/// The flow behind a reference, up to the end of the line, at most 200 characters of it.
pub fn behind<'c>(context: &'c Context, reference: &Reference) -> &'c str {
    let rest = &context.contract.flow().as_str()[reference.flow.end..];
    let mut farther = rest.chars();
    farther.nth(199);
    let rest = &rest[..rest.len() - farther.as_str().len()];
    rest.find('\n').map_or(rest, |end| &rest[..end])
}

/// The article of another number that a citation of an article seems to mean: the only one that bears the caption in the brackets
/// behind it (第12条（秘密保持）), or the words it is cited for (第5条に定める検収).
pub fn meant(context: &Context, reference: &Reference) -> Option<(UnitId, String)> {
    if !cites_article(reference) {
        return None;
    }
    let captions = context.analysis.captions();
    let contract = context.contract;
    if let Some(caption) = reference.caption.clone() {
        let caption = &contract.flow().as_str()[caption];
        return match captions.bearing(caption) {
            [only] => Some((*only, caption.to_string())),
            _ => None,
        };
    }
    topic(behind(context, reference))
        .and_then(|text| captions.at_start(text))
        .map(|(words, id)| (id, words.to_string()))
}

/// Whether a single article is cited by its number.
pub fn cites_article(reference: &Reference) -> bool {
    matches!(reference.citation.article, Some(Article::Number(_)))
        && reference.citation.scope.is_none()
        && reference.until.is_none()
}

/// What a provision is cited for: the text behind 「に定める」.
pub fn topic(behind: &str) -> Option<&str> {
    const LINKS: [&str; 6] = ["に定める", "に規定する", "で定める", "所定の", "に定めた", "に規定した"];
    LINKS.iter().find_map(|link| behind.strip_prefix(link))
}

/// Makes a finding weaker where the numbers it rests on are not written, or where a bullet stands for a number.
pub fn weigh(context: &Context, reference: &Reference, finding: &mut Draft) {
    let contract = context.contract;
    let unwritten = |id: UnitId| {
        matches!(contract.unit(id).numbering, Numbering::Bullet | Numbering::Rendered)
            || contract.unit(id).kind == UnitKind::Paragraph
                && contract.unit(id).numbering == Numbering::Implicit
                && contract
                    .unit(id)
                    .parent
                    .is_some_and(|up| contract.children_of(up, UnitKind::Paragraph).nth(1).is_some())
    };
    let uncertain = contract.scheme() != Scheme::Numbered || contract.ancestors(reference.unit).any(unwritten);
    if uncertain {
        finding.severity = finding.severity.min(Severity::Warning);
    }
}

/// Says in the help what a unit holds of the kind that was cited in it: 「第3条にあるのは第1項から第3項までです。」
pub fn tell_extent(contract: &Contract, holder: UnitId, kind: UnitKind, finding: &mut Draft) {
    let numbers: Vec<_> = contract.children_of(holder, kind).filter_map(|id| contract.unit(id).number).collect();
    let (at, name) = (contract.citation(holder), kind.japanese());
    let extent = match numbers.as_slice() {
        [] => format!("{at}に{name}はありません。"),
        [only] => format!("{at}にあるのは{}だけです。", only.of_unit(name)),
        [first, .., last] => format!("{at}にあるのは{}から{}までです。", first.of_unit(name), last.of_unit(name)),
    };
    finding.help(format!("{extent}参照先を確かめてください。"));
}

/// An unsafe fix that writes other words for a reference.
pub fn rewrite(reference: &Reference, text: String) -> Fix {
    Fix {
        title: format!("「{text}」と書く"), safety: Safety::Unsafe, edits: vec![Edit { span: reference.span, text }]
    }
}

/// Shows the article that a citation seems to mean, and offers to cite it.
pub fn suggest(context: &Context, reference: &Reference, meant: UnitId, label: &str, finding: &mut Draft) {
    finding.related(context.contract.heading_span(meant), label);
    if let Some(number) = context.contract.unit(meant).number {
        finding.fix = Some(renumber(context, reference, number));
    }
}

/// An unsafe fix that cites another article, its number written as the old one is.
pub fn renumber(context: &Context, reference: &Reference, number: Number) -> Fix {
    let article = |level: Level, until: bool| (level == Level::Article && !until).then_some(number);
    rewrite(reference, rewrite::numbers(words(context, reference), article))
}

/// A citation whose caption is not that of the article it names.
pub struct CaptionMismatch<'c> {
    reference: &'c Reference,
    article: UnitId,
    caption: &'c str,
    /// The only article that bears the caption.
    meant: Option<UnitId>,
    /// Whether it stands in a clause that says which provisions survive.
    pub survival: bool,
}

/// The citations whose caption is not that of the article they name (第12条（秘密保持）).
pub fn caption_mismatches<'c>(context: &'c Context) -> impl Iterator<Item = CaptionMismatch<'c>> {
    let contract = context.contract;
    let captions = context.analysis.captions();
    let mut survival_of: HashMap<UnitId, bool> = HashMap::default();
    resolved(context).filter_map(move |reference| {
        let caption = &contract.flow().as_str()[reference.caption.clone()?];
        let article = contract.enclosing(reference.targets[0], UnitKind::Article)?;
        if captions.agree(article, caption) || reference.until.is_some() || contract.unit(article).deleted {
            return None;
        }
        let meant = match captions.bearing(caption) {
            [only] => Some(*only),
            _ => None,
        };
        let block = contract.enclosing(reference.unit, UnitKind::Paragraph).unwrap_or(reference.unit);
        let survival = *survival_of.entry(block).or_insert_with(|| is_survival_clause(context, block));
        Some(CaptionMismatch { reference, article, caption, meant, survival })
    })
}

impl CaptionMismatch<'_> {
    /// Reports it.
    pub fn report(&self, context: &Context, report: &mut Report) {
        let contract = context.contract;
        let own = contract.caption(self.article).unwrap_or_default();
        let at = contract.citation(self.article);
        let message = format!(
            "「{}（{}）」とありますが、{at}の見出しは「{own}」です。",
            words(context, self.reference),
            self.caption
        );
        let finding = report.span_of(self.reference.span, self.reference.unit, message);
        match self.meant {
            Some(meant) => {
                finding.help(format!(
                    "「{}」は{}です。番号がずれていないか確かめてください。",
                    self.caption,
                    contract.citation(meant)
                ));
                suggest(context, self.reference, meant, "見出しが一致する条", finding);
            }
            None => {
                // Another name for the same thing shares its characters: 守秘義務 and 秘密保持.
                let related = self.caption.chars().any(|c| !is_hiragana(c) && own.contains(c));
                finding.severity = if related { Severity::Info } else { Severity::Warning };
                finding.help("番号と見出しのどちらが正しいか確かめてください。");
            }
        }
        finding.related(contract.heading_span(self.article), "参照先の条");
    }
}

/// Whether a 項, or a unit outside of one, says which provisions survive the end of the contract.
fn is_survival_clause(context: &Context, block: UnitId) -> bool {
    const WORDS: [&str; 6] = ["存続", "残存", "なお有効", "引き続き有効", "なおその効力", "効力を有する"];
    let contract = context.contract;
    let flow = contract.flow();
    let caption = contract.enclosing(block, UnitKind::Article).and_then(|id| contract.caption(id)).unwrap_or_default();
    let text = &flow.as_str()[flow.range(contract.unit(block).contents)];
    WORDS.iter().any(|word| caption.contains(word) || text.contains(word))
}
