//! `[forbid]`: words that should not stand in a contract.

use super::Context;
use super::covering::Covering;
use super::kind::Forbid;
use crate::report::Report;

impl Forbid {
    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let except = Covering::of(self.except.find(context.analysis, &all));
        for (range, _) in self.phrases.find(context.analysis, &all) {
            if except.covers(&range) || !context.analysis.is_own_text(range.start) {
                continue;
            }
            let found = &flow.as_str()[range.clone()];
            let finding = report.span(flow.span(range.clone()), self.message.replace("{found}", found));
            finding.help = self.help.clone();
        }
    }
}
