//! The JSON Schema of `keiyaku.toml`: the types of [`super`], with the rules and options of a rulebook filled in.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Config, ConfiguredSeverity, RuleName, Rules};
use crate::allow::Allow;
use crate::rule::{OptionValue, Page, Rulebook};

/// A value whose schema only a rulebook knows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct FromRulebook<T>(pub T);

impl JsonSchema for RuleName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RuleName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

impl JsonSchema for Rules {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // Named here so that its definition is there for every rule.
        generator.subschema_for::<ConfiguredSeverity>();
        json_schema!({"type": "object"})
    }
}

/// The schema of the file for the rules of a rulebook.
pub fn schema(rulebook: &Rulebook) -> Value {
    let mut schema = schemars::schema_for!(Config).to_value();
    let pages = || rulebook.rules().iter().map(|rule| &*rule.page);
    let rules: Map<String, Value> = pages().map(|page| (page.id.to_string(), rule(page))).collect();
    schema["$defs"]["Rules"]["additionalProperties"] = json!(false);
    schema["$defs"]["Rules"]["properties"] = Value::Object(rules);
    schema["$defs"]["Override"]["required"] = json!(["paths"]);
    schema["$defs"]["Allow"]["required"] = json!(["file", "rule", "reason"]);
    let kinds: Vec<&str> = rulebook.vocabulary().kinds.iter().map(|kind| &*kind.id).collect();
    schema["$defs"]["Facts"]["properties"]["kind"] = json!({"description": "契約の種類", "enum": kinds});
    schema["$defs"]["RuleName"] = rule_name(rulebook);
    schema
}

/// How a rule is named: its id, its family, `all`, or an id with `*`.
fn rule_name(rulebook: &Rulebook) -> Value {
    let pages = || rulebook.rules().iter().map(|rule| &*rule.page);
    let mut names: Vec<&str> = vec!["all"];
    for page in pages() {
        if !names.contains(&&*page.family) {
            names.push(&page.family);
        }
    }
    names.extend(pages().map(|page| &*page.id));
    json!({"anyOf": [{"enum": names}, {"type": "string", "pattern": "[*]"}]})
}

/// The schema of a waiver in a comment, as the value of `allow`.
pub(super) fn comment(rulebook: &Rulebook) -> Value {
    let mut allow = schemars::schema_for!(Allow).to_value();
    allow["required"] = json!(["rule", "reason"]);
    if let Some(properties) = allow["properties"].as_object_mut() {
        properties.retain(|name, _| name != "file" && name != "at");
    }
    json!({"$defs": {"RuleName": rule_name(rulebook)}, "properties": {"allow": allow}})
}

/// One rule: a severity, or a table of severity and options.
fn rule(page: &Page) -> Value {
    let severity = json!({"$ref": "#/$defs/ConfiguredSeverity"});
    let mut properties = Map::new();
    properties.insert("severity".into(), severity.clone());
    for option in page.options.iter() {
        let (mut schema, default) = match &option.default {
            OptionValue::Bool(value) => (json!({"type": "boolean"}), json!(value)),
            OptionValue::Integer(value) => (json!({"type": "integer"}), json!(value)),
            OptionValue::Text(value) => (json!({"type": "string"}), json!(value)),
            OptionValue::List(values) => (json!({"type": "array", "items": {"type": "string"}}), json!(values)),
        };
        schema["description"] = json!(option.doc);
        schema["default"] = default;
        properties.insert(option.name.to_string(), schema);
    }
    let table = json!({"type": "object", "additionalProperties": false, "properties": properties});
    json!({"description": page.title, "anyOf": [severity, table]})
}
