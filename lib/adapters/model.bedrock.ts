import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk'
import { nameOfRef } from '../domain/modelChoice.ts'
import { guardedFetch } from './http/guardedFetch.ts'
import { cachedToTheEnd, toMessages } from './model/anthropicWire.ts'
import { type Messages, messagesProvider } from './model/messages.ts'
import type { Provider } from './model/provider.ts'

/** A Bedrock API key, or a pair of keys that requests are signed with. */
export interface BedrockAccess {
  region: string
  bearer: string | null
  keys: { id: string; secret: string; session: string | null } | null
  /** For a gateway; null: the region's own. */
  url: string | null
}

/** Claude at Amazon's. */
export function bedrockModel(access: BedrockAccess, model: string, inner?: typeof fetch): Provider {
  const { region, bearer, keys } = access
  const common = {
    awsRegion: region,
    baseURL: access.url ?? `https://bedrock-runtime.${region}.amazonaws.com`,
    apiKey: bearer,
    providerChainResolver: null,
    maxRetries: 0,
    fetch: guardedFetch(inner),
    logLevel: 'off' as const,
    openTelemetry: false as const,
  }
  const client =
    bearer === null && keys
      ? new AnthropicBedrock({
          ...common,
          awsAccessKey: keys.id,
          awsSecretKey: keys.secret,
          awsSessionToken: keys.session,
        })
      : new AnthropicBedrock(common)
  const name = nameOfRef({ adapter: 'bedrock', model })
  return messagesProvider(name, client.messages as Messages, (request) =>
    cachedToTheEnd(toMessages(request, name, model)),
  )
}
