/** Exit statuses a shell expects; Ctrl-C is how people end `bin/start`, so it is a success. */
const SIGNALS = { SIGINT: 0, SIGTERM: 143, SIGHUP: 129 } as const

export interface Interruption {
  /** Whether a signal came. */
  asked(): boolean
  /** The exit status, once everything has been stopped after a signal. */
  done: Promise<number>
}

/** Stops everything at the first signal; a second one does not wait, and the kernel ends what is left. */
export function stopOnSignal(stop: () => Promise<void>, say: (line: string) => void): Interruption {
  let asked = false
  const done = new Promise<number>((resolve) => {
    for (const [signal, status] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        if (asked) process.exit(1)
        asked = true
        // Whatever was under way loses what it waited for. Its complaints, the database client's among them, come
        // from timers and sockets that nobody listens to any more, and must not end us before all is stopped.
        for (const complaint of ['unhandledRejection', 'uncaughtException']) process.on(complaint, () => undefined)
        say('\nStopping …')
        void stop().then(() => {
          say('Stopped.')
          resolve(status)
        })
      })
    }
  })
  return { asked: () => asked, done }
}
