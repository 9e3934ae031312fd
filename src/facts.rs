//! What a text cannot tell: facts that somebody states.

use serde::{Deserialize, Serialize};

/// Facts about the contract that are stated from outside. What is not stated is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Draft or final.
    pub stage: Option<Stage>,
}

/// How far a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It is being written: blanks are expected.
    Draft,
    /// It is to be signed as it stands.
    Final,
}
