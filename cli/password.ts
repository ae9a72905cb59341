import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { given } from './env.ts'

/** The owner's password: from NIGHTSHIFT_PASSWORD, from standard input where asked, or typed without being shown. */
export async function askPassword(fromStdin: boolean | undefined): Promise<string> {
  if (fromStdin) return (await readAll()).replace(/\r?\n$/, '')
  const known = given('NIGHTSHIFT_PASSWORD')
  if (known) return known
  if (!process.stdin.isTTY)
    throw new Error(
      'This needs the owner’s password: type it at a terminal, or use --password-stdin or NIGHTSHIFT_PASSWORD.',
    )
  process.stderr.write('Owner password: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const line = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await line.question('')
  } finally {
    line.close()
    process.stderr.write('\n')
  }
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
