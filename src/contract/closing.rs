//! The end of a contract: 末文, date and signature block, and the titles by which another agreement begins.

use crate::syntax::is_blank;
use crate::text::{ends_with_any, starts_with_any};

/// 「本契約の成立を証するため、本書2通を作成し、甲乙記名押印の上、各1通を保有する。」 and its many relatives.
pub fn is_closing(sentence: &str) -> bool {
    const BEGINNINGS: [&str; 16] = [
        "以上",
        "本契約",
        "本書",
        "本覚書",
        "本合意",
        "本協定",
        "本誓約",
        "この契約",
        "この証",
        "上記",
        "前記",
        "右",
        "甲乙",
        "甲及び乙",
        "甲および乙",
        "後日の証",
    ];
    const ENDS: [&str; 12] =
        ["作成", "保有", "保管", "保持", "所持", "署名", "記名", "押印", "捺印", "電子署名", "締結し", "交付"];
    const KEPT: [&str; 7] = ["作成", "保有", "保管", "保持", "所持", "保存", "交付"];
    let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let proof = || sentence.contains('証') && !sentence.contains("保証");
    let copies =
        || sentence.contains("本書") && sentence.contains('通') || sentence.contains("電磁的記録") && says(&KEPT);
    // 「甲と乙は、上記のとおり契約を締結したことを証するため、本書2通を作成し、各自1通を所持する。」
    let signed =
        || says(&["証するため", "証として"]) && sentence.contains('通') && says(&["契約", "合意", "覚書", "協定"]);
    // 「本契約は、書面又は電磁的記録によらなければ、変更することができない。」 is a clause.
    let refuses = || ends_with_any(sentence, &["ない。", "ない", "ません。"]);
    let ends = if starts_with_any(sentence, &BEGINNINGS) { proof() || copies() || signed() } else { signed() };
    ends && says(&ENDS) && !refuses() && sentence.chars().count() <= 300
}

/// A line that only says that the text is at its end: 「以上」「以　上」.
pub fn is_end_mark(line: &str) -> bool {
    line.chars().filter(|c| !is_blank(*c)).eq("以上".chars())
}

/// A line that is only a date, filled in or not: 「令和○年○月○日」「2026年11月22日」「締結日：　年　月　日」.
pub fn is_date(line: &str) -> bool {
    const INTRODUCTIONS: [&str; 8] = ["契約締結日", "締結日", "契約日", "作成日", "日付", "署名日", "発効日", "合意日"];
    let mut rest = line;
    for introduction in INTRODUCTIONS {
        if let Some(behind) = rest.strip_prefix(introduction) {
            rest = behind.trim_start_matches(|c| is_blank(c) || matches!(c, ':' | '：'));
            if rest.is_empty() {
                return true;
            }
            break;
        }
    }
    let rest = rest.trim_end_matches(|c| is_blank(c) || matches!(c, '付' | '）' | ')'));
    let rest = ["締結", "作成", "調印"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let rest = without_weekday(rest.trim_end_matches(is_blank));
    if rest.chars().count() > 28 {
        return false;
    }
    let in_order = |marks: [char; 3]| {
        let places: Vec<Option<usize>> = marks.iter().map(|&m| rest.find(m)).collect();
        matches!(places[..], [Some(a), Some(b), Some(c)] if a < b && b < c)
    };
    let body = rest.trim_end_matches('日');
    let plain = |c: char| {
        is_blank(c)
            || c.is_ascii_alphanumeric()
            || crate::number::digit(c).is_some()
            || crate::number::kanji_digit(c).is_some()
            || "年月日令和平成昭和西暦元十　○●〇◯△＿_XＸxM${}【】［］[]（）()-／/・…".contains(c)
    };
    rest.ends_with('日') && in_order(['年', '月', '日']) && body.chars().all(plain)
}

/// 「令和9年3月1日」 of 「令和9年3月1日（月曜日」.
fn without_weekday(line: &str) -> &str {
    let is_weekday = |words: &str| {
        words.starts_with(['月', '火', '水', '木', '金', '土', '日'])
            && words.chars().skip(1).all(|c| matches!(c, '曜' | '日' | '・' | '祝'))
    };
    match line.rfind(['（', '(']) {
        Some(open)
            if line[open..].chars().nth(1).is_some() && is_weekday(line[open..].trim_start_matches(['（', '('])) =>
        {
            line[..open].trim_end_matches(is_blank)
        }
        _ => line,
    }
}

/// A line that stands above a title: a date, the number of the document, the place for the revenue stamp.
pub fn is_letterhead(line: &str) -> bool {
    const FIELDS: [&str; 8] =
        ["収入印紙", "印紙", "契約番号", "文書番号", "管理番号", "契約書番号", "整理番号", "案件番号"];
    is_date(line) || starts_with_any(line, &FIELDS) && !is_title(line)
}

/// A line of a signature block: 「甲」「乙：株式会社青葉」「住所」「代表取締役　青葉太郎　印」.
pub fn is_signature(line: &str) -> bool {
    const LABELS: [&str; 34] = [
        "甲",
        "乙",
        "丙",
        "丁",
        "委託者",
        "受託者",
        "賃貸人",
        "賃借人",
        "貸主",
        "借主",
        "売主",
        "買主",
        "発注者",
        "受注者",
        "注文者",
        "請負人",
        "開示者",
        "受領者",
        "使用者",
        "労働者",
        "雇用主",
        "事業主",
        "ライセンサー",
        "ライセンシー",
        "許諾者",
        "被許諾者",
        "連帯保証人",
        "譲渡人",
        "譲受人",
        "債権者",
        "債務者",
        "誓約者",
        "当社",
        "立会人",
    ];
    const FIELDS: [&str; 28] = [
        "住所",
        "所在地",
        "本店所在地",
        "本店",
        "本社所在地",
        "会社名",
        "商号",
        "名称",
        "氏名",
        "代表者",
        "代表取締役",
        "代表社員",
        "代表理事",
        "役職",
        "電話",
        "署名",
        "記名",
        "法人名",
        "屋号",
        "団体名",
        "学校名",
        "職名",
        "理事長",
        "学長",
        "社長",
        "代表執行役",
        "肩書",
        "事業者名",
    ];
    let line =
        line.trim_matches(|c| is_blank(c) || matches!(c, '*' | '-' | '・' | '【' | '】' | '［' | '］' | '〔' | '〕'));
    if line.ends_with('。') || line.chars().count() > 70 {
        return false;
    }
    let inner = line.trim_start_matches(['（', '(']);
    let behind = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|c| is_blank(c) || matches!(c, ':' | '：' | '）' | ')' | '】' | '（' | '(' | '＿' | '_'))
    };
    let is_label = LABELS.iter().any(|l| inner.strip_prefix(l).is_some_and(behind));
    // 「住 所」「氏　名」 are spaced out to line up.
    let packed: String = inner.chars().filter(|&c| !is_blank(c)).take(8).collect();
    let is_field = FIELDS.iter().any(|f| {
        inner.strip_prefix(f).is_some_and(behind)
            || (f.chars().count() == 2 && packed.starts_with(f) && inner.chars().nth(1).is_some_and(is_blank))
    });
    let stamped = line.ends_with(['㊞', '印']) && line.chars().rev().nth(1).is_some_and(is_blank);
    is_label || is_field || stamped
}

