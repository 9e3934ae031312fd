//! A baseline: the findings that were there when a folder of contracts was first checked, so that only new ones are reported.
//!
//! Findings are known by their fingerprints, which carry neither numbers nor positions: a clause that is moved or renumbered brings its
//! findings along, and one that is written anew does not.

use std::collections::BTreeMap;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// The name of the file where no other is given.
pub const FILE_NAME: &str = "keiyaku-baseline.json";

const VERSION: u32 = 1;

/// The known findings of some files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    /// By path from the folder of the baseline, with `/`.
    files: BTreeMap<String, Vec<Known>>,
}

/// A known finding. The rule and the place are for people: the fingerprint decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    rule: String,
    at: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When it is none, or of a later version; in Japanese.
    pub fn read(source: &str) -> Result<Baseline, String> {
        let baseline: Baseline =
            serde_json::from_str(source).map_err(|error| format!("既知の指摘の一覧として読めません（{error}）"))?;
        match baseline.version {
            VERSION => Ok(baseline),
            version => Err(format!("版{version}の一覧は読めません。keiyaku baseline で作り直してください")),
        }
    }

    /// Writes it, in an order that does not depend on anything but its content.
    pub fn write(&self) -> String {
        let current = Baseline { version: VERSION, files: self.files.clone() };
        serde_json::to_string_pretty(&current).expect("text and numbers can be written as JSON") + "\n"
    }

    /// Takes the findings of a file into the baseline.
    pub fn add(&mut self, path: &str, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        let known = |finding: &Finding| Known {
            rule: finding.rule.to_string(),
            at: finding.at.clone(),
            fingerprint: finding.fingerprint.clone(),
        };
        self.files.insert(path.into(), findings.iter().map(known).collect());
    }

    /// Leaves only the findings that are new. A fingerprint that is known twice is expected twice.
    pub fn retain_new(&self, path: &str, findings: &mut Vec<Finding>) {
        let mut known: HashMap<&str, usize> = HashMap::default();
        for entry in self.files.get(path).into_iter().flatten() {
            *known.entry(&entry.fingerprint).or_default() += 1;
        }
        findings.retain(|finding| match known.get_mut(finding.fingerprint.as_str()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
    }
}
