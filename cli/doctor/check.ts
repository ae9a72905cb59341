/** `note`: it cannot be looked at now, which is no illness. */
export interface Check {
  state: 'ok' | 'fails' | 'note'
  name: string
  /** What was found, and where it fails, what to do. */
  detail: string
}

export const check = (ok: boolean, name: string, good: string, bad: string): Check => ({
  state: ok ? 'ok' : 'fails',
  name,
  detail: ok ? good : bad,
})

const MARKS = { ok: '✓', fails: '✗', note: '–' }

export const inWords = ({ state, name, detail }: Check): string => `${MARKS[state]} ${name}: ${detail}`

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
