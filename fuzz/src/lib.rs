//! The invariants of the project, for libFuzzer.

#[path = "../../tests/invariants/mod.rs"]
pub mod invariants;
