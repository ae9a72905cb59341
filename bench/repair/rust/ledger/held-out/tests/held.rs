use ledger::balance::{balances, deepest};
use ledger::payment;

#[test]
fn paying_back_settles() {
    let all = [payment("a", "b", 5), payment("b", "a", 5), payment("d", "e", 1)];
    assert_eq!(balances(&all)["a"], 0);
    assert_eq!(deepest(&all), Some("d".into()));
}
