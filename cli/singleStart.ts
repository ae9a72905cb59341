import { createHash } from 'node:crypto'
import { connect, createServer } from 'node:net'

/** Held while this process lives. */
export interface Hold {
  /** What a second start says; told by the first one. */
  release(): Promise<void>
}

/**
 * One start per state folder. The lock is a name in the kernel's own socket namespace, so that it ends with the process
 * and a crash leaves no file to doubt. Answers what the holder has to say where there is one already.
 */
export async function holdHome(home: string, says: string): Promise<Hold | { heldBy: string }> {
  const name = `\0nightshift-start-${createHash('sha256').update(home).digest('hex').slice(0, 32)}`
  const server = createServer((socket) => socket.on('error', () => undefined).end(says))
  const held = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen(name, () => resolve(true))
  })
  if (!held) return { heldBy: await ask(name) }
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function ask(name: string): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(name)
    socket.setTimeout(2000, () => socket.destroy())
    socket.setEncoding('utf8')
    socket.on('data', (text) => (said += text))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(said.slice(0, 500)))
  })
}
