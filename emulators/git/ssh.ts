import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { exactly } from './exactly.ts'

export interface SshGitHost {
  /** `127.0.0.1:port`. */
  host: string
  /** Its key as `type base64`. */
  hostKey: string
  fingerprint: string
  /** Deploy keys, as `type base64`, and whether they may push. */
  keys: Map<string, 'read' | 'write'>
  /** What the next commands meet: the connection ends before, or after, their work. */
  faults: ('cut-before' | 'cut-after')[]
  commands: string[]
  close(): Promise<void>
}

const ENV = exactly({
  ...{ PATH: '/usr/local/bin:/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
})
const COMMAND = /^(git-upload-pack|git-receive-pack) '(\/[\w./-]+)'$/

/** A folder of bare repositories behind SSH, with a key of its own and deploy keys. `again`: one it had before. */
export async function serveGitOverSsh(root: string, again?: { privateKey: string; port: number }) {
  const privateKey = again?.privateKey ?? ssh2.utils.generateKeyPairSync('ed25519').private
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const blob = parsed.getPublicSSH()
  const keys: SshGitHost['keys'] = new Map()
  const faults: SshGitHost['faults'] = []
  const commands: string[] = []
  const open = new Set<ssh2.Connection>()
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    open.add(client)
    let may: 'read' | 'write' = 'read'
    client.on('error', () => undefined)
    client.on('close', () => open.delete(client))
    client.on('authentication', (context) => {
      if (context.method !== 'publickey') return context.reject(['publickey'])
      const found = keys.get(`${context.key.algo} ${context.key.data.toString('base64')}`)
      const shown = ssh2.utils.parseKey(`${context.key.algo} ${context.key.data.toString('base64')}`)
      if (!found || shown instanceof Error) return context.reject(['publickey'])
      if (context.signature && shown.verify(context.blob!, context.signature, context.hashAlgo) !== true)
        return context.reject(['publickey'])
      may = found
      context.accept()
    })
    client.on('session', (accept) => {
      const session = accept()
      session.on('env', (yes) => yes?.())
      session.on('exec', (yes, no, { command }) => {
        commands.push(command)
        const [, program = '', path = ''] = COMMAND.exec(command) ?? []
        const fault = faults.shift()
        if (!program || path.includes('..')) return no?.()
        if (fault === 'cut-before') return void client.end()
        const channel = yes()
        if (program === 'git-receive-pack' && may === 'read') {
          channel.stderr.write('ERROR: The key you are authenticating with has been marked as read only.\n')
          channel.exit(1)
          return void channel.end()
        }
        const child = spawn('git', [program.slice(4), join(root, path)], { cwd: '/', env: ENV })
        channel.pipe(child.stdin)
        child.stdin.on('error', () => undefined)
        if (fault === 'cut-after') {
          // What it says before the client sends anything is passed on, in however many pieces; what it says of the work is not.
          let asked = false
          channel.once('data', () => (asked = true))
          child.stdout.on('data', (chunk: Buffer) => {
            if (!asked) channel.write(chunk)
          })
        } else {
          child.stdout.pipe(channel, { end: false })
          child.stderr.pipe(channel.stderr, { end: false })
        }
        child.on('close', (status) => {
          if (fault === 'cut-after') return void client.end()
          channel.exit(status ?? 1)
          channel.end()
        })
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(again?.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host: SshGitHost & { privateKey: string; port: number } = {
    ...{ host: `127.0.0.1:${port}`, hostKey: `${parsed.type} ${blob.toString('base64')}`, keys, faults, commands },
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    ...{ privateKey, port },
    close: async () => {
      for (const client of open) client.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return host
}
