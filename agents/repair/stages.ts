/** Milliseconds by stage, without what a model took, which is a stage of its own; one that is entered again goes on counting. */
export class Stages {
  readonly ms: Record<string, number> = {}

  async time<T>(stage: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await run()
    } finally {
      this.add(stage, performance.now() - began)
    }
  }

  /** So much of a stage was waiting for a model. */
  waited(stage: string, ms: number): void {
    this.add(stage, -ms)
    this.add('model', ms)
  }

  private add(stage: string, ms: number): void {
    this.ms[stage] = Math.max(0, Math.round((this.ms[stage] ?? 0) + ms))
  }
}
