import type { Visit } from './visits.ts'

export interface Counts {
  sent: number
  /** Answers by status. */
  answers: Record<number, number>
  /** Connections refused, cut or not answered in time. */
  refused: number
}

export const noCounts = (): Counts => ({ sent: 0, answers: {}, refused: 0 })

const PATIENCE_MS = 10_000

/** Sends one request and counts what came back; whatever the other side does, it does not throw. */
export async function send(base: string, visit: Visit, counts: Counts): Promise<void> {
  counts.sent += 1
  try {
    const response = await fetch(new URL(visit.path, base), {
      method: visit.method,
      headers: { 'x-user-id': visit.user, ...(visit.body === null ? {} : { 'content-type': 'application/json' }) },
      body: visit.body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.arrayBuffer()
    counts.answers[response.status] = (counts.answers[response.status] ?? 0) + 1
  } catch {
    counts.refused += 1
  }
}
