import type { ModelTask } from '../domain/model.ts'
import { DEFAULT_MODEL, type ModelRef } from '../domain/modelChoice.ts'

export const OPENAI_URL = 'https://api.openai.com/v1'

const PART = /^(anthropic|bedrock|openai)(?::([^@\s]+)(?:@(\S+))?)?$/

/**
 * `anthropic:claude-sonnet-5-5,openai:gpt@https://host/v1`: a primary and its fallbacks. `anthropic` and `bedrock` may
 * stand alone, for the model that suits the task. What is wrong with it is pushed onto `problems`.
 */
export function parseRoute(text: string, task: ModelTask, openaiUrl: string, problems: string[]): ModelRef[] {
  const refs = text.split(',').flatMap((part): ModelRef[] => {
    const [, adapter, model, url] = PART.exec(part.trim()) ?? []
    if (!adapter) {
      problems.push(`${JSON.stringify(part)} is not anthropic[:model], bedrock[:model] or openai:model[@url]`)
      return []
    }
    if (adapter !== 'openai') {
      if (url) problems.push(`${part}: only openai takes an address, ANTHROPIC_BASE_URL is anthropic’s`)
      const fallback = adapter === 'bedrock' ? `global.anthropic.${DEFAULT_MODEL[task]}` : DEFAULT_MODEL[task]
      return [{ adapter: adapter as 'anthropic' | 'bedrock', model: model ?? fallback }]
    }
    if (!model) problems.push(`${part}: openai needs a model, as in openai:gpt`)
    const address = url ?? openaiUrl
    const problem = addressProblem(address)
    if (problem) problems.push(`${part}: ${problem}`)
    return [{ adapter, model: model ?? '', url: address.replace(/\/+$/, '') }]
  })
  const names = refs.map((ref) => JSON.stringify(ref))
  if (new Set(names).size < names.length) problems.push(`${text} names a model twice`)
  return refs
}

/** Keys travel in headers: in clear they go no further than this machine. */
export function addressProblem(text: string): string | null {
  const url = URL.parse(text)
  if (!url) return `${JSON.stringify(text)} is no address`
  if (url.username || url.password) return 'an address holds no credentials'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere(text)))
    return `${text} is not https, and not on this machine`
  return null
}

export const isHere = (text: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(text)?.hostname ?? '')
