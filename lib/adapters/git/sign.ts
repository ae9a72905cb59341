import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sshBlob, sshString as string } from '../../domain/sshKey.ts'
import type { CommitPlan } from '../../world.ts'

/**
 * SSH signatures of commits (OpenSSH PROTOCOL.sshsig), ed25519: deterministic, so that a retry makes the same commit.
 */
export interface Signer {
  /** Armoured signature over the commit's bytes. */
  sign(bytes: Uint8Array): string
  /** `ssh-ed25519 AAAA…`: what a team puts into its allowed signers. */
  publicKey: string
}

const NAMESPACE = 'git'
const TYPE = 'ssh-ed25519'

/** The key of this installation, made once; whoever holds it signs as Nightshift. */
export async function signerIn(home: string): Promise<Signer> {
  const path = join(home, 'keys', 'signing.pem')
  if (!existsSync(path)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' }).catch(
      () => undefined,
    )
  }
  return signerOf(createPrivateKey(await readFile(path)))
}

function signerOf(key: KeyObject): Signer {
  const blob = sshBlob(key)
  return {
    publicKey: `${TYPE} ${blob.toString('base64')}`,
    sign(bytes) {
      const digest = createHash('sha512').update(bytes).digest()
      const head = [string(NAMESPACE), string(''), string('sha512')]
      const signed = sign(null, Buffer.concat([Buffer.from('SSHSIG'), ...head, string(digest)]), key)
      const version = Buffer.from([0, 0, 0, 1])
      const signature = string(Buffer.concat([string(TYPE), string(signed)]))
      return armour(Buffer.concat([Buffer.from('SSHSIG'), version, string(blob), ...head, signature]))
    },
  }
}

function armour(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n')
}

/** The whole object: every program that writes it makes the same commit. */
export function commitObject(plan: CommitPlan, signer: Signer): string {
  const who = `Nightshift <nightshift@localhost> ${Math.floor(Date.parse(plan.at) / 1000)} +0000`
  const parents = plan.parents.map((sha) => `parent ${sha}\n`).join('')
  const header = `tree ${plan.tree}\n${parents}author ${who}\ncommitter ${who}\n`
  const signature = signer.sign(Buffer.from(`${header}\n${plan.message}`)).replaceAll('\n', '\n ')
  return `${header}gpgsig ${signature}\n\n${plan.message}`
}
