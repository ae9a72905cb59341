import { createServer } from 'node:net'

/**
 * Ports for apps lie below the range Linux takes outgoing connections from (32768 and up), so that a port found free
 * stays free until the app listens on it.
 */
const FIRST = 20_000
const COUNT = 10_000

const handedOut = new Set<number>()

/** Whether nothing listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** Hands out a free port, the preferred one if it can be had; give it back with `releasePort`. */
export async function takePort(preferred: number | null): Promise<number> {
  const start = Math.floor(Math.random() * COUNT)
  for (let tried = preferred === null ? 0 : -1; tried < COUNT; tried++) {
    const port = tried < 0 && preferred !== null ? preferred : FIRST + ((start + tried) % COUNT)
    if (handedOut.has(port)) continue
    handedOut.add(port)
    if (await isFree(port)) return port
    handedOut.delete(port)
  }
  throw new Error('no port is free')
}

export function releasePort(port: number): void {
  handedOut.delete(port)
}
