/** Milliseconds by stage; a stage that is entered again goes on counting. */
export class Stages {
  readonly ms: Record<string, number> = {}

  async time<T>(stage: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await run()
    } finally {
      this.ms[stage] = Math.round((this.ms[stage] ?? 0) + performance.now() - began)
    }
  }
}
