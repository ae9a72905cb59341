import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What may happen to one question to the database: before it is asked, or when its answer is back and not handed on. */
export interface Wire {
  /** The same database, through here. */
  url: string
  close(): void
}

/** Called with a label at each point; `cut` throws the connection away there. */
export type AtPoint = (label: string) => 'on' | 'cut'

/**
 * PostgreSQL's protocol, passed on question by question (a question ends with Sync, an answer with ReadyForQuery), so
 * that every transaction has a point right before it and one right after its commit, without a hook in the product.
 */
export async function tapWire(databaseUrl: string, at: AtPoint): Promise<Wire> {
  const { port, hostname } = new URL(databaseUrl)
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    const asked: (string | null)[] = []
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    // A statement may be described first (flushed) and run afterwards (synced): the point is where it is run.
    let described: string | null = null
    const questions = framed(true, (group, type) => {
      const label = labelOf(group) ?? described
      described = type === 'H' ? label : null
      if (type === 'S' || type === 'Q') {
        asked.push(label)
        if (label && at(`${label} before`) === 'cut') return cut()
      }
      upstream.write(group)
    })
    const answers = framed(false, (group, type) => {
      const label = type === 'Z' ? asked.shift() : null
      if (label && at(`${label} after`) === 'cut') return cut()
      client.write(group)
    })
    client.on('data', questions)
    upstream.on('data', answers)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const here = new URL(databaseUrl)
  here.port = String((server.address() as AddressInfo).port)
  return {
    url: here.href,
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Ends of a group: start, login, Sync, Flush or a simple query from the client, ReadyForQuery from the server. */
const ENDS = { client: new Set(['', 'p', 'S', 'H', 'Q']), server: new Set(['Z']) }

/** Cuts a stream into groups of messages; the client's first message, before the login, has no type. */
function framed(client: boolean, take: (group: Buffer, type: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let started = !client
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    let from = 0
    let at = 0
    for (;;) {
      const header = started ? 5 : 4
      if (rest.length - at < header) break
      const end = at + (started ? 1 : 0) + rest.readUInt32BE(at + (started ? 1 : 0))
      if (rest.length < end) break
      const type = started ? String.fromCharCode(rest[at]!) : ''
      started = true
      at = end
      if (ENDS[client ? 'client' : 'server'].has(type)) {
        take(rest.subarray(from, at), type)
        from = at
      }
    }
    // What a server has said so far is passed on as it comes: somebody may wait for it without a Sync.
    if (!client && from < at) {
      take(rest.subarray(from, at), '')
      from = at
    }
    rest = rest.subarray(from)
  }
}

const CALLS =
  /(claim_effect|settle_effect|move_release|claim_work|finish_work|keep_work|withdraw_fix|pause|note)\(|(begin|commit)|(insert into \w+|update \w+)/i

/** What a question is about; null for what only reads. */
function labelOf(group: Buffer): string | null {
  const text = group.toString('latin1')
  const [, call, transaction, write] = CALLS.exec(text) ?? []
  return call ?? transaction?.toLowerCase() ?? write?.toLowerCase() ?? null
}
