import { isObject } from './json.ts'
import { cutText } from './visible.ts'

/** Typed looks into values of unknown shape: what does not fit is null or empty, never an exception. */

export const textOf = (value: unknown, max = 8192): string | null =>
  typeof value === 'string' ? cutText(value, max) : null

export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

export const booleanOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)

export const recordOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})

/** An array, or the array that some SDKs wrap as `{ values: [...] }`. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value) && Array.isArray(value.values) ? value.values : []
}
