import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelTask } from '../lib/domain/model.ts'

const known = new Map<string, string>()

/** A prompt of ours, from `agents/prompts/<name>.md`. Its text is the stable part of a request, so that it is cached. */
export function promptOf(name: ModelTask): string {
  const text = known.get(name) ?? readFileSync(join(process.cwd(), 'agents/prompts', `${name}.md`), 'utf8').trim()
  known.set(name, text)
  return text
}
