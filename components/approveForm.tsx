'use client'
import { Changed } from './changed.tsx'
import { Decision } from './decision.tsx'
import { Fact, Facts } from './section.tsx'
import { useSeen } from './seen.ts'
import { Code, shortSha } from './untrusted.tsx'

interface Bound {
  fix: string
  tree: string
  base: string
  policyVersion: number
  /** Hours. */
  holds: number
}

/** A yes to exactly what is named here, and to nothing else: if any of it changes, the yes is void. */
export function ApproveForm(now: Bound) {
  const { seen, changed, look } = useSeen(now)
  const { fix, tree, base, policyVersion, holds } = seen
  return (
    <Decision
      verb="approve"
      about={{ fix, tree, policyVersion }}
      submit="Approve"
      tone="main"
      disabled={changed}
      onAnswer={look}
    >
      <Facts>
        <Fact name="A yes to">
          fix <Code text={fix} />
        </Fact>
        <Fact name="Its tree">
          <Code text={tree} />
        </Fact>
        <Fact name="On base">
          <Code text={base} />
        </Fact>
        <Fact name="Under">policy version {policyVersion}</Fact>
        <Fact name="For">{holds} hours, and void as soon as any of this changes</Fact>
      </Facts>
      <fieldset className="choices">
        <legend className="ask-name">Up to</legend>
        <label className="choice">
          <input type="radio" name="target" value="production" defaultChecked />
          <span>
            <strong>Production.</strong> Covers staging too; production hours still count.
          </span>
        </label>
        <label className="choice">
          <input type="radio" name="target" value="staging" />
          <span>
            <strong>Staging only.</strong> You are asked again before production.
          </span>
        </label>
      </fieldset>
      {changed ? (
        <Changed what={`tree ${shortSha(now.tree)}, policy version ${now.policyVersion}`} look={look} />
      ) : null}
    </Decision>
  )
}
