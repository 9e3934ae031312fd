//! Word documents: what is read from them, what is refused, what is written back.
#![cfg(feature = "word")]

mod build;
mod hostile;
mod reading;
