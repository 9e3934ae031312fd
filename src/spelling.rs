//! The known name that is nearest to one that is not known.

/// The nearest of some names, if it is near enough to be what was meant: `empty-item` for `empty-itme`.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let nearest = known.into_iter().map(|known| (distance(known, name), known)).min();
    nearest.filter(|(distance, known)| *distance <= known.chars().count() / 3 + 1).map(|(_, known)| known)
}

/// How many letters have to be added, left out or changed to make one name of the other.
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("empty-itme", ["empty-article", "empty-item"]), Some("empty-item"));
        assert_eq!(nearest("jurisdiction", ["empty-article", "empty-item"]), None);
    }
}
