import type { SandboxResult, SandboxRun } from '../../../lib/domain/sandbox.ts'
import type { Detached } from '../../../lib/world.ts'

interface Machine {
  run: SandboxRun
  /** How often its program was begun: once, whoever asks. */
  begun: number
  result: SandboxResult | null
  dropped: boolean
}

/** Machines elsewhere, as the adapter finds them by name. A point lies before and after each call. */
export class FarSide implements Detached {
  machines = new Map<string, Machine>()
  /** Machines that were ever made: what is paid for. */
  made = 0
  /** Whether a run ends by itself as soon as it has begun. */
  quick = true
  /** Points passed so far; the process is killed at `killAt`, and from then on no call of its returns. */
  points = 0
  killAt = Number.POSITIVE_INFINITY
  onKill: () => void = () => undefined

  async point(): Promise<void> {
    this.points += 1
    if (this.points < this.killAt) return
    this.onKill()
    await new Promise(() => undefined)
  }

  async start(id: string, run: SandboxRun): Promise<void> {
    await this.point()
    let machine = this.machines.get(id)
    if (!machine) {
      this.made += 1
      machine = { run, begun: 1, result: null, dropped: false }
      this.machines.set(id, machine)
    }
    if (this.quick) this.end(id)
    await this.point()
  }

  async look(id: string, waitMs: number): Promise<SandboxResult | 'running' | 'none'> {
    await this.point()
    const machine = this.machines.get(id)
    const told = !machine || machine.dropped ? 'none' : (machine.result ?? 'running')
    if (told === 'running') await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 50)))
    await this.point()
    return told
  }

  async drop(id: string): Promise<void> {
    await this.point()
    const machine = this.machines.get(id)
    if (machine) machine.dropped = true
    await this.point()
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
