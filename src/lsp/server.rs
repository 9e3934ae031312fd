//! The life of the server: messages in their order, one answer to each request, diagnostics as soon as a document has come to rest.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Initialized, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeActionParams, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, ExecuteCommandParams, InitializeParams, MessageType, PublishDiagnosticsParams,
    ShowMessageParams, TextDocumentPositionParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::document::{Document, Place};
use super::settings::{self, Client, Preferences};
use super::surroundings::{Surroundings, file_of};
use super::transport::{self, Incoming};
use super::{action, completion, diagnostic, hint, hover, navigation, outline, rename, token};
use crate::{baseline, config};

/// Where in its life the server is.
#[derive(PartialEq, Eq)]
enum Phase {
    Waiting,
    Serving,
    ShutDown,
}

/// The server.
pub struct Server<W, S> {
    output: W,
    surroundings: S,
    phase: Phase,
    client: Client,
    preferences: Preferences,
    /// By URI, as the client writes it.
    documents: BTreeMap<String, Document>,
    /// The documents whose diagnostics are out of date.
    stale: BTreeSet<String>,
}

/// An error for the client.
type Refusal = (ErrorCode, String);

impl<W: Write, S: Surroundings> Server<W, S> {
    /// A server that nobody has spoken to yet.
    pub fn new(output: W, surroundings: S) -> Server<W, S> {
        Server {
            output,
            surroundings,
            phase: Phase::Waiting,
            client: Client::default(),
            preferences: Preferences::default(),
            documents: BTreeMap::new(),
            stale: BTreeSet::new(),
        }
    }

