import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

let known: Promise<string[] | null> | undefined

/** Versions of the migrations that came with this program; null where they are not beside it. */
export function shipped(): Promise<string[] | null> {
  known ??= readdir(join(process.cwd(), 'supabase/migrations')).then(
    (names) => names.flatMap((name) => /^(\d+)_.+\.sql$/.exec(name)?.[1] ?? []).sort(),
    () => null,
  )
  return known
}
