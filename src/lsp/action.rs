//! What can be done about a finding: its fix, and all safe fixes of a document at once.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::diagnostic::diagnostic;
use super::document::Document;
use super::settings::Client;
use crate::finding::{Edit, Finding, Safety};
use crate::fix;

/// The kind under which an editor asks for all safe fixes, for example on saving.
pub const FIX_ALL: &str = "source.fixAll.keiyaku";

/// The actions for a range.
pub fn actions(document: &Document, params: &CodeActionParams, client: &Client) -> Vec<CodeAction> {
    let asked = |kind: &str| {
        let within = |only: &CodeActionKind| {
            kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        params.context.only.as_ref().is_none_or(|only| only.is_empty() || only.iter().any(within))
    };
    let span = document.span(params.range);
    let touched = |finding: &&Finding| finding.span.start <= span.end && span.start <= finding.span.end;
    let mut actions: Vec<CodeAction> = Vec::new();
    if asked(CodeActionKind::QUICKFIX.as_str()) {
        actions.extend(
            document.findings().iter().filter(touched).filter_map(|finding| quick_fix(document, finding, client)),
        );
    }
    if asked(FIX_ALL) {
        let (edits, count) = fix::choose(document.findings(), false);
        if count > 0 {
            actions.push(CodeAction {
                title: format!("意味を変えない修正をすべて行う（{count}か所）"),
                kind: Some(CodeActionKind::new(FIX_ALL)),
                edit: Some(workspace_edit(document, &edits, client)),
                ..CodeAction::default()
            });
        }
    }
    actions
}

fn quick_fix(document: &Document, finding: &Finding, client: &Client) -> Option<CodeAction> {
    let fix = finding.fix.as_ref()?;
    let safe = fix.safety == Safety::Safe;
    Some(CodeAction {
        title: if safe {
            fix.title.clone()
        } else {
            format!("{}（意味が変わらないか確認してください）", fix.title)
        },
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(document, finding, client)]),
        edit: Some(workspace_edit(document, &fix.edits, client)),
        is_preferred: Some(safe),
        ..CodeAction::default()
    })
}

/// Edits of one document, for the version that was read where the client takes versions.
#[allow(clippy::mutable_key_type, reason = "the protocol's own type; its hash does not change")]
pub fn workspace_edit(document: &Document, edits: &[Edit], client: &Client) -> WorkspaceEdit {
    let edits: Vec<TextEdit> =
        edits.iter().map(|edit| TextEdit::new(document.range(edit.span), edit.text.clone())).collect();
    if client.versioned_edits {
        let text_document =
            OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { changes: Some(HashMap::from([(document.uri.clone(), edits)])), ..WorkspaceEdit::default() }
}
