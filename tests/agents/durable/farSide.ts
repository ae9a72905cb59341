import type { SandboxResult, SandboxRun } from '../../../lib/domain/sandbox.ts'
import type { Detached } from '../../../lib/world.ts'

interface Machine {
  run: SandboxRun
  /** How often its program was begun: once, whoever asks. */
  begun: number
  result: SandboxResult | null
  dropped: boolean
}

/** Machines elsewhere, as the adapter finds them by name. */
export class FarSide {
  machines = new Map<string, Machine>()
  /** Machines that were ever made: what is paid for. */
  made = 0
  /** Whether a run ends by itself as soon as it has begun. */
  quick = true
  /** Points passed so far by all processes; whoever passes this one is killed at it. */
  points = 0
  killAt = Number.POSITIVE_INFINITY
  onKill: () => void = () => undefined

  /** What one process calls. A point lies before and after each call; from a killed one no call returns. */
  process(): Detached & { point(): Promise<void> } {
    let dead = false
    const point = async () => {
      this.points += 1
      if (this.points === this.killAt) {
        dead = true
        this.onKill()
      }
      if (dead) await new Promise(() => undefined)
    }
    const between = async <T>(work: () => T | Promise<T>): Promise<T> => {
      await point()
      const done = await work()
      await point()
      return done
    }
    return {
      point,
      start: (id, run) => between(() => this.start(id, run)),
      look: (id, waitMs) => between(() => this.look(id, waitMs)),
      drop: (id) => between(() => this.drop(id)),
    }
  }

  private start(id: string, run: SandboxRun): void {
    if (!this.machines.has(id)) {
      this.made += 1
      this.machines.set(id, { run, begun: 1, result: null, dropped: false })
    }
    if (this.quick) this.end(id)
  }

  private async look(id: string, waitMs: number): Promise<SandboxResult | 'running' | 'none'> {
    const machine = this.machines.get(id)
    const told = !machine || machine.dropped ? 'none' : (machine.result ?? 'running')
    if (told === 'running') await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 50)))
    return told
  }

  private drop(id: string): void {
    const machine = this.machines.get(id)
    if (machine) machine.dropped = true
  }

  end(id: string): void {
    const machine = this.machines.get(id)
    if (machine) machine.result ??= resultOf(machine.run)
  }

  endAll(): void {
    for (const id of this.machines.keys()) this.end(id)
  }
}

export const resultOf = (run: SandboxRun): SandboxResult => ({
  ...{ end: 'exited', exit: 0, stdout: `${run.argv.join(' ')}\u0000`, stderr: '', truncated: false, egress: 0, ms: 7 },
})
