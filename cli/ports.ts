import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'

/** A port nobody listens on now, chosen by the kernel. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

/** Whether nobody listens on this port of this machine, by either kind of address: browsers try `::1` first. */
export async function portIsFree(port: number): Promise<boolean> {
  return (await addressIsFree(port, '127.0.0.1')) && (await addressIsFree(port, '::1'))
}

/** The port this file remembers if it is still free, else `preferred` if that is, else any; remembered again. */
export async function rememberedPort(file: string, preferred?: number): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => ''))
  for (const port of [kept, preferred]) {
    if (port && Number.isInteger(port) && port < 65536 && (await portIsFree(port))) return remember(file, port)
  }
  return remember(file, await freePort())
}

async function remember(file: string, port: number): Promise<number> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${port}\n`)
  return port
}

function addressIsFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has nobody listening there either.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
