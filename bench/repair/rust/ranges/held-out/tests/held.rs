use ranges::{merge, Range};

#[test]
fn neighbours_are_joined_and_strangers_are_not() {
    let range = |from, to| Range::new(from, to).unwrap();
    let all = [range(1, 10), range(2, 3), range(11, 12), range(14, 15)];
    assert_eq!(merge(&all), vec![range(1, 12), range(14, 15)]);
}
