import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DatabaseSync } from 'node:sqlite'

/** What the whole service shares. */
export interface Clinic {
  db: DatabaseSync
  directoryUrl: string
  production: boolean
}

/** One request on its way through a handler. */
export interface Call extends Clinic {
  req: IncomingMessage
  res: ServerResponse
  /** Segments of the path named in the route, such as `id`. */
  params: Record<string, string>
  query: URLSearchParams
}

export type Handler = (call: Call) => unknown
