import { shown } from './shown.ts'

/** Text from outside: a text node, isolated, so that its direction cannot reach the words around it. */
export function Untrusted({ text }: { text: string }) {
  return <bdi>{shown(text)}</bdi>
}

export function Code({ text }: { text: string }) {
  return (
    <code className="code">
      <Untrusted text={text} />
    </code>
  )
}

export const shortSha = (sha: string): string => sha.slice(0, 7)
