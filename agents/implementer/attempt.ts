import type { Proof } from '../../lib/domain/fix.ts'
import type { ProvenFacts } from '../../lib/store/fixes.ts'

/** A proven fix with the bytes of its files, or why there is none. */
export type Attempt =
  | { ok: true; facts: Omit<ProvenFacts, 'files'>; files: { path: string; bytes: Buffer }[] }
  | { ok: false; why: string; proof: Proof | null; patch: string | null; final: boolean }
