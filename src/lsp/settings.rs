//! What the client can do, what it may ask, and what its user has set.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CompletionOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, InitializeResult, MarkupKind, OneOf, PositionEncodingKind,
    RenameOptions, ResourceOperationKind, SemanticTokensFullOptions, SemanticTokensOptions, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
};
use serde::Deserialize;
use serde_json::Value;

use super::action::{FIX_ALL, TELL};
use super::token;
use crate::Selection;
use crate::facts::Facts;
use crate::text::ColumnUnit;

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// What its columns count: UTF-8 where it offers that, or else UTF-16.
    pub unit: ColumnUnit,
    /// It shows related places.
    pub related: bool,
    /// It shows tags.
    pub tags: bool,
    /// It opens the link behind a diagnostic's code.
    pub code_links: bool,
    /// It shows Markdown when the pointer rests.
    pub markdown: bool,
    /// It takes edits that name the version they are for.
    pub versioned_edits: bool,
    /// It makes files that an edit asks for.
    pub creates_files: bool,
    /// It shows actions that cannot be done, with the reason.
    pub shows_disabled: bool,
    /// It can be asked to say when files change.
    pub watches_files: bool,
}

impl Client {
    /// Reads what the client says of itself.
    pub fn of(capabilities: &ClientCapabilities) -> Client {
        let document = capabilities.text_document.as_ref();
        let encodings = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let utf8 = encodings.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        let publish = document.and_then(|document| document.publish_diagnostics.as_ref());
        let hover = document.and_then(|document| document.hover.as_ref());
        let workspace = capabilities.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Client {
            unit: if utf8 { ColumnUnit::Utf8 } else { ColumnUnit::Utf16 },
            related: publish.and_then(|publish| publish.related_information).unwrap_or_default(),
            tags: publish.is_some_and(|publish| publish.tag_support.is_some()),
            code_links: publish.and_then(|publish| publish.code_description_support).unwrap_or_default(),
            markdown: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            versioned_edits: edit.and_then(|edit| edit.document_changes).unwrap_or_default(),
            creates_files: edit
                .and_then(|edit| edit.resource_operations.as_ref())
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            shows_disabled: document
                .and_then(|document| document.code_action.as_ref())
                .and_then(|action| action.disabled_support)
                .unwrap_or_default(),
            watches_files: watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default(),
        }
    }
}

/// The answer to `initialize`. Nothing is advertised that is not answered.
pub fn initialized(client: &Client) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let encoding = match client.unit {
        ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
        ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        document_symbol_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(super::completion::TRIGGERS.map(String::from).to_vec()),
            ..CompletionOptions::default()
        }),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::new(FIX_ALL)]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        // Editors keep one list of commands for all servers: what this client does not need is not put there.
        execute_command_provider: (!client.shows_disabled).then(|| ExecuteCommandOptions {
            commands: vec![TELL.into()],
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: token::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        ..ServerCapabilities::default()
    };
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo { name: "keiyaku".into(), version: Some(env!("CARGO_PKG_VERSION").into()) }),
    }
}

/// What a user has set in the editor.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Which rules speak.
    pub selection: Selection,
    /// What is stated.
    pub facts: Facts,
}

/// What a user can set in an editor: `{"select": [], "ignore": [], "stage": "draft"}`; facts by their names ([`Facts::NAMES`]).
#[derive(Default, Deserialize)]
#[serde(default)]
struct Options {
    select: Vec<String>,
    ignore: Vec<String>,
}

/// Reads settings, alone or below `keiyaku`.
///
/// # Errors
/// When a value is of the wrong type; the message is for the user.
pub fn read(sent: &Value) -> Result<Preferences, String> {
    let own = sent.get("keiyaku").unwrap_or(sent);
    if own.is_null() {
        return Ok(Preferences::default());
    }
    let wrong = |error: String| format!("keiyaku の設定を読めません: {error}");
    let options: Options = serde_json::from_value(own.clone()).map_err(|error| wrong(error.to_string()))?;
    let mut facts = Facts::default();
    for name in Facts::NAMES {
        if let Some(value) = own.get(name).and_then(Value::as_str).filter(|value| !value.is_empty()) {
            facts.state(name, value).map_err(wrong)?;
        }
    }
    let selection = Selection { select: options.select, ignore: options.ignore };
    Ok(Preferences { selection, facts })
}
