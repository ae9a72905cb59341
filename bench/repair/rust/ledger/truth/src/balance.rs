use crate::Payment;
use std::collections::BTreeMap;

/// What everybody has gained or paid; the sum is always zero.
pub fn balances(payments: &[Payment]) -> BTreeMap<String, i64> {
    let mut balances = BTreeMap::new();
    for payment in payments {
        *balances.entry(payment.from.clone()).or_insert(0) -= payment.cents;
        *balances.entry(payment.to.clone()).or_insert(0) += payment.cents;
    }
    balances
}

/// Who owes most; the first by name of those who owe as much. None when nobody owes anything.
pub fn deepest(payments: &[Payment]) -> Option<String> {
    balances(payments)
        .into_iter()
        .filter(|(_, cents)| *cents < 0)
        .min_by_key(|(_, cents)| *cents)
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment;

    #[test]
    fn sums_are_zero() {
        let all = [payment("a", "b", 5), payment("b", "c", 3)];
        assert_eq!(balances(&all).values().sum::<i64>(), 0);
    }

    #[test]
    fn who_owes_most() {
        let all = [payment("a", "b", 5), payment("c", "b", 9)];
        assert_eq!(deepest(&all), Some("c".into()));
    }

    #[test]
    fn nobody_owes() {
        assert_eq!(deepest(&[]), None);
    }
}
