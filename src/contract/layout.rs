//! What the whole document shows about itself before a single unit is built: what its articles are, whether its lines are
//! hard-wrapped, which lines are a table of contents or commentary, and what its numbers are used for.

mod cited;
mod habits;

use std::cell::LazyCell;

use foldhash::{HashMap, HashSet};

use self::habits::Habits;
use super::Scheme;
use super::closing;
use super::heading::{self, Situation};
use crate::number::Number;
use crate::syntax::{Frame, Head, Line, Region, Style, System, is_blank};
use crate::text::{Text, display_width, is_wider, leading_word, starts_with_any};

/// Facts about a document.
pub struct Layout {
    /// What its articles are.
    pub scheme: Scheme,
    /// The width in cells at which its lines are wrapped, if they are.
    pub wrapped: Option<usize>,
    /// Lines that are read over: table of contents, commentary of a model contract.
    pub skipped: Vec<bool>,
    /// The contract's text stands in code fences or frames, between commentary.
    pub clauses_in_fences: bool,
    /// The 第N条 lines that look like headings.
    pub headings: Vec<bool>,
    /// The lines whose enumerator begins an article (for schemes other than 第1条).
    pub articles: Vec<bool>,
    /// The last line whose enumerator begins an article.
    pub last_listed: Option<usize>,
    /// What each style of number is used for.
    pub habits: Habits,
    /// The style of the numbers that a text without articles cites as 項.
    pub paragraph_style: Option<Style>,
    /// The articles of which the text itself cites a second or later 項.
    cited: HashSet<Number>,
    /// The main number of the next 第N条 heading after each line, if any.
    pub next_article: Vec<Option<u32>>,
    /// Articles begin again at 1 in each chapter.
    pub chapters_restart: bool,
    /// A document without articles whose parts stand under headings without numbers.
    pub sections: bool,
    /// Nearly all articles have a caption, on their line or above it.
    pub captioned: bool,
    /// The Markdown level of the headings that hold articles (0 where they are plain lines).
    pub article_level: u8,
}

impl Layout {
    /// Looks over the lines of a document.
    pub fn of(text: &Text, lines: &[Line]) -> Layout {
        let wrapped = wrap_width(text, lines);
        let mut skipped = contents_lines(text, lines);
        let clauses_in_fences = skip_commentary(text, lines, &mut skipped);
        let numbered: Vec<bool> =
            (0..lines.len()).map(|i| !skipped[i] && looks_like_heading(text, lines, i, wrapped)).collect();
        let mut layout = Layout {
            scheme: Scheme::None,
            wrapped,
            skipped,
            clauses_in_fences,
            headings: Vec::new(),
            articles: vec![false; lines.len()],
            last_listed: None,
            habits: Habits::default(),
            paragraph_style: None,
            cited: HashSet::default(),
            next_article: Vec::new(),
            chapters_restart: false,
            sections: false,
            captioned: false,
            article_level: 0,
        };
        layout.captioned = has_captions(text, lines, &numbered);
        layout.scheme = layout.choose_scheme(text, lines, &numbered);
        layout.last_listed = layout.articles.iter().rposition(|listed| *listed);
        layout.sections = layout.scheme == Scheme::None && layout.has_sections(lines);
        layout.next_article = next_articles(lines, &numbered);
        layout.chapters_restart = layout.scheme != Scheme::None && layout.restarts(lines, &numbered);
        layout.article_level = layout.level_of_articles(lines, &numbered);
        layout.habits = Habits::of(text, lines, &layout);
        if layout.scheme == Scheme::None && !layout.sections {
            layout.paragraph_style = habits::paragraph_style(text, lines);
        }
        layout.cited = cited::articles(text, lines, &numbered);
        layout.headings = numbered;
        layout
    }

    /// Whether the text itself cites a second or later 項 of an article.
    pub fn is_cited_by_paragraph(&self, article: Number) -> bool {
        self.cited.contains(&article)
    }

    fn choose_scheme(&mut self, text: &Text, lines: &[Line], numbered: &[bool]) -> Scheme {
        if numbered.iter().any(|n| *n) {
            return Scheme::Numbered;
        }
        if let Some(level) = self.numbered_headings(lines) {
            return Scheme::Headings(level);
        }
        if self.titles(text, lines) {
            return Scheme::Titles;
        }
        if self.list(text, lines) {
            return Scheme::List;
        }
        Scheme::None
    }

