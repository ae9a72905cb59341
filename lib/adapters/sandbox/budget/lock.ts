import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** An abstract unix socket is a lock the kernel gives up for us when the process dies: none is ever left over. */
function tryLock(name: string): Promise<Server | null> {
  const server = createServer((connection) => connection.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen({ path: `\0${name}` }, () => resolve(server))
  })
}

const unlock = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()))

/** Runs `action` while no other process on this state folder runs one; null when it stayed taken for `patience` ms. */
export async function locked<T>(home: string, patience: number, action: () => Promise<T>): Promise<T | null> {
  // Another name than the one a start of Nightshift holds for this folder as long as it lives.
  const name = `nightshift-caches-${createHash('sha256').update(home).digest('hex').slice(0, 32)}`
  const end = performance.now() + patience
  for (;;) {
    const held = await tryLock(name)
    if (held) return action().finally(() => unlock(held))
    if (performance.now() >= end) return null
    await pause(2)
  }
}
