import { createHmac, randomUUID } from 'node:crypto'
import { issueBody } from './sentryShapes.ts'
import type { EmulatedIssue } from './sentryTypes.ts'

/** One webhook as an internal integration sends it. */
export interface EmulatedHook {
  headers: Record<string, string>
  body: Buffer
}

/** Signed over the bytes that are sent; `data` as the resource has it. */
export function hookOf(secret: string, resource: string, action: string, data: Record<string, unknown>): EmulatedHook {
  const actor = { type: 'application', id: 'sentry', name: 'Sentry' }
  const installation = { uuid: '24b9b2a0-0c0e-4c0f-8f0d-1f6a2f4f9d11' }
  const body = Buffer.from(JSON.stringify({ action, actor, installation, data }))
  return {
    headers: {
      'content-type': 'application/json',
      'request-id': randomUUID().replaceAll('-', ''),
      'sentry-hook-resource': resource,
      'sentry-hook-timestamp': String(Math.floor(Date.now() / 1000)),
      'sentry-hook-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
    body,
  }
}

/** An issue was made, resolved, or came back; it carries no stack. */
export const issueHook = (secret: string, action: string, issue: EmulatedIssue): EmulatedHook =>
  hookOf(secret, 'issue', action, { issue: issueBody(issue) })

/** An alert rule fired: the newest event of the issue whole, in the SDK's spelling. Its `project` is a number. */
export function alertHook(secret: string, issue: EmulatedIssue, url: string, org: string): EmulatedHook {
  const { id, body, happened } = issue.events.at(-1)!
  const api = `${url}/api/0/projects/${org}/${issue.project.slug}/events/${id}/`
  const event = {
    ...{ ...body, event_id: id, project: Number(issue.project.id), issue_id: issue.id, url: api },
    ...{ datetime: new Date(happened).toISOString(), tags: Object.entries(body.tags ?? {}) },
    ...{ issue_url: `${url}/api/0/organizations/${org}/issues/${issue.id}/`, web_url: `${url}/organizations/${org}/` },
  }
  return hookOf(secret, 'event_alert', 'triggered', { event, triggered_rule: 'Production errors' })
}

/** As they may arrive: each `times` over, and the last one first. */
export const outOfOrder = (hooks: EmulatedHook[], times = 2): EmulatedHook[] =>
  Array.from({ length: times }, () => [...hooks].reverse()).flat()

/** Posts them one after the other; the answers' statuses. */
export async function deliver(to: string, hooks: EmulatedHook[]): Promise<number[]> {
  const statuses: number[] = []
  for (const { headers, body } of hooks)
    statuses.push((await fetch(to, { method: 'POST', headers, body: new Uint8Array(body) })).status)
  return statuses
}
