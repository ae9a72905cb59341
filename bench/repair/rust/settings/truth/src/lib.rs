//! Settings in lines of `key = value`.

use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// The line, counted from one.
    NoValue(usize),
    NotANumber(String),
}

/// Reads settings; empty lines and those that begin with `#` are passed over.
pub fn parse(text: &str) -> Result<BTreeMap<String, String>, Problem> {
    let mut settings = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').ok_or(Problem::NoValue(at + 1))?;
        settings.insert(key.trim().to_string(), value.trim().to_string());
    }
    Ok(settings)
}

/// A number, or what stands in for it.
pub fn number(settings: &BTreeMap<String, String>, key: &str, otherwise: i64) -> Result<i64, Problem> {
    match settings.get(key) {
        None => Ok(otherwise),
        Some(text) => text.parse().map_err(|_| Problem::NotANumber(key.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_there() {
        let settings = parse("# ours\nport = 80\n\nname=x = y\n").unwrap();
        assert_eq!(number(&settings, "port", 1), Ok(80));
        assert_eq!(settings["name"], "x = y");
    }

    #[test]
    fn names_the_line_without_a_value() {
        assert_eq!(parse("a = 1\nb\n"), Err(Problem::NoValue(2)));
    }

    #[test]
    fn a_word_is_no_number() {
        let settings = parse("port = many").unwrap();
        assert_eq!(number(&settings, "port", 1), Err(Problem::NotANumber("port".into())));
    }
}
