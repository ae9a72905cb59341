import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'

const TYPE = 'ssh-ed25519'
/** What stands before an ed25519 seed in PKCS#8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** SSH's string: four bytes of length, then the bytes. */
export function sshString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as Uint8Array)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A key is its 32 bytes; everything else follows from them. */
export const newSeed = (): Buffer => randomBytes(32)

const keyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

/** The last 32 bytes of the DER form are the key itself. */
const rawOf = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)

const blobOf = (raw: Uint8Array): Buffer => Buffer.concat([sshString(TYPE), sshString(raw)])

/** The public half of any ed25519 key, as SSH writes it on the wire. */
export const sshBlob = (key: KeyObject): Buffer => blobOf(rawOf(key))

/** `ssh-ed25519 AAAA… comment`: what a host is given. */
export const publicLine = (seed: Uint8Array, comment: string): string =>
  `${TYPE} ${sshBlob(keyOf(seed)).toString('base64')} ${comment}`

/** OpenSSH's own form of a private key without a passphrase: what its client reads in every version. */
export function privateFile(seed: Uint8Array): string {
  const raw = rawOf(keyOf(seed))
  const blob = blobOf(raw)
  const check = randomBytes(4)
  const secret = Buffer.concat([check, check, blob, sshString(Buffer.concat([seed, raw])), sshString('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1))
  const one = Buffer.from([0, 0, 0, 1])
  const head = [Buffer.from('openssh-key-v1\0'), sshString('none'), sshString('none'), sshString(''), one]
  const bytes = Buffer.concat([...head, sshString(blob), sshString(Buffer.concat([secret, padding]))])
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}

const HOST_KEY = /^(ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|ssh-rsa) ([A-Za-z0-9+/]{40,2000}={0,2})$/

/** A host's key as it is kept, `type base64`; null for what is none. */
export function hostKey(line: string): { line: string; type: string; fingerprint: string } | null {
  const [, type = '', base64 = ''] = HOST_KEY.exec(line.trim()) ?? []
  const blob = Buffer.from(base64, 'base64')
  if (!type || !blob.subarray(0, 4 + type.length).equals(sshString(type))) return null
  return { line: `${type} ${base64}`, type, fingerprint: fingerprint(blob) }
}

/** As OpenSSH shows it. */
export const fingerprint = (blob: Uint8Array): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
