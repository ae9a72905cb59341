import type { IncomingMessage, ServerResponse } from 'node:http'

/** The request cannot be read; answered with 400 and nothing is reported. */
export class BadRequest extends Error {}

export function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end(JSON.stringify(body))
}

/**
 * Listens for `data` instead of iterating over the request: the error SDK records a body only where it can hook into
 * that event, and a report without its body is hard to work with.
 */
export function readText(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    req.on('error', () => reject(new BadRequest('the body ended early')))
  })
}

/** The named text fields of a JSON body; all of them have to be there. */
export async function readFields<Name extends string>(
  req: IncomingMessage,
  ...names: Name[]
): Promise<Record<Name, string>> {
  const body = parseObject(await readText(req))
  const fields = {} as Record<Name, string>
  for (const name of names) {
    const value = body[name]
    if (typeof value !== 'string') throw new BadRequest(`${name} is missing`)
    fields[name] = value
  }
  return fields
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    throw new BadRequest('body is not JSON')
  }
  throw new BadRequest('body is not an object')
}
