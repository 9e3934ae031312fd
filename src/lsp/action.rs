//! What can be done about a finding: its fix, a waiver, and all safe fixes of a document at once.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionParams, Command, CreateFile, CreateFileOptions,
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position, Range,
    ResourceOp, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::diagnostic::diagnostic;
use super::document::Document;
use super::settings::Client;
use super::surroundings::uri_of;
use crate::finding::{Edit, Finding, Safety};
use crate::renumber::{self, Obstacle};
use crate::{Allow, Analysis, Text, allow, config, fix};

/// The kind under which an editor asks for all safe fixes, for example on saving.
pub const FIX_ALL: &str = "source.fixAll.keiyaku";

/// The command that shows its argument to the user.
pub const TELL: &str = "keiyaku.tell";

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
        let findings: Vec<&Finding> = document.findings().iter().filter(touched).collect();
        actions.extend(findings.iter().filter_map(|finding| quick_fix(document, finding, client)));
        if !findings.is_empty() {
            actions.extend(renumbering(document, &findings, client));
            actions.extend(waivers(document, &findings, client));
        }
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

/// What numbers the whole document anew, where findings about numbers do not bring it themselves; or why that cannot be done. A client that
/// does not show what cannot be done gets an action that tells the reason.
fn renumbering(document: &Document, findings: &[&Finding], client: &Client) -> Option<CodeAction> {
    let analysis = document.analysis();
    let bare =
        |finding: &&&Finding| finding.fix.is_none() && analysis.breaks().iter().any(|found| found.unit == finding.unit);
    let numbers: Vec<&Finding> = findings.iter().filter(bare).copied().collect();
    if numbers.is_empty() {
        return None;
    }
    let diagnostics = numbers.iter().map(|finding| diagnostic(document, finding, client)).collect();
    let action = CodeAction {
        title: renumber::TITLE.into(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(diagnostics),
        ..CodeAction::default()
    };
    match renumber::renumber(&analysis) {
        Ok(renumbering) => {
            let offered = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.edits == renumbering.edits);
            let wanted = !renumbering.edits.is_empty() && !findings.iter().any(offered);
            wanted.then(|| CodeAction { edit: Some(workspace_edit(document, &renumbering.edits, client)), ..action })
        }
        Err(obstacles) => {
            let reason = reason(document, &obstacles);
            if client.shows_disabled {
                return Some(CodeAction { disabled: Some(CodeActionDisabled { reason }), ..action });
            }
            let title = "番号を振り直せない理由を見る".to_string();
            let command = Command::new(title.clone(), TELL.into(), Some(vec![reason.into()]));
            Some(CodeAction { title, command: Some(command), ..action })
        }
    }
}

/// 「6行目 第4条: …。ほか2か所」: the first obstacle with its place.
fn reason(document: &Document, obstacles: &[Obstacle]) -> String {
    let [first, others @ ..] = obstacles else { return String::new() };
    let line = document.position(first.span.start).line + 1;
    let more = if others.is_empty() { String::new() } else { format!("ほか{}か所", others.len()) };
    let place = if first.at.is_empty() { String::new() } else { format!("{line}行目 {}: ", first.at) };
    format!("{place}{}{more}", first.message)
}

/// Waivers for findings: comments in a draft in Markdown, entries of the configuration. The reason is left to be written: until then the
/// waiver is refused, and the finding stays.
fn waivers(document: &Document, findings: &[&Finding], client: &Client) -> Vec<CodeAction> {
    let analysis = document.analysis();
    let acceptable = findings.iter().filter(|finding| finding.family != allow::FAMILY);
    let action = |finding: &Finding, place: &str, edit: WorkspaceEdit| CodeAction {
        title: format!("「{}」の指摘を{place}で許容する（理由を書いてください）", finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(document, finding, client)]),
        edit: Some(edit),
        ..CodeAction::default()
    };
    let written = |finding: &&&Finding| {
        let comment = document.is_markdown().then(|| allow::comment(&analysis, finding, "")).flatten();
        let comment = comment.map(|edit| action(finding, "コメント", workspace_edit(document, &[edit], client)));
        let entry = configured(&analysis, document, finding, client);
        [comment, entry.map(|edit| action(finding, config::FILE_NAME, edit))]
    };
    acceptable.flat_map(|finding| written(&finding)).flatten().collect()
}

/// The edit that adds a waiver to the configuration; `None` where that cannot take one or the client cannot make the file.
#[allow(clippy::mutable_key_type, reason = "the protocol's own type; its hash does not change")]
fn configured(analysis: &Analysis, document: &Document, finding: &Finding, client: &Client) -> Option<WorkspaceEdit> {
    let configuration = document.agreed().configuration.as_ref()?;
    let uri = uri_of(&configuration.file)?;
    let before = configuration.text.as_deref().unwrap_or_default();
    let allow = Allow { file: configuration.place.clone(), ..Allow::of(analysis, finding, "") };
    let (line, character) = Text::new(before).line_column(before.len() as u32, client.unit);
    let end = Position::new(line, character);
    let edit = TextEdit::new(Range::new(end, end), allow.appended_to(before)?);
    if configuration.text.is_some() && !client.versioned_edits {
        return Some(WorkspaceEdit { changes: Some(HashMap::from([(uri, vec![edit])])), ..WorkspaceEdit::default() });
    }
    let made = configuration.text.is_none().then(|| {
        let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
        let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
        DocumentChangeOperation::Op(ResourceOp::Create(create))
    });
    let changed = DocumentChangeOperation::Edit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: vec![OneOf::Left(edit)],
    });
    let possible = client.versioned_edits && (made.is_none() || client.creates_files);
    let changes = DocumentChanges::Operations(made.into_iter().chain([changed]).collect());
    possible.then(|| WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
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
