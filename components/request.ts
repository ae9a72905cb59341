/** What came of a decision: the server's own answer, or `null` where nobody knows whether it arrived. */
export type Sent = { status: number; body: Record<string, unknown> } | null

/** Sends one form's decisions. */
export type Send = (verb: string, body: object, password: string | null) => Promise<Sent>

/**
 * Each filled-in form is one request with a key of its own. Until its end is known, sending it again is the same
 * request, so that a click whose answer was lost cannot decide twice; once it is known, the next one is new.
 */
export function sender(ask: typeof fetch): Send {
  let open: { text: string; key: string } | null = null
  return async (verb, body, password) => {
    const text = JSON.stringify(body)
    if (open?.text !== text) open = { text, key: crypto.randomUUID() }
    const sent = await answered(ask, verb, text, headersOf(open.key, password))
    if (sent && sent.body.code !== 'IN_PROGRESS') open = null
    return sent
  }
}

async function answered(ask: typeof fetch, verb: string, body: string, headers: HeadersInit): Promise<Sent> {
  try {
    const answer = await ask(`/api/control/${verb}`, { method: 'POST', headers, body, redirect: 'error' })
    const told: unknown = await answer.json()
    const isOurs = answer.status < 500 && typeof told === 'object' && told !== null && 'ok' in told
    return isOurs ? { status: answer.status, body: told as Record<string, unknown> } : null
  } catch {
    return null
  }
}

/** The password travels in a header of its own, in Base64 because headers are ASCII: no body that is kept holds it. */
function headersOf(key: string, password: string | null): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  return password === null ? headers : { ...headers, 'nightshift-password': base64(password) }
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