    /// `## 1. 適用`, `## 2. 登録`: the outermost level of Markdown headings that count.
    fn numbered_headings(&mut self, lines: &[Line]) -> Option<u8> {
        for level in 1..=6u8 {
            let at: Vec<(usize, u32)> = (0..lines.len())
                .filter(|&i| !self.skipped[i] && lines[i].heading == level)
                .filter_map(|i| counted(&lines[i]).map(|value| (i, value)))
                .collect();
            let rising = at.windows(2).filter(|w| w[1].1 == w[0].1 + 1).count();
            if at.len() >= 2 && rising >= 1 && at.iter().any(|(_, value)| *value <= 1) {
                at.iter().for_each(|&(i, _)| self.articles[i] = true);
                return Some(level);
            }
        }
        None
    }

    /// `1. 適用` on a line of its own, followed by text.
    fn titles(&mut self, text: &Text, lines: &[Line]) -> bool {
        let mut runs: HashMap<Style, Vec<(usize, u32)>> = HashMap::default();
        for (i, line) in lines.iter().enumerate() {
            let Head::Enumerator(enumerator) = line.head else { continue };
            let level = matches!(
                enumerator.style.system,
                System::Arabic | System::Ordinal | System::Kanji | System::RomanUpper | System::Enclosed('Ⅰ')
            );
            let framed = !matches!(enumerator.style.frame, Frame::Brackets | Frame::Close);
            let body = text.slice(line.body);
            if self.skipped[i] || line.bullet || line.heading > 0 || line.indent > 3 || !level || !framed {
                continue;
            }
            let run = runs.entry(enumerator.style).or_default();
            // 「15 派遣労働者を無期雇用派遣労働者又は60歳以上の者に限定するか否かの別」 behind fourteen shorter ones.
            let long_too = run.len() >= 3 && !body.contains('、');
            let title_like = !body.is_empty()
                && body.chars().count() <= if long_too { 60 } else { 30 }
                && !body.ends_with(['。', '、', '．', '：', ':'])
                || run_in_caption(body).is_some();
            if title_like && enumerator.value == run.last().map_or(1, |(_, last)| last + 1) {
                run.push((i, enumerator.value));
            }
        }
        // Two are enough where 1.1 and 2.1 stand below them.
        let outlined = |&(i, value): &(usize, u32)| {
            let below = lines[i + 1..].iter().find(|line| line.region == Region::Text);
            below.is_some_and(|line| text.slice(line.span).trim_start().starts_with(&format!("{value}.1")))
        };
        let enough = |run: &Vec<(usize, u32)>| run.len() >= 3 || run.len() == 2 && run.iter().all(outlined);
        let candidate = runs.into_values().filter(enough).max_by_key(|run| (run.len(), std::cmp::Reverse(run[0].0)));
        let Some(run) = candidate else { return false };
        // A list of short entries has nothing between them; articles have text.
        let with_text = run
            .iter()
            .filter(|&&(i, _)| run_in_caption(text.slice(lines[i].body)).is_some() || self.followed_by_text(lines, i))
            .count();
        if with_text * 3 < run.len() * 2 {
            return false;
        }
        run.iter().for_each(|&(i, _)| self.articles[i] = true);
        true
    }

    fn followed_by_text(&self, lines: &[Line], at: usize) -> bool {
        let next = lines[at + 1..].iter().find(|line| line.region == Region::Text || line.region == Region::Table);
        let own = match lines[at].head {
            Head::Enumerator(e) => Some(e.style),
            _ => None,
        };
        next.is_some_and(|line| match line.head {
            Head::Enumerator(e) => Some(e.style) != own || line.indent > lines[at].indent,
            _ => true,
        })
    }

