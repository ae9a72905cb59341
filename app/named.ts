import { Fault } from '@/lib/errors.ts'

/** What the error page can say: in production only an error's `digest` reaches the browser. */
export interface Named {
  code: string
  sentence: string
  remedy: string
}

const DATABASE: Named = {
  code: 'DATABASE_UNREACHABLE',
  sentence: 'The database cannot be used.',
  remedy: 'Check that PostgreSQL is running and that DATABASE_URL names it, then try again.',
}

/** Codes of the network, of the driver, and SQLSTATEs of a server that lets nobody in: refused, full or stopping. */
const UNREACHABLE = /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|CONNECT|08|28|53|55000|57P0)/

/** Runs `load`, and gives an error a digest with its code and what to do; details stay on the server. */
export async function named<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const name = nameOf(error)
    throw name && error instanceof Error ? Object.assign(error, { digest: JSON.stringify(name) }) : error
  }
}

export function nameOf(error: unknown): Named | null {
  if (error instanceof Fault) {
    const { message, remedy } = new Fault(error.code)
    return { code: error.code, sentence: message, remedy }
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return UNREACHABLE.test(code) ? DATABASE : null
}

/** The other end of it, in the browser. */
export function readDigest(error: unknown): Named | null {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
  try {
    const read: unknown = JSON.parse(digest)
    return isNamed(read) ? read : null
  } catch {
    return null
  }
}

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && ['code', 'sentence', 'remedy'].every((key) => key in value)
