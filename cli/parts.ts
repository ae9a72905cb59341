/** What has been started, in order, and how to stop it again in the opposite order. */
export interface Parts {
  add(name: string, stop: () => Promise<void>): void
  /** Stops everything, the last started first; one that fails does not keep the others. Twice is once. */
  stop(): Promise<void>
}

/** Answers are collected, not thrown: `onTrouble` hears what could not be stopped. */
export function newParts(onTrouble: (name: string, error: unknown) => void): Parts {
  const stops: { name: string; stop: () => Promise<void> }[] = []
  let stopping: Promise<void> | undefined

  async function stopOne({ name, stop }: { name: string; stop: () => Promise<void> }): Promise<void> {
    try {
      await stop()
    } catch (error) {
      onTrouble(name, error)
    }
  }

  async function stopAll(): Promise<void> {
    for (let part = stops.pop(); part; part = stops.pop()) await stopOne(part)
  }

  return {
    add(name, stop) {
      // Somebody asked to stop while this part was still starting.
      if (stopping) stopping = stopping.then(() => stopOne({ name, stop }))
      else stops.push({ name, stop })
    },
    stop() {
      stopping ??= stopAll()
      return stopping
    },
  }
}
