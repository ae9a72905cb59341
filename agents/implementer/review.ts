import { z } from 'zod'
import type { Finding } from '../../lib/domain/hypothesis.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import type { Model } from '../../lib/world.ts'
import { opening, type Talk, type Talked, talk } from '../loop.ts'
import { promptOf } from '../prompts.ts'
import { cut, quote } from '../quote.ts'
import { shapeOf } from '../tools/tool.ts'
import { diffInWords } from './words.ts'

const Answer = z.strictObject({
  verdict: z.enum(['none', 'veto']),
  /** What is wrong, or what a person should look at. */
  why: z.string().max(800),
  /** `path:line` of the defect; needed for a veto. */
  at: z.string().max(300).nullable(),
})

interface Reviewed {
  /** Why it must not ship; null when the reviewer found no reason, or did not answer: nothing here approves. */
  veto: string | null
  note: string
  talked: Talked
}

/** Of a changed file: enough to see who calls what. */
const MOST_CHARS = 20_000

function isThere(at: string, edits: Edit[]): boolean {
  const [, path, line] = /^(.+):(\d{1,7})$/.exec(at) ?? []
  const text = edits.find((edit) => edit.path === path)?.text
  return text !== undefined && Number(line) >= 1 && Number(line) <= text.split('\n').length
}

/** Another look by somebody who sees only the diagnosis, the change and the tests. */
export async function review(
  model: Model,
  texts: Record<string, string>,
  finding: Finding,
  targets: TestCase[],
  edits: Edit[],
): Promise<Reviewed> {
  const tests = [...new Set(targets.flatMap(({ file }) => file ?? []))].slice(0, 2)
  const text = [
    quote('diagnosis', finding.why),
    quote('patch', diffInWords(texts, edits)),
    ...edits.map(({ path, text }) => quote('file', `${path}, as it is with the change\n${cut(text, MOST_CHARS)}`)),
    ...tests.map((path) => quote('tests', `${path}\n${texts[path] ?? ''}`)),
  ].join('\n\n')
  const about: Talk<z.infer<typeof Answer>> = {
    ...{ task: 'review', system: promptOf('review'), tools: [], shape: shapeOf(Answer), effort: 'medium' },
    ...{ maxTokens: 6000, steps: 3 },
    check: ({ verdict, at }) =>
      verdict === 'veto' && !isThere(at ?? '', edits)
        ? 'a veto names the defect’s line in a changed file, as it is with the change: path:line.'
        : null,
  }
  const end = await talk(model, about, opening(text))
  if (end.state === 'ended') return { veto: null, note: `no review: ${end.why}`, talked: end.talked }
  const { verdict, why, at } = end.answer
  return { veto: verdict === 'veto' ? `${at}: ${why}` : null, note: why, talked: end.talked }
}
