import { createHmac, timingSafeEqual } from 'node:crypto'
import { isObject, parseJson } from './json.ts'
import { recordOf, textOf } from './loose.ts'

/** Sentry-Hook-Signature: lower-case hex of HMAC-SHA256 over the body's bytes, under the integration's client secret. */
export function isSigned(secret: string, body: Uint8Array, signature: string | null): boolean {
  if (secret === '' || signature === null || !/^[0-9a-f]{64}$/.test(signature)) return false
  return timingSafeEqual(createHmac('sha256', secret).update(body).digest(), Buffer.from(signature, 'hex'))
}

const SLUG = /^[a-z0-9][a-z0-9_-]{0,99}$/

/**
 * The slug of the project that a webhook's body is about, or null where it names none: `data.issue.project.slug`, as
 * `project_slug` of a comment, or in the API's address of an event, whose own `project` is a number.
 */
export function hookedProject(body: Uint8Array): string | null {
  const parsed = parseJson(Buffer.from(body).toString('utf8'))
  if (!parsed.ok || !isObject(parsed.value)) return null
  const data = recordOf(parsed.value.data)
  const event = recordOf(data.event ?? data.error)
  const address = /\/api\/0\/projects\/[^/]{1,100}\/([^/]{1,100})\/events\//.exec(textOf(event.url, 500) ?? '')
  const named = [recordOf(recordOf(data.issue).project).slug, data.project_slug, address?.[1]]
  return named.find((slug): slug is string => typeof slug === 'string' && SLUG.test(slug)) ?? null
}
