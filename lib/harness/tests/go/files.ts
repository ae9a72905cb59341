/** Endings of what our `go` leaves in a run's folder, one of each for every `go test`. */
export const REPORT = 'go.report'
export const PROFILE = 'go.cover'
