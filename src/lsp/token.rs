//! What words are, for colouring: headings, numbers of 項 and 号, citations, defined terms and parties.

use lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend};

use super::document::Document;
use super::name::Name;
use crate::analysis::reference::Status;
use crate::contract::UnitKind;
use crate::text::Span;

/// What a token is; its place in [`LEGEND`] is its number.
#[derive(Clone, Copy)]
enum Token {
    /// 第3条（期間）, 第2章
    Heading,
    /// 2., （1）
    Number,
    /// 第3条第1項, 前項
    Citation,
    /// 本業務
    Term,
    /// 甲
    Party,
}

/// The names editors have colours for, in the order of [`Token`].
const LEGEND: [SemanticTokenType; 5] = [
    SemanticTokenType::CLASS,
    SemanticTokenType::NUMBER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::TYPE,
    SemanticTokenType::PARAMETER,
];
/// The only modifier: a name where it is given.
const GIVEN: u32 = 1;

/// The names of the tokens.
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: LEGEND.to_vec(), token_modifiers: vec![SemanticTokenModifier::DEFINITION] }
}

/// The tokens of a document.
pub fn all(document: &Document) -> SemanticTokens {
    within(document, Span::new(0, document.contract().text().len()))
}

/// The tokens of some bytes.
pub fn within(document: &Document, span: Span) -> SemanticTokens {
    let contract = document.contract();
    let mut tokens: Vec<(Span, Token, u32)> = Vec::new();
    for id in contract.ids() {
        let unit = contract.unit(id);
        if unit.label.is_empty() {
            continue;
        }
        match unit.kind {
            UnitKind::Paragraph | UnitKind::Item | UnitKind::Subitem => tokens.push((unit.label, Token::Number, 0)),
            _ => tokens
                .extend([Some(unit.label), unit.caption].into_iter().flatten().map(|part| (part, Token::Heading, 0))),
        }
    }
    let resolved = document.references().all.iter().filter(|reference| !matches!(reference.status, Status::Broken(_)));
    tokens.extend(resolved.map(|reference| (reference.span, Token::Citation, 0)));
    for name in Name::all(document) {
        let token = if matches!(name, Name::Party(_)) { Token::Party } else { Token::Term };
        tokens.push((name.given(), token, GIVEN));
        tokens.extend(name.uses(document).into_iter().map(|span| (span, token, 0)));
    }
    tokens.retain(|(token, ..)| token.overlaps(span));
    tokens.sort_by_key(|(token, ..)| *token);
    let mut writer = Writer { document, data: Vec::new(), line: 0, column: 0, end: 0 };
    tokens.into_iter().for_each(|(span, token, modifiers)| writer.token(span, token, modifiers));
    SemanticTokens { result_id: None, data: writer.data }
}

/// Writes tokens as distances from the one before.
struct Writer<'a> {
    document: &'a Document,
    data: Vec<SemanticToken>,
    line: u32,
    column: u32,
    /// Where the last one ended: tokens lie apart.
    end: u32,
}

impl Writer<'_> {
    /// Writes one token, line by line.
    fn token(&mut self, span: Span, token: Token, modifiers: u32) {
        if span.start < self.end {
            return;
        }
        self.end = span.end;
        let text = self.document.contract().text();
        for index in text.line_index(span.start)..=text.line_index(span.end) {
            let line = text.line(index);
            let part = Span::new(span.start.max(line.start), span.end.min(line.end).max(span.start));
            if part.start >= part.end {
                continue;
            }
            let (start, end) = (self.document.position(part.start), self.document.position(part.end));
            let delta_start = if start.line == self.line { start.character - self.column } else { start.character };
            self.data.push(SemanticToken {
                delta_line: start.line - self.line,
                delta_start,
                length: end.character - start.character,
                token_type: token as u32,
                token_modifiers_bitset: modifiers,
            });
            (self.line, self.column) = (start.line, start.character);
        }
    }
}
