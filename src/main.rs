//! Starts the command line.

fn main() -> std::process::ExitCode {
    keiyaku::cli::main()
}
