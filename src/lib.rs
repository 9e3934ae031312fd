//! `keiyaku` (契約): reads Japanese contracts and says what is wrong in them.
pub mod contract;
pub mod number;
pub mod syntax;
pub mod text;
