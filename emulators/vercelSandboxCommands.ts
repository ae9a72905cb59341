import { randomUUID } from 'node:crypto'
import { CWD } from './vercelSandboxBodies.ts'
import type { Answer, Call, EmulatedSandbox } from './vercelSandboxTypes.ts'

const no = (status: number, code: string): Answer => ({ status, json: { error: { code, message: code } } })
const ok = (json: unknown): Answer => ({ status: 200, json })

interface Asked {
  command: string
  args: string[]
  cwd?: string
  env?: Record<string, string>
  sudo?: boolean
  wait?: boolean
  timeout?: number
}

/** Commands and files of a machine that runs. `open`: it has a network. */
export async function runCommand(
  sandbox: EmulatedSandbox,
  open: boolean,
  call: Call,
  what: string,
  [id = '', more = '']: string[],
): Promise<Answer> {
  if (what === 'fs') return files(sandbox, call, id)
  if (what !== 'cmd') return no(404, 'not_emulated')
  if (id === '') return start(sandbox, open, JSON.parse(call.body.toString('utf8')))
  const found = sandbox.commands.get(id)
  if (!found) return no(404, 'not_found')
  if (more !== '') return no(404, 'not_emulated')
  if (call.query.get('wait') === 'true') {
    await found.ended
    // A machine that ends takes its commands along.
    if (found.command.exitCode === null) return no(410, 'sandbox_stopped')
  }
  return ok({ command: found.command })
}

async function start(sandbox: EmulatedSandbox, open: boolean, asked: Asked): Promise<Answer> {
  const cwd = asked.cwd ?? CWD
  const how = { cwd, env: { ...sandbox.env, ...asked.env }, sudo: asked.sudo ?? false, open }
  const child = sandbox.machine.command([asked.command, ...asked.args], how)
  child.stdin?.end()
  const lines: { stream: 'stdout' | 'stderr'; data: string }[] = []
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.on('data', (chunk: Buffer) => lines.push({ stream, data: chunk.toString('utf8') }))
  const id = `cmd_${randomUUID()}`
  const begun = { id, name: asked.command, args: asked.args, cwd, sessionId: sandbox.session, startedAt: Date.now() }
  const command = { ...begun, exitCode: null as number | null }
  const late = asked.timeout && setTimeout(() => child.kill('SIGKILL'), asked.timeout).unref()
  const ended = new Promise<void>((resolve) =>
    child.on('close', (code, signal) => {
      if (late) clearTimeout(late)
      if (sandbox.status === 'running') command.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 1)
      resolve()
    }),
  )
  sandbox.commands.set(id, { command, ended })
  if (!asked.wait) return ok({ command })
  await ended
  const rows = [{ command: { ...begun, exitCode: null } }, ...lines, { command }]
  return { status: 200, rows }
}

async function files(sandbox: EmulatedSandbox, call: Call, what: string): Promise<Answer> {
  if (what === 'write') {
    await sandbox.machine.unpack(call.body)
    return ok({})
  }
  if (what !== 'read') return no(404, 'not_emulated')
  const { path } = JSON.parse(call.body.toString('utf8')) as { path: string }
  const how = { cwd: CWD, env: {}, sudo: false, open: false }
  const cat = sandbox.machine.command(['cat', '--', path], how)
  const chunks: Buffer[] = []
  cat.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise((resolve) => cat.on('close', resolve))
  return code === 0 ? { status: 200, bytes: Buffer.concat(chunks) } : no(404, 'not_found')
}
