import type { IncomingMessage, ServerResponse } from 'node:http'
import { bytesOf, type Listening, listen } from '../listen.ts'
import { deliver, press } from '../slackPeople.ts'
import { page, type Seen } from './shown.ts'

/** The member of Slack who presses the buttons of the page. */
export const MEMBER = 'U0ADA'

/** A page of what each service was told, with the buttons of its messages: what a team would have in its other tabs. */
export function openWindow(accounts: Seen, nightshift: string): Promise<Listening> {
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
    const form = new URLSearchParams((await bytesOf(request)).toString('utf8'))
    const pressed = press(accounts.slack, MEMBER, form.get('ts') ?? '', form.get('action') ?? '')
    await deliver(`${nightshift}/api/slack/interactive`, pressed)
    response.writeHead(303, { location: '/' }).end()
  }

  return listen((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
}
