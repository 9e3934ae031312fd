//! Word documents: what is read from them, what is refused, what is written back.
#![cfg(feature = "word")]

mod build;
#[cfg(feature = "cli")]
mod command;
mod corpus;
mod hostile;
mod place;
mod reading;
mod review;
