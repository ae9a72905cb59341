/** One route's requests to one deployment in one minute, as a host's log drain showed them. */
export interface DrainCount {
  /** The host's id of the deployment. */
  deployment: string
  route: string
  /** ISO 8601, whole minute. */
  minute: string
  requests: number
  /** Answers with status 500 or above, and crashes without an answer. */
  failed: number
  /** Counts per bucket of `LATENCY_BUCKETS_MS`, one longer for the overflow; requests of unknown duration are in none. */
  latency: number[]
}
