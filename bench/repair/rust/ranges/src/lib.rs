//! Ranges of days on a calendar: both ends belong to a range.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub from: u32,
    pub to: u32,
}

impl Range {
    /// None when the end lies before the start.
    pub fn new(from: u32, to: u32) -> Option<Range> {
        (from <= to).then_some(Range { from, to })
    }

    pub fn days(&self) -> u32 {
        self.to - self.from + 1
    }

    pub fn overlaps(&self, other: &Range) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// Joins ranges that overlap or follow each other at once.
pub fn merge(ranges: &[Range]) -> Vec<Range> {
    let mut sorted = ranges.to_vec();
    sorted.sort_by_key(|range| range.from);
    let mut merged: Vec<Range> = Vec::new();
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.from <= last.to + 1 => last.to = range.to,
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: u32, to: u32) -> Range {
        Range::new(from, to).unwrap()
    }

    #[test]
    fn days_of_one() {
        assert_eq!(range(3, 3).days(), 1);
    }

    #[test]
    fn overlapping_ranges_are_joined() {
        assert_eq!(merge(&[range(5, 9), range(1, 6)]), vec![range(1, 9)]);
    }

    #[test]
    fn a_range_within_another_changes_nothing() {
        assert_eq!(merge(&[range(1, 9), range(2, 4)]), vec![range(1, 9)]);
    }
}
