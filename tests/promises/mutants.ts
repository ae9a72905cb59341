import type { Arena } from './arena.ts'
import type { Check } from './checks.ts'
import * as checks from './checks.ts'
import * as guards from './guards.ts'

/** A guard taken out of a function of the database, and a check that has to notice. */
export interface Mutant {
  name: string
  routine: string
  /** What stands there, and what stands there instead. */
  was: string
  becomes: string
  check: Check
  /** Races show themselves in a few rounds; what shows at all shows in a dozen. */
  rounds?: number
}

const claim = (name: string, was: string, becomes: string, check: Check): Mutant => ({
  name,
  routine: 'claim_effect',
  was,
  becomes,
  check,
})
const change = (name: string, was: string, becomes: string, check: Check): Mutant => ({
  ...claim(name, was, becomes, check),
  routine: 'change_problem',
})
const approval = (name: string, was: string, check: Check): Mutant => ({
  ...claim(name, was, 'when false then', check),
  routine: 'approval_problem',
})
const approve = (name: string, was: string, check: Check): Mutant => ({
  ...claim(name, was, 'when false then', check),
  routine: 'approve',
})

export const MUTANTS: Mutant[] = [
  claim('the row lock', 'where id = p for no key update', 'where id = p', checks.cap),
  claim('the lease, for a new effect', 'elsif not lease_live(subj, f) then', 'elsif false then', checks.fence),
  { ...claim('the fence', 'and fence = f', '', checks.fence), routine: 'lease_live' },
  {
    ...claim('one holder of a piece of work', 'for update skip locked', '', checks.doubleClaims),
    routine: 'claim_work',
  },
  claim('one effect a key', 'if e.key is not null then', 'if false then', checks.doubleClaims),
  // Nothing ever stops, so each round waits for as long as a pause may.
  { ...change('the pause', 'if pr.paused_at is not null then', 'if false then', checks.pause), rounds: 1 },
  change('the pause, asked once', 'if pr.paused_at is not null then', 'if false then', guards.paused),
  change('the proven tree', 'f.tree is distinct from tr', 'false', guards.foreignTree),
  change('a repeated patch', '(x.id = f.id or x.patch = f.patch)', 'x.id = f.id', guards.repeatedPatch),
  change('three rollbacks', '>= 3', '>= 4', guards.threeRollbacks),
  change(
    'nothing forward while it goes back',
    "r.fix = f.id and r.state = 'rolling-back'",
    'false',
    guards.goingBackAlready,
  ),
  change('another release on its way', 'r.fix <> f.id and', 'false and', guards.otherRelease),
  change('what is proven again', 'if f.superseded then', 'if false then', guards.superseded),
  change(
    'a place that was given up',
    'r.fix = f.id and parked(r.state, r.facts)',
    'r.fix = f.id and false',
    guards.gaveItsPlaceUp,
  ),
  {
    ...claim(
      'who waits for a person keeps no place',
      'when parked(state, facts) then null',
      'when false then null',
      guards.waitsInNobodysWay,
    ),
    routine: 'lane',
  },
  {
    ...claim(
      'who waits for the morning keeps no place',
      "facts ? 'refused'",
      "coalesce((facts->'refused'->>'asks')::boolean, false)",
      guards.sleepsInNobodysWay,
    ),
    routine: 'parked',
  },
  {
    ...claim(
      'who may say that it was overtaken',
      'if not lease_live(s, f) then',
      'if false then',
      guards.supersededByNobody,
    ),
    routine: 'supersede_fix',
  },
  change(
    'the policy’s version',
    "(decision->>'policyVersion')::int is distinct from pr.policy_version",
    'false',
    guards.policyMovedOn,
  ),
  change('the end of the window', "clock_timestamp() < (decision->>'until')::timestamptz", 'true', guards.windowClosed),
  change(
    'the beginning of the window',
    "clock_timestamp() >= (decision->>'from')::timestamptz",
    'true',
    guards.windowAhead,
  ),
  change('a stop', "elsif decision->>'answer' is distinct from 'go' then", 'elsif false then', guards.stops),
  change('the approval', 'if why is not null then return why; end if;', '', guards.noApproval),
  change('the cap', '>= pr.cap_per_day', '> pr.cap_per_day', checks.cap),
  approval('an approval’s expiry', 'when a.expires_at <= clock_timestamp() then', guards.expired),
  approval('an approval’s recall', 'when a.revoked_at is not null then', guards.revoked),
  approval('an approval’s tree', 'when a.tree <> f.tree or a.base <> f.base then', guards.otherTree),
  approval('an approval’s policy', 'when a.policy_version <> pr.policy_version then', guards.otherPolicy),
  approval('the approver’s role', 'when not may_decide(a.person, pr.id) then', guards.demoted),
  approval('one release an approval', 'when a.used_by <> subj then', checks.singleUse),
  { ...approval('one use an approval', '', guards.usedTwice), was: "e.state <> 'failed'", becomes: 'false' },
  claim('how far an approval goes', "tgt = 'branch' or x.target in (tgt, 'production')", 'true', guards.stagingOnly),
  claim('who used an approval', 'update approvals set used_by = subj where id = a.id', 'perform 1', checks.singleUse),
  {
    ...claim('only what was recorded', 'aimed is distinct from recorded', 'false', guards.notRecorded),
    routine: 'restore_problem',
  },
  {
    ...claim('only what goes back', "r.state is distinct from 'rolling-back'", 'false', guards.nobodyOrdered),
    routine: 'restore_problem',
  },
  {
    ...claim(
      'a person’s order while paused',
      'pr.paused_at is not null and r.back_by is null',
      'false',
      guards.pausedRestore,
    ),
    routine: 'restore_problem',
  },
  approve('the role, to approve', 'when not may_decide(who, pr.id) then', guards.viewerApproves),
  approve(
    'the tree that was shown',
    "when f.state <> 'proven' or f.tree is distinct from seen_tree then",
    guards.approvesOtherTree,
  ),
  approve('the policy that was shown', 'when pr.policy_version <> seen_version then', guards.approvesOldPolicy),
  approve('what is proven again, to approve', 'when f.superseded then', guards.approvesSuperseded),
  approve('a rejected patch', "when f.withdrawn or f.state = 'refused' then", guards.approvesWithdrawn),
  {
    ...approve('one live approval', '', checks.doubleClick),
    was: 'if exists (select from approvals a where a.fix = fx',
    becomes: 'if false and exists (select from approvals a where a.fix = fx',
  },
  {
    ...claim(
      'a rejection ends what was approved',
      'update fixes set withdrawn = true, withdrawn_why = because where id = fx',
      'perform 1',
      checks.approveOrReject,
    ),
    routine: 'reject',
  },
  {
    ...claim('the record that was read', 'pr.audit_seq is distinct from seen_seq', 'false', guards.levelUnseen),
    routine: 'set_level',
  },
]

/** Rewrites the function in the database, and answers how to write it back; throws when what is taken out does not stand there. */
export async function mutate(a: Arena, { name, routine, was, becomes }: Mutant): Promise<() => Promise<unknown>> {
  const [row] = await a.db.superuser<{ text: string }[]>`
    select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'nightshift' and p.proname = ${routine}`
  const text = row?.text ?? ''
  if (!text.includes(was)) throw new Error(`${name}: ${routine} does not say "${was}"`)
  await a.db.superuser.unsafe(text.replace(was, becomes))
  return () => a.db.superuser.unsafe(text)
}
