//! `[prefer]`: words for which there are better ones, also from a day on.

use super::{Context, Patterns, Phrases, kind};
use crate::date::Date;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;

pub(super) struct Prefer {
    groups: Vec<Group>,
    except: Phrases,
    message: String,
    help: Option<String>,
    safety: Safety,
}

/// Words that have one better one, or one each.
struct Group {
    words: Phrases,
    /// What to write instead, by the index of the word; one for all where there is only one.
    instead: Vec<String>,
    from: Option<Date>,
    except: Phrases,
    unless: Phrases,
    replace: bool,
    help: Option<String>,
}

impl Prefer {
    pub(super) fn new(page: &kind::Prefer, patterns: &mut Patterns) -> Prefer {
        let plain = Group {
            words: Phrases::new(page.words.keys(), patterns),
            instead: page.words.values().cloned().collect(),
            from: None,
            except: Phrases::default(),
            unless: Phrases::default(),
            replace: true,
            help: None,
        };
        let renamed = |term: &kind::Renamed| Group {
            words: Phrases::new(&term.old, patterns),
            instead: vec![term.instead.clone()],
            from: term.from,
            except: Phrases::new(&term.except, patterns),
            unless: Phrases::new(&term.unless, patterns),
            replace: term.replace,
            help: term.help.clone(),
        };
        let renamed: Vec<Group> = page.terms.iter().map(renamed).collect();
        Prefer {
            groups: std::iter::once(plain).chain(renamed).collect(),
            except: Phrases::new(&page.except, patterns),
            message: page.message.clone(),
            help: page.help.clone(),
            safety: if page.safe { Safety::Safe } else { Safety::Unsafe },
        }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let all = 0..context.contract.flow().as_str().len();
        let except = self.except.find(context.analysis, &all);
        for group in &self.groups {
            let in_force = |from: Date| context.analysis.facts().law_of.is_none_or(|day| from <= day);
            let hits = group.words.find(context.analysis, &all);
            // The day of the law is asked for only where an old word stands.
            if hits.is_empty()
                || !group.from.is_none_or(in_force)
                || group.unless.first(context.analysis, &all).is_some()
            {
                continue;
            }
            let own = group.except.find(context.analysis, &all);
            let mut end = 0;
            for (range, word) in hits {
                let covered = except.iter().chain(&own).any(|(e, _)| e.start <= range.start && range.end <= e.end);
                // 「瑕疵担保責任」 is one finding, and not another for the 「瑕疵」 in it.
                let other = !context.analysis.is_own_text(range.start) || context.analysis.is_replaced(&range);
                if covered || range.start < end || other {
                    continue;
                }
                end = range.end;
                self.report(group, word, range, context, report);
            }
        }
    }

    fn report(
        &self,
        group: &Group,
        word: usize,
        range: std::ops::Range<usize>,
        context: &Context,
        report: &mut Report,
    ) {
        let flow = context.contract.flow();
        let found = &flow.as_str()[range.clone()];
        let instead = group.instead.get(word).unwrap_or(&group.instead[0]);
        let from = group.from.map_or_else(String::new, Date::japanese);
        let span = flow.span(range.clone());
        let message = self.message.replace("{found}", found).replace("{instead}", instead).replace("{from}", &from);
        let finding = report.span(span, message);
        finding.help = group.help.clone().or_else(|| self.help.clone());
        if group.replace {
            finding.fix = Some(Fix {
                title: format!("「{found}」を「{instead}」に改める"),
                safety: self.safety,
                edits: vec![Edit { span, text: instead.clone() }],
            });
        }
    }
}