    /// One list whose entries are the articles: entries that are captions (`1. **（目的）**`), or a document that is nothing but
    /// one numbered list of sentences (a pledge).
    fn list(&mut self, text: &Text, lines: &[Line]) -> bool {
        let entries: Vec<usize> = (0..lines.len())
            .filter(|&i| {
                let line = &lines[i];
                !self.skipped[i] && line.indent == 0 && !line.bullet && line.heading == 0 && counted(line).is_some()
            })
            .collect();
        let first_style = entries.first().map(|&i| &lines[i].head);
        let Some(Head::Enumerator(first)) = first_style else { return false };
        let same: Vec<usize> = entries
            .iter()
            .copied()
            .filter(|&i| matches!(lines[i].head, Head::Enumerator(e) if e.style == first.style))
            .collect();
        let captions = same.iter().filter(|&&i| is_caption_only(text.slice(lines[i].body))).count();
        let values: Vec<u32> = same.iter().filter_map(|&i| counted(&lines[i])).collect();
        let rendered = values.iter().all(|&v| v == 1);
        let counts_up = rendered || values.iter().enumerate().all(|(i, &v)| v == i as u32 + 1);
        let headings = lines.iter().enumerate().filter(|(i, line)| line.heading > 0 && !self.skipped[*i]).count();
        let sentences = same.iter().filter(|&&i| text.slice(lines[i].body).chars().count() >= 20).count();
        let pledge =
            headings <= 1 && same.len() >= 5 && sentences * 2 > same.len() && cited::any_article(text.as_str());
        let captioned = same.len() >= 3 && captions * 3 >= same.len() * 2;
        if !(counts_up && (captioned || pledge)) {
            return false;
        }
        let chosen = same.into_iter().filter(|&i| !captioned || is_caption_only(text.slice(lines[i].body)));
        chosen.for_each(|i| self.articles[i] = true);
        true
    }

    /// Articles begin again at 1 in at least two chapters.
    fn restarts(&self, lines: &[Line], numbered: &[bool]) -> bool {
        let mut chapters = 0;
        let mut restarts = 0;
        let mut fresh = false;
        for (i, line) in lines.iter().enumerate().filter(|(i, _)| !self.skipped[*i]) {
            match &line.head {
                Head::Division { .. } if line.heading > 0 || line.region == Region::Text => {
                    chapters += 1;
                    fresh = true;
                }
                Head::Article { number: Some(number), .. } if numbered[i] && fresh => {
                    restarts += usize::from(number.is_first());
                    fresh = false;
                }
                Head::Enumerator(e) if self.articles[i] && fresh => {
                    restarts += usize::from(e.value == 1);
                    fresh = false;
                }
                Head::Supplementary => fresh = false,
                _ => {}
            }
        }
        chapters >= 2 && restarts >= 2
    }

    /// At least two headings without numbers, beside that of the document, or two captions alone on their lines.
    fn has_sections(&self, lines: &[Line]) -> bool {
        let visible = || lines.iter().enumerate().filter(|(i, _)| !self.skipped[*i]).map(|(_, line)| line);
        let headings =
            visible().filter(|line| line.heading > 0 && matches!(line.head, Head::None | Head::Caption)).count();
        let captions = visible().filter(|line| line.head == Head::Caption && line.heading == 0).count();
        headings >= 3 || captions >= 2
    }

    fn level_of_articles(&self, lines: &[Line], numbered: &[bool]) -> u8 {
        let mut counts = [0usize; 7];
        for (i, line) in lines.iter().enumerate() {
            if numbered[i] || self.articles[i] {
                counts[line.heading.min(6) as usize] += 1;
            }
        }
        (0..7).max_by_key(|&level| (counts[level], std::cmp::Reverse(level))).unwrap_or(0) as u8
    }
}

/// The value of an enumerator that can number articles.
fn counted(line: &Line) -> Option<u32> {
    match line.head {
        Head::Enumerator(e)
            if !matches!(e.style.system, System::Bullet(_) | System::Chain(_) | System::Latin | System::Roman) =>
        {
            Some(e.value)
        }
        _ => None,
    }
}

/// The length of a caption that runs on into the text: `1.権利放棄　確約者は、…`.
pub fn run_in_caption(body: &str) -> Option<usize> {
    let at = body.find('　')?;
    let caption = &body[..at];
    let count = caption.chars().count();
    ((2..=20).contains(&count) && !caption.contains(['。', '、', '「']) && body[at..].chars().count() > 10)
        .then_some(at)
}

fn is_caption_only(body: &str) -> bool {
    crate::syntax::caption_end(body).is_some_and(|end| body[end..].chars().all(|c| is_blank(c) || c == '*'))
}

