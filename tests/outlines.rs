//! The hard cases: texts in the forms that real contracts have, with the tree a reader sees in each.

use keiyaku::report::inspect;
use keiyaku::{Contract, Text};

#[test]
fn every_hard_case_is_read_as_a_reader_sees_it() {
    insta::glob!("outlines/*.txt", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let contract = Contract::parse(Text::new(text.as_str()));
        assert!(contract.is_well_formed());
        assert_eq!(contract.print(), text);
        insta::assert_snapshot!(inspect::outline(&contract));
    });
}
