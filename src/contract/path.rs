//! How a unit is named: 「第5条第2項第1号」 for people, `5.2.1` for programs.

use std::borrow::Cow;

use super::{Contract, Numbering, UnitId, UnitKind};

/// How many characters of a heading without a number are cited.
const LONGEST_HEADING: usize = 60;

/// A heading as it is cited: one that is as long as a text is not written out with every finding below it.
fn in_short(heading: &str) -> Cow<'_, str> {
    match heading.char_indices().nth(LONGEST_HEADING) {
        Some((end, _)) => format!("{}…", &heading[..end]).into(),
        None => heading.into(),
    }
}

impl Contract {
    /// The place for programs: `3`, `3-2`, `3.1.2`, `附則:1`, `別紙1:2.1`, `A2:4`, `c1.s2`; parts under headings without numbers are
    /// `h1`, `h2` …, text outside of everything `p1`, `p2` ….
    pub fn path(&self, id: UnitId) -> String {
        let unit = self.unit(id);
        let scope = &self.scopes()[unit.scope as usize].path;
        let number = || unit.number.map_or_else(|| "?".to_string(), |n| n.to_string());
        match unit.kind {
            UnitKind::Document => String::new(),
            UnitKind::Preamble | UnitKind::Closing | UnitKind::Signature => format!("{scope}{}", unit.kind.name()),
            UnitKind::Supplementary | UnitKind::Annex => scope.trim_end_matches(':').to_string(),
            UnitKind::Section if unit.is_unnumbered_section() => {
                format!("h{}", self.sections.partition_point(|&other| other <= id))
            }
            UnitKind::Part | UnitKind::Chapter | UnitKind::Section | UnitKind::Subsection | UnitKind::Division => {
                let letter = match unit.kind {
                    UnitKind::Part => "b",
                    UnitKind::Chapter => "c",
                    UnitKind::Section => "s",
                    UnitKind::Subsection => "k",
                    _ => "m",
                };
                let own = format!("{letter}{}", number());
                match unit.parent.filter(|&up| self.unit(up).kind.is_division()) {
                    Some(up) => format!("{}.{own}", self.path(up)),
                    // A chapter that opens a scope of its own is named by it.
                    None if scope.trim_end_matches(':') == own => own,
                    None => format!("{scope}{own}"),
                }
            }
            UnitKind::Article => format!("{scope}{}", number()),
            UnitKind::Paragraph | UnitKind::Item | UnitKind::Subitem => {
                match unit.parent.map(|up| (up, self.unit(up).kind)) {
                    None | Some((_, UnitKind::Document)) => format!("p{}", number()),
                    Some((_, UnitKind::Supplementary | UnitKind::Annex)) => format!("{scope}{}", number()),
                    Some((up, _)) => format!("{}.{}", self.path(up), number()),
                }
            }
        }
    }

    /// The place as a lawyer cites it: 「第3条第2号」 where the article has one 項, 「第5条第2項第1号イ」, 「附則第2条」, 「前文」.
    pub fn citation(&self, id: UnitId) -> String {
        let unit = self.unit(id);
        let scope = &self.scopes()[unit.scope as usize].citation;
        let written = || self.text().slice(unit.label).to_string();
        match unit.kind {
            UnitKind::Document => "全体".to_string(),
            UnitKind::Preamble | UnitKind::Closing | UnitKind::Signature => format!("{scope}{}", unit.kind.japanese()),
            UnitKind::Supplementary | UnitKind::Annex => scope.clone(),
            UnitKind::Section if unit.is_unnumbered_section() => {
                format!("「{}」", in_short(self.caption(id).unwrap_or_default()))
            }
            UnitKind::Part | UnitKind::Chapter | UnitKind::Section | UnitKind::Subsection | UnitKind::Division => {
                let own = unit.number.map_or_else(written, |n| n.of_unit(unit.kind.japanese()));
                match unit.parent.filter(|&up| self.unit(up).kind.is_division() && self.unit(up).number.is_some()) {
                    Some(up) => format!("{}{own}", self.citation(up)),
                    None if *scope == own => own,
                    None => format!("{scope}{own}"),
                }
            }
            UnitKind::Article => format!("{scope}{}", unit.number.map_or_else(written, |n| n.of_unit("条"))),
            UnitKind::Paragraph => {
                let holder = unit
                    .parent
                    .map_or_else(String::new, |up| if up.0 == 0 { String::new() } else { self.citation(up) });
                let is_only = || unit.numbering == Numbering::Implicit && self.is_only_paragraph(id);
                match unit.number {
                    Some(number) if holder.is_empty() || !is_only() => format!("{holder}{}", number.of_unit("項")),
                    _ => holder,
                }
            }
            UnitKind::Item => {
                let holder = unit
                    .parent
                    .map_or_else(String::new, |up| if up.0 == 0 { String::new() } else { self.citation(up) });
                unit.number.map_or(holder.clone(), |number| format!("{holder}{}", number.of_unit("号")))
            }
            UnitKind::Subitem => {
                let holder = unit.parent.map_or_else(String::new, |up| self.citation(up));
                let mark = match unit.numbering {
                    Numbering::Bullet => unit.number.map_or_else(String::new, |n| format!("の{n}番目")),
                    _ => written().trim_end_matches(['.', '．', '、', '，', '\\']).to_string(),
                };
                format!("{holder}{mark}")
            }
        }
    }

    fn is_only_paragraph(&self, id: UnitId) -> bool {
        self.unit(id).parent.is_some_and(|up| self.children_of(up, UnitKind::Paragraph).take(2).count() == 1)
    }
}
