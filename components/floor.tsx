import { FLOOR_EXAMPLES, wholeInWords } from './floorWords.ts'
import { Section } from './section.tsx'
import { Code } from './untrusted.tsx'

export interface FloorRule {
  rule: string
  why: string
}

/** What no policy can take away: a change that touches it may be shown, never pushed. */
export function Floor({ rules, caps }: { rules: FloorRule[]; caps: { files: number; lines: number; bytes: number } }) {
  return (
    <Section id="floor" title="The floor">
      <p className="max-w-prose">
        No policy takes these away, and no level. A change that touches one of them may be shown, never pushed; names
        count at any depth and in any spelling.
      </p>
      <dl className="facts floor">
        {rules.map(({ rule, why }) => (
          <div key={rule}>
            <dt>{why}</dt>
            <dd>
              {(FLOOR_EXAMPLES[rule] ?? [rule]).map((example, i) => (
                <span key={example}>
                  {i > 0 ? ', ' : ''}
                  <Code text={example} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <ul className="mt-6 max-w-prose list-disc space-y-1 pl-5">
        {wholeInWords(caps).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  )
}
