//! tmp
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let contract = keiyaku::contract::Contract::parse(keiyaku::text::Text::new(text));
    for id in contract.ids() {
        let u = contract.unit(id);
        let pos = contract.text().position(if u.label.is_empty() { contract.contents_of(id).first().map_or(u.label.start, |c| c.span.start) } else { u.label.start });
        println!("{}\t{}\t{}\t{}", pos.line, u.kind.name(), contract.path(id), contract.caption(id).unwrap_or(""));
    }
}
