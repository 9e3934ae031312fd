//! The language server, driven over its standard input and output as an editor does. `tests/clients/` holds real editors.
#![cfg(feature = "lsp")]

mod client;
#[path = "../folder/mod.rs"]
mod folder;
mod project;

use std::io::Write;

use client::{Client, URI, at, place, rich, rules, utf8, words};
use serde_json::{Value, json};

const DRAFT: &str = "清掃の取決文書
第1条（目的）
1. 甲は、乙に清掃を委託する。
2. 乙は、前項の業務を行う。
第2条（費用）
𠮷田は、第1条第2項の費用を支払う。。
第3条（期間）
1. 期間は、第2条により定める。
2. 
";

#[test]
fn diagnostics_follow_the_typing() {
    let mut client = Client::with(rich(), DRAFT);
    let found = client.diagnostics();
    assert_eq!(rules(&found), ["doubled-punctuation", "empty-item"]);
    assert_eq!(words(DRAFT, &found[0]["range"]), "。。");
    assert_eq!((&found[1]["severity"], &found[1]["source"]), (&json!(1), &json!("keiyaku")));
    assert!(found[1]["message"].as_str().unwrap().starts_with("第3条第2項に本文がありません。\n"));
    assert_eq!(found[1]["tags"], json!([1]), "what can go is unnecessary");
    let start = place(DRAFT, "。。", 0);
    let end = json!({ "line": start["line"], "character": start["character"].as_u64().unwrap() + 1 });
    client.change(2, json!([{ "range": { "start": start, "end": end }, "text": "" }]));
    assert_eq!(rules(&client.diagnostics()), ["empty-item"]);
    client.change(3, json!([{ "text": "第1条（目的）\n委託する。\n第3条（期間）\n1年とする。\n" }]));
    assert_eq!(rules(&client.diagnostics()), ["article-gap"]);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert!(client.diagnostics().is_empty());
    assert_eq!(client.ask("textDocument/documentSymbol", json!({})), Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn columns_are_what_the_client_can_count() {
    let column = |capabilities: Value| {
        let mut client = Client::with(capabilities, DRAFT);
        client.diagnostics()[0]["range"]["start"]["character"].as_u64().unwrap() as usize
    };
    let line = DRAFT.lines().nth(5).unwrap();
    let before = &line[..line.find("。。").unwrap()];
    assert_eq!(column(json!({})), before.encode_utf16().count());
    assert_eq!(column(utf8()), before.len());
    let mut client = Client::start();
    let answer = client.request("initialize", json!({ "capabilities": utf8() }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    let mut client = Client::start();
    let answer = client.request("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
}

#[test]
fn other_texts_are_left_alone() {
    let mut client = Client::with(json!({}), "買い物\n牛乳（低脂肪\n");
    assert!(client.diagnostics().is_empty());
}

#[test]
fn settings_come_from_the_editor() {
    let mut client = Client::with(json!({}), DRAFT);
    assert_eq!(client.diagnostics().len(), 2);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "keiyaku": { "ignore": ["notation"] } } }));
    assert_eq!(rules(&client.diagnostics()), ["empty-item"]);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "keiyaku": { "ignore": 3 } } }));
    let message = client.receive();
    assert_eq!(message["method"], "window/showMessage", "{message}");
    assert!(message["params"]["message"].as_str().unwrap().contains("設定"));
}

#[test]
fn the_outline_is_the_tree() {
    let mut client = Client::with(json!({}), DRAFT);
    let symbols = client.ask("textDocument/documentSymbol", json!({}));
    let names: Vec<&str> = symbols.as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["第1条", "第2条", "第3条"]);
    assert_eq!(symbols[0]["detail"], "目的");
    assert_eq!(symbols[0]["children"][1]["name"], "第2項");
    assert!(symbols[1]["children"].is_null(), "nobody names the only paragraph");
    let folds = client.ask("textDocument/foldingRange", json!({}));
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["startLine"].as_u64().unwrap(), f["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(1, 3), (4, 5), (6, 8)]);
}

