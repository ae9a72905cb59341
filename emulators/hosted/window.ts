import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deliver, press } from '../slackPeople.ts'
import { bodyOf } from '../trouble.ts'
import { page, type Seen } from './shown.ts'

/** The member of Slack who presses the buttons of the page. */
export const MEMBER = 'U0ADA'

/** A page of what each service was told, with the buttons of its messages: what a team would have in its other tabs. */
export async function openWindow(accounts: Seen, nightshift: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/') {
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      }
      return void response.writeHead(200, headers).end(page(accounts))
    }
    // Pages of others can make a browser post here too.
    const ours = request.headers['sec-fetch-site'] ?? 'same-origin'
    if (request.method !== 'POST' || request.url !== '/press' || ours !== 'same-origin')
      return void response.writeHead(404).end()
    const form = new URLSearchParams(await bodyOf(request))
    const pressed = press(accounts.slack, MEMBER, form.get('ts') ?? '', form.get('action') ?? '')
    await deliver(`${nightshift}/api/slack/interactive`, pressed)
    response.writeHead(303, { location: '/' }).end()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
