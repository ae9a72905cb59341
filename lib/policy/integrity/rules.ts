/**
 * Every rule a patch is read by, and what breaking it means. `refuse`: the proof would be worth nothing, or the change
 * hides what it does, so it is no repair whatever the tests say. `review`: an honest repair may do it, so it forbids
 * nothing and keeps the fix from being low risk: a person looks (design, sections 5.2 and 7; attacks 84 to 90).
 */
export const RULES = {
  // What judges the change.
  'test-deleted': { answer: 'refuse', why: 'It deletes or renames an existing test.' },
  'test-renamed': { answer: 'refuse', why: 'It gives an existing test another name, so the old one no longer runs.' },
  'test-skipped': { answer: 'refuse', why: 'It skips tests, or runs only some of them.' },
  'test-cut-short': { answer: 'refuse', why: 'It ends a test before what it asserts.' },
  'fewer-tests': { answer: 'refuse', why: 'It takes away tests.' },
  'fewer-assertions': { answer: 'refuse', why: 'It takes away assertions.' },
  'looser-matcher': { answer: 'refuse', why: 'It asserts less exactly than before.' },
  'snapshot-rewritten': { answer: 'refuse', why: 'It rewrites a snapshot, which says what is right.' },
  'test-settings': { answer: 'refuse', why: 'It changes how tests are run: settings, retries or time limits.' },
  'mocked-subject': { answer: 'refuse', why: 'It replaces what is tested by a stand-in.' },
  // What the change hides from it.
  'special-case': { answer: 'refuse', why: 'It answers the failing test’s own input instead of repairing the code.' },
  'test-aware': { answer: 'refuse', why: 'It behaves otherwise when it is tested.' },
  'patches-runtime': { answer: 'refuse', why: 'It changes the runtime under everything else, the tests included.' },
  'forges-report': { answer: 'refuse', why: 'It ends the run or writes where results are read.' },
  'swallowed-error': { answer: 'refuse', why: 'It catches an error and forgets it.' },
  'silenced-telemetry': { answer: 'refuse', why: 'It changes what is reported, so silence would prove nothing.' },
  'renamed-error': { answer: 'refuse', why: 'It only gives the error another name or text.' },
  'feature-removed': { answer: 'refuse', why: 'It takes the feature away instead of repairing it.' },
  'removed-check': { answer: 'refuse', why: 'It takes away a line that looks like a check of rights.' },
  'type-escape': { answer: 'refuse', why: 'It widens a type until nothing is checked.' },
  // What nobody could review.
  'hidden-text': { answer: 'refuse', why: 'It runs text as code, or holds text that is not seen.' },
  'remote-code': { answer: 'refuse', why: 'It runs code whose place is only known at run time.' },
  'starts-process': { answer: 'refuse', why: 'It starts a process or another interpreter.' },
  'tls-off': { answer: 'refuse', why: 'It switches off the check of who is at the other end.' },
  'time-bomb': { answer: 'refuse', why: 'It behaves otherwise from a fixed day on.' },
  blob: { answer: 'refuse', why: 'It holds a block of encoded data.' },
  'too-much': { answer: 'refuse', why: 'It changes more than anybody reads.' },
  unreadable: { answer: 'refuse', why: 'It can no longer be read as code.' },
  // What a person should see.
  outbound: { answer: 'review', why: 'It adds a call to the outside.' },
  environment: { answer: 'review', why: 'It reads the environment.' },
  files: { answer: 'review', why: 'It reads or writes files.' },
  dependency: { answer: 'review', why: 'It imports a package that was not used before.' },
  'weaker-security': { answer: 'review', why: 'It weakens a protection of the page or of a cookie.' },
  'changed-check': { answer: 'review', why: 'It changes a line that may be a check of rights.' },
  'removed-refusal': { answer: 'review', why: 'It no longer throws where it threw before.' },
  'added-row': { answer: 'review', why: 'It adds a row to a table or a switch.' },
  'expected-error': { answer: 'review', why: 'It expects an error, and goes on.' },
  'wider-type': { answer: 'review', why: 'It gives a type by which less is checked.' },
  'removed-call': { answer: 'review', why: 'It no longer makes a call that was made before.' },
} as const satisfies Record<string, { answer: 'refuse' | 'review'; why: string }>

export type Rule = keyof typeof RULES
