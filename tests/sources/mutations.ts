import { createHmac, randomBytes } from 'node:crypto'
import type { EmulatedHook } from '../../emulators/sentryHooks.ts'

export const SECRET = 'the secret of the integration'

/** Seeded, so that a failure can be tried again. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

type Mutation = (hook: EmulatedHook, dice: () => number) => EmulatedHook
const signedWith = (hook: EmulatedHook, signature: string | undefined, body = hook.body): EmulatedHook => ({
  headers: { ...hook.headers, 'sentry-hook-signature': signature as string },
  body,
})
const flipped = (bytes: Buffer, dice: () => number): Buffer => {
  const copy = Buffer.from(bytes)
  const at = Math.floor(dice() * copy.length)
  copy[at] = copy[at]! ^ (1 << Math.floor(dice() * 8))
  return copy
}
const hex = (body: Buffer, secret: string, hash = 'sha256') => createHmac(hash, secret).update(body).digest('hex')
const good = (hook: EmulatedHook) => hook.headers['sentry-hook-signature']!

const MUTATIONS: Mutation[] = [
  (hook, dice) => signedWith(hook, good(hook), flipped(hook.body, dice)),
  (hook, dice) => signedWith(hook, good(hook), hook.body.subarray(0, Math.floor(dice() * hook.body.length))),
  (hook, dice) => signedWith(hook, good(hook), Buffer.concat([hook.body, Buffer.from([Math.floor(dice() * 256)])])),
  (hook, dice) => {
    const at = Math.floor(dice() * hook.body.length)
    return signedWith(
      hook,
      good(hook),
      Buffer.concat([hook.body.subarray(0, at), Buffer.from(' '), hook.body.subarray(at)]),
    )
  },
  (hook) => signedWith(hook, good(hook), Buffer.from(JSON.stringify(JSON.parse(hook.body.toString()), null, 2))),
  (hook, dice) => {
    const at = Math.floor(dice() * 64)
    const other = ((Number.parseInt(good(hook)[at]!, 16) + 1 + Math.floor(dice() * 15)) % 16).toString(16)
    return signedWith(hook, good(hook).slice(0, at) + other + good(hook).slice(at + 1))
  },
  (hook, dice) => signedWith(hook, good(hook).slice(0, Math.floor(dice() * 64))),
  (hook, dice) => signedWith(hook, good(hook) + 'abcdef0123456789'[Math.floor(dice() * 16)]),
  (hook) => signedWith(hook, [...good(hook)].reverse().join('')),
  (hook) =>
    signedWith(
      hook,
      good(hook)
        .toUpperCase()
        .replace(/^[0-9]+$/, 'X'),
    ),
  (hook) => signedWith(hook, `sha256=${good(hook)}`),
  (hook) => signedWith(hook, `${good(hook)}, ${good(hook)}`),
  (hook) => signedWith(hook, undefined),
  (hook) => signedWith(hook, ''),
  (hook) => signedWith(hook, randomBytes(32).toString('hex')),
  (hook) => signedWith(hook, 'null'),
  (hook) => signedWith(hook, `\u0000${good(hook)}`),
  (hook) =>
    signedWith(
      hook,
      good(hook).replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ),
  (hook, dice) => signedWith(hook, hex(hook.body, flipped(Buffer.from(SECRET), dice).toString('latin1'))),
  (hook) => signedWith(hook, hex(hook.body, '')),
  (hook) => signedWith(hook, hex(hook.body, SECRET, 'sha1')),
  (hook) => signedWith(hook, hex(hook.body, SECRET, 'sha512').slice(0, 64)),
  (hook) => signedWith(hook, hex(Buffer.from(hook.headers['request-id']!), SECRET)),
  (hook) =>
    signedWith(hook, hex(Buffer.concat([Buffer.from(hook.headers['sentry-hook-timestamp']!), hook.body]), SECRET)),
  (hook) => signedWith(hook, hex(Buffer.from(hook.body.toString('utf16le')), SECRET)),
]

/** The n-th of them, on one of the hooks. */
export const mutated = (hooks: EmulatedHook[], n: number, dice: () => number): EmulatedHook =>
  MUTATIONS[n % MUTATIONS.length]!(hooks[Math.floor(dice() * hooks.length)]!, dice)
