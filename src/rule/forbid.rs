//! `[forbid]`: words that should not stand in a contract.

use super::{Context, Patterns, Phrases, kind};
use crate::report::Report;

pub(super) struct Forbid {
    phrases: Phrases,
    except: Phrases,
    message: String,
    help: Option<String>,
}

impl Forbid {
    pub(super) fn new(page: &kind::Forbid, patterns: &mut Patterns) -> Forbid {
        Forbid {
            phrases: Phrases::new(&page.phrases, patterns),
            except: Phrases::new(&page.except, patterns),
            message: page.message.clone(),
            help: page.help.clone(),
        }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let except = self.except.find(context.analysis, &all);
        for (range, _) in self.phrases.find(context.analysis, &all) {
            if except.iter().any(|(e, _)| e.start <= range.start && range.end <= e.end)
                || !context.analysis.is_own_text(range.start)
            {
                continue;
            }
            let found = &flow.as_str()[range.clone()];
            let finding = report.span(flow.span(range.clone()), self.message.replace("{found}", found));
            finding.help = self.help.clone();
        }
    }
}
