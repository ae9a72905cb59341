import { APIError } from '@anthropic-ai/sdk'
import type { Message, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages'
import { recordOf, textOf } from '../../parse/loose.ts'
import { readMessage } from './anthropicAnswer.ts'
import { said, statusSetback, thrown } from './failures.ts'
import { free, type Provider, type Setback } from './provider.ts'

/** Answers that may be longer (in tokens), as diagnoses and fixes, are streamed, so that no connection is silent for minutes. */
const STREAM_ABOVE = 8000

/** What the two SDKs have in common. */
export interface Messages {
  create(params: MessageCreateParamsNonStreaming, options: CallOptions): PromiseLike<Message>
  stream(params: MessageCreateParamsNonStreaming, options: CallOptions): { finalMessage(): Promise<Message> }
}

interface CallOptions {
  signal: AbortSignal
  timeout: number
}

/** The Messages API, whoever serves it. */
export function messagesProvider(
  name: string,
  messages: Messages,
  wire: (request: Parameters<Provider['ask']>[0]) => MessageCreateParamsNonStreaming,
): Provider {
  return {
    name,
    async ask(request, signal) {
      const options = { signal, timeout: request.timeoutMs }
      let params: MessageCreateParamsNonStreaming
      try {
        params = wire(request)
      } catch (error) {
        return free('rejected', said(`this request cannot be put into words for it: ${String(error)}`))
      }
      try {
        const long = request.maxTokens > STREAM_ABOVE
        const message = await (long
          ? messages.stream(params, options).finalMessage()
          : messages.create(params, options))
        return readMessage(message, name)
      } catch (error) {
        return setbackOf(error, signal)
      }
    },
  }
}

/** Errors that come in the middle of a stream carry a type instead of a status. */
const STATUS_OF_TYPE: Record<string, number> = {
  overloaded_error: 529,
  api_error: 500,
  timeout_error: 504,
  rate_limit_error: 429,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  invalid_request_error: 400,
}

function setbackOf(error: unknown, signal: AbortSignal): Setback {
  if (signal.aborted || !(error instanceof APIError)) return thrown(error, signal)
  const body = recordOf(recordOf(error.error).error)
  const message = textOf(body.message) ?? error.message
  if (typeof error.status === 'number') return statusSetback(error.status, message, error.headers ?? new Headers())
  const status = typeof body.type === 'string' ? STATUS_OF_TYPE[body.type] : undefined
  if (status === undefined) return thrown(error, signal)
  // The answer had begun: what there is of it may be billed.
  return { ...statusSetback(status, message, new Headers()), usage: null }
}
