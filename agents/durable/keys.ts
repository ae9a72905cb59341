import { createHash } from 'node:crypto'
import type { SandboxRun } from '../../lib/domain/sandbox.ts'

const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** 64 hex digits over everything that goes into a run. */
export function keyOfRun({ files, env, argv, stdin, dependencies, services, limits }: SandboxRun): string {
  const tree = files.map(({ path, bytes, executable }) => [path, hash(bytes), executable ?? false])
  return hash(
    JSON.stringify([
      ...[tree.sort(byName), argv, Object.entries(env ?? {}).sort(byName), stdin ?? null],
      ...[dependencies ?? null, services ?? [], Object.entries(limits ?? {}).sort(byName)],
    ]),
  )
}

const byName = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)

/** 64 hex digits over a request. How long whoever asks is willing to wait is no part of what is asked. */
export const keyOfRequest = (request: object): string => hash(JSON.stringify({ ...request, timeoutMs: null }))

/**
 * Which of several equal ones this is. Equal ones are interchangeable, so that it does not matter which of two that are
 * begun side by side is counted first.
 */
export function newTurns(): (key: string) => number {
  const seen = new Map<string, number>()
  return (key) => {
    const turn = seen.get(key) ?? 0
    seen.set(key, turn + 1)
    return turn
  }
}