/// A short line that names a document: 「秘密保持契約書」「利用規約」.
pub fn is_title(line: &str) -> bool {
    const ENDS: [&str; 34] = [
        "契約書",
        "契約書（案）",
        "契約",
        "規約",
        "規程",
        "規則",
        "約款",
        "覚書",
        "合意書",
        "協定書",
        "誓約書",
        "ポリシー",
        "同意書",
        "要領",
        "細則",
        "契約条項",
        "通知書",
        "定款",
        "念書",
        "確認書",
        "注文書",
        "請書",
        "特約",
        "特約書",
        "契約約款",
        "証書",
        "申込書",
        "会則",
        "憲章",
        "規定",
        "ガイドライン",
        "方針",
        "条件書",
        "契約証書",
    ];
    let line = line.trim_matches(|c| is_blank(c) || matches!(c, '*' | '#' | '【' | '】' | '「' | '」' | '『' | '』'));
    let line = line.trim_end_matches(['）', ')']);
    if !(3..=40).contains(&line.chars().take(41).count()) {
        return false;
    }
    let before = |bracket: Option<usize>| line[..bracket.unwrap_or(line.len())].trim_end_matches(is_blank);
    // 「技術検証（PoC）契約書（AI）」: the name may go on behind a bracket.
    let bare = [before(line.find(['（', '('])), before(line.rfind(['（', '(']))];
    ENDS.iter().any(|e| line.ends_with(e) || bare.iter().any(|name| name.ends_with(e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closings_are_told_from_clauses() {
        assert!(is_closing("本契約の成立を証するため、本書2通を作成し、甲乙記名押印の上、各1通を保有する。"));
        assert!(is_closing("本契約は、電磁的記録を作成し、甲乙が電子署名を施して、各自これを保管する。"));
        for clause in [
            "本契約は、甲及び乙の記名押印又は電子署名のある書面又は電磁的記録によらなければ、変更することができない。",
            "本契約は、甲及び乙が電磁的記録に電子署名をした時に成立する。",
        ] {
            assert!(!is_closing(clause), "{clause}");
        }
        assert!(is_closing("以上、本契約の成立の証として電磁的記録である本書を作成し、電子署名を行う。"));
        assert!(!is_closing("本契約に定めのない事項については、甲乙誠意をもって協議する。"));
        assert!(!is_closing("乙は、納入物の品質を保証し、保証書を作成する。"));
    }

    #[test]
    fn dates_filled_in_or_not() {
        for date in [
            "令和○年○月○日",
            "2026年11月22日",
            "　　年　　月　　日",
            "20XX年XX月XX日",
            "締結日：令和8年4月1日",
            "契約締結日",
            "2026年12月1日 締結",
            "${YYYY}年${MM}月${DD}日",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2026年4月1日から2027年3月31日まで", "毎月末日", "2023年6月21日制定"] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn signature_lines() {
        for line in [
            "甲",
            "乙：株式会社みなと",
            "　住所",
            "住　所　東京都",
            "代表取締役　青葉太郎　印",
            "（甲）",
            "氏名＿＿＿＿",
        ] {
            assert!(is_signature(line), "{line}");
        }
        for line in ["甲は、乙に委託する。", "甲及び乙", "住所を変更したときは、届け出る。", "代表取締役の選任"]
        {
            assert!(!is_signature(line), "{line}");
        }
    }
}
