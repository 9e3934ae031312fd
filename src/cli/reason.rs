//! Why a file cannot be read or written, in Japanese, with what to do.

use std::io::{self, ErrorKind};

use super::file;

/// Why a file cannot be read.
pub fn reading(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "ファイルがありません".into(),
        ErrorKind::PermissionDenied => "読み取りが許可されていません。アクセス権を確かめてください".into(),
        ErrorKind::IsADirectory => "フォルダです".into(),
        ErrorKind::NotADirectory => "途中のフォルダがフォルダではありません。パスを確かめてください".into(),
        ErrorKind::FileTooLarge => {
            format!("大きすぎます（{}GiBまで）。分けて指定してください", file::LARGEST >> 30)
        }
        _ => format!("読み込めません（{error}）。ファイルの場所と状態を確かめてください"),
    }
}

/// Why a file cannot be written.
pub fn writing(error: &io::Error) -> String {
    let (why, remedy) = match error.kind() {
        ErrorKind::NotFound => ("フォルダがありません", "フォルダを作るか、別の場所を指定してください"),
        ErrorKind::NotADirectory => ("途中のフォルダがフォルダではありません", "パスを確かめてください"),
        ErrorKind::IsADirectory => ("フォルダです", "ファイルの名前を指定してください"),
        ErrorKind::PermissionDenied => ("書込みが許可されていません", "アクセス権を確かめてください"),
        ErrorKind::ReadOnlyFilesystem => ("読取り専用の場所です", "別の場所を指定してください"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("ディスクの空きがありません", "空きを作ってからもう一度実行してください")
        }
        ErrorKind::AlreadyExists => ("既にあります", "書き換えません"),
        _ => return format!("書き込めません（{error}）。書込み先を確かめてください"),
    };
    format!("書き込めません（{why}）。{remedy}")
}
