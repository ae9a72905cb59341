/** 4 MB: a task holds one request, its smoke set and the names of tracked files; a recipe's input a few sources. */
const MAX_BYTES = 4 * 1024 * 1024

/** The one JSON document a harness program is given. */
export async function readJson(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ ok: true; value: unknown } | { ok: false; why: string }> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    // Read to the end all the same: a writer whose pipe closes early fails instead of hearing why.
    if (bytes <= MAX_BYTES) chunks.push(chunk)
  }
  if (bytes > MAX_BYTES) return { ok: false, why: `the task is larger than ${MAX_BYTES} bytes` }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { ok: false, why: 'the task is not JSON' }
  }
}
