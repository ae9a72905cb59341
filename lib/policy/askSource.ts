import type { SourceTrouble } from '../domain/source.ts'

/** How soon a source is asked again when nobody gives a hint; hints make it at once. */
export const EVERY_MS = 30_000
/** Trouble doubles the wait, up to five minutes. */
const LONGEST_MS = 300_000
/** Between two polls that fill up a gap, so that what they bring is read meanwhile. */
export const FILLING_MS = 2_000

/** Milliseconds until a source is asked again; `fails` counts this trouble too. */
export function askSourceIn(
  { more, trouble }: { more: boolean; trouble: SourceTrouble | null },
  fails: number,
  now: Date,
): number {
  if (trouble?.again) return Math.max(0, trouble.again.getTime() - now.getTime())
  if (trouble) return Math.min(EVERY_MS * 2 ** Math.min(fails - 1, 10), LONGEST_MS)
  return more ? FILLING_MS : EVERY_MS
}