#[test]
fn citations_lead_to_provisions_and_back() {
    let mut client = Client::with(json!({}), DRAFT);
    let found = client.ask("textDocument/definition", at(DRAFT, "1条第2項", 0));
    assert_eq!(words(DRAFT, &found[0]["range"]), "2.");
    let found = client.ask("textDocument/definition", at(DRAFT, "前項", 0));
    assert_eq!(found[0]["range"]["start"], json!({ "line": 2, "character": 0 }));
    assert_eq!(client.ask("textDocument/definition", at(DRAFT, "清掃", 0)), Value::Null);
    let mut query = at(DRAFT, "第1条（", 0);
    query["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", query);
    let texts: Vec<&str> = found.as_array().unwrap().iter().map(|place| words(DRAFT, &place["range"])).collect();
    assert_eq!(texts, ["第1条（目的）", "前項", "第1条第2項"]);
    let mut query = at(DRAFT, "第2条に", 0);
    query["context"] = json!({ "includeDeclaration": false });
    assert_eq!(client.ask("textDocument/references", query).as_array().unwrap().len(), 1);
}

#[test]
fn a_hover_shows_what_is_cited_and_why_something_is_reported() {
    let mut client = Client::with(rich(), DRAFT);
    client.diagnostics();
    let shown = client.ask("textDocument/hover", at(DRAFT, "第1条第2項", 0));
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.contains("**第1条第2項**") && text.contains("> 2\\. 乙は、前項の業務を行う。"), "{text}");
    assert_eq!(words(DRAFT, &shown["range"]), "第1条第2項");
    let shown = client.ask("textDocument/hover", at(DRAFT, "第1条（", 0));
    assert!(shown["contents"]["value"].as_str().unwrap().contains("第2条"), "{shown}");
    let shown = client.ask("textDocument/hover", at(DRAFT, "。。", 0));
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.contains("doubled\\-punctuation") && !text.contains("```"), "{text}");
    assert_eq!(client.ask("textDocument/hover", at(DRAFT, "清掃", 0)), Value::Null);
    let mut plain = Client::with(json!({}), DRAFT);
    let shown = plain.ask("textDocument/hover", at(DRAFT, "第1条第2項", 0));
    assert_eq!(shown["contents"]["kind"], "plaintext");
    assert!(!shown["contents"]["value"].as_str().unwrap().contains(['*', '\\', '>']));
}

