import { Webhooks } from '@octokit/webhooks'
import type { Hook } from '../world.ts'

/** Signatures of GitHub's webhooks: HMAC over the bytes as they came. */
export function githubHook(secret: string): Hook {
  const webhooks = new Webhooks({ secret })
  return {
    async accepts(body, signature) {
      // Bytes that are no UTF-8 would be read as others, and those might be what was signed.
      const text = body.toString('utf8')
      if (text === '' || !Buffer.from(text, 'utf8').equals(body)) return false
      return webhooks.verify(text, signature).catch(() => false)
    },
  }
}
