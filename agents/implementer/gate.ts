import { blobOid } from '../../lib/domain/gitTree.ts'
import type { Manifest } from '../../lib/domain/manifest.ts'
import type { Edit, Entry } from '../../lib/domain/tree.ts'
import { type TreeGateAnswer, treeGate } from '../../lib/policy/treeGate.ts'
import type { Checkout } from './checkout.ts'

/** The tree gate on the listing these edits would make; the releaser asks it again on what git made. */
export function gateOf(
  base: Pick<Checkout, 'entries' | 'files'> & { manifest: Manifest | null },
  edits: Edit[],
  protect: string[],
  fixtureAllowed: string,
): TreeGateAnswer {
  const head = new Map(base.entries.map((entry) => [entry.path, entry]))
  const blobs = new Map<string, Uint8Array>()
  const before = new Map(base.files.map((file) => [file.path, file.bytes]))
  for (const edit of edits) {
    const bytes = Buffer.from(edit.text, 'utf8')
    const oid = blobOid(bytes)
    const old = head.get(edit.path)
    const was = before.get(edit.path)
    if (old && was) blobs.set(old.oid, was)
    blobs.set(oid, bytes)
    const entry: Entry = { path: edit.path, mode: old?.mode ?? '100644', oid, size: bytes.length }
    head.set(edit.path, entry)
  }
  const { manifest } = base
  return treeGate(base.entries, [...head.values()], {
    blobs,
    manifest,
    protect,
    fixtureAllowed,
  })
}

/** The findings as one sentence for the page and the audit. */
export function gateSentence(gate: TreeGateAnswer): string {
  const list = gate.findings.slice(0, 3).map((finding) => `${finding.path || 'the change'}: ${finding.why}`)
  return `protected: ${list.join(' ').replace(/\.$/, '')}`
}
