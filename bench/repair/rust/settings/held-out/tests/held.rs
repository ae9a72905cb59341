use settings::{number, parse, Problem};

#[test]
fn numbers_that_are_none() {
    for text in ["n = 1.5", "n =", "n = 0x10", "n = 99999999999999999999"] {
        let settings = parse(text).unwrap();
        assert_eq!(number(&settings, "n", 7), Err(Problem::NotANumber("n".into())));
    }
    assert_eq!(number(&parse("").unwrap(), "n", 7), Ok(7));
}
