//! The language server: what the library knows, for editors. The only module that knows LSP (3.17).
//!
//! One thread reads messages, the other answers them in order. A document is read anew after each change, as a whole but for the heads of
//! lines that have not changed: reading and checking are linear and fast enough that nothing else has to be kept in step. Everything that is
//! advertised is answered, a request that is cancelled before its turn is not worked on, and no message ends the server but `exit`.

mod action;
mod completion;
mod diagnostic;
mod document;
mod hint;
mod hover;
mod name;
mod navigation;
mod outline;
mod rename;
mod server;
mod settings;
mod surroundings;
mod token;
mod transport;

use std::io::{self, BufRead, Write};
use std::sync::mpsc;
use std::thread;

pub use surroundings::{Agreed, Configuration, Surroundings};

/// Serves an editor until it says `exit` or goes away; says whether it left as the protocol wants it (`shutdown`, then `exit`).
/// The surroundings say what has been agreed on for a document; what the user sets in the editor wins.
///
/// # Errors
/// When answers cannot be written.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    output: impl Write,
    surroundings: impl Surroundings,
) -> io::Result<bool> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(incoming)) = transport::read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    server::Server::new(output, surroundings).run(&receiver)
}
