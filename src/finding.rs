//! What a rule reports.

use crate::contract::UnitId;
use crate::rule::table::{List, Words};
use crate::rule::{Basis, Severity};
use crate::text::Span;

/// One thing that is wrong, where, why, and how to mend it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The id of the rule.
    pub rule: Words,
    /// The family of the rule.
    pub family: Words,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<Words>,
    /// The bytes it is about.
    pub span: Span,
    /// The unit it is about.
    pub unit: UnitId,
    /// The place as a lawyer cites it; empty where it is about the whole document.
    pub at: String,
    /// The same place for programs.
    pub path: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The law on which it rests.
    pub basis: List<Basis>,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// Tells this finding from others of its rule, also after text has moved or numbers have changed.
    pub fingerprint: String,
}

impl Finding {
    /// The message and, behind a separator, what to do.
    pub fn with_help(&self, separator: &str) -> String {
        match &self.help {
            Some(help) => [self.message.as_str(), help].join(separator),
            None => self.message.clone(),
        }
    }
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// The bytes.
    pub span: Span,
    /// The place as a lawyer cites it.
    pub at: String,
}

/// How to mend a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, in Japanese.
    pub title: String,
    /// Whether it can be made unasked.
    pub safety: Safety,
    /// What changes.
    pub edits: Vec<Edit>,
}

/// Whether a fix can change what the contract means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It cannot: only notation changes.
    Safe,
    /// It may: somebody has to look.
    Unsafe,
}

impl Safety {
    /// `safe`, `unsafe`.
    pub const fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

/// A replacement of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
pub(crate) fn stable_hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    for part in parts {
        part.bytes().for_each(&mut add);
        add(0xff);
    }
    hash
}
