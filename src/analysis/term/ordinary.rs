//! Words that look like defined terms and need no definition. In the lists each has a blank before it and behind it.

/// What 本 names of the document itself: 本契約, 本規程, 本条.
const DOCUMENTS: &str = " 契約 契約書 規約 規程 規則 約款 覚書 合意 合意書 協定 協定書 定款 会則 細則 要綱 要領 誓約書 誓約 書 書面 書類 文書 ポリシー \
    プライバシーポリシー 利用規約 ガイドライン 方針 条 項 号 章 節 編 款 条項 規定 附則 別紙 別表 表 注文書 仕様書 通知書 同意書 申込書 確認書 念書 証書 法 条例 \
    特約 条件 利用条件 使用条件 同意 記載 文中 項目 頁 ページ 章以下 条以下 ";

/// Words of everyday that begin with 本.
const WORDS: &str = " 年 件 年度 日 月 来 質 格 学 国 欄 拠 義 務 給 採用 部 会 館 番 末 名 庁 省 県 市 町 線 流 業 職 当 物 望 能 命 気 土 州 島 山 院 所 法人 会社 団体 組合 \
    クラブ 数 邸 舗 源 腰 塁 丸 音 領 意 心 節 位 官 尊 堂 殿 営 会議 大会 部長 日中 日以降 年中 年末 年分 月分 月末 日付 日現在 籍地 番号 船 機 州内 道 線 年以降 ";

/// Beginnings of such words: 本人確認, 本店所在地, 本社ビル.
const BEGINNINGS: &str = " 人 店 文 社 籍 校 体 旨 邦 則 来 質 格的 拠地 件の 日 年 月 部 州 書 条 項 号 章 節 契約 規約 規程 規則 約款 覚書 協定 定款 会則 細則 規定 法 令 編 訴 案 町 郷 庄 荘 宮 牧 田 橋 厚木 八幡 駒込 ";

/// How many characters the longest beginning has.
const LONGEST: usize = 2;

/// Whether a word with 本 is one that every document uses without a definition: a name of the document or of its parts, or a word of everyday.
pub fn is_ordinary(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("本件").filter(|rest| !rest.is_empty()).or_else(|| word.strip_prefix('本'))
    else {
        return false;
    };
    let among = |list: &str, word: &str| list.contains(&format!(" {word} "));
    let beginnings = || rest.char_indices().take(LONGEST).map(|(at, last)| &rest[..at + last.len_utf8()]);
    among(DOCUMENTS, rest) || among(WORDS, rest) || beginnings().any(|beginning| among(BEGINNINGS, beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_beginning_is_longer_than_the_longest() {
        let lengths = BEGINNINGS.split_whitespace().map(|beginning| beginning.chars().count());
        assert_eq!(lengths.max(), Some(LONGEST));
    }

    #[test]
    fn ordinary_words_are_told_from_terms() {
        for word in [
            "本契約",
            "本書",
            "本店",
            "本件",
            "本年",
            "本人",
            "本文",
            "本体",
            "本件契約",
            "本人確認書類",
            "本店所在地",
            "本書2通",
            "本契約締結後",
            "本町駐車場",
            "本条第1項",
        ] {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["本業務", "本件目的", "本システム", "本成果物", "本製品", "業務"] {
            assert!(!is_ordinary(word), "{word}");
        }
    }
}
