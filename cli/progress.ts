/** Shows each step with the seconds it took; a step that takes long says so meanwhile. */
export function showSteps(say: (line: string) => void, longMs = 5000) {
  return async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
    const still = setInterval(() => say(`  … ${title}, ${seconds()}`), longMs)
    try {
      const result = await work()
      say(`  ✓ ${title.padEnd(34)} ${seconds()}`)
      return result
    } catch (error) {
      say(`  ✗ ${title.padEnd(34)} ${seconds()}`)
      throw error
    } finally {
      clearInterval(still)
    }
  }
}
