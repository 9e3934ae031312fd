//! What pages and vocabulary are made of. The build script writes those that are built in as statics of the program, so that nothing is read
//! at start; those of a playbook are read from their files and own what they hold.

use std::borrow::Cow;

/// Words.
pub type Words = Cow<'static, str>;

/// Several of something.
pub type List<T> = Cow<'static, [T]>;
