//! Numbers that carry a digit to check them by: 法人番号 and the registration numbers of invoice issuers.

/// Whether 13 digits are a 法人番号: the first is 9 less the remainder by 9 of the sum of the others, those in even places, counted from
/// the last, taken twice (法人番号の指定等に関する省令第2条).
///
/// ```
/// use keiyaku::analysis::check_digit::is_corporate_number;
///
/// assert!(is_corporate_number("7123456789012"));
/// assert!(!is_corporate_number("1234567890123"));
/// ```
pub fn is_corporate_number(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first, base @ ..] = &values[..] else { return false };
    let sum: u32 = base.iter().rev().enumerate().map(|(place, digit)| digit * (1 + place as u32 % 2)).sum();
    values.len() == 13 && digits.len() == 13 && *first == 9 - sum % 9
}
