//! What each style of number is used for in a document.

use super::*;
use crate::contract::UnitKind;
use crate::number::is_any_number;

/// How often each style of number is first met directly under a heading, and behind a lead-in; and what the entries directly under headings
/// call each other.
#[derive(Default)]
pub struct Habits {
    styles: HashMap<Style, (u32, u32)>,
    /// Whether they are called 項 anywhere, or only 号.
    called: HashMap<Style, UnitKind>,
}

/// The style of the outermost numbers of a text without articles, if the text behind them cites them as 項 and never as 号:
/// 「２．　前項の秘密は、…」.
pub fn paragraph_style(text: &Text, lines: &[Line]) -> Option<Style> {
    let numbered = |line: &Line| match line.head {
        Head::Enumerator(enumerator) if line.region == Region::Text => Some(enumerator),
        _ => None,
    };
    let outermost = lines.iter().find_map(numbered).filter(|first| first.value == 1)?.style;
    let cites = |line: &Line, words: [&str; 2]| {
        let body = text.slice(line.body);
        let by_number = body.match_indices(words[0]).any(|(at, _)| {
            let number = body[..at].trim_end_matches(|c| is_any_number(c) || c == '第');
            number.len() < at && !number.ends_with(['条', '項', '法', '令', '約', '款', '書'])
        });
        by_number || body.contains(words[1])
    };
    let mut own = lines.iter().filter(|line| numbered(line).is_some_and(|e| e.style == outermost && e.value > 1));
    let paragraphs = own.clone().any(|line| cites(line, ["項", "前項"]));
    (paragraphs && !own.any(|line| cites(line, ["号", "前号"]))).then_some(outermost)
}

impl Habits {
    /// Looks at the first number of every list.
    pub fn of(text: &Text, lines: &[Line], layout: &Layout) -> Habits {
        let mut habits: HashMap<Style, (u32, u32)> = HashMap::default();
        let mut called: HashMap<Style, UnitKind> = HashMap::default();
        let mut previous: Option<&Line> = None;
        // The style of the numbers directly under the last heading.
        let mut direct: Option<Style> = None;
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
                if is_heading {
                    direct = Some(style).filter(|style| first && heading_only && style.frame == Frame::Brackets);
                } else if direct == Some(style) && enumerator.value > 1 {
                    let own = text.slice(line.body);
                    if ["前項", "前各項"].iter().any(|word| own.contains(word)) {
                        called.insert(style, UnitKind::Paragraph);
                    } else if ["前号", "前各号"].iter().any(|word| own.contains(word)) {
                        called.entry(style).or_insert(UnitKind::Item);
                    }
                }
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
        Habits { styles: habits, called }
    }

    /// Whether the document uses a style of number rather for items (号) than for paragraphs (項).
    pub fn is_item_style(&self, style: Style) -> bool {
        self.styles.get(&style).is_some_and(|(direct, behind_lead_in)| behind_lead_in > direct)
    }

    /// Whether entries that bear a style of number in brackets directly under headings call each other 号 and never 項:
    /// 「（２）前号の者が苦情の申出を受けたときは、…」.
    pub fn are_called_items(&self, style: Style) -> bool {
        self.called.get(&style) == Some(&UnitKind::Item)
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