    /// Answers until `exit` or the end of the input; says whether `shutdown` came before.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn run(mut self, incoming: &Receiver<Incoming>) -> io::Result<bool> {
        let mut queue: VecDeque<Incoming> = VecDeque::new();
        loop {
            if queue.is_empty() {
                match incoming.recv() {
                    Ok(first) => queue.push_back(first),
                    Err(_) => return Ok(false),
                }
            }
            queue.extend(incoming.try_iter());
            match queue.pop_front() {
                Some(Incoming::Message(Message::Request(request))) => {
                    let cancelled = is_cancelled(&queue, &request.id);
                    self.answer(request, cancelled)?;
                }
                Some(Incoming::Message(Message::Notification(notification))) if notification.method == "exit" => {
                    return Ok(self.phase == Phase::ShutDown);
                }
                Some(Incoming::Message(Message::Notification(notification))) => self.take(notification)?,
                // The server asks for nothing but to be told of files; no answer is needed.
                Some(Incoming::Message(Message::Response(_))) | None => {}
                Some(Incoming::Malformed(id, code, message)) => {
                    transport::refuse(&mut self.output, id, code, message)?;
                }
            }
            self.publish(&queue)?;
        }
    }

    /// Answers a request.
    fn answer(&mut self, request: Request, cancelled: bool) -> io::Result<()> {
        let id = request.id.clone();
        let result = match (&self.phase, request.method.as_str()) {
            _ if cancelled => Err((ErrorCode::RequestCanceled, "cancelled".to_string())),
            (Phase::Waiting, "initialize") => self.initialize(request.params),
            (Phase::Waiting, _) => Err((ErrorCode::ServerNotInitialized, "initialize comes first".to_string())),
            (Phase::Serving, "shutdown") => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::Serving, request::ExecuteCommand::METHOD) => self.execute(request.params)?,
            (Phase::Serving, _) => guarded(|| self.respond(&request)),
            (Phase::ShutDown, _) => Err((ErrorCode::InvalidRequest, "shut down".to_string())),
        };
        let response = match result {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        transport::write(&mut self.output, response)
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refusal> {
        let params: InitializeParams = read(params)?;
        self.client = Client::of(&params.capabilities);
        if let Some(options) = params.initialization_options
            && let Ok(preferences) = settings::read(&options)
        {
            self.preferences = preferences;
        }
        self.phase = Phase::Serving;
        to_value(&settings::initialized(&self.client))
    }

    /// The answer to a request of a client that has introduced itself. What is here is what [`settings::initialized`] advertises.
    fn respond(&self, request: &Request) -> Result<Value, Refusal> {
        let params = request.params.clone();
        match request.method.as_str() {
            request::DocumentSymbolRequest::METHOD => self.of_document(params, outline::symbols),
            request::FoldingRangeRequest::METHOD => self.of_document(params, outline::folds),
            request::SemanticTokensFullRequest::METHOD => self.of_document(params, token::all),
            request::SemanticTokensRangeRequest::METHOD => self.of_range(params, token::within),
            request::InlayHintRequest::METHOD => self.of_range(params, hint::within),
            request::GotoDefinition::METHOD => self.of_place(params, |place, _| navigation::definition(place)),
            request::References::METHOD => self.of_place(params, navigation::references),
            request::HoverRequest::METHOD => self.of_place(params, |place, _| hover::hover(place, &self.client)),
            request::Completion::METHOD => self.of_place(params, |place, _| completion::complete(place)),
            request::PrepareRenameRequest::METHOD => self.of_place(params, |place, _| rename::prepare(place)),
            request::Rename::METHOD => {
                let at: TextDocumentPositionParams = read(params.clone())?;
                let Some(document) = self.documents.get(at.text_document.uri.as_str()) else { return Ok(Value::Null) };
                let place = Place { document, offset: document.offset(at.position) };
                let edit = rename::rename(&place, &params, &self.client);
                to_value(&edit.map_err(|message| (ErrorCode::RequestFailed, message))?)
            }
            request::CodeActionRequest::METHOD => {
                let params: CodeActionParams = read(params)?;
                self.with(&params.text_document.uri, |document| action::actions(document, &params, &self.client))
            }
            method => Err((ErrorCode::MethodNotFound, format!("{method} is not answered"))),
        }
    }

    /// Does what an action asked for that is no edit.
    fn execute(&mut self, params: Value) -> io::Result<Result<Value, Refusal>> {
        let told = match read::<ExecuteCommandParams>(params) {
            Ok(params) if params.command == action::TELL => params.arguments,
            Ok(params) => return Ok(Err((ErrorCode::InvalidParams, format!("{} is no command", params.command)))),
            Err(refusal) => return Ok(Err(refusal)),
        };
        for message in told.iter().filter_map(Value::as_str) {
            self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::INFO, message: message.into() })?;
        }
        Ok(Ok(Value::Null))
    }

    /// Works on a document the client has opened; `null` where it has not.
    fn with<T: serde::Serialize>(&self, uri: &Uri, work: impl FnOnce(&Document) -> T) -> Result<Value, Refusal> {
        match self.documents.get(uri.as_str()) {
            Some(document) => to_value(&work(document)),
            None => Ok(Value::Null),
        }
    }

    fn of_document<T: serde::Serialize>(
        &self,
        params: Value,
        work: impl FnOnce(&Document) -> T,
    ) -> Result<Value, Refusal> {
        self.with(&uri_of(&params)?, work)
    }

    fn of_range<T: serde::Serialize>(
        &self,
        params: Value,
        work: impl FnOnce(&Document, crate::Span) -> T,
    ) -> Result<Value, Refusal> {
        let range = read(params.get("range").cloned().unwrap_or_default())?;
        self.with(&uri_of(&params)?, |document| work(document, document.span(range)))
    }

    fn of_place<T: serde::Serialize>(
        &self,
        params: Value,
        work: impl FnOnce(&Place, &Value) -> T,
    ) -> Result<Value, Refusal> {
        let at: TextDocumentPositionParams = read(params.clone())?;
        self.with(&at.text_document.uri, |document| {
            work(&Place { document, offset: document.offset(at.position) }, &params)
        })
    }

    /// Takes a notification. One that cannot be read is passed over: nobody waits for an answer.
    fn take(&mut self, notification: Notification) -> io::Result<()> {
        if self.phase != Phase::Serving {
            return Ok(());
        }
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Ok(DidOpenTextDocumentParams { text_document: opened }) = read(notification.params) {
                    let key = opened.uri.as_str().to_string();
                    let document = Document::new(opened.uri, opened.version, opened.text, self.client.unit);
                    self.documents.insert(key.clone(), document);
                    self.agree(&key)?;
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(DidChangeTextDocumentParams { text_document: changed, content_changes }) =
                    read(notification.params)
                    && let Some(document) = self.documents.get_mut(changed.uri.as_str())
                {
                    document.change(changed.version, content_changes);
                    self.stale.insert(changed.uri.as_str().to_string());
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(DidCloseTextDocumentParams { text_document: closed }) = read(notification.params) {
                    self.stale.remove(closed.uri.as_str());
                    if self.documents.remove(closed.uri.as_str()).is_some() {
                        self.notify::<PublishDiagnostics>(PublishDiagnosticsParams::new(closed.uri, vec![], None))?;
                    }
                }
            }
            DidChangeConfiguration::METHOD => {
                if let Ok(DidChangeConfigurationParams { settings }) = read(notification.params) {
                    self.configure(&settings)?;
                }
            }
            // What is saved may be a configuration, a page of a playbook, a document of `terms_from`.
            DidSaveTextDocument::METHOD | DidChangeWatchedFiles::METHOD => {
                self.surroundings.renew();
                self.agree_all()?;
            }
            Initialized::METHOD if self.client.watches_files => self.ask_for_files()?,
            // `$/cancelRequest`, `$/setTrace` and what is unknown need no work.
            _ => {}
        }
        Ok(())
    }

    fn configure(&mut self, sent: &Value) -> io::Result<()> {
        match settings::read(sent) {
            Ok(preferences) => {
                self.preferences = preferences;
                self.agree_all()
            }
            Err(message) => self.warn(message),
        }
    }

    /// Asks again what is agreed on for every document.
    fn agree_all(&mut self) -> io::Result<()> {
        let documents: Vec<String> = self.documents.keys().cloned().collect();
        documents.iter().try_for_each(|uri| self.agree(uri))
    }

    /// Asks what is agreed on for a document. Where that cannot be read, what was known of it holds on.
    fn agree(&mut self, uri: &str) -> io::Result<()> {
        let Some(document) = self.documents.get_mut(uri) else { return Ok(()) };
        let asked = self.surroundings.agreed(&file_of(&document.uri));
        let (agreed, complaint) = match asked {
            Ok(agreed) => (agreed, None),
            Err(message) => (document.agreed().clone(), Some(message)),
        };
        document.agree(agreed.with(&self.preferences));
        self.stale.insert(uri.into());
        complaint.map_or(Ok(()), |message| self.warn(message))
    }

    /// Asks to be told when a configuration or a baseline changes.
    fn ask_for_files(&mut self) -> io::Result<()> {
        let watchers =
            [config::FILE_NAME, baseline::FILE_NAME].map(|name| json!({ "globPattern": format!("**/{name}") }));
        let registration = json!({ "registrations": [{
            "id": "files", "method": DidChangeWatchedFiles::METHOD, "registerOptions": { "watchers": watchers },
        }] });
        let request =
            Request::new("files".to_string().into(), request::RegisterCapability::METHOD.into(), registration);
        transport::write(&mut self.output, request)
    }

    fn warn(&mut self, message: String) -> io::Result<()> {
        self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::WARNING, message })
    }

    /// Publishes the diagnostics of documents for which no further change is waiting.
    fn publish(&mut self, queue: &VecDeque<Incoming>) -> io::Result<()> {
        if self.stale.is_empty() {
            return Ok(());
        }
        let rested: Vec<String> = self.stale.iter().filter(|uri| !will_change(queue, uri)).cloned().collect();
        for uri in rested {
            self.stale.remove(&uri);
            let Some(document) = self.documents.get(&uri) else { continue };
            let found = guarded(|| Ok(diagnostic::diagnostics(document, &self.client)));
            if let Ok(diagnostics) = found {
                let params = PublishDiagnosticsParams::new(document.uri.clone(), diagnostics, Some(document.version));
                self.notify::<PublishDiagnostics>(params)?;
            }
            if let Some(document) = self.documents.get_mut(&uri) {
                document.forget_earlier();
            }
        }
        Ok(())
    }

    fn notify<N: lsp_types::notification::Notification>(&mut self, params: N::Params) -> io::Result<()> {
        transport::write(&mut self.output, Notification::new(N::METHOD.to_string(), params))
    }
}