/// The width at which running text is wrapped: many lines in a row that end inside a sentence, nearly all at one width.
fn wrap_width(text: &Text, lines: &[Line]) -> Option<usize> {
    let written = |line: &Line| text.slice(line.span).trim_end();
    let is_broken = |line: &Line| {
        line.heading == 0 && !ends_sentence(text.slice(line.body).trim_end()) && is_wider(written(line), 29)
    };
    let pairs = lines.windows(2).filter(|pair| pair[0].region == Region::Text);
    let broken = pairs.clone().filter(|pair| pair[1].region == Region::Text && is_broken(&pair[0]));
    let mut widths: Vec<usize> = broken.map(|pair| display_width(written(&pair[0]))).collect();
    let mut long = pairs.filter(|pair| is_wider(written(&pair[0]), 130));
    if widths.len() < 6 || long.nth(widths.len() / 2).is_some() {
        return None;
    }
    widths.sort_unstable();
    let width = widths[widths.len() * 9 / 10];
    let near = widths.iter().filter(|&&w| w + 10 >= width && w <= width + 6).count();
    (near * 10 >= widths.len() * 6).then_some(width)
}

/// Whether a line ends where a sentence, an entry or a heading may end.
pub fn ends_sentence(content: &str) -> bool {
    let content = content.trim_end_matches(|c| is_blank(c) || c == '*');
    content.ends_with([
        '。', '．', '.', '！', '？', '!', '?', '」', '』', '）', ')', '：', ':', '；', ';', '】', '］', '〕', '＞',
        '>', '|', '｡', '｣',
    ])
}

/// Lines of a table of contents.
fn contents_lines(text: &Text, lines: &[Line]) -> Vec<bool> {
    let mut skipped = vec![false; lines.len()];
    let mut i = 0;
    while i < lines.len() {
        let line = &lines[i];
        if line.head == Head::Contents && line.body.len() <= 3 {
            skipped[i] = true;
            let mut first: Option<&Head> = None;
            let mut next = i + 1;
            while next < lines.len() {
                let entry = &lines[next];
                if entry.region == Region::Text {
                    let heads = matches!(
                        entry.head,
                        Head::Article { .. } | Head::Division { .. } | Head::Supplementary | Head::Annex
                    );
                    let repeats = heads && first.is_some_and(|f| *f == entry.head);
                    if repeats || entry.heading > 0 || !(heads || is_contents_entry(text.slice(entry.body))) {
                        break;
                    }
                    if heads && first.is_none() {
                        first = Some(&entry.head);
                    }
                } else if entry.region == Region::Table {
                    break;
                }
                skipped[next] = true;
                next += 1;
            }
            // Without a second 第1条 behind it, what was read over were the headings themselves.
            let listed_again = first.is_none_or(|f| lines[next..].iter().any(|l| l.head == *f));
            if !listed_again {
                skipped[i + 1..next].fill(false);
            }
            i = next;
            continue;
        }
        // 「第一章　総則（第一条・第二条）」 lists its articles; a Markdown list of links into the document is a table of contents too.
        let lists_articles = matches!(line.head, Head::Division { .. }) && {
            let body = text.slice(line.body);
            body.ends_with(['）', ')']) && body.rfind(['（', '(']).is_some_and(|at| body[at..].contains("条"))
        };
        let link = line.region == Region::Text && {
            let body = text.slice(line.label.to(line.body));
            body.starts_with('[') && body.contains("](#") && body.ends_with(')')
        };
        skipped[i] = lists_articles || link || text.appearance(i).contents;
        i += 1;
    }
    skip_division_runs(lines, &mut skipped);
    skip_heading_runs(text, lines, &mut skipped);
    skipped
}

/// Divisions one below the other, some of which list their articles, are a table of contents, with the 附則 at its end.
fn skip_division_runs(lines: &[Line], skipped: &mut [bool]) {
    let is_entry = |line: &Line| matches!(line.head, Head::Division { .. });
    let mut i = 0;
    while i < lines.len() {
        if !is_entry(&lines[i]) {
            i += 1;
            continue;
        }
        let end =
            (i..lines.len()).find(|&k| lines[k].region == Region::Text && !is_entry(&lines[k])).unwrap_or(lines.len());
        if let Some(last) = (i..end).rev().find(|&k| skipped[k]) {
            skipped[i..=last].fill(true);
            let next = (last + 1..lines.len()).find(|&k| lines[k].region == Region::Text);
            if let Some(next) = next.filter(|&next| lines[next].head == Head::Supplementary) {
                let after = (next + 1..lines.len()).find(|&k| lines[k].region == Region::Text);
                skipped[next] |= after.is_some_and(|after| {
                    is_entry(&lines[after]) || matches!(lines[after].head, Head::Article { .. } | Head::Caption)
                });
            }
        }
        i = end.max(i + 1);
    }
}

