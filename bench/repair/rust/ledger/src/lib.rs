//! A ledger of payments between people, in cents.

pub mod balance;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub from: String,
    pub to: String,
    pub cents: i64,
}

pub fn payment(from: &str, to: &str, cents: i64) -> Payment {
    Payment { from: from.into(), to: to.into(), cents }
}
