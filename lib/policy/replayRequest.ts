import type { CapturedRequest } from '../domain/event.ts'
import { type Fixture, type FixtureRequest, OWN_PATH } from '../domain/fixture.ts'
import type { Manifest } from '../domain/manifest.ts'

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Fixture['request']['method'][]

/**
 * What is sent in place of a captured request: method, path and body as captured, of the headers only the content type,
 * plus the test values that stand in for redacted ones. Null for methods that change nothing or are not HTTP's.
 */
export function replayRequestOf(captured: CapturedRequest, as: Record<string, string>): FixtureRequest | null {
  const method = captured.method.toUpperCase()
  if (!METHODS.includes(method) || !OWN_PATH.test(captured.path)) return null
  const type = Object.entries(captured.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return {
    method: method as FixtureRequest['method'],
    path: captured.path,
    headers: { ...(type && captured.body !== null ? { 'content-type': type } : {}), ...as },
    body: captured.body,
  }
}

/** The smoke set of a manifest as requests. */
export function smokeRequestsOf(manifest: Manifest): { request: FixtureRequest; expect: number }[] {
  return manifest.smoke.map((smoke) =>
    'get' in smoke
      ? { request: { method: 'GET', path: smoke.get, headers: manifest.replay.as, body: null }, expect: smoke.expect }
      : {
          request: {
            method: 'POST',
            path: smoke.post,
            headers: { 'content-type': 'application/json', ...manifest.replay.as },
            body: smoke.json === undefined ? null : JSON.stringify(smoke.json),
          },
          expect: smoke.expect,
        },
  )
}