/// A run of article headings with nothing between, whose first comes again later, is a table of contents without a title.
fn skip_heading_runs(text: &Text, lines: &[Line], skipped: &mut [bool]) {
    let is_entry = |line: &Line| {
        let body = text.slice(line.body);
        matches!(line.head, Head::Article { .. } | Head::Division { .. })
            && !body.ends_with('。')
            && body.chars().count() <= 40
    };
    let article = |line: &Line| match line.head {
        Head::Article { number, until } => Some((number, until)),
        _ => None,
    };
    // Where each article is headed last, once anybody asks.
    let last = LazyCell::new(|| {
        let headed = |(at, line): (usize, &Line)| article(line).map(|article| (article, at));
        lines.iter().enumerate().filter_map(headed).collect::<HashMap<_, usize>>()
    });
    let last_article_like =
        |at: usize| article(&lines[at]).and_then(|article| last.get(&article)).copied().unwrap_or(at);
    let mut i = 0;
    while i < lines.len() {
        if !(matches!(lines[i].head, Head::Article { .. }) && is_entry(&lines[i])) {
            i += 1;
            continue;
        }
        let start = i;
        let mut articles = 0;
        let mut end = i;
        while i < lines.len() && (lines[i].region != Region::Text || is_entry(&lines[i])) {
            if matches!(lines[i].head, Head::Article { .. }) {
                articles += 1;
                end = i;
            }
            i += 1;
        }
        // The last heading of the run may already be the first article itself.
        if articles >= 5 && end > start && last_article_like(start) >= end {
            let stop = (start + 1..=end).find(|&k| lines[k].head == lines[start].head).unwrap_or(end + 1);
            skipped[start..stop].fill(true);
        }
    }
}

fn is_contents_entry(body: &str) -> bool {
    let body = body.trim_end_matches(is_blank);
    let numbered_at_end = body.ends_with(|c: char| crate::number::digit(c).is_some());
    let leader = body.contains("…") || body.contains("....") || body.contains("・・・") || body.contains('\t');
    body.contains("](#")
        || numbered_at_end && leader
        || body.chars().count() <= 20 && !body.ends_with('。') && numbered_at_end
}

/// In a model contract whose clauses stand in code fences or frames, everything else but the headings of articles is commentary.
fn skip_commentary(text: &Text, lines: &[Line], skipped: &mut [bool]) -> bool {
    let mut with_articles: Vec<u16> =
        lines.iter().filter(|l| l.fence > 0 && matches!(l.head, Head::Article { .. })).map(|l| l.fence).collect();
    with_articles.dedup();
    let outside = || lines.iter().filter(|l| l.fence == 0 && l.heading == 0 && matches!(l.head, Head::Article { .. }));
    if with_articles.len() < 3 || text.is_formatted() && outside().count() > with_articles.len() {
        return false;
    }
    let mut preamble = false;
    let mut titled = false;
    for (line, skipped) in lines.iter().zip(skipped.iter_mut()) {
        if line.fence > 0 || line.region != Region::Text {
            continue;
        }
        if line.heading > 0 {
            preamble = text.slice(line.body).starts_with("前文");
            let keeps =
                matches!(line.head, Head::Article { .. } | Head::Division { .. } | Head::Supplementary | Head::Annex)
                    || preamble
                    || !titled;
            titled = true;
            *skipped |= !keeps;
        } else if !titled && closing::is_title(text.slice(line.body)) {
            // The cover of a Word document names the contract in a line that is no heading.
            titled = true;
        } else {
            *skipped |= !preamble;
        }
    }
    true
}

