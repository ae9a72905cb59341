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

/** One request as a log drain showed it. */
export interface DrainedRequest {
  /** The host's name of the request; of its line, where it names none. */
  key: string
  /** The host's id of the project. */
  project: string
  deployment: string
  route: string
  /** ISO 8601, whole minute. */
  minute: string
  failed: boolean
  /** Milliseconds; null where no line said. */
  ms: number | null
}
