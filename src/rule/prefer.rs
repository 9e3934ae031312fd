//! `[prefer]`: words for which there are better ones.

use super::{Context, Phrases, kind};
use crate::finding::{Edit, Fix, Safety};
use crate::report::Report;
use crate::words::Lexicon;

pub(super) struct Prefer {
    words: Phrases,
    instead: Vec<String>,
    except: Phrases,
    message: String,
    safety: Safety,
}

impl Prefer {
    pub(super) fn new(page: &kind::Prefer, lexicon: &mut Lexicon) -> Prefer {
        Prefer {
            words: Phrases::new(page.words.keys(), lexicon),
            instead: page.words.values().cloned().collect(),
            except: Phrases::new(&page.except, lexicon),
            message: page.message.clone(),
            safety: if page.safe { Safety::Safe } else { Safety::Unsafe },
        }
    }

    pub(super) fn run(&self, context: &Context, report: &mut Report) {
        let flow = context.contract.flow();
        let all = 0..flow.as_str().len();
        let except = self.except.find(context.analysis, &all);
        for (range, word) in self.words.find(context.analysis, &all) {
            if except.iter().any(|(e, _)| e.start <= range.start && range.end <= e.end)
                || !context.analysis.is_own_text(range.start)
            {
                continue;
            }
            let found = &flow.as_str()[range.clone()];
            let instead = &self.instead[word];
            let span = flow.span(range.clone());
            let finding = report.span(span, self.message.replace("{found}", found).replace("{instead}", instead));
            finding.fix = Some(Fix {
                title: format!("「{found}」を「{instead}」に改める"),
                safety: self.safety,
                edits: vec![Edit { span, text: instead.clone() }],
            });
        }
    }
}
