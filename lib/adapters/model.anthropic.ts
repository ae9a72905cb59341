import Anthropic from '@anthropic-ai/sdk'
import { nameOfRef } from '../domain/modelChoice.ts'
import { guardedFetch } from './http/guardedFetch.ts'
import { toMessages } from './model/anthropicWire.ts'
import { messagesProvider } from './model/messages.ts'
import type { Provider } from './model/provider.ts'

interface AnthropicAccess {
  key: string
  url: string
}

/** Claude at its maker's. The SDK reads the environment for whatever it is not told, so it is told everything. */
export function anthropicModel(access: AnthropicAccess, model: string, inner?: typeof fetch): Provider {
  const client = new Anthropic({
    apiKey: access.key,
    authToken: null,
    baseURL: access.url,
    // Whoever asks repeats: each try has its own money put aside.
    maxRetries: 0,
    fetch: guardedFetch(inner),
    logLevel: 'off',
    openTelemetry: false,
  })
  const name = nameOfRef({ adapter: 'anthropic', model })
  return messagesProvider(name, client.messages, (request) => ({
    ...toMessages(request, name, model),
    // Automatic: on the last block that can be cached.
    cache_control: { type: 'ephemeral' },
  }))
}
