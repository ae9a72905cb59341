import type { IncomingMessage, ServerResponse } from 'node:http'
import { bytesOf, type Listening, listen } from './listen.ts'
import { completionOf, eventsOf, messageOf, type Said } from './modelBodies.ts'

/** What the provider does with a call. `fails`: a status with a message. `raw`: any body, as JSON unless it says otherwise. */
export type Mood =
  | { says: Said }
  | { fails: number; message?: string; headers?: Record<string, string> }
  | { raw: string; type?: string; status?: number }
  | 'hangs'
  /** Its answer's first bytes arrive, and nothing after them. */
  | 'hangs-midway'
  | 'cut-off'
  | 'resets'
  | 'huge'
  | { redirects: string }
  /** An error that comes after the stream has begun. */
  | { breaksOff: string }

export interface Heard {
  path: string
  headers: IncomingMessage['headers']
  body: Record<string, unknown>
}

/** A provider of models, in memory: the Messages API (Bedrock's paths too) and chat/completions, and a log of what it heard. */
export interface EmulatedModel extends Listening {
  heard: Heard[]
  /** One a call, in order; the last one stays. */
  moods: Mood[]
  /** What its list of models names. */
  models: string[]
  /** Bytes of the huge answer that were taken from it. */
  taken: number
}

/** Requests the Messages API does not take, whatever its model would say. */
function problemOf({ messages, tools }: Record<string, unknown>): string | null {
  const isUsed = /"type":"tool_(?:use|result)"/.test(JSON.stringify(messages ?? []))
  return isUsed && !Array.isArray(tools)
    ? 'Requests which have tool_use or tool_result blocks must define tools.'
    : null
}

const HUGE = 10 * 1024 * 1024
const CHUNK = 'x'.repeat(64 * 1024)

const MODELS = ['claude-sonnet-5-5', 'claude-haiku-5-5']

export async function emulateModel(): Promise<EmulatedModel> {
  const listening = await listen((request, response) => void answer(request, response))
  const model: EmulatedModel = { ...listening, heard: [], moods: [{ says: {} }], models: MODELS, taken: 0 }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const text = (await bytesOf(request)).toString('utf8')
    const body = text.startsWith('{') ? JSON.parse(text) : {}
    model.heard.push({ path, headers: request.headers, body })
    const mood = (model.moods.length > 1 ? model.moods.shift() : model.moods[0])!
    const streamed = body.stream === true || path.endsWith('-stream')
    if (request.method === 'GET' && typeof mood === 'object' && 'says' in mood)
      return json(response, 200, JSON.stringify({ data: model.models.map((id) => ({ id, type: 'model' })) }))
    const dialect = path.includes('chat/completions') ? completionOf : messageOf
    const problem = dialect === messageOf ? problemOf(body) : null
    act(problem ? { fails: 400, message: problem } : mood, { response, streamed, dialect, body })
  }

  interface Turn {
    response: ServerResponse
    streamed: boolean
    dialect: typeof messageOf
    body: Record<string, unknown>
  }

  function act(mood: Mood, { response, streamed, dialect, body }: Turn): void {
    const good = (said: Said) => dialect(said, String(body.model))
    if (mood === 'hangs') return
    if (mood === 'resets') response.destroy()
    else if (mood === 'huge') huge(response)
    else if (mood === 'cut-off' || mood === 'hangs-midway') {
      const whole = streamed ? eventsOf(good({})).join('') : JSON.stringify(good({}))
      response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' })
      response.write(whole.slice(0, whole.length / 2), () => mood === 'cut-off' && response.destroy())
    } else if ('says' in mood) {
      if (streamed)
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(eventsOf(good(mood.says)).join(''))
      else json(response, 200, JSON.stringify(good(mood.says)))
    } else if ('raw' in mood)
      json(response, mood.status ?? 200, mood.raw, { 'content-type': mood.type ?? 'application/json' })
    else if ('redirects' in mood) response.writeHead(307, { location: mood.redirects }).end()
    else if ('breaksOff' in mood) {
      const error = { type: 'error', error: { type: mood.breaksOff, message: 'It broke off.' } }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`${eventsOf(good({}))[0]}event: error\ndata: ${JSON.stringify(error)}\n\n`)
    } else {
      const error = { type: 'error', message: mood.message ?? `Emulated ${mood.fails}.` }
      json(response, mood.fails, JSON.stringify({ type: 'error', error }), mood.headers)
    }
  }

  function json(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

  function huge(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"content":"')
    let sent = 0
    const more = () => {
      while (sent < HUGE && !response.destroyed) {
        sent += CHUNK.length
        model.taken = sent
        if (!response.write(CHUNK)) return void response.once('drain', more)
      }
      if (!response.destroyed) response.end('"}')
    }
    more()
  }
  return model
}
