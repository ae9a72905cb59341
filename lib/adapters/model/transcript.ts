import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelAnswer, ModelRequest } from '../../domain/model.ts'
import { redactKept, redactRequest } from './redactRequest.ts'

/** What was asked and answered, in a folder: `0001.request.json`, `0001.answer.json`, and so on. */
interface Transcript {
  /** Kept before it is asked, so that a call that never came back is seen too. */
  request(request: ModelRequest): Promise<number>
  answer(step: number, answer: ModelAnswer): Promise<void>
}

export interface Step {
  step: number
  request: ModelRequest
  /** null: it never came. */
  answer: ModelAnswer | null
}

const REQUEST = /^(\d{4,})\.request\.json$/
const nameOf = (step: number, what: 'request' | 'answer') => `${String(step).padStart(4, '0')}.${what}.json`
const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Several processes may write into one folder: a number belongs to whoever makes its file. */
export function keepTranscript(folder: string): Transcript {
  let next = 1
  return {
    async request(request) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      for (;;) {
        const step = next++
        const file = await open(join(folder, nameOf(step, 'request')), 'wx', 0o600).catch(unlessTaken)
        if (!file) continue
        await file.writeFile(text(redactRequest(request))).finally(() => file.close())
        return step
      }
    },
    async answer(step, answer) {
      const name = join(folder, nameOf(step, 'answer'))
      // Whole or not at all: half an answer would be replayed as one.
      await writeFile(`${name}.new`, text(redactKept(answer)), { mode: 0o600 })
      await rename(`${name}.new`, name)
    },
  }
}

function unlessTaken(error: NodeJS.ErrnoException): null {
  if (error.code === 'EEXIST') return null
  throw error
}

/** In the order in which it was asked. Throws where the folder cannot be read. */
export async function readTranscript(folder: string): Promise<Step[]> {
  const steps = (await readdir(folder)).flatMap((name) => REQUEST.exec(name)?.[1] ?? []).map(Number)
  return Promise.all(
    steps
      .sort((a, b) => a - b)
      .map(async (step) => ({
        step,
        request: JSON.parse(await readFile(join(folder, nameOf(step, 'request')), 'utf8')),
        answer: JSON.parse(await readFile(join(folder, nameOf(step, 'answer')), 'utf8').catch(() => 'null')),
      })),
  )
}