/// Whether a request that is still to be answered is taken back further on.
fn is_cancelled(queue: &VecDeque<Incoming>, id: &RequestId) -> bool {
    let taken_back = |params: &Value| {
        params
            .get("id")
            .is_some_and(|value| serde_json::from_value::<RequestId>(value.clone()).is_ok_and(|of| of == *id))
    };
    notifications(queue, "$/cancelRequest").any(taken_back)
}

/// Whether a change of a document, or its end, waits in the queue.
fn will_change(queue: &VecDeque<Incoming>, uri: &str) -> bool {
    let of_this = |params: &Value| params.pointer("/textDocument/uri").is_some_and(|of| of == uri);
    notifications(queue, DidChangeTextDocument::METHOD).any(of_this)
        || notifications(queue, DidCloseTextDocument::METHOD).any(of_this)
}

fn notifications<'a>(queue: &'a VecDeque<Incoming>, method: &'a str) -> impl Iterator<Item = &'a Value> {
    queue.iter().filter_map(move |incoming| match incoming {
        Incoming::Message(Message::Notification(notification)) if notification.method == method => {
            Some(&notification.params)
        }
        _ => None,
    })
}

/// Runs some work; a panic, which is a mistake of ours, ends the work and not the editor's session.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err((ErrorCode::InternalError, "a mistake in keiyaku; see its standard error".to_string())))
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn to_value(value: &impl serde::Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(value).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// The document that parameters are about.
fn uri_of(params: &Value) -> Result<Uri, Refusal> {
    read(params.pointer("/textDocument/uri").cloned().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// What the server writes when all these messages wait for it at once.
    fn answers(messages: Vec<Value>) -> Vec<Value> {
        let (sender, receiver) = mpsc::channel();
        let opening = [
            json!({ "id": 0, "method": "initialize", "params": { "capabilities": {} } }),
            json!({ "method": "textDocument/didOpen", "params": { "textDocument": {
                "uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": "第1条\n甲は、乙に委託する。\n" } } }),
        ];
        for message in opening.into_iter().chain(messages) {
            sender.send(Incoming::Message(serde_json::from_value(message).unwrap())).unwrap();
        }
        drop(sender);
        let mut output = Vec::new();
        Server::new(&mut output, ()).run(&receiver).unwrap();
        let output = String::from_utf8(output).unwrap();
        let bodies = output.split("Content-Length: ").skip(1).map(|frame| frame.split_once("\r\n\r\n").unwrap().1);
        bodies.map(|body| serde_json::from_str(body).unwrap()).collect()
    }

    fn change(version: i32, text: &str) -> Value {
        json!({ "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": "file:///a.txt", "version": version }, "contentChanges": [{ "text": text }] } })
    }

    #[test]
    fn a_cancelled_request_is_answered_and_not_worked_on() {
        let hover = json!({ "id": "h", "method": "textDocument/documentSymbol", "params": {
            "textDocument": { "uri": "file:///a.txt" } } });
        let cancel = json!({ "method": "$/cancelRequest", "params": { "id": "h" } });
        let answers = answers(vec![hover.clone(), cancel, hover]);
        let of_hover: Vec<&Value> = answers.iter().filter(|answer| answer["id"] == "h").collect();
        assert_eq!(of_hover.len(), 2);
        assert_eq!(of_hover[0]["error"]["code"], -32800);
        assert!(of_hover[1]["result"].is_array());
    }

    #[test]
    fn only_a_document_at_rest_is_checked() {
        let answers =
            answers(vec![change(2, "第1条\n"), change(3, "第1条\n甲は"), change(4, "第1条\n甲は、委託する。\n")]);
        let versions: Vec<&Value> = answers.iter().filter_map(|answer| answer.pointer("/params/version")).collect();
        assert_eq!(versions, [4]);
    }
}
