//! The rules that need the tree: one function each, in a file named like the rule's page. A page without its file and a file without its page
//! do not compile.

use crate::allow::Waiver;
use crate::contract::{ContentKind, Contract, UnitId};
use crate::report::{Draft, Report};
use crate::rule::Context;
use crate::syntax;
use crate::text::Span;

/// A rule written in Rust.
pub type Check = fn(&Context, &mut Report);

include!(concat!(env!("OUT_DIR"), "/checks.rs"));

mod breaks;
mod check_digit;
mod loan_rate;
mod missing_clause;
mod mixed_characters;
mod references;
mod yearly_rate;

mod abbreviated_citation;
mod alias_collides_with_party;
mod ambiguous_item;
mod amount_label;
mod amount_mismatch;
mod annex_relation;
mod article_duplicate;
mod article_gap;
mod article_order;
mod bad_range;
mod bracket_width_mismatch;
mod bracket_width_mix;
mod branch_as_paragraph;
mod branch_or_paragraph;
mod business_day_undefined;
mod caption_bracket_mix;
mod caption_duplicate;
mod caption_mismatch;
mod caption_missing_in_some;
mod chapter_gap;
mod circular;
mod circular_reference;
mod comma_grouping;
mod consumer_late_rate;
mod corporate_number;
mod cure_vs_immediate;
mod deleted_article_cited;
mod digit_width_mix;
mod doubled_punctuation;
mod doubled_word;
mod earnest_money;
mod empty_article;
mod empty_item;
mod end_before_start;
mod era_mismatch;
mod era_style_mix;
mod expected_clause_missing;
mod expired_allow;
mod freelance_30_day_notice;
mod guarantor_signature;
mod half_width_katakana;
mod heading_digit_width;
mod heading_without_space;
mod holiday_rule_missing;
mod impossible_date;
mod invoice_number;
mod item_duplicate;
mod item_ending_mix;
mod item_gap;
mod item_order;
mod item_style_mix;
mod jurisdiction_unknown_court;
mod label_mix;
mod labor_overtime_rate;
mod late_rate_below_toriteki;
mod loan_default_cap;
mod loan_interest_cap;
mod long_sentence;
mod malformed_allow;
mod missing_annex;
mod missing_article;
mod missing_division;
mod missing_item;
mod missing_paragraph;
mod missing_period;
mod missing_period_in_definition;
mod name_slip;
mod near_variant;
mod nested_quote;
mod no_actor;
mod no_antecedent;
mod no_articles;
mod no_items_follow;
mod no_next_unit;
mod no_previous_article;
mod no_previous_item;
mod no_previous_paragraph;
mod numeral_style_mix;
mod originals_count;
mod outer_connective_alone;
mod paragraph_duplicate;
mod paragraph_gap;
mod paragraph_order;
mod payment_over_60_days;
mod percentage_mismatch;
mod period_arithmetic;
mod period_conflict;
mod placeholder_left;
mod punctuation_mix;
mod rate_implausible;
mod realtor_penalty;
mod redefined_term;
mod register_mix;
mod repeated_connective;
mod required_clause_missing;
mod role_swap;
mod same_party_twice;
mod scope_limited_term_used_outside;
mod self_dealing;
mod self_reference;
mod share_total;
mod signature_parties;
mod signing_after_effect;
mod signing_date_mismatch;
mod signing_day;
mod single_item_list;
mod stale_cross_reference;
mod stale_statute_citation;
mod survival_incomplete;
mod survival_mismatch;
mod suspicious_unit;
mod tax_arithmetic;
mod tax_unclear;
mod tier_boundary;
mod too_few_before;
mod topic_mismatch;
mod total_mismatch;
mod transfer_fee_on_supplier;
mod unbalanced_bracket;
mod uncited_annex;
mod undefined_party;
mod undefined_term;
mod unsealed_allow;
mod unused_allow;
mod unused_party;
mod unused_term;
mod used_before_definition;
mod wave_dash_mix;
mod weekday_mismatch;
mod wrong_part;

/// The pieces of running text that belong to a unit itself, not to its children.
fn own_text(contract: &Contract, id: UnitId) -> impl Iterator<Item = &str> {
    contract
        .contents_of(id)
        .iter()
        .filter(move |c| c.unit == id && c.kind == ContentKind::Text)
        .map(|c| contract.text().slice(c.span))
}

/// Whether a unit without text shows a picture, markup or a fence behind its heading: lines that are neither blank nor text.
fn shows_something_else(contract: &Contract, id: UnitId) -> bool {
    let text = contract.text();
    let unit = contract.unit(id);
    let first = text.line_index(unit.label.start);
    let last = text.line_index(unit.span.end.max(unit.span.start + 1) - 1);
    (first + 1..=last).any(|i| {
        let line = text.slice(text.line(i)).trim_matches(syntax::is_blank);
        let mark_only =
            line.starts_with("[bookmark:") || ["---", "<!--", "```", "~~~"].iter().any(|m| line.starts_with(m));
        !line.is_empty() && text.line(i).end <= unit.span.end && !mark_only
    })
}

/// 「許容（empty-item、第2条、理由: 別紙で定める）」: a waiver as messages name it.
fn waiver_name(waiver: &Waiver) -> String {
    let allow = &waiver.allow;
    let at = allow.at.as_ref().map_or_else(String::new, |at| format!("、{at}"));
    format!("許容（{}{at}、理由: {}）", allow.rule, allow.reason)
}

/// Reports a waiver: its comment, or the beginning of the document where it stands in the configuration.
fn report_waiver<'r>(report: &'r mut Report, context: &Context, waiver: &Waiver, message: String) -> &'r mut Draft {
    match waiver.comment {
        Some(comment) => report.span(comment, message),
        None => {
            let first = context.contract.contents().first().map_or(Span::empty(0), |content| content.span);
            report.span_of(first, UnitId(0), message)
        }
    }
}
