import { connect, type Socket } from 'node:net'

/** As much of PostgreSQL's protocol as running a file of SQL takes: one login without a password, simple queries. */

export interface Session {
  /** Runs statements in one go; rejects with the server's words at the first that fails. */
  run(sql: string): Promise<void>
  close(): void
}

const VERSION = 3 << 16

function message(type: string, ...texts: string[]): Buffer {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''))
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8)
  head.writeInt32BE(VERSION, 4)
  return Buffer.concat([head, body])
}

/** Rejects when nobody listens there, or when the server does not let this user in. */
export async function openSession(port: number, user: string, database: string): Promise<Session> {
  const socket = connect(port, '127.0.0.1')
  const ready = answers(socket)
  socket.write(startup(user, database))
  await ready()
  return {
    run: (sql) => {
      // What ends a text in the protocol cannot stand in one.
      if (sql.includes('\0')) return Promise.reject(new Error('the statements hold a zero byte'))
      socket.write(message('Q', sql))
      return ready()
    },
    close: () => socket.end(message('X')),
  }
}

/** A function that waits until the server takes the next query. One caller at a time. */
function answers(socket: Socket): () => Promise<void> {
  let held: Buffer = Buffer.alloc(0)
  let error: string | null = null
  let waiting: { done: () => void; fail: (error: Error) => void } | null = null
  const settle = (gone: string | null) => {
    const why = error ?? gone
    error = null
    const one = waiting
    waiting = null
    if (why === null) one?.done()
    else one?.fail(new Error(why))
  }
  socket.on('error', (one) => settle(one.message))
  socket.on('close', () => settle('the server closed the connection'))
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk])
    while (held.length >= 5 && held.length >= 1 + held.readInt32BE(1)) {
      const type = String.fromCharCode(held[0] ?? 0)
      const body = held.subarray(5, 1 + held.readInt32BE(1))
      held = held.subarray(1 + held.readInt32BE(1))
      if (type === 'E') error ??= reason(body)
      // It asks for a password: there is none, and none is wanted.
      else if (type === 'R' && body.readInt32BE(0) !== 0) error ??= 'the server wants a password'
      else if (type === 'Z') settle(null)
    }
  })
  return () =>
    new Promise((done, fail) => {
      waiting = { done, fail }
    })
}

/** Fields of an error: `M` is its message, `C` its code, `P` where in the text it stands. */
function reason(body: Buffer): string {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map((field) => [field[0], field.slice(1)]),
  )
  const at = fields.has('P') ? ` at character ${fields.get('P')}` : ''
  return `${fields.get('M') ?? 'an error without words'} (${fields.get('C') ?? '?'})${at}`
}
