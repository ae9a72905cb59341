import { nameOfRef } from '../domain/modelChoice.ts'
import { parseJson } from '../parse/json.ts'
import { recordOf, textOf } from '../parse/loose.ts'
import { guardedFetch } from './http/guardedFetch.ts'
import { statusSetback, thrown } from './model/failures.ts'
import { readCompletion } from './model/openaiAnswer.ts'
import { type Shape, toCompletion } from './model/openaiWire.ts'
import { type Provider, perhapsBilled, type Reply } from './model/provider.ts'

interface OpenAiAccess {
  /** Without the last part: `https://api.openai.com/v1`. */
  url: string
  /** null where the server asks for none. */
  key: string | null
}

/** What a server says that knows no schemas. */
const NO_SCHEMA = /response_format|json_schema|schema|strict/i

/** Any server that speaks `/chat/completions`. */
export function openaiModel(access: OpenAiAccess, model: string, inner?: typeof fetch): Provider {
  const call = guardedFetch(inner)
  /** Learnt from the server's first no, for as long as the process lives. */
  let shape: Shape = 'schema'
  const send = async (body: unknown, signal: AbortSignal): Promise<Reply> => {
    const response = await call(`${access.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      signal,
      headers: {
        'content-type': 'application/json',
        ...(access.key === null ? {} : { authorization: `Bearer ${access.key}` }),
      },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    const json = parseJson(text)
    if (!response.ok) {
      const message = json.ok ? textOf(recordOf(recordOf(json.value).error).message) : null
      return statusSetback(response.status, message ?? text, response.headers)
    }
    return json.ok ? readCompletion(json.value) : perhapsBilled('malformed', 'its answer is not JSON')
  }
  return {
    name: nameOfRef({ adapter: 'openai', model, url: access.url }),
    async ask(request, signal) {
      try {
        const reply = await send(toCompletion(request, model, shape), signal)
        const unknown = !reply.ok && reply.why === 'rejected' && NO_SCHEMA.test(reply.detail)
        if (!unknown || request.schema === null || shape === 'words') return reply
        shape = 'words'
        return await send(toCompletion(request, model, shape), signal)
      } catch (error) {
        return thrown(error, signal)
      }
    },
  }
}
