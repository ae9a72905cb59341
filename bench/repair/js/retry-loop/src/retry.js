const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Waits longer after each failure, up to a limit. */
export const backoff = (attempt, base = 100, most = 5_000) => Math.min(most, base * 2 ** (attempt - 1))

/** Runs an operation until it succeeds, at most `attempts` times; the last error is thrown. */
export async function retry(operation, { attempts = 3, wait = sleep, base, isFatal = () => false } = {}) {
  let last
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return operation(attempt)
    } catch (error) {
      last = error
      if (isFatal(error)) break
      if (attempt < attempts) await wait(backoff(attempt, base))
    }
  }
  throw last
}
