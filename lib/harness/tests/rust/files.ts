/** Ending of what our `cargo` leaves in a run's folder, one for each `cargo test`. */
export const REPORT = 'cargo.report'
