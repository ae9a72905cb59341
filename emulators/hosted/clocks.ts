/** What drives the agents from outside, as the deploy host's clocks do: a GET of each path with the secret they share. */
export interface Clocks {
  /** `paths` as `vercel.json` names them; `everyMs` stands for the minutes written there. */
  start(paths: readonly string[], secret: string, everyMs: number): void
  close(): Promise<void>
}

/** `nightshift`: where it answers. A path is not knocked at while its last call is under way: this is one machine. */
export function openClocks(nightshift: string): Clocks {
  const timers: NodeJS.Timeout[] = []
  const calls = new Map<string, Promise<void>>()
  const gone = new AbortController()

  async function knock(path: string, secret: string): Promise<void> {
    const headers = { authorization: `Bearer ${secret}`, 'user-agent': 'vercel-cron/1.0' }
    const answer = await fetch(`${nightshift}${path}`, { headers, signal: gone.signal })
    await answer.body?.cancel()
  }

  return {
    start(paths, secret, everyMs) {
      for (const path of paths)
        timers.push(
          setInterval(() => {
            if (calls.has(path)) return
            // Nobody may be there just now; the clock comes again.
            const call = knock(path, secret).catch(() => undefined)
            calls.set(path, call)
            void call.then(() => calls.delete(path))
          }, everyMs),
        )
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      gone.abort()
      await Promise.all(calls.values())
    },
  }
}
