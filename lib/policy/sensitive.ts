import type { FoldedPath } from './paths.ts'

/** Design, section 4. Compared with whole segments: `billing-campaign.ts` is another word. */
const WORDS = new Set('auth authn authz login session billing payment payments invoice invoices stripe'.split(' '))

const PROVIDERS = new Set(
  'paypal adyen braintree square mollie klarna paddle lemonsqueezy razorpay gocardless worldpay recurly chargebee'.split(
    ' ',
  ),
)

/**
 * A segment's word: brackets, parentheses, a router's leading signs and everything from the first dot taken off, so
 * that `(auth)`, `[...session]`, `(.)login`, `@billing` and `stripe.service.ts` are read as a person reads them.
 */
function wordOf(segment: string): string {
  const bare = segment.replace(/[()[\]{}]/g, '').replace(/^[.@_$+]+/, '')
  return bare.split('.')[0]!
}

/** Sign-in, money, or the webhook of a payment provider, whichever of the two names comes first. */
export function isSensitive({ segments }: FoldedPath): boolean {
  const words = segments.map(wordOf)
  if (words.some((word) => WORDS.has(word))) return true
  const webhook = words.some((word) => word === 'webhook' || word === 'webhooks')
  return webhook && words.some((word) => PROVIDERS.has(word))
}