/// A first judgement on every 第N条 line, without knowledge of the sequence.
fn looks_like_heading(text: &Text, lines: &[Line], index: usize, wrapped: Option<usize>) -> bool {
    let line = &lines[index];
    if line.region != Region::Text || !matches!(line.head, Head::Article { .. }) {
        return false;
    }
    let inside_sentence = inside_sentence(text, lines, index, wrapped);
    let situation =
        Situation { inside_sentence, expected: !inside_sentence, is_text_of_item: false, lacks_caption: false };
    heading::is_article_heading(text, line, &situation)
}

/// Whether the line directly before ends in the middle of a sentence.
pub fn inside_sentence(text: &Text, lines: &[Line], index: usize, wrapped: Option<usize>) -> bool {
    let Some(previous) = index.checked_sub(1).map(|i| &lines[i]) else { return false };
    if previous.region != Region::Text || previous.heading > 0 || previous.span.is_empty() {
        return false;
    }
    // 「（昭和43年法律第100号）第8条」 is all label where it goes on from a line before.
    let is_label = previous.body.is_empty() || previous.head == Head::Caption;
    let content = text.slice(if is_label { previous.span } else { previous.body }).trim_end();
    let line = &lines[index];
    if line.head == Head::None && line.heading == 0 && begins_inside(text.slice(line.body), content) {
        return true;
    }
    if is_label {
        return false;
    }
    if matches!(line.head, Head::Article { .. }) && names_law(text.slice(line.span).trim(), content) {
        return true;
    }
    if ends_sentence(content) {
        return false;
    }
    match wrapped {
        Some(full) => display_width(text.slice(previous.span).trim_end()) + 8 >= full,
        None => content.ends_with('、') || is_wider(content, 43),
    }
}

/// Whether a line begins with what no sentence begins with, and the line before may go on: 「都市計画法」 / 「（昭和43年法律第100号）第8条」 / 「の用途地域」.
fn begins_inside(line: &str, before: &str) -> bool {
    const PARTICLES: [&str; 18] = [
        "の",
        "を",
        "に",
        "は",
        "が",
        "、",
        "。",
        "，",
        "）",
        "」",
        "及び",
        "又は",
        "若しくは",
        "並びに",
        "から",
        "まで",
        "により",
        "ただし書",
    ];
    const WORDS: [&str; 9] =
        ["のれん", "はじめ", "がん", "に関する事項", "にもかかわらず", "はがき", "をもって", "のぼり", "がけ"];
    let end = before.chars().next_back();
    let may_go_on = end.is_some_and(|c| !matches!(c, '。' | '．' | '：' | ':' | '】' | '」'));
    let particle = || leading_word(line, &PARTICLES).is_some() && !starts_with_any(line, &WORDS);
    let bracket =
        || line.starts_with('（') && end.is_some_and(|c| ('一'..='鿿').contains(&c) || ('ァ'..='ヶ').contains(&c));
    may_go_on && (particle() || bracket())
}

/// Whether a line begins with the number or the short name, in brackets, of the law whose name the line before ends with: 「（昭和43年法律第100号）第8条」,
/// 「（以下「法」という。）第12条」 is no heading with a caption before it.
fn names_law(line: &str, before: &str) -> bool {
    let Some(inner) = line.strip_prefix('（').and_then(|rest| rest.split('）').next()) else { return false };
    let numbered = inner.contains('年') && inner.contains('第') && inner.contains('号');
    (numbered || inner.starts_with("以下「")) && before.ends_with(['法', '律', '令', '則', '例', '約', '書'])
}

/// Whether nearly all article lines have a caption: in brackets on their line, or on a line of its own above.
fn has_captions(text: &Text, lines: &[Line], numbered: &[bool]) -> bool {
    let mut above = false;
    let (mut with, mut all) = (0, 0);
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.region == Region::Text) {
        if numbered[i] {
            all += 1;
            with += usize::from(above || crate::syntax::caption_end(text.slice(line.body)).is_some());
        }
        above = line.head == Head::Caption;
    }
    all >= 5 && with * 5 >= all * 4
}

/// For every line the number of the next article heading after it.
fn next_articles(lines: &[Line], numbered: &[bool]) -> Vec<Option<u32>> {
    let mut next = None;
    let mut out = vec![None; lines.len()];
    for i in (0..lines.len()).rev() {
        out[i] = next;
        if numbered[i]
            && let Head::Article { number, .. } = lines[i].head
        {
            next = Some(number.map_or(0, Number::main));
        }
    }
    out
}
