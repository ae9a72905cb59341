import { get } from 'node:http'

/** One request to 127.0.0.1; the status, or 0 when there was none within the time. */
export function probe(port: number, path: string, timeoutMs: number): Promise<number> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, agent: false, timeout: timeoutMs }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(0))
  })
}

/**
 * Asks a starting app every 50 ms until it answers 200, it ends, or the time is over.
 * `gone` tells whether it has ended. Answers null when healthy, or why not.
 */
export async function waitForHealth(
  port: number,
  path: string,
  gone: () => boolean,
  timeoutMs: number,
): Promise<string | null> {
  const until = Date.now() + timeoutMs
  let status = 0
  while (Date.now() < until) {
    if (gone()) return 'the app ended before it answered its health check'
    status = await probe(port, path, 2000)
    if (status === 200) return gone() ? 'the app ended before it answered its health check' : null
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const heard = status === 0 ? 'no answer' : `status ${status}`
  return `the health check ${path} gave ${heard} after ${Math.round(timeoutMs / 1000)} s`
}
