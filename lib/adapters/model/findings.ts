import { z } from 'zod'
import { type Finding, ill, noted, well } from '../../domain/finding.ts'
import { type ModelChoice, type ModelRef, nameOfRef } from '../../domain/modelChoice.ts'
import { guardedFetch } from '../http/guardedFetch.ts'

type Live = Extract<ModelChoice, { kind: 'live' }>

const PATIENCE_MS = 8000
const Listed = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Whether each provider knows its key and the models that are asked for, by the list of models, which costs nothing. */
export async function modelFindings(choice: ModelChoice | null): Promise<Finding[]> {
  if (choice === null)
    return [noted('model', 'none was chosen: recipes repair what they know', 'Set MODEL to have the rest tried.')]
  if (choice.kind === 'replay') return [well('model', 'a transcript answers')]
  const refs = new Map(
    Object.values(choice.routes)
      .flat()
      .map((ref) => [nameOfRef(ref), ref]),
  )
  return Promise.all([...refs.values()].map((ref) => ask(choice, ref)))
}

async function ask(choice: Live, ref: ModelRef): Promise<Finding> {
  const name = nameOfRef(ref)
  const how = listOf(choice, ref)
  if (!how) return noted(name, 'Bedrock has no call that costs nothing, so its login shows with the first diagnosis')
  const { address, headers, setting } = how
  try {
    const answer = await guardedFetch()(address, { headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = await answer.text()
    if (answer.status === 401 || answer.status === 403)
      return ill(name, `the key is not accepted (${answer.status})`, `Make a new key and set ${setting}.`)
    if (answer.status === 404) return noted(name, 'it lists no models, so its key was not looked at')
    if (!answer.ok)
      return noted(name, `it answered ${answer.status}`, 'Nothing to do: others are asked meanwhile, or it waits.')
    const { data } = Listed.safeParse(JSON.parse(text))
    if (!data) return noted(name, 'its list of models cannot be read')
    return data.data.some(({ id }) => id === ref.model || id.startsWith(`${ref.model}-`))
      ? well(name, 'the key is accepted, and the model is there')
      : noted(
          name,
          'the key is accepted, and the model is not in its list',
          'Correct MODEL, or go on if it is a new one.',
        )
  } catch {
    return noted(name, 'it gave no answer', 'Check its address; until it answers, others are asked or it waits.')
  }
}

function listOf({ anthropic, openaiKey }: Live, ref: ModelRef) {
  if (ref.adapter === 'anthropic' && anthropic) {
    const headers: Record<string, string> = { 'x-api-key': anthropic.key, 'anthropic-version': '2023-06-01' }
    return {
      address: `${anthropic.url.replace(/\/+$/, '')}/v1/models?limit=1000`,
      headers,
      setting: 'ANTHROPIC_API_KEY',
    }
  }
  if (ref.adapter !== 'openai') return null
  const key = openaiKey?.origin === new URL(ref.url).origin ? openaiKey.key : null
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  return { address: `${ref.url.replace(/\/+$/, '')}/models`, headers, setting: 'OPENAI_API_KEY' }
}
