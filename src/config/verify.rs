//! Holds a TOML document against a JSON Schema and says in Japanese what does not fit, and where. It knows the keywords that the schema of
//! the configuration uses: `$ref`, `anyOf`, `oneOf`, `enum`, `const`, `type`, `properties`, `additionalProperties`, `required`, `items`,
//! `pattern` (as "holds this character").

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::spelling::nearest;

/// A mistake: the bytes and what is wrong with them.
type Mistake = (Range<usize>, String);

/// Everything that does not fit, in the order of the text.
pub fn verify(document: &Spanned<DeTable>, schema: &Value) -> Vec<Mistake> {
    let mut verifier = Verifier { root: schema, mistakes: Vec::new() };
    verifier.table(document.get_ref(), document.span(), schema, "");
    verifier.mistakes.sort_by_key(|(span, _)| span.start);
    verifier.mistakes
}

struct Verifier<'a> {
    root: &'a Value,
    mistakes: Vec<Mistake>,
}

impl<'a> Verifier<'a> {
    fn value(&mut self, value: &Spanned<DeValue>, schema: &'a Value, name: &str) {
        let choices = self.choices(schema);
        let Some(fitting) = choices.iter().find(|choice| fits(value.get_ref(), choice)) else {
            self.mistakes.push((value.span(), misfit(value.get_ref(), &choices, name)));
            return;
        };
        match (value.get_ref(), fitting.get("items")) {
            (DeValue::Table(table), _) => self.table(table, value.span(), fitting, name),
            (DeValue::Array(values), Some(items)) => values.iter().for_each(|value| self.value(value, items, name)),
            _ => {}
        }
    }

    fn table(&mut self, table: &DeTable, span: Range<usize>, schema: &'a Value, name: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, value) in table {
            let full = if name.is_empty() { key.get_ref().to_string() } else { format!("{name}.{}", key.get_ref()) };
            let known = properties.and_then(|properties| properties.get(key.get_ref().as_ref()));
            match known.or_else(|| schema.get("additionalProperties")) {
                Some(Value::Bool(false)) => {
                    let names = properties.into_iter().flat_map(|properties| properties.keys()).map(String::as_str);
                    let message =
                        format!("「{full}」という項目はありません{}", instead(key.get_ref(), names.collect()));
                    self.mistakes.push((key.span(), message));
                }
                Some(schema) => self.value(value, schema, &full),
                None => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|key| !table.contains_key(*key)) {
            self.mistakes.push((span.clone(), format!("[[{name}]] に「{key}」がありません")));
        }
    }

    /// The schemas of which a value has to fit one.
    fn choices(&self, schema: &'a Value) -> Vec<&'a Value> {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/")) {
            return self.choices(&self.root["$defs"][name]);
        }
        match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
            Some(choices) => choices.iter().flat_map(|choice| self.choices(choice)).collect(),
            None => vec![schema],
        }
    }
}

/// Whether a value is of the type of a schema, and one of its values where it lists them.
fn fits(value: &DeValue, schema: &Value) -> bool {
    let names = names(schema);
    if !names.is_empty() {
        return matches!(value, DeValue::String(text) if names.contains(&text.as_ref()));
    }
    let holds = schema.get("pattern").and_then(Value::as_str).map(|pattern| pattern.trim_matches(['[', ']']));
    types(schema).is_none_or(|types| {
        types.iter().any(|of| match value {
            DeValue::String(text) => *of == "string" && holds.is_none_or(|wanted| text.contains(wanted)),
            // A date is written with or without quotes.
            DeValue::Datetime(_) => *of == "string",
            DeValue::Integer(_) => matches!(*of, "integer" | "number"),
            DeValue::Float(_) => *of == "number",
            DeValue::Boolean(_) => *of == "boolean",
            DeValue::Array(_) => *of == "array",
            DeValue::Table(_) => *of == "object",
        })
    })
}

/// What is wrong with a value that fits none of some schemas.
fn misfit(value: &DeValue, choices: &[&Value], name: &str) -> String {
    let names: Vec<&str> = choices.iter().flat_map(|choice| names(choice)).collect();
    if let (DeValue::String(text), false) = (value, names.is_empty()) {
        return format!("「{name}」に「{text}」とは書けません{}", instead(text, names));
    }
    let wanted: Vec<&str> = choices.iter().flat_map(|choice| types(choice).unwrap_or_default()).collect();
    let mut wanted: Vec<&str> = wanted.into_iter().filter(|name| *name != "null").map(type_name).collect();
    wanted.dedup();
    let wanted = if wanted.is_empty() { "文字列".to_string() } else { wanted.join("又は") };
    format!("「{name}」には{wanted}を書いてください")
}

fn types(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// The values a schema lists.
fn names(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    listed.chain(schema.get("const")).filter_map(Value::as_str).collect()
}

fn type_name(name: &str) -> &str {
    match name {
        "string" => "文字列",
        "integer" => "整数",
        "number" => "数",
        "boolean" => "真偽値（true, false）",
        "array" => "リスト（[ ] で囲んだもの）",
        "object" => "表（[見出し] 又は { } で囲んだもの）",
        other => other,
    }
}

/// The nearest known name, or all where they are few.
fn instead(name: &str, known: Vec<&str>) -> String {
    const FEW: usize = 16;
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("（もしかして: {nearest}）"),
        None if known.is_empty() || known.len() > FEW => String::new(),
        None => format!("（書けるのは {}）", known.join(", ")),
    }
}
