/**
 * Which names announce a secret or a person. Names are folded first (case, separators and accents off), so that
 * `X-Api-Key`, `x_api_key` and `xApiKey` are one.
 */

/** First match wins. What stands in for the value is the kind in brackets: `[authorization]`. */
const KINDS: [string, RegExp][] = [
  ['authorization', /authorization|^x?auth$|authheader/],
  ['cookie', /cookie/],
  ['csrf', /csrf|xsrf/],
  ['password', /passw(?:or)?d|passphrase|passcode|^(?:db|user|admin|smtp|pg|mysql|redis|my)?pass$|pwd$|kennwort/],
  ['private-key', /privatekey|privkey/],
  [
    'api-key',
    /apikey|accesskey|accountkey|secretkey|signingkey|encryptionkey|masterkey|servicerole|sharedkey|subscriptionkey/,
  ],
  ['secret', /secret(?!ar)|credential|^salt$/],
  ['token', /token(?!i[sz])|^jwt$|^bearer$|^sig$|signature$|^nonce$|^otp$|totp$|mfacode|onetimecode|magiclink/],
  ['session', /session(?:id|key|data)?$|^sid$|sessid$|^connectsid$/],
  ['ssn', /^ssn$|socialsecurity|nationalinsurance|^nino$|nhsnumber|^nhsno$|taxid$/],
  ['cvv', /^cvv|^cvc|securitycode|cardcode/],
  ['card', /creditcard|debitcard|card(?:number|no|num)$|^card$|^pan$|^ccnumber$/],
  ['bank-account', /^iban$|accountnumber|sortcode|routingnumber/],
  ['pin', /^pin$|pincode$|pinnumber$/],
  [
    'ip',
    /^(?:user|client|remote|source|real)?ip(?:addr(?:ess)?|v[46])?$|^remoteaddr(?:ess)?$|^x(?:forwardedfor|realip|clientip)$|^(?:cfconnecting|trueclient|fastlyclient)ip$|^forwarded$|^xvercelforwardedfor$/,
  ],
  ['user', /^xuser(?:id)?$|^xforwarded(?:user|email)$|^remoteuser$|^logname$/],
]

/** `maxTokens: 512`, `tokenCount: 3`: numbers of tokens, not tokens. */
const COUNTS = /tokens$|tokens?(?:count|usage|limit|used|left|budget)|passwordlength|ttl$|maxage$|expires(?:in|at)$/

/** Passes every name that a kind matches, and hardly any other: one cheap look instead of fifteen. */
const HINTS =
  /auth|cook|srf|pass|pwd|kennwort|key|servicerole|secr|cred|salt|token|jwt|bearer|sig|nonce|otp|mfa|onetime|magic|sess|sid|ssn|social|insurance|nino|nhs|taxid|cv[vc]|code|card|pan|ccnumber|iban|accountnumber|routing|pin|ip|addr|forwarded|xuser|remoteuser|logname/

const PLACEHOLDER = /^\[(?:[a-z]{2,14}(?:-[a-z]{2,10})?)\]/

/** The kind of secret a name announces (`password`, `token` …), or null. */
export function secretKind(key: string): string | null {
  const folded = fold(key)
  if (!HINTS.test(folded)) return null
  for (const [kind, pattern] of KINDS) if (pattern.test(folded)) return kind
  return null
}

/** A number under such a name counts something. */
export const isCount = (key: string): boolean => COUNTS.test(fold(key))

const fold = (key: string): string =>
  key
    .replace(/⟨U\+[\dA-F]{4,6}⟩/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')

/** Length of the placeholder that starts at `at`, or 0: what was redacted once is left alone. */
export function placeholderAt(text: string, at: number): number {
  if (text[at] !== '[') return 0
  return PLACEHOLDER.exec(text.slice(at, at + 30))?.[0].length ?? 0
}
