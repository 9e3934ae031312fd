//! Ctrl-C while a file is written: the file in hand is finished, so that nothing half-written and nothing temporary is left.

use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// What a program ends with that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

static WRITING: Mutex<()> = Mutex::new(());

/// Holds back an interruption as long as the guard lives. Before the first one nothing is in the way of the system's own way to end a program.
pub fn hold() -> MutexGuard<'static, ()> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        let end = || {
            let _whole = lock();
            process::exit(INTERRUPTED);
        };
        // Where there can be no handler, an interruption may leave a temporary file, and the original as it was.
        let _ = ctrlc::set_handler(end);
    });
    lock()
}

fn lock() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}
