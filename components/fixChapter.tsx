import type { Fix, Proven } from '@/lib/domain/fix.ts'
import type { Fixture } from '@/lib/domain/fixture.ts'
import { Diff } from './diff.tsx'
import { keyed } from './keyed.ts'
import { many } from './numbers.ts'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { Untrusted } from './untrusted.tsx'

/** What was changed, what that assumes, the change itself, and the test that stays behind. */
export function FixChapter({ fix }: { fix: Fix | null }) {
  return (
    <Section id="fix" title="The fix">
      {fix?.withdrawn ? (
        <p className="callout">
          <Untrusted text={`Taken back, and never comes again: ${fix.withdrawnWhy ?? 'no reason was recorded'}`} />
        </p>
      ) : null}
      {fix?.state === 'proven' ? <Change fix={fix} /> : <NotYet>{withoutFix(fix)}</NotYet>}
    </Section>
  )
}

function withoutFix(fix: Fix | null): string {
  if (!fix) return 'No fix has been tried.'
  if (fix.state === 'drafting') return `Attempt ${fix.attempt} of 3 is being made.`
  return `Attempt ${fix.attempt} of 3 was refused; the reason is below.`
}

function Change({ fix }: { fix: Proven }) {
  const { summary, assumes, risk, diff, fixture } = fix
  return (
    <>
      <p className="lead">
        <Untrusted text={summary} />
      </p>
      <Facts>
        <Fact name="Assumes">{assumes.length === 0 ? 'Nothing beyond what is shown' : <Lines lines={assumes} />}</Fact>
        <Fact name="Risk">{risk.low ? 'Low' : <Lines lines={risk.reasons} />}</Fact>
        <Fact name="Size">
          {many(risk.lines, 'line')} in {many(risk.files, 'file')}, the test apart
        </Fact>
        <Fact name="Attempt">{fix.attempt} of 3</Fact>
      </Facts>
      {diff.map((file) => (
        <Diff key={file.path} file={file} />
      ))}
      <h3 className="label mt-8">The test that stays behind</h3>
      <p className="mt-2 text-soft">
        One request and the answer it must get: <Untrusted text={`${fixture.request.method} ${fixture.request.path}`} />{' '}
        has to answer {fixture.expect.status}.
      </p>
      <pre className="block-code">
        <Untrusted text={written(fixture)} />
      </pre>
    </>
  )
}

/** As in the repository: a database may give the keys back in another order. */
function written({ id, route, request: { method, path, headers, body }, expect }: Fixture): string {
  return JSON.stringify({ id, route, request: { method, path, headers, body }, expect }, null, 2)
}

export function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="space-y-1">
      {keyed(lines, (line) => line).map(({ key, item }) => (
        <li key={key}>
          <Untrusted text={item} />
        </li>
      ))}
    </ul>
  )
}
