//! What each style of number is used for in a document.

use super::*;

/// How often each style of number is first met directly under a heading, and behind a lead-in.
#[derive(Default)]
pub struct Habits {
    styles: HashMap<Style, (u32, u32)>,
}

impl Habits {
    /// Looks at the first number of every list.
    pub fn of(text: &Text, lines: &[Line], layout: &Layout) -> Habits {
        let mut habits: HashMap<Style, (u32, u32)> = HashMap::default();
        let mut previous: Option<&Line> = None;
        for (i, line) in lines.iter().enumerate() {
            if line.region != Region::Text || layout.skipped[i] {
                continue;
            }
            if let (Head::Enumerator(enumerator), Some(before), false) =
                (line.head.clone(), previous, layout.articles[i])
            {
                let first = enumerator.value == 1 || enumerator.other.is_some_and(|(_, v)| v == 1);
                let style = match enumerator.other {
                    Some((system, 1)) if enumerator.value != 1 => Style { system, ..enumerator.style },
                    _ => enumerator.style,
                };
                let is_heading = matches!(before.head, Head::Article { .. })
                    || layout.articles[i.saturating_sub(1)]
                    || before.heading > 0;
                let body = text.slice(before.body);
                let heading_only = is_heading
                    && (body.is_empty()
                        || is_caption_only(body)
                        || body.chars().count() <= 25 && !body.ends_with('。'));
                let entry = habits.entry(style).or_default();
                if first && heading_only {
                    entry.0 += 1;
                } else if first
                    && (super::super::list::is_lead_in(body)
                        || matches!(before.head, Head::Enumerator(e) if e.style != style))
                {
                    entry.1 += 1;
                }
            }
            previous = Some(line);
        }
        Habits { styles: habits }
    }

    /// Whether the document uses a style of number rather for items (号) than for paragraphs (項).
    pub fn is_item_style(&self, style: Style) -> bool {
        self.styles.get(&style).is_some_and(|(direct, behind_lead_in)| behind_lead_in > direct)
    }

    /// Whether the document uses a style of number for items (号) again and again, and hardly otherwise.
    pub fn is_firm_item_style(&self, style: Style) -> bool {
        self.styles.get(&style).is_some_and(|(direct, behind_lead_in)| *behind_lead_in >= 3.max(direct * 4))
    }

    /// Whether paragraphs (項) are numbered in some style other than this one.
    pub fn has_other_paragraph_style(&self, style: Style) -> bool {
        self.styles.iter().any(|(other, (direct, behind))| *other != style && *direct >= 2 && direct > behind)
    }
}
