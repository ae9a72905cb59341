/** A value as JSON carries it; objects are null-prototype where this folder made them. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export type Parsed = { ok: true; value: unknown } | { ok: false; why: string }

/** `JSON.parse` as an answer instead of an exception; the engine's parser keeps no stack, so depth is no danger. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, why: 'not JSON' }
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