#[test]
fn actions_mend() {
    let mut client = Client::with(rich(), DRAFT);
    client.diagnostics();
    let position = place(DRAFT, "。。", 0);
    let everything = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let here = json!({ "start": position, "end": position });
    let actions = client.ask("textDocument/codeAction", json!({ "range": here, "context": { "diagnostics": [] } }));
    let kinds: Vec<&str> = actions.as_array().unwrap().iter().map(|action| action["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["quickfix", "source.fixAll.keiyaku"]);
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    assert_eq!(words(DRAFT, &change["edits"][0]["range"]), "。。");
    assert_eq!(change["edits"][0]["newText"], "。");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "doubled-punctuation");
    let only = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let actions = client.ask("textDocument/codeAction", json!({ "range": everything, "context": only }));
    assert_eq!(actions.as_array().unwrap().len(), 1);
    let only = json!({ "diagnostics": [], "only": ["refactor"] });
    let actions = client.ask("textDocument/codeAction", json!({ "range": everything, "context": only }));
    assert!(actions.as_array().unwrap().is_empty());
    let mut simple = Client::with(json!({}), DRAFT);
    simple.diagnostics();
    let actions = simple.ask("textDocument/codeAction", json!({ "range": here, "context": { "diagnostics": [] } }));
    assert!(actions[0]["edit"]["changes"][URI].is_array(), "{actions}");
}

/// The third article is missing, and nobody can say which provision the reference means.
const UNNUMBERED: &str = "清掃の取決文書
第1条（目的）
甲は、乙に清掃を委託する。
第3条（費用）
甲は、第9条の費用を支払う。
第5条（期間）
期間は、1年間とする。
";

#[test]
fn why_numbers_stay_as_they_are_is_said() {
    let heading = |text: &str, words: &str| {
        let position = place(text, words, 0);
        let range = json!({ "start": position, "end": position });
        json!({ "range": range, "context": { "diagnostics": [], "only": ["quickfix"] } })
    };
    let told = "5行目 第3条: この参照が指すものがないため、振り直せません。先に参照を直してください。";
    let mut capable =
        Client::with(json!({ "textDocument": { "codeAction": { "disabledSupport": true } } }), UNNUMBERED);
    capable.diagnostics();
    for words in ["第3条", "第5条"] {
        let actions = capable.ask("textDocument/codeAction", heading(UNNUMBERED, words));
        assert_eq!(actions.as_array().unwrap().len(), 1, "{actions}");
        assert_eq!(actions[0]["title"], "条・項・号の番号を振り直し、参照も直す");
        assert_eq!(actions[0]["disabled"]["reason"], told, "{words}");
        assert_eq!((&actions[0]["edit"], &actions[0]["diagnostics"][0]["code"]), (&Value::Null, &json!("article-gap")));
    }
    // Another finding of the same article has nothing to do with numbers.
    let other = capable.ask("textDocument/codeAction", heading(UNNUMBERED, "第9条"));
    assert!(other.as_array().unwrap().iter().all(|action| action["disabled"].is_null()), "{other}");
    // Once nothing is in the way, each finding offers it.
    let mended = UNNUMBERED.replace("第9条", "第1条");
    capable.change(2, json!([{ "text": mended }]));
    capable.diagnostics();
    for words in ["第3条", "第5条"] {
        let actions = capable.ask("textDocument/codeAction", heading(&mended, words));
        let edits: Vec<&str> = actions[0]["edit"]["changes"][URI]
            .as_array()
            .unwrap()
            .iter()
            .map(|edit| edit["newText"].as_str().unwrap())
            .collect();
        assert_eq!(edits, ["第2条", "第3条"], "{words}: {actions}");
    }
    // An editor that does not show what cannot be done is told on demand.
    let mut simple = Client::start();
    let answer = simple.request("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["capabilities"]["executeCommandProvider"]["commands"], json!(["keiyaku.tell"]));
    simple.open(UNNUMBERED);
    simple.diagnostics();
    let actions = simple.ask("textDocument/codeAction", heading(UNNUMBERED, "第3条"));
    assert_eq!(actions[0]["title"], "番号を振り直せない理由を見る");
    simple.request("workspace/executeCommand", actions[0]["command"].clone());
    let message = simple.waiting.pop_front().unwrap();
    assert_eq!((&message["method"], &message["params"]["message"]), (&json!("window/showMessage"), &json!(told)));
    let unknown = simple.respond("workspace/executeCommand", json!({ "command": "format.disk" }));
    assert_eq!(unknown["error"]["code"], -32602);
}

/// What is offered where a line has been typed so far, as label and detail.
fn offered(client: &mut Client, text: &str, typed: &str) -> Vec<(String, String)> {
    let list = client.ask("textDocument/completion", {
        let mut position = place(text, typed, 0);
        let character = position["character"].as_u64().unwrap() + typed.encode_utf16().count() as u64;
        position["character"] = json!(character);
        json!({ "position": position })
    });
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let string = |value: &Value| value.as_str().unwrap_or_default().to_string();
    items.iter().map(|item| (string(&item["textEdit"]["newText"]), string(&item["detail"]))).collect()
}

fn pairs(offers: &[(String, String)]) -> Vec<(&str, &str)> {
    offers.iter().map(|(label, detail)| (label.as_str(), detail.as_str())).collect()
}

#[test]
fn citations_are_completed() {
    let text = "第1条（目的）\n1. 甲は、委託する。\n2. 次のとおりとする。\n(1) 清掃\n(2) 警備\n第2条（費用）\nＡ第に従う。\n第3条（期間）\n1. 甲は、Ｂ第３に従う。\n2. 甲は、Ｃ第1条第に従う。\n3. 甲は、Ｄ第1条第2項第に従う。\n4. 甲は、Ｅ前に従う。\n";
    let mut client = Client::with(json!({}), text);
    assert_eq!(pairs(&offered(&mut client, text, "Ａ第")), [("第1条", "目的"), ("第2条", "費用"), ("第3条", "期間")]);
    assert_eq!(pairs(&offered(&mut client, text, "Ｂ第３")), [("第3条", "期間")]);
    assert_eq!(
        pairs(&offered(&mut client, text, "Ｃ第1条第")),
        [("第1項", "甲は、委託する。"), ("第2項", "次のとおりとする。")]
    );
    assert_eq!(pairs(&offered(&mut client, text, "Ｄ第1条第2項第")), [("第1号", "清掃"), ("第2号", "警備")]);
    assert_eq!(pairs(&offered(&mut client, text, "Ｅ前")), [("前項", "第3条第3項"), ("前条", "第2条（費用）")]);
    assert!(offered(&mut client, text, "甲は").is_empty());
    let kanji = "第一条（目的）\n委託する。\n第二条（期間）\n甲は、Ｆ第に従う。\n";
    let mut client = Client::with(json!({}), kanji);
    assert_eq!(pairs(&offered(&mut client, kanji, "Ｆ第")), [("第一条", "目的"), ("第二条", "期間")]);
}

#[test]
fn relative_words_are_explained() {
    let mut client = Client::with(json!({}), DRAFT);
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = client.ask("textDocument/inlayHint", json!({ "range": range }));
    assert_eq!(hints.as_array().unwrap().len(), 1, "{hints}");
    assert_eq!((&hints[0]["label"], &hints[0]["tooltip"]), (&json!("第1条第1項"), &json!("目的")));
    assert_eq!(hints[0]["position"], json!({ "line": 3, "character": 8 }));
}

#[test]
fn tokens_name_headings_numbers_and_citations() {
    let mut client = Client::with(json!({}), DRAFT);
    let names = client.ask("textDocument/semanticTokens/full", json!({}));
    let data: Vec<u64> = names["data"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    let (mut line, mut column) = (0, 0);
    let mut tokens = Vec::new();
    for token in data.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let range = json!({
            "start": { "line": line, "character": column },
            "end": { "line": line, "character": column + token[2] },
        });
        tokens.push((words(DRAFT, &range), token[3]));
    }
    assert_eq!(tokens[..5], [("第1条", 0), ("（目的）", 0), ("1.", 1), ("2.", 1), ("前項", 2)]);
    assert!(tokens.contains(&("第1条第2項", 2)));
}

const NAMED: &str = "株式会社青葉（以下「甲」という。）と株式会社若葉（以下「乙」という。）は、次のとおり契約する。
第1条（委託）
甲は、乙に、清掃及び警備の業務（以下「本業務」という。）を委託する。
第2条（実施）
乙は、本業務を行う。
第3条（報告）
乙は、甲に本業務の結果を報告する。
";

#[test]
fn names_lead_to_where_they_are_given_and_back() {
    let mut client = Client::with(rich(), NAMED);
    client.diagnostics();
    let found = client.ask("textDocument/definition", at(NAMED, "本業務", 2));
    assert_eq!(found[0]["range"]["start"], place(NAMED, "本業務", 0));
    let mut query = at(NAMED, "本業務", 1);
    query["context"] = json!({ "includeDeclaration": true });
    assert_eq!(client.ask("textDocument/references", query).as_array().unwrap().len(), 3);
    let shown = client.ask("textDocument/hover", at(NAMED, "本業務", 1));
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.contains("清掃及び警備の業務") && text.contains("第1条で定義、使用2か所"), "{text}");
    let shown = client.ask("textDocument/hover", at(NAMED, "乙は、本", 0));
    assert!(shown["contents"]["value"].as_str().unwrap().contains("株式会社若葉"), "{shown}");
    let typed = NAMED.replace("第3条", "Ｈ本\n第3条");
    client.change(2, json!([{ "text": typed }]));
    assert_eq!(pairs(&offered(&mut client, &typed, "Ｈ本")), [("本業務", "甲は、乙に、清掃及び警備の業務")]);
}

#[test]
fn names_are_changed_everywhere() {
    let mut client = Client::with(rich(), NAMED);
    let prepared = client.ask("textDocument/prepareRename", at(NAMED, "乙は、本", 0));
    assert_eq!(prepared["placeholder"], "乙");
    assert_eq!(client.ask("textDocument/prepareRename", at(NAMED, "結果", 0)), Value::Null);
    let renamed = |client: &mut Client, of: &str, n: usize, to: &str| {
        let mut query = at(NAMED, of, n);
        query["newName"] = json!(to);
        query["textDocument"] = json!({ "uri": URI });
        client.respond("textDocument/rename", query)
    };
    let edits = renamed(&mut client, "乙は、本", 0, "受託者");
    let edits = edits["result"]["documentChanges"][0]["edits"].as_array().unwrap().clone();
    let mut text = NAMED.to_string();
    for edit in edits.iter().rev() {
        let before = words(NAMED, &edit["range"]);
        assert_eq!(before, "乙");
        let at = before.as_ptr() as usize - NAMED.as_ptr() as usize;
        text.replace_range(at..at + before.len(), "受託者");
    }
    assert_eq!(text, NAMED.replace('乙', "受託者"));
    assert_eq!(
        renamed(&mut client, "本業務", 1, "本件業務")["result"]["documentChanges"][0]["edits"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    // A refusal is an error whose message editors show.
    for (name, reason) in [("甲", "「甲」は既に定義されています"), ("本「業務", "かぎ括弧"), (" ", "空白")]
    {
        let refused = renamed(&mut client, "本業務", 1, name);
        assert_eq!(refused["error"]["code"], -32803);
        assert!(refused["error"]["message"].as_str().unwrap().contains(reason), "{refused}");
    }
}

#[test]
fn nothing_malformed_ends_the_server() {
    let mut client = Client::with(json!({}), DRAFT);
    client.diagnostics();
    client.send_bytes(b"{\"jsonrpc\": \"2.0\", \"id\": 1, \"meth");
    assert_eq!(client.receive()["error"]["code"], -32700);
    client.send_bytes(b"[]");
    assert_eq!(client.receive()["error"]["code"], -32600);
    client.input.write_all(b"Content-Length: many\r\n\r\n").unwrap();
    assert_eq!(client.receive()["error"]["code"], -32700);
    for (method, params, code) in [
        ("textDocument/noSuchThing", json!({}), -32601),
        ("textDocument/hover", json!({}), -32602),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": URI }, "position": { "line": -1, "character": 0 } }),
            -32602,
        ),
        ("textDocument/documentSymbol", json!([1, 2]), -32602),
        ("initialize", json!({ "capabilities": {} }), -32601),
    ] {
        assert_eq!(client.respond(method, params)["error"]["code"], code, "{method}");
    }
    client.notify("textDocument/didChange", json!({ "textDocument": 3 }));
    client.notify("textDocument/didOpen", json!(null));
    client.notify("$/unknown", json!({}));
    // Places that are not there are taken as the end, ranges written backwards are turned.
    let far = json!({ "line": 4_000_000_000u32, "character": 4_000_000_000u32 });
    client.change(2, json!([{ "range": { "start": far, "end": { "line": 8, "character": 0 } }, "text": "" }]));
    assert_eq!(rules(&client.diagnostics()), ["doubled-punctuation"]);
    let shown = client.ask("textDocument/hover", json!({ "position": far }));
    assert_eq!(shown, Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn a_session_has_a_beginning_and_an_end() {
    let mut client = Client::start();
    assert_eq!(client.respond("textDocument/hover", json!({}))["error"]["code"], -32002);
    client.request("initialize", json!({ "capabilities": {} }));
    client.request("shutdown", Value::Null);
    assert_eq!(client.respond("textDocument/hover", json!({}))["error"]["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.server.wait().unwrap().code(), Some(0));
    let mut rude = Client::start();
    rude.notify("exit", Value::Null);
    assert_eq!(rude.server.wait().unwrap().code(), Some(1));
    let mut gone = Client::start();
    drop(gone.input);
    assert_eq!(gone.server.wait().unwrap().code(), Some(1));
}
