import { PassThrough } from 'node:stream'
import type Docker from 'dockerode'
import { capture } from '../capture.ts'
import { type EgressCounter, openEgress } from '../egress.ts'
import type { Ended } from '../run.ts'

const TEARDOWN_MS = 5_000
const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

/** What an ended container leaves behind to know. */
export interface Watched extends Ended {
  outOfMemory: boolean
}

/** Starts a made container, watches it until it is gone, and answers what it did. The caller removes it. */
export async function watchContainer(
  container: Docker.Container,
  { stdin, wallMs, outputBytes }: { stdin: string | null; wallMs: number; outputBytes: number },
): Promise<Watched> {
  let killed: Ended['killed'] = null
  const kill = (why: NonNullable<Ended['killed']>) => {
    killed ??= why
    // It may have ended by itself meanwhile.
    container.kill({ signal: 'SIGKILL' }).catch(() => undefined)
  }
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
  const [out, err] = [new PassThrough(), new PassThrough()]
  container.modem.demuxStream(stream, out, err)
  const stdout = capture(out, outputBytes, () => kill('flooded'))
  const stderr = capture(err, outputBytes, () => kill('flooded'))
  stream.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => stream.once('end', resolve).once('close', resolve))

  await container.start()
  const { State } = await container.inspect()
  const counter: EgressCounter | null = State.Pid > 0 ? await openEgress(State.Pid).catch(() => null) : null
  const began = performance.now()
  const wall = setTimeout(() => kill('timed-out'), wallMs)
  try {
    if (counter) {
      stream.write('\n')
      stream.end(stdin ?? '')
    } else kill('uncounted')
    const gone: { StatusCode: number } | null = await Promise.race([
      container.wait(),
      later(wallMs + TEARDOWN_MS).then(() => null),
    ])
    await Promise.race([closed, later(TEARDOWN_MS)])
    const after = await container.inspect()
    return {
      ...{ status: gone?.StatusCode ?? null, started: State.Pid > 0, killed, stdout: stdout(), stderr: stderr() },
      egress: (await counter?.count()) ?? 0,
      ms: performance.now() - began,
      outOfMemory: after.State.OOMKilled,
    }
  } finally {
    clearTimeout(wall)
    await counter?.close()
  }
}
