#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keiyaku_fuzz::invariants::text(bytes));
