import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { given } from './env.ts'

/** The owner's password: from standard input where asked, typed without being shown, or from NIGHTSHIFT_PASSWORD. */
export async function askPassword(fromStdin: boolean | undefined): Promise<string> {
  if (fromStdin) return readPassword()
  if (process.stdin.isTTY) return typed('Owner password: ')
  const known = given('NIGHTSHIFT_PASSWORD')
  if (known) return known
  throw new Error(
    'This needs the owner’s password: type it at a terminal, or use --password-stdin or NIGHTSHIFT_PASSWORD.',
  )
}

/** Another secret, typed without being shown or from standard input. */
export async function askSecret(label: string, fromStdin: boolean | undefined): Promise<string> {
  if (fromStdin) return readAll()
  if (process.stdin.isTTY) return typed(label)
  throw new Error('It is typed at a terminal, or comes on standard input with --token-stdin.')
}

/** Typed at the terminal without being shown. */
export async function typed(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  // From here on the terminal shows nothing by itself, so that not even what is typed ahead is seen.
  const line = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(prompt)
  try {
    return await line.question('')
  } finally {
    line.close()
    process.stderr.write('\n')
  }
}

/** Any password on standard input, without the line's end. */
export const readPassword = async (): Promise<string> => (await readAll()).replace(/\r?\n$/, '')

/** Enough for any password, and an end for what is none. */
const MOST = 4096

async function readAll(): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer)
    size += (chunk as Buffer).length
    if (size > MOST) throw new Error('What came on standard input is no such secret.')
  }
  return Buffer.concat(chunks).toString('utf8')
}
