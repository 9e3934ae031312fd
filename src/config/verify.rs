//! Holds a TOML document against a JSON Schema and says in Japanese what does not fit, and where. It knows the keywords that the schema of
//! the configuration uses: `$ref`, `anyOf`, `oneOf`, `enum`, `const`, `type`, `properties`, `additionalProperties`, `required`, `items`,
//! `pattern`.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::spelling::nearest;

/// A mistake: the bytes and what is wrong with them.
type Mistake = (Range<usize>, String);

/// Everything that does not fit, in the order of the document's keys.
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
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, value.span(), fitting, name),
            DeValue::Array(values) => {
                if let Some(items) = fitting.get("items") {
                    values.iter().for_each(|value| self.value(value, items, name));
                }
            }
            _ => {}
        }
    }

    fn table(&mut self, table: &DeTable, span: Range<usize>, schema: &'a Value, name: &str) {
        let none = serde_json::Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for (key, value) in table {
            let full = if name.is_empty() { key.get_ref().to_string() } else { format!("{name}.{}", key.get_ref()) };
            match (properties.get(key.get_ref().as_ref()), schema.get("additionalProperties")) {
                (Some(known), _) => {
                    let known: &'a Value = self.same(known, schema, key.get_ref());
                    self.value(value, known, &full);
                }
                (None, Some(Value::Bool(false))) => {
                    let names = properties.keys().map(String::as_str);
                    let message = format!("「{full}」という項目はありません{}", instead(key.get_ref(), names));
                    self.mistakes.push((key.span(), message));
                }
                (None, Some(other)) => self.value(value, other, &full),
                (None, None) => {}
            }
        }
        for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            if let Some(required) = required.as_str().filter(|key| !table.contains_key(*key)) {
                let place = if name.is_empty() { String::new() } else { format!("[{name}]に") };
                self.mistakes.push((span.clone(), format!("{place}「{required}」がありません")));
            }
        }
    }

    /// The property of a schema, with the lifetime of the schema.
    fn same(&self, _: &Value, schema: &'a Value, key: &str) -> &'a Value {
        &schema["properties"][key]
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
