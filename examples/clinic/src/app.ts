import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import * as Sentry from '@sentry/node'
import type { Clinic } from './call.ts'
import { BadRequest, json } from './http.ts'
import { match, type Route } from './router.ts'
import { routes } from './routes.ts'

export function createApp(clinic: Clinic, table: Route[] = routes): Server {
  return createServer((req, res) => {
    answer(clinic, table, req, res).catch((error: unknown) => {
      if (error instanceof BadRequest) return json(res, 400, { error: error.message })
      Sentry.captureException(error, { mechanism: { type: 'clinic', handled: false } })
      if (!res.headersSent) json(res, 500, { error: 'internal' })
    })
  })
}

async function answer(clinic: Clinic, table: Route[], req: IncomingMessage, res: ServerResponse) {
  const user = req.headers['x-user-id']
  if (typeof user === 'string') Sentry.setUser({ id: user })

  const [path = '/', search = ''] = (req.url ?? '/').split('?', 2)
  const found = match(table, req.method ?? 'GET', path)
  if (!found) return json(res, 404, { error: 'no such route' })
  const { handler, params } = found
  await handler({ ...clinic, req, res, params, query: new URLSearchParams(search) })
}
