import type { FixtureRequest } from '../domain/fixture.ts'
import type { AppCommands, HarnessTask } from '../domain/replay.ts'

/**
 * Reads a task without the schema library, which the sandbox does not hold. The sender is ours; this catches a task of
 * another version, and nothing in it decides more than what is sent to an app that is locked in with us.
 */
export function taskOf(value: unknown): HarnessTask | null {
  if (!isObject(value) || !isApp(value.app) || !isTexts(value.tracked)) return null
  const { app, tracked } = value
  if (value.kind === 'replay') {
    const { requests, smoke } = value
    return isRequests(requests) && isRequests(smoke) ? { kind: 'replay', app, tracked, requests, smoke } : null
  }
  if (value.kind !== 'minimise') return null
  const { request, fingerprint, keepHeaders, budgetMs } = value
  const whole =
    isRequest(request) && typeof fingerprint === 'string' && isTexts(keepHeaders) && typeof budgetMs === 'number'
  return whole ? { kind: 'minimise', app, tracked, request, fingerprint, keepHeaders, budgetMs } : null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string')

const isRecord = (value: unknown): value is Record<string, string> => isObject(value) && isTexts(Object.values(value))

const isApp = (value: unknown): value is AppCommands =>
  isObject(value) &&
  typeof value.start === 'string' &&
  typeof value.health === 'string' &&
  (value.prepare === null || typeof value.prepare === 'string') &&
  isRecord(value.env)

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

const isRequest = (value: unknown): value is FixtureRequest =>
  isObject(value) &&
  METHODS.includes(String(value.method)) &&
  typeof value.path === 'string' &&
  value.path.startsWith('/') &&
  isRecord(value.headers) &&
  (value.body === null || typeof value.body === 'string')

const isRequests = (value: unknown): value is FixtureRequest[] => Array.isArray(value) && value.every(isRequest)
