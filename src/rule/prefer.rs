//! `[prefer]`: words for which there are better ones, also from a day on.

use super::covering::Covering;
use super::kind::Prefer;
use super::table::Words;
use super::{Context, Phrases};
use crate::date::Date;
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;

/// Words that have one better one, or one each.
struct Group<'p> {
    words: &'p Phrases,
    /// What to write instead, by the index of the word; one for all where there is only one.
    instead: &'p [Words],
    from: Option<Date>,
    except: Option<&'p Phrases>,
    unless: Option<&'p Phrases>,
    replace: bool,
    help: Option<&'p Words>,
}

impl Prefer {
    fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        let (words, instead) = (&self.words.old, &*self.words.instead);
        let plain = Group { words, instead, from: None, except: None, unless: None, replace: true, help: None };
        let renamed = self.terms.iter().map(|term| Group {
            words: &term.old,
            instead: std::slice::from_ref(&term.instead),
            from: term.from,
            except: Some(&term.except),
            unless: Some(&term.unless),
            replace: term.replace,
            help: term.help.as_ref(),
        });
        std::iter::once(plain).chain(renamed)
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let all = 0..context.contract.flow().as_str().len();
        let except = Covering::of(self.except.find(context.analysis, &all));
        for group in self.groups() {
            let in_force = |from: Date| context.analysis.facts().law_of.is_none_or(|day| from <= day);
            let hits = group.words.find(context.analysis, &all);
            // The day of the law is asked for only where an old word stands.
            if hits.is_empty()
                || !group.from.is_none_or(in_force)
                || group.unless.is_some_and(|unless| unless.first(context.analysis, &all).is_some())
            {
                continue;
            }
            let own = group.except.map_or_else(Vec::new, |except| except.find(context.analysis, &all));
            let own = Covering::of(own);
            let mut end = 0;
            for (range, word) in hits {
                let covered = except.covers(&range) || own.covers(&range);
                // 「瑕疵担保責任」 is one finding, and not another for the 「瑕疵」 in it.
                let other = !context.analysis.is_own_text(range.start) || context.analysis.is_replaced(&range);
                if covered || range.start < end || other {
                    continue;
                }
                end = range.end;
                self.report(&group, word, range, context, report);
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
        finding.help = group.help.or(self.help.as_ref()).cloned();
        if group.replace {
            finding.fix = Some(Fix {
                title: format!("「{found}」を「{instead}」に改める"),
                safety: if self.safe { Safety::Safe } else { Safety::Unsafe },
                edits: vec![Edit { span, text: instead.to_string() }],
            });
        }
    }
}
